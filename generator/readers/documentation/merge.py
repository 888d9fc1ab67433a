"""Merges a table of fields with the front matter's statements of the same fields; reports where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from generator.contract.facts import Constraints, Field, Value
from generator.contract.reader_notes import Contradiction
from generator.errors import Location

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
    for statement in statements:
        for other in statement:
            field = fields.get(other.path)
            if field is not None:
                contradictions += _contradictions(field, other)
                types = {
                    item.constraints.values["type"] for item in (field, other) if "type" in item.constraints.values
                }
                fields[other.path] = _merge(field, other) if len(types) < 2 else without_type(_merge(field, other))
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
    return Field(field.path, Constraints({**values, **added}, merged), field.location)


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
