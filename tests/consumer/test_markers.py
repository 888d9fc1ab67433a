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
    """A project whose settings suit nobody else's code."""
    folder = tmp_path_factory.mktemp("host")
    vendor(SOURCE, folder / COPY)
    (folder / "pyproject.toml").write_text(STRICT)
    return folder


def _ruff(host: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "ruff", *arguments, "--no-cache"]
    return subprocess.run(command, cwd=host, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("command", [["check"], ["check", "--fix", "--unsafe-fixes"], ["format", "--check"]])
def test_ruff_finds_nothing_in_the_copy(host: Path, command: list[str]) -> None:
    """Walking the project, and given the very file, as an editor or a hook does."""
    assert COPY not in _ruff(host, *command, ".", f"{COPY}/client.py")


def test_ruff_would_find_much_without_the_markers(host: Path, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(STRICT)
    text = (host / COPY / "client.py").read_text()
    head, mark, rest = text.partition('"""')
    assert head.partition("\n")[2] == "# fmt: off\n# isort: skip_file\n# flake8: noqa\n"
    (tmp_path / "client.py").write_text(mark + rest)
    assert "client.py" in _ruff(tmp_path, "check", ".")
    assert "client.py" in _ruff(tmp_path, "format", "--check", ".")


def test_settings_that_are_forced_on_it_find_nothing_either(host: Path) -> None:
    """Then ruff reads no settings of the folder, and the mark in each module counts."""
    (host / "forced.toml").write_text('lint.select = ["D", "E", "I", "Q"]\nline-length = 60\n')
    assert COPY not in _ruff(host, "check", "--config", "forced.toml", ".")
    assert COPY not in _ruff(host, "format", "--check", "--config", "forced.toml", ".")


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
