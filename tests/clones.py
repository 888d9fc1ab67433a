"""Clones of the project as a maintainer has them, and git in them."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def make_clone(folder: Path, *paths: str) -> Path:
    """Make a repository without commits: specification, client, an environment, and more paths of the project."""
    for path in map(Path, ("spec", "generated_client", *paths)):
        if (ROOT / path).is_dir():
            shutil.copytree(ROOT / path, folder / path, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / path, folder / path)
    (folder / ".venv/bin").mkdir(parents=True)
    write_program(folder / ".venv/bin/python", f'PYTHONPATH="{ROOT}" exec "{sys.executable}" "$@"')
    (folder / ".gitignore").write_text("/.venv/\n/build/\n/home/\n")
    git(folder, "init", "-q", "-b", "main")
    return folder


def write_program(path: Path, script: str) -> None:
    """Write a program of the shell."""
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def git(folder: Path, *arguments: str) -> str:
    """Run git with an author; return its output."""
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def commit(folder: Path, message: str = "all") -> None:
    """Commit everything."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)
