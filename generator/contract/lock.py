"""The lock of a page's facts as a text: what CI compares with where the page is not at hand. It holds no prose."""

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
    """The lock of a contract that was read from a page and left nothing unread."""
    facts = {key: value for key, value in to_dict(contract).items() if key != "unread"}
    return HEADER + dumps(with_digest(facts))


def parse_lock(document: YamlMapping) -> Contract:
    """The contract that a loaded lock holds. Raises InputError where somebody edited it."""
    repair = f"python -m generator read PAGE --lock {document.location.file}"
    check_digest(document, f"was edited after it was written; write it anew: {repair}")
    return from_dict(document)


def with_digest(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data with a checksum of it, whatever the order of its keys."""
    return {**plain, "digest": sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()}


def check_digest(document: YamlMapping, sentence: str) -> None:
    """Raise InputError with a sentence where loaded data is not what its checksum is of."""
    said = {key: value for key, value in document.items() if key != "digest"}
    if document.get("digest") != with_digest(said)["digest"]:
        raise InputError(sentence, document.location_of("digest"))


def read_lock(path: Path) -> Contract:
    """The contract in a lock. Raises InputError for what is no lock, and for one that somebody edited."""
    return parse_lock(load(path))
