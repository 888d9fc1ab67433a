"""Reads a published page of the provider's REST reference, in Markdown, into a contract.

Two stages that know nothing of each other: the layout (`blocks`, `cells`, `markup`) turns Markdown into
headings, tables and prose; the vocabulary (`phrases`, `smells`) turns prose into facts. `page` puts them
together. What looks like a constraint and was not understood is in the contract's `unparsed`; where two
statements of a page contradict each other, in its `contradictions`.
"""

from __future__ import annotations

from pathlib import Path

from generator.contract.facts import Contract
from generator.yaml_document import load_bytes

from .page import read_page

__all__ = ["read", "read_bytes"]


def read(path: Path) -> Contract:
    """The contract that a page states. Raises InputError, naming the line, for what is no such page."""
    return read_bytes(load_bytes(path), str(path))


def read_bytes(data: bytes, name: str) -> Contract:
    """The contract that the bytes of a page state; `name` is what locations call its file. Raises InputError."""
    return read_page(data, name)
