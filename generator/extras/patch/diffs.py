"""Formats the difference of two texts of a file as a unified diff that git applies."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

from generator.yaml_document import real_path


def diff_of(file: Path, before: str | None, after: str) -> str:
    """Return a unified diff, with the path relative to the working directory; None stands for a new file."""
    path = real_path(file)
    name = (path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path).as_posix().lstrip("/")
    old = f"a/{name}" if before is not None else "/dev/null"
    lines = difflib.unified_diff(_lines(before or ""), _lines(after), old, f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)
