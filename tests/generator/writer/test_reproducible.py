"""The same specification gives the same bytes in every environment."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.commands.generate import generate
from tests.generator.folders import contents
from tests.generator.writer.rendering import SAMPLE_API

ROOT = Path(__file__).parents[3]


@pytest.mark.slow
def test_nothing_around_a_generation_changes_a_byte_or_a_mode(tmp_path: Path) -> None:
    """Neither locale, time zone, hash seed, umask nor home; neither the folder it runs in, nor the path of a file."""
    elsewhere = tmp_path / "élsewhere" / "attrs"
    elsewhere.mkdir(parents=True)
    (elsewhere / "typing.py").write_text("raise SystemExit('not this one')")
    (elsewhere / "ruff.toml").write_text('format.quote-style = "single"')
    specification = shutil.copyfile(SAMPLE_API, elsewhere / "boats.yml")
    around = {
        "HOME": str(elsewhere),
        "LC_ALL": "tr_TR.ISO-8859-9",
        "PATH": os.defpath,
        "PYTHONHASHSEED": "3",
        "PYTHONPATH": str(ROOT),
        "PYTHONSAFEPATH": "1",
        "PYTHONUTF8": "0",
        "TZ": "Asia/Kathmandu",
    }
    command = [sys.executable, "-m", "generator", "generate", "--spec", "boats.yml", "--client", "client"]
    subprocess.run(command, cwd=specification.parent, env=around, umask=0o077, check=True, capture_output=True)
    generate(SAMPLE_API, tmp_path / "client")
    assert contents(elsewhere / "client") == contents(tmp_path / "client")
    for client in (elsewhere / "client", tmp_path / "client"):
        assert {path.stat().st_mode & 0o777 for path in client.rglob("*") if path.is_file()} == {0o644}
        assert {path.stat().st_mode & 0o777 for path in client.rglob("*") if path.is_dir()} == {0o755}
