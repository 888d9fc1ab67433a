"""Reads and writes locks: the facts of a page, without its prose, for checks that do not have the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.errors import InputError
from generator.yaml_document import YamlMapping, dumps, load

from .facts import Contract
from .serialize import from_dict, to_dict

HEADER = """\
# The facts of a documentation page, each with its line there. Written by `python -m generator read PAGE --lock FILE`;
# not edited: `digest` tells. A page that changed is read anew.
"""


def dump_lock(contract: Contract) -> str:
    """Write the lock of a contract that was read from a page and left nothing unread."""
    facts = {key: value for key, value in to_dict(contract).items() if key != "unread"}
    return HEADER + dumps(with_digest(facts))


def parse_lock(document: YamlMapping) -> Contract:
    """Return the contract in a loaded lock. Raises InputError if the lock was edited."""
    repair = f"python -m generator read PAGE --lock {document.location.file}"
    check_digest(document, f"was edited by hand; write it again: {repair}")
    return from_dict(document)


def with_digest(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Add a checksum to plain data that does not depend on the order of the keys."""
    return {**plain, "digest": sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()}


def check_digest(document: YamlMapping, sentence: str) -> None:
    """Raise InputError with a sentence if loaded data does not match its checksum."""
    content = {key: value for key, value in document.items() if key != "digest"}
    if document.get("digest") != with_digest(content)["digest"]:
        raise InputError(sentence, document.location_of("digest"))


def read_lock(path: Path) -> Contract:
    """Read the contract in a lock file. Raises InputError for another file, and for a lock that was edited."""
    return parse_lock(load(path))
