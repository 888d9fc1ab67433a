"""A killed `generate` or `vendor` leaves the old files or the new ones."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.generator.killed import COMMANDS
from tests.generator.vendored.sources import NEXT, ROOT, WIDER, source

BASE = Path(__file__).with_name("base.yaml").read_text(encoding="utf-8")

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("command", COMMANDS)
def test_a_killed_command_leaves_the_old_files_or_the_new_ones(tmp_path: Path, command: str) -> None:
    """At random moments; the next run removes what is left beside them."""
    first, second = source(tmp_path / "first"), source(tmp_path / "second", NEXT, WIDER, code="\n# Version two.\n")
    if command == "generate":
        first.specification.write_text(BASE, encoding="utf-8")
        second.specification.write_text(BASE.replace("boatId", "shipId"), encoding="utf-8")
    (tmp_path / "target").mkdir()
    program = [sys.executable, "-m", "tests.generator.killed", command]
    folders = [str(tmp_path / name) for name in ("target", "first", "second")]
    done = subprocess.run([*program, *folders], cwd=ROOT, capture_output=True, text=True, check=True)
    *killed, last = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(killed) == COMMANDS[command][0]
    assert {state["target"] for state in killed} == {"older", "newer"}
    assert any(state["beside"] for state in killed), "no process was killed while writing"
    assert last == {"target": "newer", "beside": []}
