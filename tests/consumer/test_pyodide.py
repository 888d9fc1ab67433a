"""The client runs on the newest Python that is not installed: CPython compiled to WebAssembly, by Pyodide."""

import asyncio
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.consumer.conftest import ROOT
from tests.consumer.environment import make
from tests.consumer.on_pyodide import main


def test_the_checks_pass_on_this_python() -> None:
    assert asyncio.run(main()) == f"{sys.version_info[0]}.{sys.version_info[1]} {sys.platform}"


@pytest.mark.node
def test_the_checks_pass_on_pyodide(tmp_path: Path) -> None:
    """Without a deprecation, and with the dependencies of the client alone."""
    requirements = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]["client"]
    (packages,) = make(tmp_path / "environment", requirements).parents[1].glob("lib/python*/site-packages")
    shutil.copytree(packages, tmp_path / "packages")
    command = ["node", "lint/pyodide.mjs", "tests/consumer/on_pyodide.py", str(ROOT), str(tmp_path / "packages")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "3.14 emscripten\n"), done.stderr[-2000:]
