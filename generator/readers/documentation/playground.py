"""The front matter's JSON Schema of a request (`apiPlayground`): what a page says of its fields a third time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from attrs import frozen

from generator.contract.facts import ROOT, Constraints, Disagreement, Field, Unread, Value
from generator.errors import InputError, Location
from generator.yaml_document import MAXIMUM_UNROLLED, Table
from generator.yaml_document import Row as List

from .fields import FORMATS, describe
from .rows import Row
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
class Stated:
    """A field as the schema states it, or as the words of its description do, which are a cell of the tables.

    `optional` is true where its object lists what it requires, and not this field.
    """

    field: Field
    in_words: bool
    optional: bool = False


Found = Stated | Unread | Disagreement


@frozen
class Playground:
    """A request as the front matter states it: its method and URL, and the fields by the part of the page."""

    method: str
    url: str
    place: Location
    parts: Mapping[str, tuple[Found, ...]]

    def fields(self, part: str, *, in_words: bool) -> tuple[Field, ...]:
        """The fields of a part, as the schema states them or as their descriptions do."""
        found = self.parts.get(part, ())
        return tuple(one.field for one in found if isinstance(one, Stated) and one.in_words == in_words)

    def optional(self, part: str) -> frozenset[str]:
        """The paths of the fields whose object lists what it requires, and not them."""
        found = self.parts.get(part, ())
        return frozenset(one.field.path for one in found if isinstance(one, Stated) and one.optional)

    @property
    def unread(self) -> Iterator[Unread]:
        """What looks like a constraint and was not understood."""
        return (one for found in self.parts.values() for one in found if isinstance(one, Unread))

    @property
    def disagreements(self) -> Iterator[Disagreement]:
        """Where a description contradicts itself."""
        return (one for found in self.parts.values() for one in found if isinstance(one, Disagreement))


def playground(front: Table | None) -> Playground | None:
    """What the front matter states of the request, where it does. Raises InputError for another form of it."""
    if front is None or "apiPlayground" not in front:
        return None
    requests = front["apiPlayground"]
    if not isinstance(requests, List) or len(requests) != 1 or not isinstance(requests[0], Table):
        raise InputError("is no list of one request", front.at("apiPlayground"))
    request = requests[0]
    definitions = request.get("definitions")
    schemas = _Schemas(definitions if isinstance(definitions, Table) else Table(request.place))
    parts = {part: tuple(schemas.root(request[part])) for part in PARTS if isinstance(request.get(part), Table)}
    return Playground(str(request.get("method")).upper(), str(request.get("url")), request.place, parts)


@frozen
class _Schemas:
    """The definitions that the schemas of one request refer to."""

    definitions: Table

    def root(self, schema: Table) -> Iterator[Found]:
        """The fields of one part of the request."""
        yield from _unknown(ROOT, schema)
        found = list(islice(self.members(schema, "", {}), MAXIMUM_UNROLLED + 1))
        if len(found) > MAXIMUM_UNROLLED:
            raise InputError(f"unfolds into more than {MAXIMUM_UNROLLED} fields", schema.place)
        yield from found

    def members(self, schema: Table, prefix: str, above: Mapping[str, str]) -> Iterator[Found]:
        """The fields of an object. Raises InputError where it is nested too deep."""
        if len(above) > MAXIMUM_DEPTH:
            raise InputError(f"is nested more than {MAXIMUM_DEPTH} levels deep", schema.place)
        properties = schema.get("properties")
        if not isinstance(properties, Table):
            return
        yield from _misstated(schema, properties, prefix.removesuffix(".") or ROOT)
        of_each = _said_by_object(schema, properties)
        for name, member in properties.items():
            if isinstance(member, Table):
                yield from self.field(f"{prefix}{name}", member, properties.at(name), of_each[name], above)
            else:
                yield Unread(f"`{prefix}{name}` of the front matter is no schema", properties.at(name))

    def field(
        self, path: str, schema: Table, place: Location, said: Mapping[str, tuple[Value, int]], above: Mapping[str, str]
    ) -> Iterator[Found]:
        """A field, what is said of it, and the fields below it."""
        levels = [schema, *self.followed(schema)]
        if levels[-1].get("type") == "array" and isinstance(items := levels[-1].get("items"), Table):
            path += "[]"
            levels += [items, *self.followed(items)]
        name = next((str(level["$ref"]) for level in reversed(levels) if "$ref" in level), "")
        recurs = {"x-same-as": (above[name], place.line)} if name in above else {}
        yield from _described(path, levels, place, {**said, **recurs})
        if not recurs:
            below = {**above, name or path: path}
            yield from self.of_map(path, levels[-1], below)
            yield from self.members(levels[-1], f"{path}.", below)

    def of_map(self, path: str, schema: Table, above: Mapping[str, str]) -> Iterator[Found]:
        """What is said of each value and of each key of a map."""
        if isinstance(values := schema.get("additionalProperties"), Table):
            yield from self.field(f"{path}{{}}", values, schema.at("additionalProperties"), {}, above)
        if isinstance(keys := schema.get("propertyNames"), Table):
            without_type = Table(keys.place)
            without_type.update((key, value) for key, value in keys.items() if key != "type")
            without_type.lines = keys.lines
            yield from _described(f"{path}{{key}}", [without_type], schema.at("propertyNames"), {})

    def followed(self, schema: Table) -> list[Table]:
        """The definition that a schema refers to, if it does. Raises InputError for one that is not there."""
        if "$ref" not in schema:
            return []
        definition = self.definitions.get(str(schema["$ref"]).removeprefix(_DEFINITION))
        if not isinstance(definition, Table):
            raise InputError(f"refers to {str(schema['$ref'])[:80]!r}, which is not there", schema.at("$ref"))
        return [definition]


def _said_by_object(schema: Table, properties: Table) -> dict[str, dict[str, tuple[Value, int]]]:
    """What an object says of its members: which it requires, and of which it takes one."""
    said: dict[str, dict[str, tuple[Value, int]]] = {name: {} for name in properties}
    required, group = schema.get("required"), _group(schema, properties) or ()
    if isinstance(required, List):
        for name, of_name in said.items():
            of_name["required"] = (name in required, schema.at("required").line)
    for name in group if len(group) > 1 else ():
        said[name]["x-one-of"] = (group, schema.at("oneOf").line)
    return said


def _group(schema: Table, properties: Table) -> tuple[str, ...] | None:
    """The members of which an object takes one: each choice requires one of them. None for another `oneOf`."""
    choices = schema.get("oneOf")
    if not isinstance(choices, List):
        return None
    required = [choice.get("required") if isinstance(choice, Table) else None for choice in choices]
    names = tuple(str(names[0]) for names in required if isinstance(names, List) and len(names) == 1)
    return names if len(names) == len(choices) and all(name in properties for name in names) else None


def _misstated(schema: Table, properties: Table, path: str) -> Iterator[Unread]:
    """What an object says of members that it does not have, or in a form that is not known."""
    required = schema.get("required", List(schema.place))
    if not isinstance(required, List) or any(str(name) not in properties for name in required):
        yield Unread(f"`{path}` of the front matter: required", schema.at("required"))
    if "oneOf" in schema and _group(schema, properties) is None:
        yield Unread(f"`{path}` of the front matter: oneOf", schema.at("oneOf"))


def _described(
    path: str, levels: list[Table], place: Location, said: Mapping[str, tuple[Value, int]]
) -> Iterator[Found]:
    """A field with the facts of its schemas, and what the description in them says."""
    facts = dict(said)
    for level in levels:
        for keyword, value in level.items():
            if keyword in FACTS and (fact := _fact(keyword, value)) is not None:
                facts[keyword] = (fact, level.at(keyword).line)
        yield from _unknown(path, level)
    values = {keyword: value for keyword, (value, _) in facts.items()}
    lines = {keyword: line for keyword, (_, line) in facts.items()}
    optional = values.get("required") is False
    yield Stated(Field(path, Constraints(values, lines), place), in_words=False, optional=optional)
    text = levels[0].get("description")
    if isinstance(text, str):
        yield from _in_words(path, text, levels[0].at("description"))


def _unknown(path: str, schema: Table) -> Iterator[Unread]:
    """The keywords of a schema that are neither facts nor followed, and those whose value is no fact."""
    for keyword, value in schema.items():
        if keyword not in FOLLOWED and (keyword not in FACTS or _fact(keyword, value) is None):
            yield Unread(f"`{path}` of the front matter: {keyword}", schema.at(keyword))


def _fact(keyword: str, value: Any) -> Value | None:
    if isinstance(value, List):
        return tuple(value) if all(isinstance(one, str | int | float) for one in value) else None
    if keyword == "format" and isinstance(value, str):
        return FORMATS.get(value, value)
    return value if isinstance(value, str | int | float) else None


def _in_words(path: str, text: str, place: Location) -> Iterator[Found]:
    first = place.line + ("\n" in text)  # a block of text starts below its key
    description = describe(Row(path.rpartition(".")[2], text, place.line, first), place.file)
    for suffix, constraints in description.subjects.items():
        yield Stated(Field(f"{path}{suffix}", constraints, place), in_words=True)
    yield from description.unread
    yield from description.disagreements
