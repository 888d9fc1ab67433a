"""Each command has its output and exit status: 0 holds, 1 does not hold, 2 invalid input."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator import cli
from generator.commands import COMMANDS, demo
from generator.readers import protobuf
from tests.commands import Run
from tests.contract.pages import page_of
from tests.contract.witnesses import ROOT, locks


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


def test_contract_says_what_was_compared_and_how_much_holds(contract: Run) -> None:
    """Exit status 0, and the known differences named with their reasons."""
    status, out, err = contract()
    assert (status, err) == (0, "")
    assert re.search(r"= documented facts \[.*image\.get\.yaml\]: \d+ facts hold\n", out)
    assert re.search(r"= client \[.*\]: \d+ facts hold\n", out)
    assert re.search(r"= descriptors \[.*\]: \d+ facts hold, 2 known differences\n", out)
    assert "known: field-missing config.urls[]" in out
    assert out.endswith("the witnesses agree\n")


def test_contract_lists_each_difference_with_both_locations(contract: Run, spec: Path) -> None:
    """Exit status 1; file and line on both sides, and the page's line behind the lock's."""
    change(spec, "maxLength: 50", "maxLength: 51")
    status, out, _ = contract()
    assert status == 1
    assert re.search(
        r"openapi\.yaml:\d+: value-differs: parameter imageId maxLength\n"
        r"    specification     51  \[.*openapi\.yaml:\d+\]\n"
        r"    documented facts  50  \[.*image\.get\.yaml:\d+ \(from .*\.md:\d+\)\]\n"
        r"    the values differ; correct the wrong one, or list this in spec/known-differences.yaml\n",
        out,
    )
    assert re.search(r"= documented facts \[.*image\.get\.yaml\]: \d+ facts hold, 1 differ\n", out)
    assert re.search(
        r"    client +50 +\[.*generated_client.*:\d+\]\n    the client is stale; run `make generate`\n", out
    )
    assert out.endswith("3 differences\n")


def test_contract_compares_a_page_with_the_lock(contract: Run, run: Run, spec: Path, page: Path) -> None:
    """If only the bytes differ, the lock is of another edition of the page; the name of the page does not matter."""
    status, out, _ = contract("--page", page)
    assert status == 0
    assert "= documentation [" in out
    assert "the lock has the same facts, from another edition of the page; update it with: " in out
    run("read", "--lock", spec.parent / "documented" / "image.get.yaml", page)
    status, out, _ = contract("--page", page.rename(page.with_name("downloaded.md")))
    assert status == 0
    assert "the lock is current" in out


def test_contract_reports_a_lock_that_is_out_of_date(contract: Run, page: Path) -> None:
    """With the command that updates it; the specification is compared with the page too."""
    change(page, "0-50 characters", "0-60 characters")
    status, out, _ = contract("--page", page)
    assert status == 1
    assert re.search(
        r"the lock is out of date; update it with: python -m generator read PAGE --lock .*image\.get\.yaml\n", out
    )
    assert out.endswith("2 differences\n")


def test_contract_reports_a_page_that_it_does_not_understand(contract: Run, page: Path) -> None:
    """A warning is a difference, listed once, with its line and how to fix it."""
    change(page, "Output only.", "Output only. Must be at most seven fathoms.")
    status, out, _ = contract("--page", page)
    assert status == 1
    *_, warning, repair, verdict = out.splitlines()
    assert re.fullmatch(rf"{page}:\d+: unread: Must be at most seven fathoms", warning)
    assert (repair, verdict) == ("    add the phrase to the reader, or correct the source", "1 difference")


def test_contract_says_which_witness_is_missing(contract: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the test dependencies there are no descriptors; that is reported and does not fail."""
    monkeypatch.setattr(protobuf, "is_installed", lambda: False)
    status, out, err = contract()
    assert (status, err) == (0, "descriptors: not compared, the package yandexcloud is not installed\n")
    assert "descriptors" not in out


CONTRACT_REJECTED: Mapping[str, tuple[str, str, str, str]] = {
    "an invalid specification": ("openapi.yaml", "maxLength", "maxLenght", "did you mean `maxLength`?"),
    "an edited lock": ("documented/image.get.yaml", "maxLength: 50", "maxLength: 51", "was edited by hand"),
    "a merged lock": ("documented/image.get.yaml", "page:", "<<<<<<< mine\npage:", "is not YAML: "),
    "an invalid list of known differences": ("known-differences.yaml", "reason:", "why:", "this entry lacks `reason`"),
}


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in CONTRACT_REJECTED.items()])
def test_contract_rejects(contract: Run, spec: Path, row: tuple[str, str, str, str]) -> None:
    """Exit status 2, one sentence with file and line, nothing on standard output."""
    name, old, new, message = row
    file = spec.parent / name
    change(file, old, new)
    status, out, err = contract()
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert re.match(rf"{re.escape(str(file))}:\d+: ", err)
    assert message in err


def test_contract_rejects_missing_files(contract: Run, spec: Path, tmp_path: Path) -> None:
    """A missing client, specification or page is an error that names it.

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


def test_contract_and_lint_report_every_problem(run: Run, contract: Run, spec: Path) -> None:
    """A misspelt field of an example is a difference; bounds that contradict each other are invalid input."""
    change(spec, "          size: '7318'", "          sise: '7318'")
    line = spec.read_text(encoding="utf-8").splitlines().index("          sise: '7318'") + 1
    status, out, _ = contract()
    assert status == 1
    sentence = "the example has `sise`, which is not a property of its schema; did you mean `size`?"
    assert f"{spec}:{line}: wrong-example: {sentence}\n    correct the example, or its schema\n1 difference\n" in out
    change(spec, "            minLength: 1\n", "            minLength: 51\n")
    status, out, err = contract()
    assert (status, out, len(err.splitlines())) == (2, "", 3)
    status, out, _ = run("lint", spec)
    assert status == 1
    for text in (err, out):
        assert re.search(rf"^{re.escape(str(spec))}:\d+: .*`maxLength` is less than `minLength`", text, re.MULTILINE)
        assert re.search(rf"^{re.escape(str(spec))}:\d+: .*has `sise`, which is not a property", text, re.MULTILINE)


@pytest.mark.parametrize("arguments", ["", "none", "read", "read x --format xml", "contract x"])
def test_wrong_arguments_are_rejected(arguments: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 2, as for any invalid input, with the usage."""
    with pytest.raises(SystemExit) as exit_:
        cli.main(arguments.split())
    assert exit_.value.code == 2
    assert capsys.readouterr().err.startswith("usage: python -m generator")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` prints one line on what it does."""
    with pytest.raises(SystemExit) as exit_:
        cli.main([name, "--help"])
    assert exit_.value.code == 0
    assert " ".join(COMMANDS[name].split()) in " ".join(capsys.readouterr().out.split())


def fail_with(exception: BaseException) -> Callable[[object], int]:
    """Return a command that fails."""

    def fail(_options: object) -> int:
        raise exception

    return fail


@pytest.mark.parametrize(
    ("raised", "status", "message"),
    [
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (OSError(5, "Input/output error"), 2, "cannot write the output: Input/output error\n"),
    ],
)
def test_a_failure_of_the_system_is_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, raised: BaseException, status: int, message: str
) -> None:
    monkeypatch.setattr(demo, "run", fail_with(raised))
    assert run("demo") == (status, "", message)


@pytest.mark.parametrize("bug", [FileNotFoundError(2, "No such file or directory", "a.jinja"), KeyError("id")])
def test_a_bug_looks_like_a_bug(run: Run, monkeypatch: pytest.MonkeyPatch, bug: Exception) -> None:
    """A file that the project misses, or a key, is no invalid input: the traceback shows where."""
    monkeypatch.setattr(demo, "run", fail_with(bug))
    with pytest.raises(type(bug)):
        run("demo")


PATHS = [
    "read",
    "read x --lock",
    "lint",
    "contract --client",
    "generate --client",
    "changes",
    "review --base",
    "vendor",
]


@pytest.mark.parametrize("arguments", PATHS)
@pytest.mark.parametrize(("path", "reason"), [("", "is empty; give a path"), ("a" * 300, "is too long for a path")])
def test_an_unusable_path_is_rejected(
    arguments: str, path: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the parser, before anything is read."""
    with pytest.raises(SystemExit) as ended:
        cli.main([*arguments.split(), path])
    assert ended.value.code == 2
    assert reason in capsys.readouterr().err


def test_output_is_printed_whatever_the_locale(page: Path) -> None:
    """Cyrillic that the terminal cannot encode is escaped."""
    page.write_text(page_of(locks()[0], "ru").replace("вывода.", "вывода. Не более 6 верст."), encoding="utf-8")
    command = [sys.executable, "-m", "generator", "read", str(page)]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    completed = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert completed.returncode == 1
    assert "\\u0432\\u0435\\u0440\\u0441\\u0442" in completed.stdout
    assert "Traceback" not in completed.stderr


def test_lint_checks_the_specification_against_the_style_rules(run: Run, spec: Path, tmp_path: Path) -> None:
    """0 without a finding; 1 with one, which names line, rule and fix; 2 for a missing file."""
    status, out, err = run("lint", spec)
    assert (status, err) == (0, "")
    assert re.fullmatch(rf"{re.escape(str(spec))}: no findings \(\d+ rules\)\n", out)
    change(spec, "url: https://", "url: http://")
    status, out, err = run("lint", spec)
    assert (status, err) == (1, "")
    assert re.search(rf"^{re.escape(str(spec))}:\d+: server-without-tls: .+\n    write https://.+\n", out)
    missing = tmp_path / "missing.yaml"
    assert run("lint", missing) == (2, "", f"{missing}: cannot be read: No such file or directory\n")
