"""A pipe in the place of a file is one sentence and exit status 2, whichever command is to read it."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator import cli
from generator.runtime._manifest import MANIFEST
from tests.contract.witnesses import ROOT

SAYS = "is not a regular file; save its content in one"
SPEC, PIPE = "spec/openapi.yaml", "pipe"

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "a page": ("read", PIPE),
    "a page to compare": ("contract", "--page", PIPE),
    "a specification to compare": ("contract", "--spec", PIPE),
    "a specification to check": ("lint", PIPE),
    "an old specification": ("changes", PIPE, SPEC),
    "a new specification": ("changes", SPEC, PIPE),
    "a base": ("review", "--base", PIPE),
    "a specification to generate from": ("generate", "--spec", PIPE),
    "a specification to serve": ("serve", "--spec", PIPE),
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The specification and the client, and a pipe beside them."""
    for folder in ("spec", "generated_client"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    os.mkfifo(tmp_path / PIPE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_a_pipe_is_no_input(project: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert (project / PIPE).is_fifo()
    assert cli.main(arguments) == 2
    assert capsys.readouterr() == ("", f"{PIPE}: {SAYS}\n")


FILES: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "a lock": ("spec/documented/image.get.yaml", ("contract",), SAYS),
    "the known differences": ("spec/known-differences.yaml", ("contract",), SAYS),
    "a release": ("spec/released/1.0.0.yaml", ("vendor", "copy"), SAYS),
    "the notes": ("spec/CHANGELOG.md", ("vendor", "copy"), SAYS),
    "a module of the client": ("generated_client/errors.py", ("contract",), "is not a regular file; write the client"),
    "the client's manifest": (f"generated_client/{MANIFEST}", ("vendor", "copy"), SAYS),
    "a module to check": ("generated_client/errors.py", ("generate", "--check"), SAYS),
    "a copy's manifest": (f"copy/{MANIFEST}", ("vendor", "copy"), "is not a regular file; remove it"),
}


@pytest.mark.parametrize(("file", "arguments", "says"), FILES.values(), ids=FILES)
def test_a_pipe_among_the_files_is_named(
    project: Path, file: str, arguments: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if file.startswith("copy/"):
        assert cli.main(["vendor", "copy"]) == 0
    (project / file).unlink()
    os.mkfifo(project / file)
    capsys.readouterr()
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert f"{file}: {says}" in err


LOOPS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "a specification": (("lint", "loop"), "loop: cannot be read: Too many levels of symbolic links\n"),
    "a client to write": (("generate", "--client", "loop/client"), "loop/client: cannot be written: "),
    "a client to read": (
        ("contract", "--client", "loop"),
        "loop: contains no client; write one with `make generate`\n",
    ),
    "a copy": (("vendor", "loop/copy"), "/loop: cannot be written: "),
    "a draft": (("contract", "--page", "loop/page.md"), "loop/page.md: cannot be read: Too many levels of"),
    "a lock": (("read", "loop", "--lock", "loop/lock"), "loop: cannot be read: Too many levels of symbolic links\n"),
    "a review": (("review", "--output", "loop/page.html"), "loop/page.html: cannot be written: "),
}


@pytest.mark.parametrize(("arguments", "says"), LOOPS.values(), ids=LOOPS)
def test_links_in_a_circle_are_one_sentence(
    project: Path, arguments: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "loop").symlink_to("loop")
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert says in err
