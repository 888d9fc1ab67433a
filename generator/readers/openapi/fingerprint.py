"""What has no path in a contract, such as one of several alternatives: its type and a digest of all that it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from typing import Any

from generator.errors import InputError
from generator.yaml_document import MAX_EXPANDED_FIELDS, MAXIMUM_DEPTH, References, YamlMapping, YamlSequence

from .objects import SCHEMA_ANNOTATIONS

_SAYS_NOTHING = SCHEMA_ANNOTATIONS - {"allOf"}
_LENGTH = 8


def digested(node: YamlMapping, references: References) -> str:
    """``object (1a2b3c4d)``: the type of a schema, and what changes with anything that it says."""
    said = _plain(node, references, (), count())
    text = json.dumps(said, sort_keys=True)
    return f"{said.get('type', 'anything')} ({sha256(text.encode()).hexdigest()[:_LENGTH]})"


def _plain(node: Any, references: References, above: tuple[int, ...], number: Iterator[int]) -> Any:
    """What a schema says, references followed; one that stands in itself is told by how far above it stands.

    `number` numbers the schemas. Raises InputError where they are too many, or too deep.
    """
    if isinstance(node, YamlSequence):
        return [_plain(one, references, above, number) for one in node]
    if not isinstance(node, YamlMapping):
        return node
    said: dict[str, Any] = {}
    for table, seen_from in references.resolve_chain(node):
        if id(table) in above:
            return len(above) - above.index(id(table))
        if len(above) > MAXIMUM_DEPTH:
            raise InputError(f"stands more than {MAXIMUM_DEPTH} schemas deep", table.location)
        if next(number) == MAX_EXPANDED_FIELDS:
            raise InputError(f"is made of more than {MAX_EXPANDED_FIELDS} schemas; describe fewer", table.location)
        above = (*above, id(table))
        for key in table.keys() - _SAYS_NOTHING:
            value = table[key]
            if key == "properties" and isinstance(value, YamlMapping):
                said[key] = {name: _plain(one, seen_from, above, number) for name, one in value.items()}
            else:
                said[key] = _plain(value, seen_from, above, number)
    return said
