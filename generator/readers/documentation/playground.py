"""The front matter's JSON Schema of a request (`apiPlayground`): what a page says of its fields a third time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from attrs import frozen

from generator.contract.facts import ROOT, Constraints, Contradiction, Field, UnparsedText, Value
from generator.errors import InputError, Location
from generator.yaml_document import MAX_EXPANDED_FIELDS, YamlMapping
from generator.yaml_document import YamlSequence as List

from .fields import FORMATS, describe
from .rows import TableRow
from .skeleton import MAXIMUM_DEPTH

FACTS = frozenset(
    {"type", "format", "enum", "default", "pattern", "minLength", "maxLength", "minimum", "maximum", "deprecated"}
    | {"exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"}
)
"""Keywords that are facts as they stand; those of a value say of an array what they say of each of its items."""

FOLLOWED = frozenset(
    {"$ref", "description", "properties", "items", "required", "oneOf", "additionalProperties", "propertyNames"}
)
"""Keywords that lead on. Any that is in neither set is unread."""

PARTS = ("path", "query", "body")
_DEFINITION = "#/definitions/"


@frozen
class SchemaField:
    """A field as the schema states it, or as the words of its description do, which are a cell of the tables.

    `optional` is true where its object lists what it requires, and not this field.
    """

    field: Field
    in_words: bool
    optional: bool = False


Item = SchemaField | UnparsedText | Contradiction


@frozen
class Playground:
    """A request as the front matter states it: its method and URL, and the fields by the part of the page."""

    method: str
    url: str
    location: Location
    parts: Mapping[str, tuple[Item, ...]]

    def fields(self, part: str, *, in_words: bool) -> tuple[Field, ...]:
        """The fields of a part, as the schema states them or as their descriptions do."""
        found = self.parts.get(part, ())
        return tuple(one.field for one in found if isinstance(one, SchemaField) and one.in_words == in_words)

    def optional(self, part: str) -> frozenset[str]:
        """The paths of the fields whose object lists what it requires, and not them."""
        found = self.parts.get(part, ())
        return frozenset(one.field.path for one in found if isinstance(one, SchemaField) and one.optional)

    @property
    def unparsed(self) -> Iterator[UnparsedText]:
        """What looks like a constraint and was not understood."""
        return (one for found in self.parts.values() for one in found if isinstance(one, UnparsedText))

    @property
    def contradictions(self) -> Iterator[Contradiction]:
        """Where a description contradicts itself."""
        return (one for found in self.parts.values() for one in found if isinstance(one, Contradiction))


def playground(front: YamlMapping | None) -> Playground | None:
    """What the front matter states of the request, where it does. Raises InputError for another form of it."""
    if front is None or "apiPlayground" not in front:
        return None
    requests = front["apiPlayground"]
    if not isinstance(requests, List) or len(requests) != 1 or not isinstance(requests[0], YamlMapping):
        raise InputError("is no list of one request", front.location_of("apiPlayground"))
    request = requests[0]
    definitions = request.get("definitions")
    schemas = _Schemas(definitions if isinstance(definitions, YamlMapping) else YamlMapping(request.location))
    parts = {part: tuple(schemas.root(request[part])) for part in PARTS if isinstance(request.get(part), YamlMapping)}
    return Playground(str(request.get("method")).upper(), str(request.get("url")), request.location, parts)


@frozen
class _Schemas:
    """The definitions that the schemas of one request refer to."""

    definitions: YamlMapping

    def root(self, schema: YamlMapping) -> Iterator[Item]:
        """The fields of one part of the request."""
        yield from _unknown(ROOT, schema)
        found = list(islice(self.members(schema, "", {}), MAX_EXPANDED_FIELDS + 1))
        if len(found) > MAX_EXPANDED_FIELDS:
            raise InputError(f"unfolds into more than {MAX_EXPANDED_FIELDS} fields", schema.location)
        yield from found

    def members(self, schema: YamlMapping, prefix: str, above: Mapping[str, str]) -> Iterator[Item]:
        """The fields of an object. Raises InputError where it is nested too deep."""
        if len(above) > MAXIMUM_DEPTH:
            raise InputError(f"is nested more than {MAXIMUM_DEPTH} levels deep", schema.location)
        properties = schema.get("properties")
        if not isinstance(properties, YamlMapping):
            return
        yield from _misstated(schema, properties, prefix.removesuffix(".") or ROOT)
        of_each = _said_by_object(schema, properties)
        for name, member in properties.items():
            if isinstance(member, YamlMapping):
                yield from self.field(f"{prefix}{name}", member, properties.location_of(name), of_each[name], above)
            else:
                yield UnparsedText(f"`{prefix}{name}` of the front matter is no schema", properties.location_of(name))

    def field(
        self,
        path: str,
        schema: YamlMapping,
        location: Location,
        said: Mapping[str, tuple[Value, int]],
        above: Mapping[str, str],
    ) -> Iterator[Item]:
        """A field, what is said of it, and the fields below it."""
        levels = [schema, *self.followed(schema)]
        if levels[-1].get("type") == "array" and isinstance(items := levels[-1].get("items"), YamlMapping):
            path += "[]"
            levels += [items, *self.followed(items)]
        name = next((str(level["$ref"]) for level in reversed(levels) if "$ref" in level), "")
        recurs = {"x-same-as": (above[name], location.line)} if name in above else {}
        yield from _described(path, levels, location, {**said, **recurs})
        if not recurs:
            below = {**above, name or path: path}
            yield from self.of_map(path, levels[-1], below)
            yield from self.members(levels[-1], f"{path}.", below)

    def of_map(self, path: str, schema: YamlMapping, above: Mapping[str, str]) -> Iterator[Item]:
        """What is said of each value and of each key of a map."""
        if isinstance(values := schema.get("additionalProperties"), YamlMapping):
            yield from self.field(f"{path}{{}}", values, schema.location_of("additionalProperties"), {}, above)
        if isinstance(keys := schema.get("propertyNames"), YamlMapping):
            without_type = YamlMapping(keys.location)
            without_type.update((key, value) for key, value in keys.items() if key != "type")
            without_type.lines = keys.lines
            yield from _described(f"{path}{{key}}", [without_type], schema.location_of("propertyNames"), {})

    def followed(self, schema: YamlMapping) -> list[YamlMapping]:
        """The definition that a schema refers to, if it does. Raises InputError for one that is not there."""
        if "$ref" not in schema:
            return []
        definition = self.definitions.get(str(schema["$ref"]).removeprefix(_DEFINITION))
        if not isinstance(definition, YamlMapping):
            raise InputError(f"refers to {str(schema['$ref'])[:80]!r}, which is not there", schema.location_of("$ref"))
        return [definition]


def _said_by_object(schema: YamlMapping, properties: YamlMapping) -> dict[str, dict[str, tuple[Value, int]]]:
    """What an object says of its members: which it requires, and of which it takes one."""
    said: dict[str, dict[str, tuple[Value, int]]] = {name: {} for name in properties}
    required, group = schema.get("required"), _group(schema, properties) or ()
    if isinstance(required, List):
        for name, of_name in said.items():
            of_name["required"] = (name in required, schema.location_of("required").line)
    for name in group if len(group) > 1 else ():
        said[name]["x-one-of"] = (group, schema.location_of("oneOf").line)
    return said


def _group(schema: YamlMapping, properties: YamlMapping) -> tuple[str, ...] | None:
    """The members of which an object takes one: each choice requires one of them. None for another `oneOf`."""
    choices = schema.get("oneOf")
    if not isinstance(choices, List):
        return None
    required = [choice.get("required") if isinstance(choice, YamlMapping) else None for choice in choices]
    names = tuple(str(names[0]) for names in required if isinstance(names, List) and len(names) == 1)
    return names if len(names) == len(choices) and all(name in properties for name in names) else None


def _misstated(schema: YamlMapping, properties: YamlMapping, path: str) -> Iterator[UnparsedText]:
    """What an object says of members that it does not have, or in a form that is not known."""
    required = schema.get("required", List(schema.location))
    if not isinstance(required, List) or any(str(name) not in properties for name in required):
        yield UnparsedText(f"`{path}` of the front matter: required", schema.location_of("required"))
    if "oneOf" in schema and _group(schema, properties) is None:
        yield UnparsedText(f"`{path}` of the front matter: oneOf", schema.location_of("oneOf"))


def _described(
    path: str, levels: list[YamlMapping], location: Location, said: Mapping[str, tuple[Value, int]]
) -> Iterator[Item]:
    """A field with the facts of its schemas, and what the description in them says."""
    facts = dict(said)
    for level in levels:
        for keyword, value in level.items():
            if keyword in FACTS and (fact := _fact(keyword, value)) is not None:
                facts[keyword] = (fact, level.location_of(keyword).line)
        yield from _unknown(path, level)
    values = {keyword: value for keyword, (value, _) in facts.items()}
    lines = {keyword: line for keyword, (_, line) in facts.items()}
    optional = values.get("required") is False
    yield SchemaField(Field(path, Constraints(values, lines), location), in_words=False, optional=optional)
    text = levels[0].get("description")
    if isinstance(text, str):
        yield from _in_words(path, text, levels[0].location_of("description"))


def _unknown(path: str, schema: YamlMapping) -> Iterator[UnparsedText]:
    """The keywords of a schema that are neither facts nor followed, and those whose value is no fact."""
    for keyword, value in schema.items():
        if keyword not in FOLLOWED and (keyword not in FACTS or _fact(keyword, value) is None):
            yield UnparsedText(f"`{path}` of the front matter: {keyword}", schema.location_of(keyword))


def _fact(keyword: str, value: Any) -> Value | None:
    if isinstance(value, List):
        return tuple(value) if all(isinstance(one, str | int | float) for one in value) else None
    if keyword == "format" and isinstance(value, str):
        return FORMATS.get(value, value)
    return value if isinstance(value, str | int | float) else None


def _in_words(path: str, text: str, location: Location) -> Iterator[Item]:
    first = location.line + ("\n" in text)  # a block of text starts below its key
    description = describe(TableRow(path.rpartition(".")[2], text, location.line, first), location.file)
    for suffix, constraints in description.subjects.items():
        yield SchemaField(Field(f"{path}{suffix}", constraints, location), in_words=True)
    yield from description.unparsed
    yield from description.contradictions
