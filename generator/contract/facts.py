"""A contract: what one witness says of one operation, as frozen values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType

from attrs import field, frozen

from generator.errors import Location

Value = str | int | float | bool | tuple[str | int | float | bool, ...]
"""What a keyword can be set to; lists are tuples so that facts are hashable."""

KEYWORDS: Mapping[str, str] = MappingProxyType(
    {
        "type": "JSON type of the value; of a repeated field: of its item",
        "format": "format within the type: int64, date-time, …",
        "required": "the caller must give it",
        "deprecated": "should not be used any more",
        "readOnly": "set by the service alone",
        "writeOnly": "sent by the caller alone",
        "default": "the value that stands for an absent one",
        "enum": "the values allowed",
        "minLength": "least number of characters",
        "maxLength": "greatest number of characters",
        "pattern": "regular expression that the value matches",
        "minimum": "least value, inclusive",
        "maximum": "greatest value, inclusive",
        "exclusiveMinimum": "lower bound, exclusive",
        "exclusiveMaximum": "upper bound, exclusive",
        "minItems": "least number of elements",
        "maxItems": "greatest number of elements",
        "uniqueItems": "no element occurs twice",
        "minProperties": "least number of keys",
        "maxProperties": "greatest number of keys",
        "x-unique-within": "what the value is unique within: registry, repository, …",
        "x-unit": "what the number counts: byte, …; of a duration: what its bounds count",
        "x-one-of": "the fields of which one at the most is set, this one among them, by their last names",
        "x-same-as": "path of the field above that this one repeats, fields and all; `$` is the body itself",
    }
)
"""Every keyword that can be a fact, in the order in which facts are written, with its meaning."""

PARTS = frozenset({"operation", "parameter", "body", "response"})
"""What a fact can be a part of."""

ROOT = "$"
"""The path of a body itself, as `x-same-as` names it."""


def parent_paths(path: str) -> Iterator[str]:
    """The paths of the messages that a field such as `where.states` is part of, the outermost first."""
    return (path[: dot.start()] for dot in re.finditer(r"\.", path))


_ORDER = {keyword: index for index, keyword in enumerate(KEYWORDS)}


_VACUOUS = frozenset({"minLength", "minItems", "minProperties"})
"""Bounds that exclude nothing where they are 0."""


def _normalized(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """The values in the order of the keywords, without those that state nothing: a flag that is false, a bound of 0."""
    unknown = sorted(values.keys() - _ORDER.keys())
    if unknown:
        raise ValueError(f"no such keyword of a fact: {', '.join(unknown)}")
    said = {key: value for key, value in values.items() if not _is_vacuous(key, value)}
    return MappingProxyType({key: said[key] for key in sorted(said, key=_ORDER.__getitem__)})


def _is_vacuous(keyword: str, value: Value) -> bool:
    return (value is False and keyword != "default") or (value == 0 and keyword in _VACUOUS)


@frozen
class Constraints:
    """What is said of one value, keyword by keyword.

    `lines` gives the line of a keyword where the witness knows one more exact than its field's; `sources`
    gives, for a keyword that is an addition to the documentation, where that is known from; `omitted_keywords` are the
    keywords that the witness leaves out here whatever holds, so that its silence on them is no statement.
    """

    values: Mapping[str, Value] = field(converter=_normalized)
    lines: Mapping[str, int] = field(factory=dict[str, int], eq=False)
    sources: Mapping[str, str] = field(factory=dict[str, str], eq=False)
    omitted_keywords: frozenset[str] = field(default=frozenset(), eq=False)


@frozen
class Operation:
    """The call itself: HTTP method and URL with `{placeholders}`; `url` is a path alone where no host is known."""

    method: str
    url: str
    location: Location = field(eq=False)
    lines: Mapping[str, int] = field(factory=dict[str, int], eq=False)


@frozen
class Parameter:
    """A value of the URL that the caller gives; `location` is `path` or `query`."""

    path: str
    in_: str
    constraints: Constraints
    location: Location = field(eq=False)


@frozen
class Field:
    """A value of a body, by its path: `config.size`, `layers[].id`, `tags[]`.

    A map is a field of type `object`; each of its values has the path `labels{}` and each of its keys `labels{key}`.
    """

    path: str
    constraints: Constraints
    location: Location = field(eq=False)


@frozen
class Response:
    """The answer of a call that went well: its status and its fields."""

    status: int
    fields: tuple[Field, ...]
    location: Location = field(eq=False)


@frozen
class UnparsedText:
    """A text that looks like a constraint and was not understood."""

    text: str
    location: Location


@frozen
class Contradiction:
    """Two statements of one witness that cannot both be true, such as a page's JSON and its table."""

    text: str
    location: Location
    other: Location

    def __str__(self) -> str:
        return f"{self.location}: {self.text} [{self.other}]"


@frozen
class UndocumentedItem:
    """Something that a call needs and no documentation states: its security, an error response, a header.

    `source` is where it is known from; None where the witness does not say.
    """

    text: str
    source: str | None
    location: Location


class Witness(StrEnum):
    """Who speaks. The value is how a report calls it."""

    DOCUMENTATION = "documentation"
    LOCK = "documented facts"
    SPECIFICATION = "specification"
    CLIENT = "client"
    DESCRIPTORS = "descriptors"


@frozen
class Page:
    """The published page behind a contract: its file name, the SHA-256 of its bytes, and what kind it is."""

    name: str
    sha256: str
    layout: str
    language: str
    generation: str


@frozen
class Names:
    """What a witness calls things whose names are not on the wire: it is no fact, and a first draft needs it.

    `operation` is the method's name, such as `get`; `messages` gives, by part and path of an object, the name of
    its message. The path of a body itself is empty.
    """

    operation: str = ""
    messages: Mapping[tuple[str, str], str] = field(factory=dict[tuple[str, str], str])


@frozen
class Contract:
    """What one witness says of one operation.

    `supported_keywords` are the keywords that the witness can express at all: its silence on another one is no
    statement. `page` stands where a page is behind it; `unparsed` is empty if everything was understood,
    and `contradictions` if the witness does not contradict itself. `undocumented` is what it says besides
    facts, and `names` what a page calls things.
    `operation_metadata` is what callers see of the operation in a specification alone: its names, its security, its
    errors, headers and media types, in parts such as `response 404`; empty where the witness states none of it.
    """

    witness: Witness
    operation: Operation
    parameters: tuple[Parameter, ...]
    body: tuple[Field, ...]
    response: Response
    supported_keywords: frozenset[str] = frozenset(KEYWORDS)
    page: Page | None = None
    unparsed: tuple[UnparsedText, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    undocumented: tuple[UndocumentedItem, ...] = ()
    names: Names = field(default=Names(), eq=False)
    operation_metadata: tuple[Fact, ...] = ()

    def subjects(self) -> Iterator[tuple[str, Parameter | Field]]:
        """Every parameter and field with its part, in the order of the contract."""
        yield from (("parameter", one) for one in self.parameters)
        yield from (("body", one) for one in self.body)
        yield from (("response", one) for one in self.response.fields)

    def facts(self) -> Iterator[Fact]:
        """Every single fact, in the order of the contract."""
        operation, response = self.operation, self.response
        for keyword, value in (("method", operation.method), ("url", operation.url)):
            yield Fact("operation", "", keyword, value, _location_of(keyword, operation.location, operation.lines))
        for parameter in self.parameters:
            yield from facts_of("parameter", parameter, {"in": parameter.in_})
        for one in self.body:
            yield from facts_of("body", one)
        yield Fact("response", "", "status", response.status, response.location)
        for one in response.fields:
            yield from facts_of("response", one)


@frozen
class Fact:
    """One keyword of one subject: the smallest thing that a witness says.

    `part` is `operation`, `parameter`, `body` or `response`; `source` is set for an addition alone.
    """

    part: str
    path: str
    keyword: str
    value: Value
    location: Location = field(eq=False)
    source: str | None = field(default=None, eq=False)


def facts_of(part: str, subject: Parameter | Field, extra: Mapping[str, Value] | None = None) -> Iterator[Fact]:
    """The facts of one parameter or field, `extra` before its constraints."""
    said = subject.constraints
    for keyword, value in (*(extra or {}).items(), *said.values.items()):
        location = _location_of(keyword, subject.location, said.lines)
        yield Fact(part, subject.path, keyword, value, location, said.sources.get(keyword))


def _location_of(keyword: str, location: Location, lines: Mapping[str, int]) -> Location:
    return Location(location.file, lines[keyword]) if keyword in lines else location


NO_SECURITY = "none"
"""What `security` says of a call without credentials."""
