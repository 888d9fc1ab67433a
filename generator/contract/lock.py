"""The lock of a page's facts as a text: what CI compares with where the page is not at hand. It holds no prose."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from generator.document import Table, dumps

from .facts import Contract
from .notation import from_notation, to_notation
from .places import Unreadable

HEADER = """\
# The facts of a documentation page, each with its line there. Written by `python -m generator read PAGE --lock FILE`;
# not edited: `digest` tells. A page that changed is read anew.
"""


def text_of(contract: Contract) -> str:
    """The lock of a contract that was read from a page and left nothing unread."""
    facts = {key: value for key, value in to_notation(contract).items() if key != "unread"}
    return HEADER + dumps({**facts, "digest": digest(facts)})


def contract_of(document: Table) -> Contract:
    """The contract that a loaded lock holds. Raises Unreadable where somebody edited it."""
    facts = {key: value for key, value in document.items() if key != "digest"}
    if document.get("digest") != digest(facts):
        repair = f"python -m generator read PAGE --lock {document.place.file}"
        raise Unreadable(f"was edited after it was written; write it anew: {repair}", document.at("digest"))
    return from_notation(document)


def digest(facts: Mapping[str, Any]) -> str:
    """A checksum of plain data, whatever the order of its keys."""
    return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
