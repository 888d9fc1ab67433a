"""The commands of the README for consumers do what it says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.consumer.conftest import NUMBER, ROOT, Application

pytestmark = pytest.mark.slow

README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("\n## In your application\n")[2].partition("\n## ")[0]
SHELL = re.findall(r"^```sh\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with an application, and this project beside it as `client`."""
    (tmp_path / "myapp" / "myapp").mkdir(parents=True)
    (tmp_path / "myapp" / "myapp" / "__init__.py").touch()
    (tmp_path / "client").symlink_to(ROOT)
    return tmp_path


def test_from_the_copy_to_its_renewal(home: Path, tool: Application) -> None:
    """All commands, one after the other; `make` takes the environment of these tests instead of making one."""
    programs = home / "programs"
    programs.mkdir()
    (programs / "make").write_text(f'#!/bin/sh\nexec "{_found("make")}" -o setup VENV="{sys.prefix}" "$@"\n')
    (programs / "make").chmod(0o755)
    (programs / "python").symlink_to(tool.python)
    environment = {"HOME": str(home), "PATH": f"{programs}:/usr/bin:/bin"}
    assert len(SHELL) == 3
    done = subprocess.run(
        ["sh", "-eu", "-c", "\n".join(SHELL)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    copy = home / "myapp" / "myapp" / "_vendor" / "images"
    lines = [line for line in done.stdout.splitlines() if not line.startswith("make")]
    assert lines[0].startswith(f"{copy}: version {NUMBER}, ")
    assert lines[1] == f"Yandex Container Registry {NUMBER}"
    assert lines[-4:] == [
        "every file is as it was written",
        "no local edits",
        f"version {NUMBER} is current",
        f"{copy}: up to date, version {NUMBER}; nothing written",
    ]


def _found(program: str) -> str:
    folders = os.environ["PATH"].split(":")
    return next(str(Path(folder, program)) for folder in folders if Path(folder, program).is_file())
