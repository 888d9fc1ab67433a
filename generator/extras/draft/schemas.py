"""The schemas of a draft: each fact on its keyword."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from generator.contract.facts import Constraints, Value

from .components import Components
from .conventions import Plain
from .methods import TODO, Body
from .tree import KEYS, LIST, VALUES, Node

OF_LIST = frozenset(
    {"minItems", "maxItems", "uniqueItems", "readOnly", "writeOnly", "deprecated", "x-one-of", "x-same-as"}
)
"""Keywords that are said of a list; all others of its items."""

_ELSEWHERE = frozenset({"required", "x-same-as"})
"""Keywords that the object around a field says, or a `$ref`."""

MAPPING = "https://protobuf.dev/programming-guides/json/"
"""How JSON carries what has no type of its own there, such as a time."""

_BOUNDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})


def messages(body: Body, node: Node, components: Components, known: Collection[str] = ()) -> dict[str, Plain]:
    """The schemas of all messages that a value is made of, its own among them, but for those that are known."""
    found: dict[str, Plain] = {}
    rest = [node] if node.members or not node.path else [*_held(node)]
    while rest:
        one = rest.pop(0)
        name = components.name(body, one.path)
        if name not in found and name not in known:
            found[name] = component(body, one, components)
            rest = [*_held(one), *rest]
    return found


def _held(node: Node) -> Iterator[Node]:
    """The messages that a message holds, also in lists and in maps."""
    for one in node.below:
        yield from [one] if one.members else _held(one)


def component(body: Body, node: Node, components: Components) -> Plain:
    """The schema of a message, each field with a description to be written."""
    required = [one.name for one in node.members if one.constraints.values.get("required")]
    properties = {one.name: property_of(body, one, components) for one in node.members}
    return {
        "type": "object",
        "description": TODO,
        **({"required": required} if required else {}),
        **({"properties": properties} if properties else {}),
    }


def property_of(body: Body, node: Node, components: Components) -> Plain:
    """The schema of a field."""
    values = dict(node.constraints.values)
    if node.suffix != LIST:
        return _value(body, node, components, values, described=True)
    own = {keyword: values.pop(keyword) for keyword in tuple(values) if keyword in OF_LIST}
    same = {"x-same-as": own.pop("x-same-as")} if "x-same-as" in own else {}
    items = _value(body, node, components, {**values, **same}, described=False)
    return {"type": "array", "description": body.notes.get(node.path, TODO), **stated(own), "items": items}


def _value(body: Body, node: Node, components: Components, values: dict[str, Value], *, described: bool) -> Plain:
    description = {"description": body.notes.get(node.path, TODO) + _check(node)} if described else {}
    reference = _reference(body, node, components, values)
    if reference:
        values.pop("type", None)
        return {**description, "$ref": f"#/components/schemas/{reference}", **stated(values)}
    beyond = _beyond(node, values)
    keywords = stated({**values, **beyond})
    kind: Plain = {keyword: keywords.pop(keyword) for keyword in ("type", "format") if keyword in keywords}
    source = {"x-source": dict.fromkeys(beyond, MAPPING)} if beyond else {}
    return {**kind, **description, **keywords, **_map(body, node, components, kind), **source}


def _beyond(node: Node, values: Mapping[str, Value]) -> dict[str, Value]:
    """What holds though its page does not say it: text that has bounds is a time; the older pages show both alike."""
    if node.suffix == VALUES and "type" not in values:
        return {"type": "string"}
    is_time = values.get("type") == "string" and "format" not in values and values.keys() & _BOUNDS
    return {"format": "duration"} if is_time else {}


def _check(node: Node) -> str:
    of_each = node.of_map(VALUES)
    untyped = of_each is not None and "type" not in of_each.constraints.values
    return "; and are its values text? The page prints no type" if untyped else ""


def _reference(body: Body, node: Node, components: Components, values: Mapping[str, Value]) -> str:
    if "x-same-as" in values:
        return components.name(body, str(values["x-same-as"]))
    return components.name(body, node.path) if node.members else ""


def _map(body: Body, node: Node, components: Components, kind: Plain) -> Plain:
    keys, of_each = node.of_map(KEYS), node.of_map(VALUES)
    names = {"propertyNames": stated(dict(keys.constraints.values))} if keys else {}
    if of_each:
        values = dict(of_each.constraints.values)
        return {**names, "additionalProperties": _value(body, of_each, components, values, described=False)}
    return {**names, **({"additionalProperties": True} if kind.get("type") == "object" else {})}


def stated(values: Mapping[str, Value]) -> Plain:
    """What is said of a value, as JSON has it: a 64-bit integer is a string."""
    return {keyword: _json(keyword, value, values) for keyword, value in values.items() if keyword not in _ELSEWHERE}


def _json(keyword: str, value: Value, values: Mapping[str, Value]) -> Any:
    texts = keyword in {"default", "enum"} and values.get("type") == "string"
    if isinstance(value, tuple):
        return [_text(one) if texts else one for one in value]
    return _text(value) if texts else value


def _text(value: str | float) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def of_parameter(constraints: Constraints) -> Plain:
    """The schema of a parameter's value."""
    return stated({keyword: value for keyword, value in constraints.values.items() if keyword != "deprecated"})
