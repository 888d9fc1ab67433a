"""Drafts schemas: each fact on its keyword."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from generator.contract.facts import Constraints, Value
from generator.contract.patterns import anchored
from generator.readers.documentation.keywords import ARRAY_KEYWORDS, NUMBER_BOUNDS
from generator.readers.openapi.values import NULLABLE_TEXT

from .components import Components
from .conventions import PlainMapping
from .methods import TODO, Body
from .tree import KEYS, LIST, VALUES, SchemaNode

LIST_KEYWORDS = ARRAY_KEYWORDS | {"readOnly", "writeOnly", "deprecated", "x-one-of", "x-same-as"}
"""Keywords that apply to a list; all others apply to its items."""

_NOT_IN_SCHEMA = frozenset({"required", "nullable", "x-same-as"})
"""Keywords that belong to the object around a field, to its type or to a `$ref`."""

MAPPING = "https://protobuf.dev/programming-guides/json/"
"""The source of proto3's JSON types, such as the string of a duration."""


def message_schemas(
    body: Body, node: SchemaNode, components: Components, known: Collection[str] = ()
) -> dict[str, PlainMapping]:
    """Draft the schemas of all messages in a value, itself included, except the known ones."""
    schemas: dict[str, PlainMapping] = {}
    pending = [node] if node.members or not node.path else [*_nested_messages(node)]
    while pending:
        message = pending.pop(0)
        name = components.name(body, message.path)
        if name not in schemas and name not in known:
            schemas[name] = message_schema(body, message, components)
            pending = [*_nested_messages(message), *pending]
    return schemas


def _nested_messages(node: SchemaNode) -> Iterator[SchemaNode]:
    """Yield the messages inside a message, in lists and in maps too."""
    for child in node.children:
        yield from [child] if child.members else _nested_messages(child)


def message_schema(body: Body, node: SchemaNode, components: Components) -> PlainMapping:
    """Draft the schema of a message; each description is to be written."""
    required = [member.name for member in node.members if member.constraints.values.get("required")]
    properties = {member.name: property_schema(body, member, components) for member in node.members}
    return {
        "type": "object",
        "description": TODO,
        **({"required": required} if required else {}),
        "properties": properties,
    }


def property_schema(body: Body, node: SchemaNode, components: Components) -> PlainMapping:
    """Draft the schema of a field."""
    values = dict(node.constraints.values)
    if node.suffix != LIST:
        return _value(body, node, components, values, described=True)
    list_keywords = {keyword: values.pop(keyword) for keyword in tuple(values) if keyword in LIST_KEYWORDS}
    same = {"x-same-as": list_keywords.pop("x-same-as")} if "x-same-as" in list_keywords else {}
    items = _value(body, node, components, {**values, **same}, described=False)
    return {
        "type": "array",
        "description": body.notes.get(node.path, TODO),
        **to_json_schema(list_keywords),
        "items": items,
    }


def _value(
    body: Body, node: SchemaNode, components: Components, values: dict[str, Value], *, described: bool
) -> PlainMapping:
    description = {"description": body.notes.get(node.path, TODO) + _type_to_check(node)} if described else {}
    reference = _reference(body, node, components, values)
    if reference:
        values.pop("type", None)
        return {**description, "$ref": f"#/components/schemas/{reference}", **to_json_schema(values)}
    undocumented = _undocumented(node, values)
    keywords = to_json_schema({**values, **undocumented})
    kind: PlainMapping = {keyword: keywords.pop(keyword) for keyword in ("type", "format") if keyword in keywords}
    sources = {**dict.fromkeys(undocumented, MAPPING), **node.constraints.sources}
    source = {"x-source": sources} if sources else {}
    return {**kind, **description, **keywords, **_map(body, node, components, kind), **source}


def _undocumented(node: SchemaNode, values: Mapping[str, Value]) -> dict[str, Value]:
    """The facts that the page does not state: text with bounds is a duration, which older pages print as a string."""
    if node.suffix == VALUES and "type" not in values:
        return {"type": "string"}
    is_time = values.get("type") == "string" and "format" not in values and values.keys() & NUMBER_BOUNDS
    return {"format": "duration"} if is_time else {}


def _type_to_check(node: SchemaNode) -> str:
    map_values = node.map_child(VALUES) or node.map_child(KEYS)
    untyped = map_values is not None and "type" not in map_values.constraints.values
    return "; check that its values are strings, the page prints no type" if untyped else ""


def _reference(body: Body, node: SchemaNode, components: Components, values: Mapping[str, Value]) -> str:
    if "x-same-as" in values:
        return components.name(body, str(values["x-same-as"]))
    return components.name(body, node.path) if node.members else ""


def _map(body: Body, node: SchemaNode, components: Components, kind: PlainMapping) -> PlainMapping:
    keys, map_values = node.map_child(KEYS), node.map_child(VALUES)
    names = {"propertyNames": to_json_schema(dict(keys.constraints.values))} if keys else {}
    if map_values:
        values = dict(map_values.constraints.values)
        return {**names, "additionalProperties": _value(body, map_values, components, values, described=False)}
    if keys:
        return {**names, "additionalProperties": {"type": "string", "x-source": {"type": MAPPING}}}
    return {"additionalProperties": True} if kind.get("type") == "object" else {}


def to_json_schema(values: Mapping[str, Value]) -> PlainMapping:
    """Convert facts to the keywords of a schema."""
    return {
        keyword: _json(keyword, value, values) for keyword, value in values.items() if keyword not in _NOT_IN_SCHEMA
    }


def _json(keyword: str, value: Value, values: Mapping[str, Value]) -> Any:
    if keyword == "type" and values.get("nullable"):
        return [*NULLABLE_TEXT]
    if keyword == "pattern":
        return anchored(str(value))
    texts = keyword in {"default", "enum"} and values.get("type") == "string"
    if isinstance(value, tuple):
        return [_text(item) if texts else item for item in value]
    return _text(value) if texts else value


def _text(value: str | float) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def parameter_schema(constraints: Constraints) -> PlainMapping:
    """Draft the schema of a parameter's value."""
    return to_json_schema({keyword: value for keyword, value in constraints.values.items() if keyword != "deprecated"})
