"""Differences that are known, each with its reason and its source, from the one file that lists them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from generator.errors import InputError, Location
from generator.yaml_document import YamlMapping, YamlSequence, dump_blocks

from .compare import ABSENT, HINTS, Difference, Statement
from .facts import Witness

_HEADER = """\
# Differences between the specification and a witness that are known to be, kept by hand; each with its reason and
# a source that can be followed. An entry whose difference does not occur (any more) fails `contract`.
"""

_KEYS = ("difference", "witness", "operation", "part", "path", "keyword", "reason", "source")
_OPTIONAL = "keyword"
_WITNESSES = {witness.value: witness for witness in Witness}


@frozen
class KnownDifference:
    """One known difference: its id, who differs from the specification, on what, why, and where that is known from."""

    id: str
    witness: Witness
    operation: str
    part: str
    path: str
    keyword: str
    reason: str
    source: str
    location: Location

    def is_about(self, operation: str, difference: Difference) -> bool:
        """Whether it is this difference, of this operation, that is known."""
        return (self.operation, self.id, self.witness.value, self.part, self.path, self.keyword) == (
            operation,
            difference.id,
            difference.right.witness,
            difference.part,
            difference.path,
            difference.keyword,
        )

    def stale(self, looked_at: Location) -> Difference:
        """The difference that an entry makes which does not occur."""
        listed = Statement("known differences", self.id, self.location)
        found = Statement(self.witness, ABSENT, looked_at)
        return Difference("stale-exception", self.part, self.path, self.keyword, listed, found)


def parse_known_differences(document: YamlMapping) -> tuple[KnownDifference, ...]:
    """The entries of a loaded list of known differences.

    Raises InputError for an entry that lacks a key or has another one, and for an unknown difference or witness.
    """
    rows = document.get("known")
    if document.keys() != {"known"} or not isinstance(rows, YamlSequence):
        raise InputError("must have one key, `known`, with a list under it", document.location)
    return tuple(
        _entry(row, Location(document.location.file, line)) for row, line in zip(rows, rows.lines, strict=True)
    )


def _entry(row: Any, location: Location) -> KnownDifference:
    if not isinstance(row, YamlMapping):
        raise InputError(f"an entry must be a mapping with {', '.join(_KEYS)}", location)
    said = {_OPTIONAL: "", **row}
    odd = sorted(said.keys() ^ set(_KEYS))
    if odd:
        fault = "has the unknown key" if odd[0] in said else "lacks"
        raise InputError(f"this entry {fault} `{odd[0]}`; it takes {', '.join(_KEYS)}", location)
    for key, value in said.items():
        if not isinstance(value, str):
            raise InputError(f"`{key}` must be a text", row.location_of(key))
    for key, allowed in (("difference", HINTS), ("witness", _WITNESSES)):
        if said[key] not in allowed:
            raise InputError(f"there is no {key} {said[key]!r}; there are: {', '.join(allowed)}", row.location_of(key))
    if not said["source"].startswith("https://"):
        raise InputError("`source` must be an https:// URL that a reviewer can follow", row.location_of("source"))
    return KnownDifference(said.pop("difference"), _WITNESSES[said.pop("witness")], location=location, **said)


def dump_known_differences(found: Sequence[tuple[str, Difference]], reason: str, source: str) -> str:
    """The file of a first list: differences by their operations, with one reason and source for all of them."""
    entries = [
        {
            "difference": one.id,
            "witness": str(one.right.witness),
            "operation": operation,
            "part": one.part,
            "path": one.path,
            **({"keyword": one.keyword} if one.keyword else {}),
            "reason": reason,
            "source": source,
        }
        for operation, one in found
    ]
    once = {tuple(entry.values()): entry for entry in entries}
    return _HEADER + dump_blocks({"known": list(once.values())})


def partition(
    operation: str, differences: Sequence[Difference], known: Sequence[KnownDifference]
) -> tuple[tuple[Difference, ...], tuple[KnownDifference, ...]]:
    """The differences that are not known, and the entries for those that are."""
    met = tuple(entry for entry in known if any(entry.is_about(operation, one) for one in differences))
    return tuple(one for one in differences if not any(entry.is_about(operation, one) for entry in met)), met
