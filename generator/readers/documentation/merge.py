"""A table of fields and other statements of the same fields, made one; where they differ, reported."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from attrs import frozen

from generator.contract.facts import Constraints, Contradiction, Field, Value
from generator.errors import Location

_UNSPECIFIED = "_UNSPECIFIED"
"""How the name of an enumeration's absent value ends; a statement may leave it out."""


@frozen
class MergedFields:
    """The fields with what any statement says of them, and where two say different things."""

    fields: tuple[Field, ...]
    contradictions: tuple[Contradiction, ...]


def reconciled(table: Sequence[Field], *statements: Sequence[Field]) -> MergedFields:
    """The fields of a table with what the front matter's statements add.

    What only one of them says is a fact: each can leave a constraint out. So are the values and the keys of a
    map, which a table need not describe.
    """
    fields = {one.path: one for one in table}
    contradictions: list[Contradiction] = []
    for statement in statements:
        for stated in statement:
            field = fields.get(stated.path)
            if field is not None:
                contradictions += _differing(field, stated)
                fields[stated.path] = _both(field, stated)
            elif "{" in stated.path:
                fields[stated.path] = stated
    return MergedFields(tuple(fields.values()), tuple(contradictions))


def missing(
    table: Sequence[Field], schema: Sequence[Field], of_table: Location, of_schema: Location
) -> Iterator[Contradiction]:
    """The fields that only the table or only the front matter has, but for the values and the keys of a map."""
    described, stated = ({one.path: one for one in ones if "{" not in one.path} for ones in (table, schema))
    for path, field in described.items():
        if path not in stated:
            yield Contradiction(f"`{path}` stands in the table and not in the front matter", field.location, of_schema)
    for path, field in stated.items():
        if path not in described:
            yield Contradiction(f"`{path}` stands in the front matter and not in the table", field.location, of_table)


def not_required(table: Iterable[Field], optional: Collection[str], of_schema: Location) -> Iterator[Contradiction]:
    """The fields that the table requires and the front matter, whose list of required ones omits them, does not."""
    for field in table:
        if field.path in optional and field.constraints.values.get("required"):
            line = field.constraints.lines.get("required", field.location.line)
            text = f"`{field.path}` is required in the table and not in the front matter"
            yield Contradiction(text, Location(field.location.file, line), of_schema)


def _both(field: Field, other: Field) -> Field:
    said, stated = field.constraints, other.constraints
    added = {keyword: value for keyword, value in stated.values.items() if _is_fuller(value, said.values.get(keyword))}
    if not added:
        return field
    lines = {**said.lines, **{keyword: stated.lines.get(keyword, other.location.line) for keyword in added}}
    return Field(field.path, Constraints({**said.values, **added}, lines), field.location)


def _differing(field: Field, other: Field) -> Iterator[Contradiction]:
    said, stated = field.constraints, other.constraints
    for keyword, value in said.values.items():
        if keyword in stated.values and _documented(stated.values[keyword]) != _documented(value):
            text = f"`{field.path}`: {keyword} is {value} in the table and {stated.values[keyword]} in the front matter"
            location = Location(other.location.file, stated.lines.get(keyword, other.location.line))
            yield Contradiction(
                text, Location(field.location.file, said.lines.get(keyword, field.location.line)), location
            )


def _is_fuller(value: Value, said: Value | None) -> bool:
    """Whether a value says more than another: where that is none, or only lacks the name of the absent value."""
    if said is None or not isinstance(value, tuple) or not isinstance(said, tuple):
        return said is None
    return _documented(value) == _documented(said) and len(value) > len(said)


def _documented(value: Value) -> Value:
    """A list of values without the one that stands for none."""
    return tuple(one for one in value if not str(one).endswith(_UNSPECIFIED)) if isinstance(value, tuple) else value
