"""Reads and writes the list of known differences, each with its reason and its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from generator.errors import InputError, Location
from generator.yaml_document import YamlMapping, YamlSequence, dump_blocks

from .difference import ABSENT, HINTS, Difference, Statement
from .facts import Witness

_HEADER = """\
# Known differences between the specification and a witness, kept by hand; each with its reason and
# the URL of its source. `contract` rejects an entry whose difference does not occur.
"""

_KEYS = ("difference", "witness", "operation", "part", "path", "keyword", "reason", "source")
_OPTIONAL = "keyword"
_WITNESSES = {witness.value: witness for witness in Witness}


@frozen
class KnownDifference:
    """A known difference from the specification: its id, witness and subject, its reason and its source."""

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
        """Return True if it is the entry for a difference of an operation."""
        return (self.operation, self.id, self.witness.value, self.part, self.path, self.keyword) == (
            operation,
            difference.id,
            difference.right.witness,
            difference.part,
            difference.path,
            difference.keyword,
        )

    def stale(self, witness_location: Location) -> Difference:
        """Return the difference for an entry that does not occur."""
        listed = Statement("known differences", self.id, self.location)
        absent = Statement(self.witness, ABSENT, witness_location)
        return Difference("stale-exception", self.part, self.path, self.keyword, listed, absent)


def parse_known_differences(document: YamlMapping) -> tuple[KnownDifference, ...]:
    """Parse a loaded list of known differences.

    Raises InputError for a missing or unknown key, and for an unknown difference or witness.
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
    entry = {_OPTIONAL: "", **row}
    odd = sorted(entry.keys() ^ set(_KEYS))
    if odd:
        problem = "has the unknown key" if odd[0] in entry else "lacks"
        raise InputError(f"this entry {problem} `{odd[0]}`; it takes {', '.join(_KEYS)}", location)
    for key, value in entry.items():
        if not isinstance(value, str):
            raise InputError(f"`{key}` must be a string", row.location_of(key))
    for key, allowed in (("difference", HINTS), ("witness", _WITNESSES)):
        if entry[key] not in allowed:
            raise InputError(f"unknown {key} {entry[key]!r}; choose from: {', '.join(allowed)}", row.location_of(key))
    if not entry["source"].startswith("https://"):
        raise InputError("`source` must be an https:// URL that a reviewer can follow", row.location_of("source"))
    return KnownDifference(entry.pop("difference"), _WITNESSES[entry.pop("witness")], location=location, **entry)


def dump_known_differences(differences: Sequence[tuple[str, Difference]], reason: str, source: str) -> str:
    """Write a first list: pairs of operation and difference, with one reason and source for all of them."""
    entries = [
        {
            "difference": difference.id,
            "witness": str(difference.right.witness),
            "operation": operation,
            "part": difference.part,
            "path": difference.path,
            **({"keyword": difference.keyword} if difference.keyword else {}),
            "reason": reason,
            "source": source,
        }
        for operation, difference in differences
    ]
    once = {tuple(entry.values()): entry for entry in entries}
    return _HEADER + dump_blocks({"known": list(once.values())})


def partition(
    operation: str, differences: Sequence[Difference], known: Sequence[KnownDifference]
) -> tuple[tuple[Difference, ...], tuple[KnownDifference, ...]]:
    """Split differences into those that are not known and the entries of those that are."""
    occurring = [entry for entry in known if any(entry.is_about(operation, difference) for difference in differences)]
    unknown = [
        difference
        for difference in differences
        if not any(entry.is_about(operation, difference) for entry in occurring)
    ]
    return tuple(unknown), tuple(occurring)
