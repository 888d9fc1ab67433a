"""Writes the lock of a page's facts, in one step: whoever looks sees the old lock or the new one."""

from __future__ import annotations

from pathlib import Path

from generator.contract.facts import Contract
from generator.contract.lock import text_of

from .folder import put_file


def write(contract: Contract, path: Path) -> None:
    """Lock the facts of a page. Raises InputError where the file cannot be written; the old one stays then."""
    put_file(text_of(contract).encode(), path)
