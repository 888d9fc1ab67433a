"""A difference between two witnesses: what each of them states, and how to fix it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from attrs import frozen

from generator.errors import Location

from .facts import PARTS, Value, Witness


class Absence(Enum):
    """Marker for "not stated"; None is a JSON value."""

    ABSENT = "says nothing"


ABSENT = Absence.ABSENT

HINTS: Mapping[str, str] = MappingProxyType(
    {
        "value-differs": "the values differ; correct the wrong one, or list this in spec/known-differences.yaml",
        "fact-missing": "the fact is missing on one side; add it there or remove it here",
        "field-missing": "the field is missing on one side; a rename appears as two such differences",
        "parameter-missing": "the parameter is missing on one side; a rename appears as two such differences",
        "addition-without-source": "add an `x-source` with the URL that documents it, or remove it",
        "stale-source": "remove the `x-source`: the keyword is documented, or does not exist",
        "said-twice": "remove the duplicate",
        "unread": "add the phrase to the reader, or correct the source",
        "disagreement": "the source contradicts itself; find out which statement is true",
        "operation-missing": "the operation is missing on one side; add it there or remove it here",
        "stale-exception": "remove the entry from spec/known-differences.yaml: the difference does not occur",
        "wrong-example": "correct the example, or its schema",
    }
)
"""Stable id of each kind of difference -> how to fix it."""

_OF_FACTS = frozenset(
    {"value-differs", "fact-missing", "field-missing", "parameter-missing", "addition-without-source"}
)


@frozen
class Statement:
    """The value that one witness states, and its location; for an absent one, the location where it would be."""

    witness: str
    value: Value | Absence
    location: Location


@frozen
class Difference:
    """One difference between two witnesses.

    `id` is a key of HINTS; `part` and `path` are those of a Fact; `keyword` is empty for a whole parameter, field or
    operation.
    """

    id: str
    part: str
    path: str
    keyword: str
    left: Statement
    right: Statement

    @property
    def hint(self) -> str:
        """The instruction to fix it."""
        is_stale = Witness.CLIENT in (self.left.witness, self.right.witness) and self.id in _OF_FACTS
        return "the client is stale; run `make generate`" if is_stale else HINTS[self.id]

    @property
    def changes_fact(self) -> bool:
        """Return True if a fact was added, removed or changed."""
        return self.id in _OF_FACTS and self.part in PARTS

    @property
    def subject(self) -> str:
        """Part, path and keyword in words: `response config.size format`."""
        return " ".join(filter(None, (self.part, self.path, self.keyword)))
