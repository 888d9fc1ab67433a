"""A pipe in the place of a page is one sentence and exit status 2."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator import cli
from tests.sample import SPECIFICATION

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "an edition": ("page-history", "pipe"),
    "a page to draft from": ("draft", "pipe", "--spec", str(SPECIFICATION)),
    "a page to follow": ("contract", "--patch", "--page", "pipe", "--spec", str(SPECIFICATION)),
}


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_a_pipe_is_no_page(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)
    assert cli.main(arguments) == 2
    assert capsys.readouterr() == ("", "pipe: is not a regular file; save its content in one\n")
