"""Merges the statements of one page, its tables and its front matter, and finds those that contradict each other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from attrs import evolve, frozen

from generator.contract.facts import Constraints, Field, Operation, Parameter, Value
from generator.contract.reader_notes import Contradiction
from generator.errors import Location

from .prose import parse_markup
from .skeleton import Skeleton
from .vocabulary import parse_prose

_PLACEHOLDER = re.compile(r"(?<!\{)\{([^{}/]*)\}(?!\})")

_UNSPECIFIED = "_UNSPECIFIED"
"""The end of the name of an enumeration's default value; a statement may leave that value out."""


@frozen
class MergedFields:
    """Fields with the keywords of all statements, and the contradictions between these."""

    fields: tuple[Field, ...]
    contradictions: tuple[Contradiction, ...]


def merge_statements(table: Sequence[Field], *statements: Sequence[Field]) -> MergedFields:
    """Add the front matter's statements to the fields of a table.

    A keyword that only one of them has is a fact: each can leave a constraint out. So are the values and the keys
    of a map, which a table need not describe.
    """
    fields = {field.path: field for field in table}
    contradictions: list[Contradiction] = []
    for other in chain.from_iterable(statements):
        field = fields.get(other.path)
        if field is not None:
            contradictions += _contradictions(field, other)
            types = {item.constraints.values["type"] for item in (field, other) if "type" in item.constraints.values}
            merged = _merge(field, other)
            fields[other.path] = merged if len(types) < 2 else without_type(merged)
        elif "{" in other.path:
            fields[other.path] = other
    return MergedFields(tuple(fields.values()), tuple(contradictions))


def without_type(field: Field) -> Field:
    """Remove the type, which another statement contradicts, and its format."""
    constraints = field.constraints
    values = {key: value for key, value in constraints.values.items() if key not in {"type", "format", "nullable"}}
    return evolve(field, constraints=evolve(constraints, values=values))


def _merge(field: Field, other: Field) -> Field:
    values, lines = field.constraints.values, other.constraints.lines
    added = {key: value for key, value in other.constraints.values.items() if _is_fuller(value, values.get(key))}
    if not added:
        return field
    merged = {**field.constraints.lines, **{key: lines.get(key, other.location.line) for key in added}}
    return evolve(field, constraints=Constraints({**values, **added}, merged))


def _contradictions(field: Field, other: Field) -> Iterator[Contradiction]:
    for keyword, value in field.constraints.values.items():
        stated = other.constraints.values.get(keyword)
        if stated is not None and _without_unspecified(stated) != _without_unspecified(value):
            text = f"`{field.path}`: {keyword} is {value} in the table and {stated} in the front matter"
            yield Contradiction(text, keyword_location(field, keyword), keyword_location(other, keyword))


def keyword_location(field: Field, keyword: str) -> Location:
    """The location of a keyword of a field."""
    return Location(field.location.file, field.constraints.lines.get(keyword, field.location.line))


def _is_fuller(value: Value, other: Value | None) -> bool:
    """Return True if only `value` is stated, or if `other` only lacks the enumeration's default value."""
    if other is None or not isinstance(value, tuple) or not isinstance(other, tuple):
        return other is None
    return _without_unspecified(value) == _without_unspecified(other) and len(value) > len(other)


def _without_unspecified(value: Value) -> Value:
    """A list of values without the enumeration's default value; any other value as it is."""
    return tuple(item for item in value if not str(item).endswith(_UNSPECIFIED)) if isinstance(value, tuple) else value


@frozen
class FieldSource:
    """A part of a page that lists fields: its name, its location, and the location of each field by its path."""

    name: str
    location: Location
    fields: Mapping[str, Location]

    @classmethod
    def of(cls, name: str, location: Location, fields: Iterable[Field]) -> FieldSource:
        """The source of some fields, without the values and the keys of maps: only some sources list those."""
        return cls(name, location, {field.path: field.location for field in fields if "{" not in field.path})


def check_paths(source: FieldSource, other: FieldSource) -> Iterator[Contradiction]:
    """Yield a contradiction for each field that only one of two sources lists."""
    for present, absent in ((source, other), (other, source)):
        for path, location in present.fields.items():
            if path not in absent.fields:
                text = f"`{path}` is in the {present.name} but not in the {absent.name}"
                yield Contradiction(text, location, absent.location)


def check_body(json: Skeleton, fields: Sequence[Field], section: Location) -> Iterator[Contradiction]:
    """Yield the contradictions between the JSON of a body and its table; `section` is the location of both."""
    entries = {entry.path: Location(section.file, entry.line) for entry in json.entries}
    table = FieldSource.of("table", section, fields)
    yield from check_paths(FieldSource("JSON", section, entries), table)
    shared = {field.path: field for field in fields if field.path in entries and field.path in table.fields}
    for path, (type_, line) in types_in_json(json, fields).items():
        text = f"`{path}` is {type_} in the JSON and {_printed_type(shared[path])} in the table"
        yield Contradiction(text, Location(section.file, line), shared[path].location)
    groups = _groups(json)
    for path, field in shared.items():
        group, line = groups.get(path, (None, section.line))
        if field.constraints.values.get("x-one-of") != group:
            text = f"`{path}` is not in the same one-of in the JSON and in the table"
            yield Contradiction(text, Location(section.file, line), field.location)


def types_in_json(json: Skeleton, fields: Iterable[Field]) -> Mapping[str, tuple[str, int]]:
    """The paths whose types differ between the JSON of a body and its table, each with type and line in the JSON."""
    printed = {field.path: _printed_type(field) for field in fields}
    return {
        entry.path: (entry.type, entry.line)
        for entry in json.entries
        if printed.get(entry.path) not in {None, entry.type}
    }


def _printed_type(field: Field) -> Value | None:
    """The type that a table prints; a wrapped integer is a string on the wire."""
    return "integer" if "nullable" in field.constraints.values else field.constraints.values.get("type")


def _groups(json: Skeleton) -> dict[str, tuple[Value, int]]:
    """The one-of groups that comments in the JSON open, by the path of each member; a single field is not one."""
    groups: dict[str, tuple[Value, int]] = {}
    lines = [entry.line for entry in json.entries]
    for text, line in json.comments:
        for sentence in parse_prose(parse_markup(text, line)):
            group = sentence.facts.get("x-one-of")
            if isinstance(group, tuple) and len(group) > 1:
                follows = bisect_right(lines, line)
                first = json.entries[follows].path if follows < len(lines) else ""
                groups |= {f"{first[: first.rfind('.') + 1]}{name}": (group, line) for name in group}
    return groups


def check_required(table: Iterable[Field], optional: Collection[str], schema: Location) -> Iterator[Contradiction]:
    """Yield the fields that the table requires and the front matter's list of required fields omits."""
    for field in table:
        if field.path in optional and field.constraints.values.get("required"):
            text = f"`{field.path}` is required in the table but not in the front matter"
            yield Contradiction(text, keyword_location(field, "required"), schema)


def check_url(operation: Operation, parameters: Iterable[Parameter], table: Location) -> Iterator[Contradiction]:
    """Yield the placeholders of the URL that the table of path parameters lacks, and the other way round."""
    placeholders = _PLACEHOLDER.findall(operation.url)
    described = {parameter.path: parameter.location for parameter in parameters if parameter.in_ == "path"}
    for name in placeholders:
        if name not in described:
            yield Contradiction(f"`{{{name}}}` is in the URL but is not a path parameter", operation.location, table)
    for name, location in described.items():
        if name not in placeholders:
            yield Contradiction(f"`{name}` is a path parameter but not in the URL", location, operation.location)


def check_duplicates(fields: Iterable[Field]) -> Iterator[Contradiction]:
    """Yield the fields that are described twice."""
    first: dict[str, Location] = {}
    for field in fields:
        other = first.setdefault(field.path, field.location)
        if other is not field.location:
            yield Contradiction(f"`{field.path}` is described twice", other, field.location)
