"""A schema of an OpenAPI document as fields: one per value, each with its path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen

from generator.contract.facts import Constraints, Field, Value
from generator.contract.keywords import KEYWORDS
from generator.errors import InputError, Location
from generator.yaml_document import MAX_EXPANDED_FIELDS, MAXIMUM_DEPTH, References, YamlMapping, YamlSequence

from .objects import SCHEMA_ANNOTATIONS
from .values import NULLABLE_TEXT

REQUIRED_TYPES: Mapping[str, str] = {
    "items": "array",
    "properties": "object",
    "required": "object",
    "additionalProperties": "object",
    "propertyNames": "object",
}
"""Structural keyword -> the type that it needs."""


@frozen
class KeywordValue:
    """The value of a keyword, its location, the references as seen from it, and its source if it is an addition."""

    value: Any
    location: Location
    references: References
    source: str | None


@frozen
class Inherited:
    """Properties from the owner of a schema: its source, the `required` that names it, the paths of schemas above."""

    source: str | None = None
    required: KeywordValue | None = None
    above: Mapping[int, str] = field(factory=dict[int, str])


@frozen
class MergedSchema:
    """A schema merged with the targets of its `$ref`s.

    `keywords` are facts and structure, `sources` the `x-source` of single keywords, `source` the one of the whole
    schema, and `tables` the identities of the tables that it was merged from, in order.
    """

    keywords: Mapping[str, KeywordValue]
    sources: Mapping[str, str]
    source: str | None
    tables: tuple[int, ...]

    @property
    def type(self) -> str | None:
        """The JSON type, if there is one."""
        return self.keywords["type"].value if "type" in self.keywords else None


def merged_schema(node: Any, references: References, source: str | None) -> MergedSchema:
    """Merge a schema with the targets of its `$ref`s.

    Raises InputError for a keyword that is set here and again behind a `$ref`, or that does not fit the type.
    """
    keywords: dict[str, KeywordValue] = {}
    sources: dict[str, str] = {}
    tables: list[int] = []
    for table, seen_from in references.resolve_chain(node):
        tables.append(id(table))
        own = table.get("x-source")
        source = own if isinstance(own, str) else source
        sources |= own if isinstance(own, YamlMapping) else {}
        for keyword in (keyword for keyword in table if keyword not in SCHEMA_ANNOTATIONS):
            if keyword in keywords:
                sentence = f"`{keyword}` is set again at {keywords[keyword].location}; set it once"
                raise InputError(sentence, table.location_of(keyword))
            if keyword == "additionalProperties" and table[keyword] is True:
                continue
            keywords[keyword] = KeywordValue(
                table[keyword], table.location_of(keyword), seen_from, sources.get(keyword, source)
            )
    if "type" in keywords and (type_ := keywords["type"]).value == NULLABLE_TEXT:
        keywords["type"] = evolve(type_, value="string")
        keywords["nullable"] = evolve(type_, value=True, source=sources.get("nullable", source))
    schema = MergedSchema(keywords, sources, source, tuple(tables))
    for keyword in (keyword for keyword in keywords if keyword in REQUIRED_TYPES):
        if schema.type != REQUIRED_TYPES[keyword]:
            raise InputError(f"`{keyword}` needs `type: {REQUIRED_TYPES[keyword]}`", keywords[keyword].location)
    return schema


def fields(
    node: Any, references: References, path: str, location: Location, inherited: Inherited
) -> Iterator[tuple[Field, MergedSchema]]:
    """Yield a value and everything below it, each with its schema.

    A schema that repeats one above it names that one in `x-same-as`, and is not expanded.
    """
    schema = merged_schema(node, references, inherited.source)
    if schema.type == "array":
        schema, path = with_items(schema, location), f"{path}[]"
    if len(inherited.above) > MAXIMUM_DEPTH:
        raise InputError(f"schemas are nested more than {MAXIMUM_DEPTH} deep", location)
    recurring = [inherited.above[table] for table in schema.tables if table in inherited.above]
    constraints = _constraints(schema, inherited.required, location)
    if recurring:
        constraints = evolve(constraints, values={**constraints.values, "x-same-as": recurring[-1]})
    yield Field(path, constraints, location), schema
    if not recurring:
        yield from child_fields(schema, path, {**inherited.above, **dict.fromkeys(schema.tables, path)})


def limited(pairs: Iterator[tuple[Field, MergedSchema]], location: Location) -> Iterator[tuple[Field, MergedSchema]]:
    """Yield fields with their schemas. Raises InputError past MAX_EXPANDED_FIELDS."""
    for number, pair in enumerate(pairs):
        if number == MAX_EXPANDED_FIELDS:
            sentence = f"expands to more than {number} fields, because schemas refer to others repeatedly"
            raise InputError(f"{sentence}; describe fewer", location)
        yield pair


def with_items(schema: MergedSchema, location: Location) -> MergedSchema:
    """Merge a list with its items, since the path of a repeated field means both."""
    if "items" not in schema.keywords:
        raise InputError("a list needs `items`; add the schema of an element", location)
    node = schema.keywords["items"]
    items = merged_schema(node.value, node.references, schema.source)
    if "items" in items.keywords:
        raise InputError("a list of lists has no path in the contract", node.location)
    own = {keyword: value for keyword, value in schema.keywords.items() if keyword not in {"type", "items"}}
    in_both = own.keys() & items.keywords.keys()
    if in_both:
        raise InputError(f"`{min(in_both)}` is set on the list and on its items; set it once", location)
    return MergedSchema(
        {**own, **items.keywords},
        {**schema.sources, **items.sources},
        items.source,
        (*schema.tables, *items.tables),
    )


def child_fields(schema: MergedSchema, path: str, above: Mapping[int, str]) -> Iterator[tuple[Field, MergedSchema]]:
    """Yield the properties of an object, or the keys and values of a map; `path` is empty for a body."""
    for keyword, suffix in (("propertyNames", "{key}"), ("additionalProperties", "{}")):
        if keyword in schema.keywords:
            node, inherited = schema.keywords[keyword], Inherited(schema.source, above=above)
            yield from fields(node.value, node.references, f"{path}{suffix}", node.location, inherited)
    if "properties" not in schema.keywords:
        return
    properties = schema.keywords["properties"]
    required = schema.keywords.get("required")
    for name, node in properties.value.items():
        needed = required if required and name in required.value else None
        inherited = Inherited(schema.source, needed, above)
        child = f"{path}.{name}" if path else name
        yield from fields(node, properties.references, child, properties.value.location_of(name), inherited)


def _constraints(schema: MergedSchema, required: KeywordValue | None, location: Location) -> Constraints:
    """Return the constraints of a value; its own list of `required` properties, with its source, is theirs."""
    facts = {keyword: value for keyword, value in schema.keywords.items() if keyword in KEYWORDS}
    sources = dict(schema.sources)
    if facts.pop("required", None):
        sources.pop("required", None)
    if required:
        facts["required"] = evolve(required, value=True)
    return constraints(facts, sources, location)


def constraints(keywords: Mapping[str, KeywordValue], sources: Mapping[str, str], location: Location) -> Constraints:
    """Return constraints from keywords and from the sources in `x-source`."""
    of_text = "type" in keywords and keywords["type"].value == "string"
    return Constraints(
        {name: _fact_value(name, keyword.value, of_text=of_text) for name, keyword in keywords.items()},
        {name: keyword.location.line for name, keyword in keywords.items() if keyword.location.file == location.file},
        {**sources, **{name: keyword.source for name, keyword in keywords.items() if keyword.source is not None}},
    )


Scalar = str | int | float | bool
_NUMERAL = re.compile(r"-?\d{1,30}(?:\.\d{1,15})?", re.ASCII)


def _fact_value(keyword: str, value: Any, *, of_text: bool) -> Value:
    """Return a value as a fact; a number that JSON carries as text, such as a 64-bit integer, becomes a number."""
    items: list[Scalar] = [*value] if isinstance(value, YamlSequence) else [value]
    if of_text and keyword in {"default", "enum"}:
        items = [_parse_text(item) for item in items]
    return tuple(items) if isinstance(value, YamlSequence) else items[0]


def _parse_text(value: Scalar) -> Scalar:
    if isinstance(value, str) and _NUMERAL.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value == "true" if value in {"true", "false"} else value
