"""A schema of an OpenAPI document as fields: one for each value, by its path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen

from generator.contract.facts import KEYWORDS, Constraints, Field, Value
from generator.errors import InputError, Location
from generator.yaml_document import MAX_EXPANDED_FIELDS, MAXIMUM_DEPTH, References, YamlMapping, YamlSequence

from .objects import SCHEMA_ANNOTATIONS

NEEDS_TYPE: Mapping[str, str] = {
    "items": "array",
    "properties": "object",
    "required": "object",
    "additionalProperties": "object",
    "propertyNames": "object",
}
"""Structure, and the type without which it means nothing."""


@frozen
class KeywordValue:
    """One keyword as a schema says it, where, as seen from where, and from which source if it is an addition."""

    value: Any
    location: Location
    references: References
    source: str | None


@frozen
class Inherited:
    """What a schema inherits: the source of what it stands in, whether it is required, the paths of all above it."""

    source: str | None = None
    required: KeywordValue | None = None
    above: Mapping[int, str] = field(factory=dict[int, str])


@frozen
class MergedSchema:
    """A schema with what its `$ref`s lead to, as one.

    `said` holds facts and structure by keyword, `sources` what `x-source` names keyword by keyword, `source`
    the one of the whole, and `passed` the identities of the tables that it was put together from, in order.
    """

    said: Mapping[str, KeywordValue]
    sources: Mapping[str, str]
    source: str | None
    passed: tuple[int, ...]

    @property
    def type(self) -> str | None:
        """The JSON type, if it is said."""
        return self.said["type"].value if "type" in self.said else None


def schema_of(node: Any, references: References, source: str | None) -> MergedSchema:
    """One schema from a node.

    Raises InputError where a keyword is said here and again behind a `$ref`, or is none of its type's.
    """
    schema = _gathered(node, references, source)
    for keyword in schema.said.keys() & NEEDS_TYPE.keys():
        if schema.type != NEEDS_TYPE[keyword]:
            raise InputError(f"`{keyword}` needs `type: {NEEDS_TYPE[keyword]}`", schema.said[keyword].location)
    return schema


def _gathered(node: Any, references: References, source: str | None, above: tuple[int, ...] = ()) -> MergedSchema:
    said: dict[str, KeywordValue] = {}
    sources: dict[str, str] = {}
    passed: list[int] = []
    for table, seen_from in references.resolve_chain(node):
        passed.append(id(table))
        given = table.get("x-source")
        source = given if isinstance(given, str) else source
        sources |= given if isinstance(given, YamlMapping) else {}
        for keyword in table.keys() - SCHEMA_ANNOTATIONS:
            if keyword in said:
                raise InputError(
                    f"`{keyword}` stands again in {said[keyword].location}; say it once", table.location_of(keyword)
                )
            if table[keyword] is True and keyword == "additionalProperties":
                continue
            said[keyword] = KeywordValue(
                table[keyword], table.location_of(keyword), seen_from, sources.get(keyword, source)
            )
        for member in table.get("allOf", ()):
            if id(table) in above:
                raise InputError("`allOf` leads in a circle", table.location_of("allOf"))
            one = _gathered(member, seen_from, source, (*above, id(table)))
            said = {**said, **{keyword: _both(keyword, said.get(keyword), new) for keyword, new in one.said.items()}}
            passed += one.passed
            if len(passed) > MAX_EXPANDED_FIELDS:
                raise InputError(
                    f"`allOf` holds more than {MAX_EXPANDED_FIELDS} schemas together", table.location_of("allOf")
                )
    return MergedSchema(said, sources, source, tuple(passed))


def _both(keyword: str, one: KeywordValue | None, other: KeywordValue) -> KeywordValue:
    """A keyword of two schemas that hold together."""
    if one is None or one.value == other.value:
        return other
    if keyword == "properties" and not one.value.keys() & other.value.keys():
        table = YamlMapping(one.value.location)
        for part in (one.value, other.value):
            table.update(part)
            table.lines |= part.lines
        return evolve(one, value=table)
    if keyword == "required":
        row = YamlSequence(one.value.location)
        row.extend(dict.fromkeys((*one.value, *other.value)))
        return evolve(one, value=row)
    raise InputError(f"`{keyword}` is said again in {one.location}, which has to hold too; say it once", other.location)


Described = tuple[Field, MergedSchema]
"""A field and the schema that it was read from."""


def fields(node: Any, references: References, path: str, location: Location, context: Inherited) -> Iterator[Described]:
    """A value and, below it, all that it is made of; one that repeats a schema above it says so and is not unrolled."""
    schema = schema_of(node, references, context.source)
    if schema.type == "array":
        schema, path = with_items(schema, location), f"{path}[]"
    if len(context.above) > MAXIMUM_DEPTH:
        raise InputError(f"stands more than {MAXIMUM_DEPTH} schemas deep", location)
    repeated = [context.above[table] for table in schema.passed if table in context.above]
    constraints = _constraints(schema, context.required, location)
    if repeated:
        same = evolve(constraints, values={**constraints.values, "x-same-as": repeated[-1]})
        yield Field(path, same, location), schema
    else:
        yield Field(path, constraints, location), schema
        yield from below(schema, path, {**context.above, **dict.fromkeys(schema.passed, path)})


def few(found: Iterator[Described], location: Location) -> Iterator[Described]:
    """The same. Raises InputError where there are more than anybody describes."""
    for number, one in enumerate(found):
        if number == MAX_EXPANDED_FIELDS:
            sentence = f"makes more than {number} fields, for its schemas refer to others again and again"
            raise InputError(f"{sentence}; describe fewer", location)
        yield one


def with_items(schema: MergedSchema, location: Location) -> MergedSchema:
    """A list and its items as one: the path of a repeated field speaks of both."""
    if "items" not in schema.said:
        raise InputError("a list needs `items`", location)
    stated = schema.said["items"]
    items = schema_of(stated.value, stated.references, schema.source)
    if "items" in items.said:
        raise InputError("a list of lists has no path in the contract", stated.location)
    own = {keyword: one for keyword, one in schema.said.items() if keyword not in {"type", "items"}}
    twice = own.keys() & items.said.keys()
    if twice:
        raise InputError(f"`{min(twice)}` is said of the list and of its items; say it once", location)
    return MergedSchema(
        {**own, **items.said}, {**schema.sources, **items.sources}, items.source, (*schema.passed, *items.passed)
    )


def below(schema: MergedSchema, path: str, above: Mapping[int, str]) -> Iterator[Described]:
    """What an object is made of: its properties, or a map's keys and values; `path` is empty for a body."""
    for keyword, suffix in (("propertyNames", "{key}"), ("additionalProperties", "{}")):
        if keyword in schema.said:
            one, context = schema.said[keyword], Inherited(schema.source, above=above)
            yield from fields(one.value, one.references, f"{path}{suffix}", one.location, context)
    if "properties" not in schema.said:
        return
    stated = schema.said["properties"]
    required = schema.said.get("required")
    unknown = sorted(set(required.value) - stated.value.keys()) if required else []
    if required and unknown:
        raise InputError(f"`required` names {unknown[0]!r}, which is no property here", required.location)
    for name, node in stated.value.items():
        needed = required if required and name in required.value else None
        context = Inherited(schema.source, needed, above)
        child = f"{path}.{name}" if path else name
        yield from fields(node, stated.references, child, stated.value.location_of(name), context)


def _constraints(schema: MergedSchema, required: KeywordValue | None, location: Location) -> Constraints:
    """Of the value itself: its own list of `required` properties, and the source of that, are theirs."""
    stated = {keyword: one for keyword, one in schema.said.items() if keyword in KEYWORDS}
    theirs = {"required"} & stated.keys()
    own = {keyword: one for keyword, one in stated.items() if keyword not in theirs}
    if required:
        own["required"] = evolve(required, value=True)
    return constraints(
        own, {keyword: url for keyword, url in schema.sources.items() if keyword not in theirs}, location
    )


def constraints(stated: Mapping[str, KeywordValue], sources: Mapping[str, str], location: Location) -> Constraints:
    """Constraints from keywords as they are said, and what `x-source` names besides."""
    of_text = "type" in stated and stated["type"].value == "string"
    return Constraints(
        {keyword: _value(keyword, one.value, of_text=of_text) for keyword, one in stated.items()},
        {keyword: one.location.line for keyword, one in stated.items() if one.location.file == location.file},
        {**sources, **{keyword: one.source for keyword, one in stated.items() if one.source is not None}},
    )


Scalar = str | int | float | bool
_NUMERAL = re.compile(r"-?\d{1,30}(?:\.\d{1,15})?", re.ASCII)


def _value(keyword: str, value: Any, *, of_text: bool) -> Value:
    """A value as a fact: what JSON carries as text, such as a 64-bit integer, is the number that it stands for."""
    read = _meant if of_text and keyword in {"default", "enum"} else _as_it_is
    return tuple(map(read, value)) if isinstance(value, YamlSequence) else read(value)


def _meant(value: Scalar) -> Scalar:
    if isinstance(value, str) and _NUMERAL.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value == "true" if value in {"true", "false"} else value


def _as_it_is(value: Scalar) -> Scalar:
    return value
