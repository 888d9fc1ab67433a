"""Writes the file of a released version of the contract, once."""

from __future__ import annotations

from pathlib import Path

from .folder import put_file


def write(text: str, path: Path) -> None:
    """Put a new file in its place in one step. Raises InputError where it cannot be written."""
    path.parent.mkdir(exist_ok=True)
    put_file(text.encode(), path)
