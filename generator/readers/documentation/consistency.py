"""Finds contradictions between two statements of one page: table, JSON, URL and front matter."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from generator.contract.facts import Field, Operation, Parameter, Value
from generator.contract.reader_notes import Contradiction
from generator.errors import Location

from .merge import keyword_location
from .prose import parse_markup
from .skeleton import Skeleton
from .vocabulary import parse_prose

_PLACEHOLDER = re.compile(r"(?<!\{)\{([^{}/]*)\}(?!\})")


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
