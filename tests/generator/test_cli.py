"""The command line: what each command prints where, and its exit status. 0 holds, 1 does not, 2 cannot be read."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

from generator import cli
from generator.commands import COMMANDS, demo
from generator.contract import lock
from generator.contract.compare import compare
from generator.readers import protobuf
from tests.contract.pages import page_of
from tests.contract.witnesses import ROOT, locks

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command: exit status, standard output, standard error."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        status = cli.main([str(one) for one in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page that agrees with the lock of this repository."""
    file = tmp_path / "get.md"
    file.write_text(page_of(locks()[0], "en"), encoding="utf-8")
    return file


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A copy of the specification and of what stands beside it."""
    shutil.copytree(ROOT / "spec", tmp_path / "spec")
    return tmp_path / "spec" / "openapi.yaml"


@pytest.fixture
def contract(run: Run, spec: Path) -> Run:
    """Run `contract` on the copy and the client of this repository."""
    return lambda *arguments: run("contract", "--spec", spec, "--client", ROOT / "generated_client", *arguments)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


# read


def test_read_prints_the_facts_of_a_page_as_json(run: Run, page: Path) -> None:
    """One page is one object."""
    status, out, err = run("read", page)
    assert (status, err) == (0, "")
    said = json.loads(out)
    assert said["page"]["name"] == "get.md"
    assert said["parameters"][0]["path"] == "imageId"
    assert said["unread"] == []


def test_read_prints_the_facts_of_several_pages_as_a_list(run: Run, page: Path) -> None:
    """In the order in which they are named."""
    status, out, _ = run("read", page, page)
    assert (status, [one["page"]["name"] for one in json.loads(out)]) == (0, ["get.md", "get.md"])


def test_read_prints_yaml(run: Run, page: Path) -> None:
    """The same data in the other notation."""
    assert yaml.safe_load(run("read", page, "--format", "yaml")[1]) == json.loads(run("read", page)[1])


def test_read_prints_a_table(run: Run, page: Path) -> None:
    """A line for each subject."""
    status, out, _ = run("read", page, "--format", "table")
    assert status == 0
    assert f"response   config.size      string, int64, x-unit byte  [{page}:" in out


def test_read_tells_what_it_does_not_understand(run: Run, page: Path) -> None:
    """Exit status 1, the line on standard error, and the facts all the same."""
    change(page, "Output only.", "Output only. Must be at most seven fathoms.")
    status, out, err = run("read", page)
    assert status == 1
    assert len(json.loads(out)["unread"]) == 1
    assert f"{page}:" in err
    assert "not understood: Must be at most seven fathoms" in err


def test_read_tells_a_page_that_contradicts_itself(run: Run, page: Path) -> None:
    """Its JSON and its table are two statements."""
    change(page, '  "name": "string",\n', "")
    status, out, err = run("read", page)
    assert status == 1
    assert json.loads(out)["disagreements"]
    assert err.count(f"{page}:") == 2


def test_read_locks_the_facts_of_a_page(run: Run, page: Path, tmp_path: Path) -> None:
    """What is locked is what was read."""
    file = tmp_path / "image.get.yaml"
    status, out, err = run("read", page, "--lock", file)
    assert (status, err) == (0, "")
    assert compare(lock.read(file), locks()[0]) == ()
    assert json.loads(out)["page"]["name"] == "get.md"


def test_read_locks_no_page_that_is_in_doubt(run: Run, page: Path, tmp_path: Path) -> None:
    """The lock that was there stays, and it is said why."""
    file = tmp_path / "image.get.yaml"
    run("read", page, "--lock", file)
    before = file.read_bytes()
    change(page, "Output only.", "Output only. Must be at most seven fathoms.")
    status, _, err = run("read", page, "--lock", file)
    assert (status, file.read_bytes()) == (1, before)
    assert err.endswith(f"{file}: not written, for what is in doubt on the page\n")


READ_REFUSED: Mapping[str, tuple[list[str], str]] = {
    "a page that is not there": (["none.md"], "none.md: cannot be read: No such file or directory\n"),
    "a lock of two pages": (["a.md", "b.md", "--lock", "x"], "--lock: locks one page, not 2; name a file for each\n"),
}


@pytest.mark.parametrize(("arguments", "says"), [pytest.param(*row, id=name) for name, row in READ_REFUSED.items()])
def test_read_refuses(run: Run, arguments: list[str], says: str) -> None:
    """Exit status 2, one sentence, nothing printed."""
    assert run("read", *arguments) == (2, "", says)


def test_read_refuses_a_page_without_a_method(run: Run, tmp_path: Path) -> None:
    """With the page's name."""
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    status, out, err = run("read", tmp_path / "empty.md")
    assert (status, out) == (2, "")
    assert err.startswith(f"{tmp_path / 'empty.md'}")
    assert err.count("\n") == 1


def test_read_refuses_to_lock_in_no_folder(run: Run, page: Path, tmp_path: Path) -> None:
    """Nothing is printed for what was not done."""
    file = tmp_path / "none" / "x.yaml"
    assert run("read", page, "--lock", file) == (2, "", f"{file}: cannot be written: No such file or directory\n")


# contract


def test_contract_says_what_was_compared_and_how_much_holds(contract: Run) -> None:
    """Exit status 0, and the known differences named with their reasons."""
    status, out, err = contract()
    assert (status, err) == (0, "")
    assert re.search(r"= documented facts \[.*image\.get\.yaml\]: \d+ facts hold\n", out)
    assert re.search(r"= client \[.*\]: \d+ facts hold\n", out)
    assert re.search(r"= descriptors \[.*\]: \d+ facts hold, 2 known differences\n", out)
    assert "known: field-missing config.urls[]" in out
    assert out.endswith("the witnesses agree\n")


def test_contract_tells_each_difference_with_both_places(contract: Run, spec: Path) -> None:
    """Exit status 1; file and line on both sides, and the page's line behind the lock's."""
    change(spec, "maxLength: 50", "maxLength: 51")
    status, out, _ = contract()
    assert status == 1
    assert re.search(
        r"openapi\.yaml:\d+: value-differs: parameter imageId maxLength\n"
        r"    specification     51  \[.*openapi\.yaml:\d+\]\n"
        r"    documented facts  50  \[.*image\.get\.yaml:\d+ \(from .*\.md:\d+\)\]\n",
        out,
    )
    assert re.search(r"    client +50 +\[.*generated_client.*:\d+\]\n", out)
    assert out.endswith("3 differences\n")


def test_contract_prints_json(contract: Run, spec: Path) -> None:
    """For machines: whether it holds, each comparison, each difference."""
    assert json.loads(contract("--format", "json")[1])["holds"] is True
    change(spec, "maxLength: 50", "maxLength: 51")
    status, out, _ = contract("--format", "json")
    said = json.loads(out)
    assert (status, said["holds"]) == (1, False)
    assert {one["right"]["witness"] for one in said["comparisons"]} == {"documented facts", "client", "descriptors"}
    assert [one["differences"][0]["id"] for one in said["comparisons"]] == ["value-differs"] * 3


def test_contract_reads_a_page_anew(contract: Run, page: Path) -> None:
    """And says whether the lock still stands: of another edition where only the bytes differ."""
    status, out, _ = contract("--page", page)
    assert status == 0
    assert "= documentation [" in out
    assert "the lock still stands, of another edition of the page" in out


def test_contract_says_that_a_lock_does_not_stand_any_more(contract: Run, page: Path) -> None:
    """With the command that renews it; the specification is held against the page too."""
    change(page, "0-50 characters", "0-60 characters")
    status, out, _ = contract("--page", page)
    assert status == 1
    assert re.search(
        r"the lock does not stand any more: python -m generator read PAGE --lock .*image\.get\.yaml\n", out
    )
    assert out.endswith("2 differences\n")


def test_contract_tells_a_page_that_it_does_not_understand(contract: Run, page: Path) -> None:
    """What is in doubt on it does not hold, and is told once, with its line and what to do."""
    change(page, "Output only.", "Output only. Must be at most seven fathoms.")
    status, out, _ = contract("--page", page)
    assert status == 1
    *_, doubt, repair, verdict = out.splitlines()
    assert re.fullmatch(rf"{page}:\d+: unread: Must be at most seven fathoms", doubt)
    assert (repair, verdict) == ("    teach the reader the phrase, or correct the source", "1 difference")


def test_contract_tells_a_page_that_contradicts_itself(contract: Run, page: Path) -> None:
    """With both places."""
    change(page, '  "name": "string",\n', "")
    status, out, _ = contract("--page", page)
    assert status == 1
    found = rf"{page}:\d+: disagreement: `name` stands in .* \[{page}:\d+\]\n    the source contradicts"
    assert re.search(found, out)


def test_contract_says_which_witness_was_not_called(contract: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the test dependencies there are no descriptors: said, and no reason to fail."""
    monkeypatch.setattr(protobuf, "is_installed", lambda: False)
    status, out, err = contract()
    assert (status, err) == (0, "descriptors: not compared, the package yandexcloud is not installed\n")
    assert "descriptors" not in out


CONTRACT_REFUSED: Mapping[str, tuple[str, str, str, str]] = {
    "a specification in no order": ("openapi.yaml", "maxLength", "maxLenght", "did you mean `maxLength`?"),
    "an edited lock": (
        "documented/image.get.yaml",
        "maxLength: 50",
        "maxLength: 51",
        "was edited after it was written",
    ),
    "a merged lock": ("documented/image.get.yaml", "page:", "<<<<<<< mine\npage:", "is not YAML: "),
    "a list of known differences in no order": (
        "known-differences.yaml",
        "reason:",
        "why:",
        "this entry lacks `reason`",
    ),
}


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in CONTRACT_REFUSED.items()])
def test_contract_refuses(contract: Run, spec: Path, row: tuple[str, str, str, str]) -> None:
    """Exit status 2, one sentence with file and line, nothing on standard output."""
    name, old, new, says = row
    file = spec.parent / name
    change(file, old, new)
    status, out, err = contract()
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert re.match(rf"{re.escape(str(file))}:\d+: ", err)
    assert says in err


def test_contract_misses_what_is_not_there(contract: Run, spec: Path, tmp_path: Path) -> None:
    """A client, a specification and a page that cannot be found are refused, each by its name.

    Without locks an operation differs, and without a list of known differences nothing is known.
    """
    for arguments in (("--client", tmp_path / "none"), ("--spec", tmp_path / "none"), ("--page", tmp_path / "none")):
        status, out, err = contract(*arguments)
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert err.startswith(f"{tmp_path / 'none'}: ")
    shutil.rmtree(spec.parent / "documented")
    (spec.parent / "known-differences.yaml").unlink()
    status, out, _ = contract()
    assert status == 1
    assert "operation-missing" in out
    assert "field-missing: response config.urls[]" in out


def test_contract_finds_stale_entries(contract: Run, spec: Path) -> None:
    """A known difference that does not occur is one."""
    change(spec.parent / "known-differences.yaml", "path: config.urls[]", "path: config.links[]")
    status, out, _ = contract()
    assert status == 1
    assert "stale-exception: response config.links[]" in out
    assert "field-missing: response config.urls[]" in out


# every command


@pytest.mark.parametrize("arguments", [[], ["none"], ["read"], ["read", "x", "--format", "xml"], ["contract", "x"]])
def test_wrong_arguments_are_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 2, as of every input that cannot be read, with the usage."""
    with pytest.raises(SystemExit) as exit_:
        cli.main(arguments)
    assert exit_.value.code == 2
    assert capsys.readouterr().err.startswith("usage: python -m generator")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` says what it does in one line."""
    with pytest.raises(SystemExit) as exit_:
        cli.main([name, "--help"])
    assert exit_.value.code == 0
    assert " ".join(COMMANDS[name].split()) in " ".join(capsys.readouterr().out.split())


ENDS: Mapping[str, tuple[BaseException, int, str]] = {
    "an interrupt": (KeyboardInterrupt(), 130, "interrupted\n"),
    "a failing system": (OSError(5, "Input/output error"), 2, "the system says: Input/output error\n"),
    "a failing disk": (OSError(5, "Input/output error", "a/b"), 2, "a/b: the system says: Input/output error\n"),
}


@pytest.mark.parametrize(("raised", "status", "says"), [pytest.param(*row, id=name) for name, row in ENDS.items()])
def test_an_end_from_outside_is_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, raised: BaseException, status: int, says: str
) -> None:
    """No traceback, whatever happens to the machine."""

    def fail(_options: object) -> int:
        raise raised

    monkeypatch.setattr(demo, "run", fail)
    assert run("demo") == (status, "", says)


def test_output_is_printed_whatever_the_locale(page: Path) -> None:
    """Where the terminal knows no Cyrillic, it is escaped."""
    page.write_text(page_of(locks()[0], "ru").replace("вывода.", "вывода. Не более 6 верст."), encoding="utf-8")
    command = [sys.executable, "-m", "generator", "read", str(page)]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "\\u0432\\u0435\\u0440\\u0441\\u0442" in ended.stdout
    assert "Traceback" not in ended.stderr


def test_lint_holds_the_specification_against_the_rules_of_its_style(run: Run, spec: Path, tmp_path: Path) -> None:
    """0 without a finding; 1 with one, which names line, rule and fix; 2 for what is no specification."""
    status, out, err = run("lint", spec)
    assert (status, err) == (0, "")
    assert re.fullmatch(rf"{re.escape(str(spec))}: nothing against the \d+ rules\n", out)
    change(spec, "url: https://", "url: http://")
    status, out, err = run("lint", spec)
    assert (status, err) == (1, "")
    assert re.search(rf"^{re.escape(str(spec))}:\d+: server-without-tls: .+\n    write https://.+\n", out)
    missing = tmp_path / "missing.yaml"
    assert run("lint", missing) == (2, "", f"{missing}: cannot be read: No such file or directory\n")
