"""A contract: the facts that one witness states of one operation, as frozen values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType

from attrs import field, frozen

from generator.errors import Location

from .keywords import KEYWORDS
from .reader_notes import Contradiction, Names, Page, UndocumentedItem, UnparsedText

Value = str | int | float | bool | tuple[str | int | float | bool, ...]
"""The value of a keyword; lists are tuples so that facts are hashable."""

PARTS = frozenset({"operation", "parameter", "body", "response"})
"""The parts of an operation that facts belong to."""

ROOT = "$"
"""The path of a body itself, as `x-same-as` names it."""


def parent_paths(path: str) -> Iterator[str]:
    """Return the paths of the messages around a field such as `where.states`, the outermost first."""
    return (path[: dot.start()] for dot in re.finditer(r"\.", path))


_ORDER = {keyword: index for index, keyword in enumerate(KEYWORDS)}


_VACUOUS = frozenset({"minLength", "minItems", "minProperties"})
"""Bounds that exclude nothing if they are 0."""


def _normalized(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return the values in the order of KEYWORDS, without vacuous ones: a flag that is false, a bound of 0."""
    unknown = sorted(values.keys() - _ORDER.keys())
    if unknown:
        raise ValueError(f"unknown keyword of a fact: {', '.join(unknown)}")
    kept = (key for key, value in values.items() if not _is_vacuous(key, value))
    return MappingProxyType({key: values[key] for key in sorted(kept, key=_ORDER.__getitem__)})


def _is_vacuous(keyword: str, value: Value) -> bool:
    return (value is False and keyword != "default") or (value == 0 and keyword in _VACUOUS)


@frozen
class Constraints:
    """The constraints on one value, keyword by keyword.

    `lines` gives the line of a keyword if the witness knows it more exactly than by its field; `sources` gives the
    source of a keyword that is an addition to the documentation; `omitted_keywords` are those that the witness never
    states here, so that their absence means nothing.
    """

    values: Mapping[str, Value] = field(converter=_normalized)
    lines: Mapping[str, int] = field(factory=dict[str, int], eq=False)
    sources: Mapping[str, str] = field(factory=dict[str, str], eq=False)
    omitted_keywords: frozenset[str] = field(default=frozenset(), eq=False)


@frozen
class Operation:
    """The call itself: HTTP method and URL with `{placeholders}`; `url` is only a path if the host is unknown."""

    method: str
    url: str
    location: Location = field(eq=False)
    lines: Mapping[str, int] = field(factory=dict[str, int], eq=False)


@frozen
class Parameter:
    """A parameter of the URL; `in_` is `path` or `query`."""

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
class ResponseFacts:
    """The response of a successful call: its status and its fields."""

    status: int
    fields: tuple[Field, ...]
    location: Location = field(eq=False)


class Witness(StrEnum):
    """A source of contracts; the value is its name in reports."""

    DOCUMENTATION = "documentation"
    LOCK = "documented facts"
    SPECIFICATION = "specification"
    CLIENT = "client"
    DESCRIPTORS = "descriptors"


@frozen
class Contract:
    """The statements of one witness on one operation.

    `supported_keywords` are those that the witness can express; the absence of another one means nothing. `page` is
    set if it was read from a page; `unparsed` is empty if all of it was parsed.
    `operation_metadata` holds what only a specification states: names, security, errors, headers and media types, in
    parts such as `response 404`.
    """

    witness: Witness
    operation: Operation
    parameters: tuple[Parameter, ...]
    body: tuple[Field, ...]
    response: ResponseFacts
    supported_keywords: frozenset[str] = frozenset(KEYWORDS)
    page: Page | None = None
    unparsed: tuple[UnparsedText, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    undocumented: tuple[UndocumentedItem, ...] = ()
    names: Names = field(default=Names(), eq=False)
    operation_metadata: tuple[Fact, ...] = ()

    def subjects(self) -> Iterator[tuple[str, Parameter | Field]]:
        """Yield every parameter and field with its part, in the order of the contract."""
        yield from (("parameter", parameter) for parameter in self.parameters)
        yield from (("body", field_) for field_ in self.body)
        yield from (("response", field_) for field_ in self.response.fields)

    def supports(self, keyword: str, subject: Parameter | Field | None) -> bool:
        """Return True if the absence of a keyword of a subject would be a statement."""
        if keyword not in KEYWORDS:
            return True
        constraints = subject.constraints if subject else Constraints({})
        is_omitted = keyword in constraints.omitted_keywords and keyword not in constraints.values
        return keyword in self.supported_keywords and not is_omitted

    def facts(self) -> Iterator[Fact]:
        """Yield every fact, in the order of the contract."""
        operation, response = self.operation, self.response
        for keyword, value in (("method", operation.method), ("url", operation.url)):
            yield Fact("operation", "", keyword, value, _location_of(keyword, operation.location, operation.lines))
        for parameter in self.parameters:
            yield from facts_of("parameter", parameter, {"in": parameter.in_})
        for field_ in self.body:
            yield from facts_of("body", field_)
        yield Fact("response", "", "status", response.status, response.location)
        for field_ in response.fields:
            yield from facts_of("response", field_)


@frozen
class Fact:
    """One keyword of one subject: the smallest statement of a witness.

    `part` is `operation`, `parameter`, `body` or `response`; `source` is set only for an addition.
    """

    part: str
    path: str
    keyword: str
    value: Value
    location: Location = field(eq=False)
    source: str | None = field(default=None, eq=False)


def facts_of(part: str, subject: Parameter | Field, extra: Mapping[str, Value] | None = None) -> Iterator[Fact]:
    """Yield the facts of one parameter or field, `extra` before its constraints."""
    constraints = subject.constraints
    for keyword, value in (*(extra or {}).items(), *constraints.values.items()):
        location = _location_of(keyword, subject.location, constraints.lines)
        yield Fact(part, subject.path, keyword, value, location, constraints.sources.get(keyword))


def _location_of(keyword: str, location: Location, lines: Mapping[str, int]) -> Location:
    return Location(location.file, lines[keyword]) if keyword in lines else location


NO_SECURITY = "none"
"""The value of `security` for a call without credentials."""
