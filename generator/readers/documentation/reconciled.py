"""A table of fields and the front matter's statement of the same fields, made one; where they differ, reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from generator.contract.facts import Constraints, Disagreement, Field, Value
from generator.contract.places import Place

_UNSPECIFIED = "_UNSPECIFIED"
"""How the name of an enumeration's absent value ends; a table may leave it out."""


@frozen
class Reconciled:
    """The fields with what either statement says of them, and where the two say different things."""

    fields: tuple[Field, ...]
    disagreements: tuple[Disagreement, ...]


def reconciled(table: Sequence[Field], schema: Sequence[Field], of_table: Place, of_schema: Place) -> Reconciled:
    """Both statements of one part of a page; the places stand for the line of what is missing there.

    What only one of them says is a fact: either can leave a constraint out. A field that only one of them has
    is a disagreement, but for the values and keys of a map, which a table need not describe.
    """
    stated, described = {one.path: one for one in schema}, {one.path for one in table}
    fields: list[Field] = []
    disagreements: list[Disagreement] = []
    for field in table:
        other = stated.get(field.path)
        fields.append(field if other is None else _both(field, other))
        if other is not None:
            disagreements += _differing(field, other)
        elif "{" not in field.path:
            text = f"`{field.path}` stands in the table and not in the front matter"
            disagreements.append(Disagreement(text, field.place, of_schema))
    for path, field in stated.items():
        if path not in described and "{" in path:
            fields.append(field)
        elif path not in described:
            text = f"`{path}` stands in the front matter and not in the table"
            disagreements.append(Disagreement(text, field.place, of_table))
    return Reconciled(tuple(fields), tuple(disagreements))


def _both(field: Field, other: Field) -> Field:
    said, stated = field.constraints, other.constraints
    added = {
        keyword: value
        for keyword, value in stated.values.items()
        if (keyword not in said.values and value is not False) or _is_fuller(keyword, value, said.values)
    }
    if not added:
        return field
    lines = {**said.lines, **{keyword: stated.lines.get(keyword, other.place.line) for keyword in added}}
    return Field(field.path, Constraints({**said.values, **added}, lines), field.place)


def _differing(field: Field, other: Field) -> Iterator[Disagreement]:
    said, stated = field.constraints, other.constraints
    for keyword, value in said.values.items():
        if keyword not in stated.values or stated.values[keyword] == value:
            continue
        if not _is_fuller(keyword, stated.values[keyword], said.values):
            text = f"`{field.path}`: {keyword} is {value} in the table and {stated.values[keyword]} in the front matter"
            place = Place(other.place.file, stated.lines.get(keyword, other.place.line))
            yield Disagreement(text, Place(field.place.file, said.lines.get(keyword, field.place.line)), place)


def _is_fuller(keyword: str, value: Value, said: Mapping[str, Value]) -> bool:
    """Whether a list of values only adds the one that stands for none."""
    shorter = said.get(keyword)
    if keyword != "enum" or not isinstance(value, tuple) or not isinstance(shorter, tuple):
        return False
    return value != shorter and tuple(one for one in value if not str(one).endswith(_UNSPECIFIED)) == shorter
