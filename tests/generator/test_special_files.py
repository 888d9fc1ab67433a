"""A pipe in the place of a file, or a link in a circle, is one sentence and exit status 2, whatever the command is."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.runtime._manifest import MANIFEST
from tests.commands import Run
from tests.contract.witnesses import ROOT

SENTENCE = "is not a regular file; save its content in one"
NO_MODULE, NO_COPY = "is not a regular file; write the client", "is not a regular file; remove it"
UNREADABLE, UNWRITABLE = "cannot be read: Too many levels of symbolic links", "cannot be written: "

PIPES: Mapping[str, tuple[str, str]] = {
    "read pipe": ("pipe", SENTENCE),
    "contract --page pipe": ("pipe", SENTENCE),
    "lint pipe": ("pipe", SENTENCE),
    "changes spec/openapi.yaml pipe": ("pipe", SENTENCE),
    "generate --spec pipe": ("pipe", SENTENCE),
    "contract": ("spec/known-differences.yaml", SENTENCE),
    "contract --client generated_client": ("generated_client/errors.py", NO_MODULE),
    "generate --check": ("generated_client/errors.py", SENTENCE),
    "vendor new": ("spec/released/1.0.0.yaml", SENTENCE),
    "vendor copy": (f"copy/{MANIFEST}", NO_COPY),
}
"""Command -> the file that is a pipe, and the sentence."""

CIRCLES: Mapping[str, tuple[str, str]] = {
    "lint loop": ("loop", UNREADABLE),
    "contract --client loop": ("loop", "contains no client; write one with `make generate`"),
    "contract --page loop/page.md": ("loop/page.md", UNREADABLE),
    "read loop --lock loop/lock": ("loop", UNREADABLE),
    "generate --client loop/client": ("loop/client", UNWRITABLE),
    "vendor loop/copy": ("/loop", UNWRITABLE),
    "review --output loop/page.html": ("loop/page.html", UNWRITABLE),
}
"""Command -> the path within a circle, and the sentence."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The specification and the client, and a link in a circle beside them."""
    for folder in ("spec", "generated_client"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "loop").symlink_to("loop")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("command", "row"), [*PIPES.items(), *CIRCLES.items()], ids=[*PIPES, *CIRCLES])
def test_a_special_file_is_one_sentence(run: Run, project: Path, command: str, row: tuple[str, str]) -> None:
    file, sentence = row
    if file.startswith("copy/"):
        run("vendor", "copy")
    if command in PIPES:
        (project / file).unlink(missing_ok=True)
        os.mkfifo(project / file)
    status, out, err = run(*command.split())
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert f"{file}: {sentence}" in err
