"""Reads a JSON Schema of the front matter: the facts of its keywords, and those of its descriptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from attrs import frozen

from generator.contract.facts import ROOT, Constraints, Field, Value
from generator.contract.reader_notes import Contradiction, UnparsedText
from generator.errors import InputError, Location
from generator.yaml_document import MAX_EXPANDED_FIELDS, YamlMapping, YamlSequence

from .fields import FORMATS, WRAPPED, describe_row, is_wrapped
from .keywords import CONSTRAINTS
from .placeholders import literal
from .skeleton import MAXIMUM_DEPTH
from .tables import TableRow

FACT_KEYWORDS = CONSTRAINTS | {"type", "format", "enum", "default", "deprecated"}
"""Keywords that are facts as they are; those of a value apply, on an array, to each of its items."""

_TEXTS = frozenset({"type", "format", "pattern"})
"""Keywords whose value is text; the text of another one can be a quoted number."""

STRUCTURAL_KEYWORDS = frozenset(
    {"$ref", "description", "properties", "items", "required", "oneOf", "additionalProperties", "propertyNames"}
)
"""Keywords that this reader interprets. Any keyword in neither set is unparsed."""

_DEFINITION = "#/definitions/"

_Facts = Mapping[str, tuple[Value, int]]
"""Keyword -> its value and line."""


@frozen
class SchemaField:
    """A field with the facts of its schema, or with those of its description, which is written like a table's cell.

    `optional` is true if its object lists its required fields, and this field is not one of them.
    """

    field: Field
    from_description: bool
    optional: bool = False


SchemaItem = SchemaField | UnparsedText | Contradiction


@frozen
class SchemaReader:
    """A reader of the schemas of one request; `definitions` are the schemas that they refer to."""

    definitions: YamlMapping

    def root(self, schema: YamlMapping) -> Iterator[SchemaItem]:
        """The fields of one part of the request. Raises InputError if there are too many."""
        yield from _unknown_keywords(ROOT, schema)
        items = list(islice(self.members(schema, "", {}), MAX_EXPANDED_FIELDS + 1))
        if len(items) > MAX_EXPANDED_FIELDS:
            raise InputError(f"expands to more than {MAX_EXPANDED_FIELDS} fields", schema.location)
        yield from items

    def members(self, schema: YamlMapping, prefix: str, above: Mapping[str, str]) -> Iterator[SchemaItem]:
        """The fields of an object. Raises InputError if it is nested too deep."""
        if len(above) > MAXIMUM_DEPTH:
            raise InputError(f"is nested more than {MAXIMUM_DEPTH} levels deep", schema.location)
        properties = schema.get("properties")
        if not isinstance(properties, YamlMapping):
            return
        yield from _invalid_members(schema, properties, prefix.removesuffix(".") or ROOT)
        facts = _facts_from_object(schema, properties)
        for name, member in properties.items():
            if isinstance(member, YamlMapping):
                yield from self.field(f"{prefix}{name}", member, properties.location_of(name), facts[name], above)
            else:
                yield UnparsedText(
                    f"`{prefix}{name}` of the front matter is not a schema", properties.location_of(name)
                )

    def field(
        self, path: str, schema: YamlMapping, location: Location, facts: _Facts, above: Mapping[str, str]
    ) -> Iterator[SchemaItem]:
        """A field with its facts, then the fields below it."""
        levels = [schema, *self.resolve(schema)]
        if levels[-1].get("type") == "array" and isinstance(items := levels[-1].get("items"), YamlMapping):
            path += "[]"
            levels += [items, *self.resolve(items)]
        name = next((str(level["$ref"]) for level in reversed(levels) if "$ref" in level), "")
        if name in above:
            yield from _schema_field(path, levels, location, {**facts, "x-same-as": (above[name], location.line)})
            return
        yield from _schema_field(path, levels, location, facts)
        below = {**above, name or path: path}
        yield from self.map_fields(path, levels[-1], below)
        yield from self.members(levels[-1], f"{path}.", below)

    def map_fields(self, path: str, schema: YamlMapping, above: Mapping[str, str]) -> Iterator[SchemaItem]:
        """The values and the keys of a map."""
        if isinstance(values := schema.get("additionalProperties"), YamlMapping):
            yield from self.field(f"{path}{{}}", values, schema.location_of("additionalProperties"), {}, above)
        if isinstance(keys := schema.get("propertyNames"), YamlMapping):
            without_type = YamlMapping(keys.location)
            without_type.update((key, value) for key, value in keys.items() if key != "type")
            without_type.lines = keys.lines
            yield from _schema_field(f"{path}{{key}}", [without_type], schema.location_of("propertyNames"), {})

    def resolve(self, schema: YamlMapping) -> list[YamlMapping]:
        """The definition that a schema refers to, if it does. Raises InputError if that is missing."""
        if "$ref" not in schema:
            return []
        definition = self.definitions.get(str(schema["$ref"]).removeprefix(_DEFINITION))
        if not isinstance(definition, YamlMapping):
            raise InputError(f"refers to {str(schema['$ref'])[:80]!r}, which is missing", schema.location_of("$ref"))
        return [definition]


def _facts_from_object(schema: YamlMapping, properties: YamlMapping) -> dict[str, dict[str, tuple[Value, int]]]:
    """The facts of each member that its object states: `required` and the one-of group."""
    facts: dict[str, dict[str, tuple[Value, int]]] = {name: {} for name in properties}
    required, group = schema.get("required"), _group(schema, properties) or ()
    if isinstance(required, YamlSequence):
        for name, of_name in facts.items():
            of_name["required"] = (name in required, schema.location_of("required").line)
    for name in group if len(group) > 1 else ():
        facts[name]["x-one-of"] = (group, schema.location_of("oneOf").line)
    return facts


def _group(schema: YamlMapping, properties: YamlMapping) -> tuple[str, ...] | None:
    """The members of a `oneOf` each of whose choices requires one member; None for another `oneOf`."""
    choices = schema.get("oneOf")
    if not isinstance(choices, YamlSequence):
        return None
    required = [choice.get("required") if isinstance(choice, YamlMapping) else None for choice in choices]
    names = tuple(str(names[0]) for names in required if isinstance(names, YamlSequence) and len(names) == 1)
    return names if len(names) == len(choices) and all(name in properties for name in names) else None


def _invalid_members(schema: YamlMapping, properties: YamlMapping, path: str) -> Iterator[UnparsedText]:
    """Yield a `required` or `oneOf` that names members which the object lacks, or that has an unknown form."""
    required = schema.get("required", YamlSequence(schema.location))
    if not isinstance(required, YamlSequence) or any(str(name) not in properties for name in required):
        yield UnparsedText(f"`{path}` of the front matter: required", schema.location_of("required"))
    if "oneOf" in schema and _group(schema, properties) is None:
        yield UnparsedText(f"`{path}` of the front matter: oneOf", schema.location_of("oneOf"))


def _schema_field(
    path: str, levels: list[YamlMapping], location: Location, object_facts: _Facts
) -> Iterator[SchemaItem]:
    """Yield a field with the facts of its schemas, then those of its description."""
    facts = dict(object_facts)
    for level in levels:
        for keyword, value in level.items():
            if keyword in FACT_KEYWORDS and (fact := _fact(keyword, value)) is not None:
                facts[keyword] = (fact, level.location_of(keyword).line)
        yield from _unknown_keywords(path, level)
    values = {keyword: value for keyword, (value, _) in facts.items()}
    values |= WRAPPED if is_wrapped(path, values) else {}
    lines = {keyword: line for keyword, (_, line) in facts.items()}
    optional = values.get("required") is False
    yield SchemaField(Field(path, Constraints(values, lines), location), from_description=False, optional=optional)
    text = levels[0].get("description")
    if isinstance(text, str):
        yield from _description_fields(path, text, levels[0].location_of("description"))


def _unknown_keywords(path: str, schema: YamlMapping) -> Iterator[UnparsedText]:
    """Yield the unknown keywords of a schema, and the facts with a value of another type."""
    for keyword, value in schema.items():
        if keyword not in STRUCTURAL_KEYWORDS and (keyword not in FACT_KEYWORDS or _fact(keyword, value) is None):
            yield UnparsedText(f"`{path}` of the front matter: {keyword}", schema.location_of(keyword))


def _fact(keyword: str, value: Any) -> Value | None:
    if isinstance(value, YamlSequence):
        return tuple(value) if all(isinstance(item, str | int | float) for item in value) else None
    if isinstance(value, str):
        return FORMATS.get(value, value) if keyword in _TEXTS else literal(value)
    return value if isinstance(value, int | float) else None


def _description_fields(path: str, text: str, location: Location) -> Iterator[SchemaItem]:
    first = location.line + ("\n" in text)  # a block of text starts below its key
    row = describe_row(TableRow(path.rpartition(".")[2], text, location.line, first), location.file)
    for suffix, constraints in row.subjects.items():
        yield SchemaField(Field(f"{path}{suffix}", constraints, location), from_description=True)
    yield from row.unparsed
    yield from row.contradictions
