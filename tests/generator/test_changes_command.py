"""`changes` compares files and revisions, prints each format, and its exit status is the verdict."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import cli
from generator.reports.formats import FORMATS
from tests.sample import FOLDER, SPECIFICATION

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]
TEXT = SPECIFICATION.read_text(encoding="utf-8")
NARROWER = ("maxLength: 50", "maxLength: 40")
DEPRECATED = ("            maxLength: 50\n", "            maxLength: 50\n            deprecated: true\n")


def line_of(text: str, inside: str = TEXT) -> int:
    """The line in which a text stands for the first time."""
    return inside[: inside.index(text)].count("\n") + 1


LINE = line_of("maxLength: 50")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `changes` from `old.yaml` to `new.yaml`, which is the specification with texts replaced."""
    monkeypatch.chdir(tmp_path)

    def run(*edits: tuple[str, str], names: tuple[str, str] = ("old.yaml", "new.yaml"), **options: str) -> Any:
        (tmp_path / "old.yaml").write_text(TEXT, encoding="utf-8")
        text = TEXT
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / "new.yaml").write_text(text, encoding="utf-8")
        status = cli.main(["changes", *names, *(f"--{key}={value}" for key, value in options.items())])
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.mark.parametrize(
    ("edit", "status", "says"),
    [
        (("A Docker image in a registry.", "An image."), 0, "\nno change\n"),
        (DEPRECATED, 0, "\n1 change, compatible\n"),
        (("    readOnly: true", "    writeOnly: true"), 0, " changes, needs review: needs a human decision\n"),
        (NARROWER, 1, "\n1 change, breaking: do not merge\n"),
    ],
)
def test_the_exit_status_says_whether_anything_breaks(run: Run, edit: tuple[str, str], status: int, says: str) -> None:
    found, out, err = run(edit)
    assert (found, err) == (status, "")
    assert out.endswith(says)


@pytest.mark.parametrize("names", [("old.yaml", "new.yaml"), ("new.yaml", "old.yaml")], ids=["newer", "older"])
@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (("maxLength", "maxLenght"), f":{LINE}: unsupported keyword `maxLenght` in this schema"),
        (("openapi: 3.1.0", "swagger: '2.0'"), "convert it first"),
        (("openapi: 3.1.0", "openapi: 3.0.3"), "only OpenAPI 3.1 is read, written as `openapi: 3.1.0`"),
        (("            maxLength: 50", "            nullable: true"), "unsupported keyword `nullable` in this schema"),
        (("'200'", "'300'"), "only one response with a status of 200 to 299 is supported"),
        ((TEXT[TEXT.index("paths:") : TEXT.index("components:")], "paths: {}\n\n"), "has no operation"),
    ],
)
def test_a_revision_that_is_no_specification_is_rejected_with_its_line(
    run: Run, edit: tuple[str, str], says: str, names: tuple[str, str]
) -> None:
    """Both revisions have to be specifications that a client can be generated from."""
    status, out, err = run(edit, names=names)
    assert (status, out) == (2, "")
    assert says in err
    assert err.startswith("new.yaml:")


@pytest.mark.parametrize("name", ["nothing.yaml", "no-such-revision", "HEAD:spec/openapi.yaml", "."])
def test_what_is_neither_a_file_nor_a_revision_is_refused(run: Run, name: str) -> None:
    status, out, _ = run(names=("old.yaml", name))
    assert (status, out) == (2, "")


def test_the_table_gives_verdicts_rule_reason_and_both_places(run: Run) -> None:
    assert run(NARROWER)[1] == (
        "new.yaml, compared with old.yaml\n\n"
        "GET /container-registry/v1/images/{imageId}\n\n"
        "verdict       request       response      source        change\n"
        "breaking      breaking      compatible    compatible    "
        "changed: parameter `imageId` maxLength, `50` -> `40`\n"
        "    request-narrowed: existing requests may be rejected\n"
        f"    old.yaml:{LINE} -> new.yaml:{LINE}\n"
        "\n1 change, breaking: do not merge\n"
    )


def test_machines_get_every_part_of_a_change(run: Run) -> None:
    said = json.loads(run(NARROWER, format="json")[1])
    assert said == {
        "before": "old.yaml",
        "after": "new.yaml",
        "verdict": "breaking",
        "decision": "Do not merge",
        "version_problem": None,
        "required_version": None,
        "changes": [
            {
                "operation": "GET /container-registry/v1/images/{imageId}",
                "part": "parameter",
                "path": "imageId",
                "keyword": "maxLength",
                "before": {"says": True, "value": 50, "place": {"file": "old.yaml", "line": LINE}},
                "after": {"says": True, "value": 40, "place": {"file": "new.yaml", "line": LINE}},
                "told": "changed: parameter `imageId` maxLength, `50` -> `40`",
                "rule": "request-narrowed",
                "why": "existing requests may be rejected",
                "verdicts": {
                    "request": "breaking",
                    "response": "compatible",
                    "source": "compatible",
                    "overall": "breaking",
                },
                "fingerprint": "9793e8570ecadbe286eaffc8b5755bfeff46ab1352117ae9e332c6a9ca20850c",
            }
        ],
    }


def test_an_absent_side_says_nothing(run: Run) -> None:
    (change,) = json.loads(run(DEPRECATED, format="json")[1])["changes"]
    assert change["before"] == {"says": False, "place": {"file": "old.yaml", "line": line_of("name: imageId")}}


def test_markdown_is_a_list_that_says_first_what_breaks(run: Run) -> None:
    assert run(NARROWER, format="markdown")[1] == (
        "`new.yaml, compared with old.yaml`: **1 change, breaking: do not merge**.\n\n"
        "`GET /container-registry/v1/images/{imageId}`\n\n"
        "- **request breaking**: changed: parameter `imageId` maxLength, `50` -> `40`; "
        f"existing requests may be rejected (`request-narrowed`, `old.yaml:{LINE} -> new.yaml:{LINE}`)\n"
    )


def test_github_gets_workflow_commands_at_the_newer_line(run: Run) -> None:
    first, line = run(NARROWER, format="github")[1].splitlines()
    assert first == "::notice title=changes::new.yaml, compared with old.yaml: 1 change, breaking: do not merge"
    assert line == (
        f"::error file=new.yaml,line={LINE},title=request breaking%3A request-narrowed::"
        "GET /container-registry/v1/images/{imageId}: changed: parameter `imageId` maxLength, `50` -> `40`; "
        "existing requests may be rejected"
    )
    levels = [
        run(edit, format="github")[1].splitlines()[1].split(" ")[0]
        for edit in (DEPRECATED, ("readOnly: true", "writeOnly: true"))
    ]
    assert levels == ["::notice", "::warning"]


HOSTILE = r'pattern: "`|\n::error::x%\u202e</script>"'


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_text_stays_text_in_one_line(run: Run, form: str) -> None:
    """A pattern, and whatever else a specification holds, ends no code span, no line and no command."""
    out = run(("maxLength: 50", HOSTILE), format=form)[1]
    if form == "json":
        assert "`|\n::error::x%\u202e</script>" in [
            change["after"].get("value") for change in json.loads(out)["changes"]
        ]
    else:
        assert "`` `|\\n::error::x%" in (out.replace("\\\\", "\\") if form == "sarif" else out.replace("%25", "%"))
        assert "\u202e" not in out
        assert len([line for line in out.splitlines() if "</script" in line]) == 1
        assert not re.search("^::error::x", out, re.MULTILINE)


def test_every_form_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["changes", "--help"])
    assert f"{{{','.join(FORMATS)}}}" in capsys.readouterr().out


def _git(folder: Path, *arguments: str) -> None:
    settings = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b",
        "-c",
        "init.defaultBranch=main",
        "-c",
        "commit.gpgsign=false",
    ]
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose specification is spread over two files."""
    folder = tmp_path / "repository"
    (folder / "spec").mkdir(parents=True)
    start = TEXT.index("    Blob:\n      type")
    end = TEXT.index("    Status:\n      type")
    blob = "".join(line[4:] for line in TEXT[start:end].splitlines(keepends=True))
    (folder / "spec" / "openapi.yaml").write_text(
        (TEXT[:start] + TEXT[end:]).replace("'#/components/schemas/Blob'", "'../common/blob.yaml#/Blob'")
    )
    (folder / "common").mkdir()
    (folder / "common" / "blob.yaml").write_text(blob)
    _git(folder, "init")
    _git(folder, "add", ".")
    _git(folder, "commit", "-m", "a")
    monkeypatch.chdir(folder)
    return folder


def changes(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = cli.main(["changes", *arguments])
    return status, capsys.readouterr().out


def test_a_revision_has_the_files_of_its_time(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also those that the specification refers to; the places are those of the revision."""
    assert changes("main", capsys=capsys) == (0, "spec/openapi.yaml, compared with main\n\nno change\n")
    blob = repository / "common" / "blob.yaml"
    blob.write_text(blob.read_text().replace("x-unit: byte", "x-unit: kibibyte"))
    status, out = changes("main", "spec/openapi.yaml", capsys=capsys)
    assert status == 1
    line = line_of("x-unit: kibibyte", blob.read_text())
    assert f"    main:common/blob.yaml:{line} -> common/blob.yaml:{line}\n" in out
    _git(repository, "commit", "-a", "-m", "b")
    status, out = changes("HEAD~1", "HEAD", "--format=github", capsys=capsys)
    assert status == 1
    assert out.splitlines()[1].startswith(f"::error file=common/blob.yaml,line={line},title=")


@pytest.fixture
def branch(repository: Path) -> Path:
    """A branch of a repository with a release, with a breaking change that is committed."""
    specification = repository / "spec" / "openapi.yaml"
    specification.write_text(TEXT, encoding="utf-8")
    shutil.copytree(FOLDER / "released", specification.parent / "released")
    _git(repository, "add", ".")
    _git(repository, "commit", "-m", "b")
    _git(repository, "checkout", "-b", "branch")
    specification.write_text(TEXT.replace(*NARROWER), encoding="utf-8")
    _git(repository, "commit", "-a", "-m", "c")
    return specification


LAST = max((path.stem for path in (FOLDER / "released").iterdir()), key=lambda number: number.split("."))
MAJOR = int(LAST.partition(".")[0])
REQUIRED = f"breaks callers of {LAST}; set version {MAJOR + 1}.0.0 and tell them what to do under `## {MAJOR + 1}.0.0`"


@pytest.mark.parametrize("names", [[], ["main"], ["main", "spec/openapi.yaml"], ["main", "branch"], ["HEAD~1", "HEAD"]])
def test_a_committed_breaking_change_is_shown_with_the_version_that_it_needs(
    branch: Path, names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Against the last release too, which is the default; the releases of a revision are those of its time."""
    if names[1:] == ["branch"]:
        shutil.rmtree(branch.parent / "released")
    status, out = changes(*names, capsys=capsys)
    base, new = names[0] if names else f"{LAST}, the last release", names[1] if names[1:] else "spec/openapi.yaml"
    lines = out.splitlines()
    assert (status, lines[0], lines[-2]) == (1, f"{new}, compared with {base}", "1 change, breaking: do not merge")
    assert lines[-1].startswith(f"{new}: {REQUIRED} in spec/CHANGELOG.md: changed: ")


@pytest.mark.parametrize("names", [[], ["main"], ["main", "branch"]])
def test_an_announced_breaking_change_is_left_to_a_person(
    branch: Path, names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """With a new major version and a note on it; the exit status is 0, and nothing is an error any more."""
    number = f"{MAJOR + 1}.0.0"
    branch.write_text(branch.read_text("utf-8").replace(f"version: {LAST}", f"version: {number}"), "utf-8")
    (branch.parent / "CHANGELOG.md").write_text(f"## {number}\n\nShorten your ids.\n", "utf-8")
    _git(branch.parent, "add", ".")
    _git(branch.parent, "commit", "-m", "d")
    status, out = changes(*names, capsys=capsys)
    outcome = f"1 change, breaking; version {number} allows that: needs a human decision"
    assert (status, out.splitlines()[-1]) == (0, outcome)
    status, out = changes(*names, "--format=github", capsys=capsys)
    assert (status, [line.split(" ")[0] for line in out.splitlines()]) == (0, ["::notice", "::warning"])
    data = json.loads(changes(*names, "--format=json", capsys=capsys)[1])
    assert (data["decision"], data["version_problem"]) == ("Needs a human decision", None)
    branch.with_name("CHANGELOG.md").write_text("", "utf-8")
    status, out = changes("main", capsys=capsys)
    assert (status, "1 change, breaking: do not merge\n" in out) == (1, True)


def test_the_notes_beside_another_specification_are_named(branch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = branch.parent.parent / "other"
    shutil.copytree(branch.parent, other)
    out = changes("--spec", "other/openapi.yaml", capsys=capsys)[1]
    assert f"under `## {MAJOR + 1}.0.0` in other/CHANGELOG.md: " in out


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_has_base_and_required_version(branch: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert branch.is_file()
    status, out = changes(f"--format={form}", capsys=capsys)
    assert status == 1
    assert f"{LAST}, the last release" in out
    assert f"{REQUIRED} in spec/CHANGELOG.md" in out


def test_without_release_a_base_must_be_named(branch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(branch.parent / "released")
    assert cli.main(["changes"]) == 2
    problem = "contains no released version to compare with; name a base, a git revision or a file"
    assert capsys.readouterr() == ("", f"spec/released: {problem}\n")


def test_a_folder_does_not_hide_a_branch_of_its_name(branch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _git(branch.parent, "branch", "spec", "main")
    assert changes("spec", capsys=capsys)[0] == 1


def test_a_revision_without_a_specification_is_refused(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["changes", "HEAD", "HEAD", "--spec", "spec/other.yaml"]) == 2
    assert (
        capsys.readouterr().err
        == "HEAD:spec/other.yaml: does not exist in that revision; name another path or revision\n"
    )
    (repository / "common" / "blob.yaml").write_bytes(b"\xff")
    _git(repository, "commit", "-a", "-m", "b")
    assert cli.main(["changes", "HEAD~1", "HEAD"]) == 2
    said = capsys.readouterr().err
    assert re.fullmatch(
        r"(HEAD:spec/openapi.yaml:\d+: leads to HEAD:common/blob.yaml: is not UTF-8 .*; save it .*\n){2}", said
    )


def test_without_git_a_revision_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    status, _, err = run(names=("HEAD", "old.yaml"))
    assert status == 2
    assert err == "git: cannot be run: No such file or directory; name a file instead\n"


Json = dict[str, Any] | list[Any] | str | float | bool | None


def _shuffled(node: Json) -> Json:
    """The same document with the keys of every mapping the other way round."""
    if isinstance(node, dict):
        return {key: _shuffled(node[key]) for key in reversed(node)}
    return [_shuffled(item) for item in node] if isinstance(node, list) else node


def _inlined(node: Json, document: Any) -> Json:
    """The same document with every `$ref` written out, beside what else is said there."""
    if isinstance(node, dict):
        said = {key: _inlined(value, document) for key, value in node.items() if key != "$ref"}
        if "$ref" in node:
            _, section, name = node["$ref"].removeprefix("#/").split("/")
            found: Any = _inlined(document["components"][section][name], document)
            return {**found, **said}
        return said
    return [_inlined(item, document) for item in node] if isinstance(node, list) else node


DOCUMENT = yaml.safe_load(TEXT)

EQUAL: Mapping[str, str] = {
    "moved lines": TEXT.replace("info:\n", "\n# A comment.\n\ninfo:\n"),
    "quoted keys": TEXT.replace("- name: imageId\n", "- 'name': \"imageId\"\n"),
    "what is not so": TEXT.replace("readOnly: true\n", "readOnly: true\n          deprecated: false\n"),
    "a bound of nothing": TEXT.replace("format: date-time\n", "format: date-time\n          minLength: 0\n"),
    "another order": yaml.safe_dump(_shuffled(DOCUMENT), sort_keys=False),
    "another layout": json.dumps(DOCUMENT),
    "no reference": yaml.safe_dump(_inlined(DOCUMENT, DOCUMENT)),
    "anchors": TEXT.replace("          x-unit: byte\n    \n", "").replace(
        "    Blob:\n      type: object\n", "    Blob: &blob\n      type: object\n"
    ),
    "another description": TEXT.replace("description: Size of the blob.", "description: How large it is."),
    "the server at the operation": TEXT.replace(
        "      operationId:",
        "      servers: [{url: 'https://container-registry.api.cloud.yandex.net'}]\n      operationId:",
    ),
    "the security at the operation": TEXT.replace(
        "      operationId:", "      security: [{iamToken: []}]\n      operationId:"
    ),
}
"""Other texts that say the same."""


@pytest.mark.parametrize("text", EQUAL.values(), ids=EQUAL)
def test_what_says_the_same_is_no_change(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert text != TEXT
    (tmp_path / "new.yaml").write_text(text, encoding="utf-8")
    new = str(tmp_path / "new.yaml")
    old = str(SPECIFICATION)
    assert changes(old, new, capsys=capsys) == (0, f"{new}, compared with {old}\n\nno change\n")
    assert changes(new, old, capsys=capsys) == (0, f"{old}, compared with {new}\n\nno change\n")


URLS = """\
        urls:
          type: array
          description: Where the blob can be had besides.
          items:
            type: string
"""


def test_the_readme_shows_what_the_command_prints(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For a new field of an image. Line numbers aside."""
    specification = repository / "spec" / "openapi.yaml"
    specification.write_text(TEXT, encoding="utf-8")
    shutil.copytree(FOLDER / "released", specification.parent / "released")
    _git(repository, "commit", "-a", "-m", "b")
    digest = TEXT.index("        digest:\n", TEXT.index("    Image:\n"))
    specification.write_text(TEXT[:digest] + URLS + TEXT[digest:], encoding="utf-8")
    status, out = changes("main", capsys=capsys)
    assert status == 0
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.sub(r":\d+", ":1", f"```text\n$ make changes BASE=main\n{out}```\n") in re.sub(r":\d+", ":1", readme)
