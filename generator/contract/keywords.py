"""The keywords that can be facts, one row each: meaning, kind of value, docstring sentence, words of a description."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType

from attrs import frozen


class KeywordKind(Enum):
    """The kind of value that a keyword has."""

    FLAG = auto()
    LOWER = auto()
    UPPER = auto()
    TEXT = auto()
    TYPE = auto()
    NAMES = auto()
    ANY = auto()


@frozen
class Keyword:
    """One keyword.

    `{}` stands for the value: in `sentence`, which a docstring of the client says, and in `words`, a regular
    expression that finds a description which repeats the keyword. Either is empty if there is none.
    """

    kind: KeywordKind
    meaning: str
    sentence: str = ""
    words: str = ""


_FLAG, _LOWER, _UPPER, _TEXT = KeywordKind.FLAG, KeywordKind.LOWER, KeywordKind.UPPER, KeywordKind.TEXT
_BY_SERVICE = r"read-only|output only|(?:given|set|assigned|generated) by the (?:service|server)"

KEYWORDS: Mapping[str, Keyword] = MappingProxyType(
    {
        "type": Keyword(KeywordKind.TYPE, "JSON type of the value; of a repeated field: of its item", words="an? {}"),
        "format": Keyword(_TEXT, "format within the type: int64, date-time, …", words=r"{}|RFC ?3339|ISO ?8601|64-bit"),
        "nullable": Keyword(
            _FLAG, "absent and null mean no value, which is not the empty one: `type: [string, 'null']`"
        ),
        "required": Keyword(_FLAG, "the caller must give it", "Required.", r"required|mandatory|must be (?:given|set)"),
        "deprecated": Keyword(_FLAG, "should not be used any more", "Deprecated.", r"deprecated|obsolete"),
        "x-sunset": Keyword(
            _TEXT, "date after which it may be removed", "It will be removed after {}.", r"sunset|will be removed|{}"
        ),
        "readOnly": Keyword(_FLAG, "set by the service alone", "Set by the service alone.", _BY_SERVICE),
        "writeOnly": Keyword(_FLAG, "sent by the caller alone", "Set by the caller alone.", r"write-only|input only"),
        "default": Keyword(
            KeywordKind.ANY,
            "the value that stands for an absent one",
            "Default: {}.",
            r"by default|defaults? (?:to|is|value)|default:",
        ),
        "enum": Keyword(KeywordKind.NAMES, "the values allowed"),
        "minLength": Keyword(_LOWER, "least number of characters", words=r"not empty|non-empty|at least (?:one|1)|{}"),
        "maxLength": Keyword(_UPPER, "greatest number of characters", words="{}"),
        "pattern": Keyword(
            _TEXT,
            "regular expression that is found in the value",
            "Matches `{}`.",
            r"match(?:es)? (?:the|`)|regular expression",
        ),
        "minimum": Keyword(_LOWER, "least value, inclusive", "Not less than {}.", "{}"),
        "maximum": Keyword(_UPPER, "greatest value, inclusive", "Not greater than {}.", "{}"),
        "exclusiveMinimum": Keyword(_LOWER, "lower bound, exclusive", "Greater than {}.", "{}"),
        "exclusiveMaximum": Keyword(_UPPER, "upper bound, exclusive", "Less than {}.", "{}"),
        "minItems": Keyword(_LOWER, "least number of elements", words="at least one|{}"),
        "maxItems": Keyword(_UPPER, "greatest number of elements", words="{}"),
        "uniqueItems": Keyword(
            _FLAG, "no element occurs twice", "No element occurs twice.", "unique|distinct|duplicates?|twice"
        ),
        "minProperties": Keyword(_LOWER, "least number of keys", words="{}"),
        "maxProperties": Keyword(_UPPER, "greatest number of keys", words="{}"),
        "x-unique-within": Keyword(
            _TEXT, "what the value is unique within: registry, repository, …", "Unique within the {}.", "unique"
        ),
        "x-unit": Keyword(
            _TEXT, "what the number counts: byte, …; of a duration: what its bounds count", "Unit: {}.", "{}s?"
        ),
        "x-one-of": Keyword(
            KeywordKind.NAMES,
            "the fields of which one at the most is set, this one among them, by their last names",
            "At most one of {} is set.",
        ),
        "x-same-as": Keyword(
            KeywordKind.TYPE, "path of the field above that this one repeats, fields and all; `$` is the body itself"
        ),
    }
)
"""Every keyword that can be a fact, in the order in which facts are written."""


def keywords_of(*kinds: KeywordKind) -> tuple[str, ...]:
    """Return the keywords of some kinds, in their order."""
    return tuple(name for name, keyword in KEYWORDS.items() if keyword.kind in kinds)
