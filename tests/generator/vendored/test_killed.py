"""A killed `vendor` leaves the old copy or the new one."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.vendoring.bundle import ClientBundle
from tests.generator.vendored.killed import KILLED
from tests.generator.vendored.sources import ROOT

pytestmark = pytest.mark.slow


def test_a_killed_renewal_leaves_the_older_copy_or_the_newer_one(
    tmp_path: Path, first: ClientBundle, second: ClientBundle
) -> None:
    """A hundred times at random moments; the next run removes what is left beside the copy."""
    projects = [str(made.client.parent) for made in (first, second)]
    command = [sys.executable, "-m", "tests.generator.vendored.killed", str(tmp_path), *projects]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    *killed, last = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(killed) == KILLED
    assert {state["copy"] for state in killed} == {"older", "newer"}
    assert any(state["beside"] for state in killed), "no process was killed while writing"
    assert last == {"copy": "newer", "beside": []}
