"""Reads a published page of the provider's REST reference, in Markdown, into a contract.

Two stages, independent of each other: the layout (`blocks`, `cells`, `prose`) turns Markdown into headings,
tables and prose; the vocabulary (`phrases`, `constraint_hints`) turns prose into facts. `page` puts them
together. What looks like a constraint and was not understood is in the contract's `unparsed`; two statements of
a page that contradict each other are in its `contradictions`.
"""

from __future__ import annotations

from pathlib import Path

from generator.contract.facts import Contract
from generator.yaml_document import load_bytes

from .page import read_bytes

__all__ = ["read", "read_bytes"]


def read(path: Path) -> Contract:
    """Read the file of a page. Raises InputError, naming the line."""
    return read_bytes(load_bytes(path), str(path))
