"""The copy is exempt from the formatters and linters of the project around it."""

import subprocess
import sys
from pathlib import Path

import pytest

from generator.vendoring.vendor import vendor
from tests.consumer.conftest import SOURCE

COPY = "myapp/_vendor/images"

STRICT = """
[tool.ruff]
line-length = 60
indent-width = 2

[tool.ruff.lint]
select = ["ALL"]

[tool.ruff.format]
quote-style = "single"
"""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose settings suit nobody else's code, with a module of the copy as its own, without the marks."""
    folder = tmp_path_factory.mktemp("host")
    vendor(SOURCE, folder / COPY)
    _, quotes, rest = (folder / COPY / "client.py").read_text().partition('"""')
    (folder / "mine.py").write_text(quotes + rest)
    (folder / "pyproject.toml").write_text(STRICT)
    (folder / "forced.toml").write_text('lint.select = ["D", "E", "I", "Q"]\nline-length = 60\n')
    return folder


@pytest.mark.parametrize("settings", ["", " --config forced.toml"])
@pytest.mark.parametrize("command", ["check", "check --fix --unsafe-fixes", "format --check"])
def test_ruff_finds_nothing_in_the_copy(host: Path, command: str, settings: str) -> None:
    """Walking the project, and given the very file, as an editor or a hook does.

    With forced settings ruff reads none of the folder, and the mark in each module counts.
    """
    ruff = [sys.executable, "-m", "ruff", *f"{command}{settings}".split(), "--no-cache", ".", f"{COPY}/client.py"]
    output = subprocess.run(ruff, cwd=host, capture_output=True, text=True, check=False).stdout
    assert "mine.py" in output
    assert COPY not in output


def test_git_gives_the_bytes_back_as_they_were(host: Path, tmp_path: Path) -> None:
    """Also where it translates the ends of lines."""
    git = ["git", "-c", "core.autocrlf=true", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=a"]
    (host / "windows.txt").write_bytes(b"1\r\n2\r\n")
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "all"]):
        subprocess.run([*git, *command], cwd=host, check=True, capture_output=True)
    subprocess.run([*git, "clone", "--quiet", str(host), str(tmp_path / "clone")], check=True)
    assert b"\r\n" in (tmp_path / "clone" / "pyproject.toml").read_bytes()
    check = [sys.executable, str(tmp_path / "clone" / COPY), "--check"]
    assert subprocess.run(check, capture_output=True, text=True, check=False).returncode == 0
