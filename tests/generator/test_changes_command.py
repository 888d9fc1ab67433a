"""`changes` and `git diff` compare files and revisions; the exit status of `changes` is the verdict."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.reports.formats import FORMATS
from tests.commands import Run
from tests.sample import FOLDER, SPECIFICATION

ROOT = Path(__file__).parents[2]
TEXT = SPECIFICATION.read_text(encoding="utf-8")
NARROWER = ("maxLength: 50", "maxLength: 40")
DEPRECATED = ("            maxLength: 50\n", "            maxLength: 50\n            deprecated: true\n")
REVERSED = ("    readOnly: true", "    writeOnly: true")


def line_of(text: str, inside: str = TEXT) -> int:
    """The line in which a text stands for the first time."""
    return inside[: inside.index(text)].count("\n") + 1


LINE = line_of("maxLength: 50")


@pytest.fixture
def compare(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `changes` from `old.yaml` to `new.yaml`, which is the specification with a text replaced."""
    monkeypatch.chdir(tmp_path)

    def compare(edit: tuple[str, str], *options: str, names: tuple[str, str] = ("old.yaml", "new.yaml")) -> Any:
        assert edit[0] in TEXT
        Path("old.yaml").write_text(TEXT, "utf-8")
        Path("new.yaml").write_text(TEXT.replace(*edit), "utf-8")
        return run("changes", *names, *options)

    return compare


@pytest.mark.parametrize(
    ("edit", "status", "outcome"),
    [
        (("A Docker image in a registry.", "An image."), 0, "\nno change\n"),
        (DEPRECATED, 0, "\n1 change, compatible\n"),
        (REVERSED, 0, " changes, needs review: needs a human decision\n"),
        (NARROWER, 1, "\n1 change, breaking: do not merge\n"),
    ],
)
def test_the_exit_status_says_whether_anything_breaks(
    compare: Run, edit: tuple[str, str], status: int, outcome: str
) -> None:
    actual, out, err = compare(edit)
    assert (actual, err) == (status, "")
    assert out.endswith(outcome)


@pytest.mark.parametrize("names", [("old.yaml", "new.yaml"), ("new.yaml", "old.yaml")], ids=["newer", "older"])
def test_a_file_that_is_no_specification_is_rejected_with_its_line(compare: Run, names: tuple[str, str]) -> None:
    """Both sides have to be specifications that a client can be generated from."""
    status, out, err = compare(("maxLength", "maxLenght"), names=names)
    assert (status, out) == (2, "")
    assert err.startswith(f"new.yaml:{LINE}: unsupported keyword `maxLenght` in this schema")


@pytest.mark.parametrize("name", ["nothing.yaml", "no-such-revision", "HEAD:spec/openapi.yaml", "."])
def test_what_is_neither_a_file_nor_a_revision_is_refused(compare: Run, name: str) -> None:
    status, out, err = compare(NARROWER, names=("old.yaml", name))
    assert (status, out, err.startswith(f"{name}: ")) == (2, "", True)


def test_the_table_gives_verdicts_rule_reason_and_both_places(compare: Run) -> None:
    assert compare(NARROWER)[1] == (
        "new.yaml, compared with old.yaml\n\n"
        "GET /container-registry/v1/images/{imageId}\n\n"
        "verdict       request       response      source        change\n"
        "breaking      breaking      compatible    compatible    "
        "changed: parameter `imageId` maxLength, `50` -> `40`\n"
        "    request-narrowed: existing requests may be rejected\n"
        f"    old.yaml:{LINE} -> new.yaml:{LINE}\n"
        "\n1 change, breaking: do not merge\n"
    )


def test_machines_get_every_part_of_a_change(compare: Run) -> None:
    """A side that does not exist says nothing, at the place where it would be."""
    verdicts = {"request": "breaking", "response": "compatible", "source": "compatible", "overall": "breaking"}
    change = {
        "operation": "GET /container-registry/v1/images/{imageId}",
        "part": "parameter",
        "path": "imageId",
        "keyword": "maxLength",
        "before": {"says": True, "value": 50, "place": {"file": "old.yaml", "line": LINE}},
        "after": {"says": True, "value": 40, "place": {"file": "new.yaml", "line": LINE}},
        "told": "changed: parameter `imageId` maxLength, `50` -> `40`",
        "rule": "request-narrowed",
        "why": "existing requests may be rejected",
        "verdicts": verdicts,
        "fingerprint": "9793e8570ecadbe286eaffc8b5755bfeff46ab1352117ae9e332c6a9ca20850c",
    }
    assert json.loads(compare(NARROWER, "--format=json")[1]) == {
        "before": "old.yaml",
        "after": "new.yaml",
        "verdict": "breaking",
        "decision": "Do not merge",
        "version_problem": None,
        "required_version": None,
        "changes": [change],
    }
    (change,) = json.loads(compare(DEPRECATED, "--format=json")[1])["changes"]
    assert change["before"] == {"says": False, "place": {"file": "old.yaml", "line": line_of("name: imageId")}}


def test_markdown_is_a_list_that_says_first_what_breaks(compare: Run) -> None:
    assert compare(NARROWER, "--format=markdown")[1] == (
        "`new.yaml, compared with old.yaml`: **1 change, breaking: do not merge**.\n\n"
        "`GET /container-registry/v1/images/{imageId}`\n\n"
        "- **request breaking**: changed: parameter `imageId` maxLength, `50` -> `40`; "
        f"existing requests may be rejected (`request-narrowed`, `old.yaml:{LINE} -> new.yaml:{LINE}`)\n"
    )


def test_github_gets_workflow_commands_at_the_newer_line(compare: Run) -> None:
    assert compare(NARROWER, "--format=github")[1] == (
        "::notice title=changes::new.yaml, compared with old.yaml: 1 change, breaking: do not merge\n"
        f"::error file=new.yaml,line={LINE},title=request breaking%3A request-narrowed::"
        "GET /container-registry/v1/images/{imageId}: changed: parameter `imageId` maxLength, `50` -> `40`; "
        "existing requests may be rejected\n"
    )
    for edit, level in ((DEPRECATED, "::notice "), (REVERSED, "::warning ")):
        assert compare(edit, "--format=github")[1].splitlines()[1].startswith(level)


HOSTILE = r'pattern: "`|\n::error::x%\u202e</script>"'


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_text_stays_text_in_one_line(compare: Run, form: str) -> None:
    """A pattern, and whatever else a specification holds, ends no code span, no line and no command."""
    out = compare(("maxLength: 50", HOSTILE), f"--format={form}")[1]
    if form == "json":
        values = [change["after"].get("value") for change in json.loads(out)["changes"]]
        assert "`|\n::error::x%\u202e</script>" in values
    else:
        assert "`` `|\\n::error::x%" in (out.replace("\\\\", "\\") if form == "sarif" else out.replace("%25", "%"))
        assert "\u202e" not in out
        assert len([line for line in out.splitlines() if "</script" in line]) == 1
        assert not re.search("^::error::x", out, re.MULTILINE)


def git(*arguments: str) -> str:
    """Run git in the current folder, and return its output."""
    settings = ("user.name=a", "user.email=a@b", "init.defaultBranch=main", "commit.gpgsign=false")
    options = [word for setting in settings for word in ("-c", setting)]
    return subprocess.run(["git", *options, *arguments], check=True, capture_output=True, text=True).stdout


def commit() -> None:
    git("add", "-A")
    git("commit", "-m", "a")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The specification in a repository with its release; the current folder is that of the repository."""
    folder = tmp_path / "repository"
    shutil.copytree(FOLDER, folder / "spec")
    monkeypatch.chdir(folder)
    git("init")
    commit()
    return folder / "spec" / "openapi.yaml"


def test_a_revision_has_the_files_of_its_time(run: Run, repository: Path) -> None:
    """Also those that the specification refers to; the places are those of the revision."""
    start, end = TEXT.index("    Blob:\n      type"), TEXT.index("    Status:\n      type")
    lines = [line[4:] for line in TEXT[start:end].splitlines(keepends=True)]
    text = (TEXT[:start] + TEXT[end:]).replace("'#/components/schemas/Blob'", "'../common/blob.yaml#/Blob'")
    repository.write_text(text, "utf-8")
    blob = Path("common/blob.yaml")
    blob.parent.mkdir()
    blob.write_text("".join(lines), "utf-8")
    commit()
    assert run("changes", "main") == (0, "spec/openapi.yaml, compared with main\n\nno change\n", "")
    blob.write_text(blob.read_text().replace("x-unit: byte", "x-unit: kibibyte"))
    line = line_of("x-unit: kibibyte", blob.read_text())
    status, out, _ = run("changes", "main", repository.relative_to(Path.cwd()))
    assert status == 1
    assert f"    main:common/blob.yaml:{line} -> common/blob.yaml:{line}\n" in out
    commit()
    status, out, _ = run("changes", "HEAD~1", "HEAD", "--format=github")
    assert status == 1
    assert out.splitlines()[1].startswith(f"::error file=common/blob.yaml,line={line},title=")
    blob.write_bytes(b"\xff")
    commit()
    status, _, err = run("changes", "HEAD~1", "HEAD")
    sentence = r"HEAD:spec/openapi.yaml:\d+: leads to HEAD:common/blob.yaml: is not UTF-8 .*; save it .*\n"
    assert (status, bool(re.fullmatch(f"({sentence}){{2}}", err))) == (2, True)


@pytest.fixture
def branch(repository: Path) -> Path:
    """The specification on a branch, with a breaking change that is committed."""
    git("checkout", "-b", "branch")
    repository.write_text(TEXT.replace(*NARROWER), "utf-8")
    commit()
    return repository


REQUIRED = "breaks callers of 1.0.0; set version 2.0.0 and tell them what to do under `## 2.0.0` in "


@pytest.mark.parametrize("names", [[], ["main"], ["main", "spec/openapi.yaml"], ["main", "branch"], ["HEAD~1", "HEAD"]])
def test_a_committed_breaking_change_is_shown_with_the_version_that_it_needs(
    run: Run, branch: Path, names: list[str]
) -> None:
    """Against the last release too, which is the default; the releases of a revision are those of its time."""
    if names[1:] == ["branch"]:
        shutil.rmtree(branch.parent / "released")
    status, out, _ = run("changes", *names)
    base, new = names[0] if names else "1.0.0, the last release", names[1] if names[1:] else "spec/openapi.yaml"
    lines = out.splitlines()
    assert (status, lines[0], lines[-2]) == (1, f"{new}, compared with {base}", "1 change, breaking: do not merge")
    assert lines[-1].startswith(f"{new}: {REQUIRED}spec/CHANGELOG.md: changed: ")


@pytest.mark.parametrize("names", [[], ["main"], ["main", "branch"]])
def test_an_announced_breaking_change_is_left_to_a_person(run: Run, branch: Path, names: list[str]) -> None:
    """With a new major version and a note on it; the exit status is 0, and nothing is an error any more."""
    branch.write_text(branch.read_text("utf-8").replace("version: 1.0.0", "version: 2.0.0"), "utf-8")
    notes = branch.with_name("CHANGELOG.md")
    notes.write_text("## 2.0.0\n\nShorten your ids.\n", "utf-8")
    commit()
    status, out, _ = run("changes", *names)
    outcome = "1 change, breaking; version 2.0.0 allows that: needs a human decision"
    assert (status, out.splitlines()[-1]) == (0, outcome)
    status, out, _ = run("changes", *names, "--format=github")
    assert (status, [line.split(" ")[0] for line in out.splitlines()]) == (0, ["::notice", "::warning"])
    data = json.loads(run("changes", *names, "--format=json")[1])
    assert (data["decision"], data["version_problem"]) == ("Needs a human decision", None)
    notes.write_text("", "utf-8")
    status, out, _ = run("changes", "main")
    assert (status, "1 change, breaking: do not merge\n" in out) == (1, True)


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_has_base_and_required_version(run: Run, branch: Path, form: str) -> None:
    """Also of a specification in another folder, with its own notes."""
    shutil.copytree(branch.parent, "other")
    for folder in ("spec", "other"):
        status, out, _ = run("changes", "--spec", f"{folder}/openapi.yaml", f"--format={form}")
        assert status == 1
        assert "1.0.0, the last release" in out
        assert f"{REQUIRED}{folder}/CHANGELOG.md" in out


@pytest.mark.usefixtures("branch")
def test_the_version_is_judged_by_the_last_release_whatever_the_base(run: Run) -> None:
    status, out, _ = run("changes", "branch")
    assert (status, out.splitlines()[-2]) == (1, "no change: do not merge")
    assert REQUIRED in out


@pytest.mark.usefixtures("branch")
def test_a_folder_does_not_hide_a_branch_of_its_name(run: Run) -> None:
    git("branch", "spec", "main")
    assert run("changes", "spec")[0] == 1


def test_what_cannot_be_compared_with_is_one_sentence(
    run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(repository.parent / "released")
    problem = "contains no released version to compare with; name a base, a git revision or a file"
    assert run("changes") == (2, "", f"spec/released: {problem}\n")
    problem = "HEAD:spec/other.yaml: does not exist in that revision; name another path or revision\n"
    assert run("changes", "HEAD", "HEAD", "--spec", "spec/other.yaml") == (2, "", problem)
    monkeypatch.setenv("PATH", "")
    problem = "git: cannot be run: No such file or directory; name a file instead\n"
    assert run("changes", "HEAD", repository) == (2, "", problem)


EQUAL: Mapping[str, str] = {
    "JSON in another order": json.dumps(yaml.safe_load(TEXT), sort_keys=True),
    "what is not so": TEXT.replace("readOnly: true\n", "readOnly: true\n          deprecated: false\n"),
    "a bound of nothing": TEXT.replace("format: date-time\n", "format: date-time\n          minLength: 0\n"),
    "the server at the operation": TEXT.replace(
        "      operationId:",
        "      servers: [{url: 'https://container-registry.api.cloud.yandex.net'}]\n      operationId:",
    ),
}
"""Other texts that say the same; more of them are in tests/generator/oracles."""


@pytest.mark.parametrize("text", EQUAL.values(), ids=EQUAL)
def test_what_says_the_same_is_no_change(run: Run, tmp_path: Path, text: str) -> None:
    assert text != TEXT
    other = tmp_path / "new.yaml"
    other.write_text(text, encoding="utf-8")
    for old, new in ((SPECIFICATION, other), (other, SPECIFICATION)):
        assert run("changes", old, new) == (0, f"{new}, compared with {old}\n\nno change\n", "")


URLS = """\
        urls:
          type: array
          description: Where the blob can be had besides.
          items:
            type: string
"""


def test_the_readme_shows_what_the_command_prints(run: Run, repository: Path) -> None:
    """For a new field of an image. Line numbers aside."""
    digest = TEXT.index("        digest:\n", TEXT.index("    Image:\n"))
    repository.write_text(TEXT[:digest] + URLS + TEXT[digest:], encoding="utf-8")
    status, out, _ = run("changes", "main")
    assert status == 0
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.sub(r":\d+", ":1", f"```text\n$ make changes BASE=main\n{out}```\n") in re.sub(r":\d+", ":1", readme)


GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
(COMMAND,) = re.findall(r"^git config diff\.openapi\.command '\.venv/bin/python (.+)'$", GUIDE, re.MULTILINE)


def test_git_diff_shows_changes_and_verdict_by_the_recipe_of_the_guide(repository: Path) -> None:
    """Of the working tree and of revisions, with the paths that git shows; git itself exits with 0."""
    shutil.copy(ROOT / ".gitattributes", ".")
    git("config", "diff.openapi.command", f'PYTHONPATH="{ROOT}" "{sys.executable}" {COMMAND}')
    commit()
    repository.write_text(TEXT.replace(*NARROWER), "utf-8")
    shown = git("diff")
    assert shown.startswith("b/spec/openapi.yaml, compared with a/spec/openapi.yaml\n")
    assert re.search(r"\n    a/spec/openapi.yaml:(\d+) -> b/spec/openapi.yaml:\1\n", shown)
    assert "\n1 change, breaking: do not merge\n" in shown
    assert f"{REQUIRED}spec/CHANGELOG.md: " in shown
    commit()
    assert git("diff", "HEAD~1", "HEAD") == shown


def test_git_diff_compares_an_added_or_removed_file_with_nothing(run: Run, repository: Path) -> None:
    """A file that cannot be compared is one sentence, and no failure of git."""
    Path("4f2c_openapi.yaml").write_text(TEXT, "utf-8")  # git writes a revision into a file of any name
    old, nothing = ("4f2c_openapi.yaml", "0" * 40, "100644"), (os.devnull, ".", ".")
    status, out, err = run("git-diff", "openapi.yaml", *nothing, *old)
    assert (status, err, out.splitlines()[-1]) == (0, "", "1 change, compatible")
    assert re.search(r"\n    b/openapi.yaml:\d+\n", out)
    status, out, err = run("git-diff", "openapi.yaml", *old, *nothing)
    assert (status, err, out.splitlines()[-1]) == (0, "", "1 change, breaking: do not merge")
    assert run("git-diff", "openapi.yaml") == (0, "openapi.yaml: has merge conflicts; resolve them first\n", "")
    repository.write_text(TEXT.replace("maxLength", "maxLenght"), "utf-8")
    status, out, err = run("git-diff", "openapi.yaml", *old, repository, "1" * 40, "100644")
    assert (status, err, out.count("\n")) == (0, "", 1)
    assert re.match(r"b/openapi.yaml:\d+: unsupported keyword `maxLenght`", out)
