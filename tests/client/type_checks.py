"""Strict type checkers accept a client and the right uses of it, and reject each misuse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

MISUSES = "misuses.py"

Finding = tuple[str, int, str]
"""File, line and message."""


def write_misuses(folder: Path, head: Sequence[str], misuses: Sequence[str]) -> set[int]:
    """Write a function with the misuses, one in a line; return the numbers of these lines."""
    lines = [*head, "", "", "def misuse(client: Client) -> None:"]
    (folder / MISUSES).write_text("\n".join([*lines, *(f"    {misuse}" for misuse in misuses), ""]), "utf-8")
    return {len(lines) + number for number in range(1, len(misuses) + 1)}


def mypy_findings(folder: Path, *arguments: str) -> list[Finding]:
    settings = ("--strict", "--no-incremental", "--cache-dir", os.devnull, "--explicit-package-bases")
    rows = map(json.loads, _run(folder, "mypy", *settings, "--output=json", *arguments).splitlines())
    return [(Path(row["file"]).name, row["line"], row["message"]) for row in rows]


def pyright_findings(folder: Path) -> list[Finding]:
    settings = {"typeCheckingMode": "strict", "reportUnusedExpression": "none", "pythonVersion": "3.11"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    rows = json.loads(_run(folder, "pyright", "--outputjson", "--pythonpath", sys.executable))["generalDiagnostics"]
    return [(Path(row["file"]).name, row["range"]["start"]["line"] + 1, row["message"]) for row in rows]


def assert_each_misuse_is_rejected(findings: Sequence[Finding], misuses: set[int]) -> None:
    """Fail, with the messages, if a checker rejects anything else."""
    assert [row for row in findings if row[0] != MISUSES or row[1] not in misuses] == []
    assert {line for _, line, _ in findings} == misuses


def _run(folder: Path, tool: str, *arguments: str) -> str:
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    command = [sys.executable, "-m", tool, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    return done.stdout
