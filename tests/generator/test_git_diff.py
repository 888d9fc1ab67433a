"""`git diff` shows the changes of the specification, by the recipe of CONTRIBUTING.md."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import Run
from tests.sample import FOLDER, SPECIFICATION

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
(COMMAND,) = re.findall(r"^git config diff\.openapi\.command '\.venv/bin/python (.+)'$", GUIDE, re.MULTILINE)
TEXT = SPECIFICATION.read_text("utf-8")
NARROWER = TEXT.replace("maxLength: 50", "maxLength: 40")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with the specification and its release, and git configured by the recipe."""
    shutil.copytree(FOLDER, tmp_path / "spec")
    shutil.copy(ROOT / ".gitattributes", tmp_path)
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "config", "diff.openapi.command", f'PYTHONPATH="{ROOT}" "{sys.executable}" {COMMAND}')
    _commit(tmp_path)
    return tmp_path


def _git(folder: Path, *arguments: str) -> str:
    author = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    return subprocess.run(["git", *author, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def _commit(clone: Path) -> None:
    _git(clone, "add", "-A")
    _git(clone, "commit", "-q", "-m", "a")


def test_the_diff_of_the_working_tree_and_of_revisions_has_changes_and_verdict(clone: Path) -> None:
    """With the paths that git shows; git itself exits with 0."""
    (clone / "spec/openapi.yaml").write_text(NARROWER)
    shown = _git(clone, "diff")
    assert shown.startswith("b/spec/openapi.yaml, compared with a/spec/openapi.yaml\n")
    assert re.search(r"\n    a/spec/openapi.yaml:(\d+) -> b/spec/openapi.yaml:\1\n", shown)
    assert "\n1 change, breaking: do not merge\n" in shown
    assert "under `## 2.0.0` in spec/CHANGELOG.md: " in shown
    _commit(clone)
    assert _git(clone, "diff", "HEAD~1", "HEAD") == shown


@pytest.fixture
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The older and the narrower specification, as git writes them into files of any name."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("4f2c_openapi.yaml", TEXT), ("9d1e_openapi.yaml", NARROWER)):
        (tmp_path / name).write_text(text, "utf-8")
    return "4f2c_openapi.yaml", "9d1e_openapi.yaml"


def test_an_added_or_removed_file_is_compared_with_nothing(run: Run, sides: tuple[str, str]) -> None:
    old = (sides[0], "0" * 40, "100644")
    nothing = (os.devnull, ".", ".")
    status, out, err = run("git-diff", "openapi.yaml", *nothing, *old)
    assert (status, err, out.splitlines()[-1]) == (0, "", "1 change, compatible")
    assert re.search(r"\n    b/openapi.yaml:\d+\n", out)
    status, out, err = run("git-diff", "openapi.yaml", *old, *nothing)
    assert (status, err, out.splitlines()[-1]) == (0, "", "1 change, breaking: do not merge")


def test_a_file_that_cannot_be_compared_is_one_sentence_and_no_failure(run: Run, sides: tuple[str, str]) -> None:
    assert run("git-diff", "openapi.yaml") == (0, "openapi.yaml: has merge conflicts; resolve them first\n", "")
    Path(sides[1]).write_text(TEXT.replace("maxLength", "maxLenght"), "utf-8")
    status, out, err = run("git-diff", "openapi.yaml", sides[0], "0" * 40, "100644", sides[1], "1" * 40, "100644")
    assert (status, err, out.count("\n")) == (0, "", 1)
    assert re.match(r"b/openapi.yaml:\d+: unsupported keyword `maxLenght`", out)
