"""Adds two methods to a copy of the project as docs/new-method.md says, and runs `make test` there."""

import os
import re
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from tests.contract.witnesses import ROOT
from tests.extras.new_pages import create_page, list_page
from tests.sample import locks

GUIDE = ROOT / "docs" / "new-method.md"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with the files of the project, its environment and the two pages."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    for name in subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")[:-1]:
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    (tmp_path / "list.md").write_text(list_page(locks()[0]), encoding="utf-8")
    (tmp_path / "create.md").write_text(create_page(locks()[0]), encoding="utf-8")
    for command in ("init -q", "add -A", "-c user.name=a -c user.email=a@example.com commit -qm all"):
        subprocess.run(["git", *command.split()], cwd=tmp_path, check=True)
    return tmp_path


def _run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the guide; the environment of this run is as good as a new one."""
    command = command.replace("make ", "make --old-file=setup ")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV_"))}
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, check=False, capture_output=True, text=True, env=environment
    )


def _write_texts(folder: Path) -> int:
    """Write each missing text, as a person would; return their number."""
    numbers = count(1)
    for file in sorted((folder / "spec").glob("*.yaml")):
        words = "https://example.com/{}.md" if file.name == "pages.yaml" else "Text number {} of this test"
        text = re.sub(r"'?\bTODO\b.*", "<TODO>", file.read_text("utf-8"))
        while "<TODO>" in text:
            text = text.replace("<TODO>", words.format(next(numbers)), 1)
        file.write_text(text.replace("version: 1.0.0", "version: 1.1.0"), "utf-8")
    return next(numbers) - 1


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_two_methods_are_added_as_the_guide_says(clone: Path) -> None:
    """Page, draft, specification, client, call; then `make test` passes without a change of a test."""
    guide = GUIDE.read_text(encoding="utf-8")
    draft, lint, generate, test = re.findall(r"```sh\n(.*?)\n```", guide, re.DOTALL)
    drafted = _run(draft, clone)
    assert drafted.returncode == 0, drafted.stderr
    assert _run(lint, clone).stdout.count(": todo: ") > 20
    left = _write_texts(clone)
    assert f"{left} texts are left to write, marked TODO" in drafted.stderr
    for command in (lint, generate):
        done = _run(command, clone)
        assert done.returncode == 0, done.stdout + done.stderr
    (call,) = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    called = subprocess.run([sys.executable, "-c", call], cwd=clone, check=False, capture_output=True, text=True)
    assert (called.returncode, called.stdout) == (0, "crp1 ['latest']\nFalse\n"), called.stderr
    tested = _run(test, clone)
    assert tested.returncode == 0, (tested.stdout + tested.stderr)[-5000:]
