"""Writes the file of a released version of the contract, once."""

from __future__ import annotations

from pathlib import Path

from .folder import staging


def write(text: str, path: Path) -> None:
    """Put a new file in its place in one step. Raises Unreadable where it cannot be written."""
    path.parent.mkdir(exist_ok=True)
    with staging(path) as scratch:
        (scratch / path.name).write_text(text, encoding="utf-8")
        (scratch / path.name).chmod(0o644)
        (scratch / path.name).rename(path)
