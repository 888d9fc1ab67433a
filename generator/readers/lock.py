"""Reads the lock of a page's facts."""

from __future__ import annotations

from pathlib import Path

from generator.contract.facts import Contract
from generator.contract.lock import contract_of
from generator.document import load


def read(path: Path) -> Contract:
    """The contract in a lock. Raises InputError for what is no lock, and for one that somebody edited."""
    return contract_of(load(path))
