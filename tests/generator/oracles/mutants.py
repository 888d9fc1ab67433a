"""Mutants of a specification: one table of what is said otherwise, by JSON pointer."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.contract.difference import ABSENT

EVOLUTION = Path(__file__).with_name("evolution.yaml")

Node = dict[str, Any]
Json = dict[str, Any] | list[Any] | str | float | bool | None
Edit = Callable[[Node], object]

LIST = "/paths/~1harbours~1{harbourId}~1boats/get"
MAKE = "/paths/~1harbours~1{harbourId}~1boats/post"
SINK = "/paths/~1boats~1{boatId}/delete"
BOAT, ORDER = "/components/schemas/Boat", "/components/schemas/Order"

VALUES: Mapping[str, Mapping[str, str]] = {
    "sent in the query": {
        name: f"{LIST}/parameters/{index}/schema"
        for index, name in enumerate(("text", "number", "colours", "kind", "any", "day"))
    },
    "sent in the body": {
        name: f"{ORDER}/properties/{name}" for name in ("text", "number", "colours", "kind", "any", "day")
    },
    "answered": {name: f"{BOAT}/properties/{name}" for name in ("text", "number", "colours", "kind", "any", "day")},
}
"""The place of each kind of value."""

NONE: list[Any] = []
NOTHING = ABSENT
"""The replacement that removes a keyword."""

OF_VALUES: tuple[tuple[str, str, object], ...] = (
    ("text", "maxLength", 40),
    ("text", "maxLength", 60),
    ("text", "maxLength", NOTHING),
    ("any", "maxLength", 60),
    ("text", "minLength", 3),
    ("text", "minLength", 1),
    ("text", "minLength", NOTHING),
    ("any", "minLength", 3),
    ("text", "pattern", "[a-z]+"),
    ("text", "pattern", NOTHING),
    ("any", "pattern", "[a-z]+"),
    ("number", "maximum", 90),
    ("number", "maximum", 110),
    ("number", "maximum", NOTHING),
    ("number", "minimum", 2),
    ("number", "minimum", 0),
    ("number", "minimum", NOTHING),
    ("number", "type", "string"),
    ("number", "type", "number"),
    ("number", "default", 30),
    ("number", "default", NOTHING),
    ("number", "format", "int64"),
    ("day", "format", "date-time"),
    ("day", "format", NOTHING),
    ("colours", "maxItems", 4),
    ("colours", "maxItems", 6),
    ("colours", "maxItems", NOTHING),
    ("colours", "uniqueItems", NOTHING),
    ("kind", "enum", ["SAIL"]),
    ("kind", "enum", ["SAIL", "MOTOR", "OAR"]),
    ("kind", "enum", NOTHING),
    ("any", "enum", ["a", "b"]),
    ("any", "deprecated", True),
)
"""Value, keyword, replacement; each is tried in every place."""


def holder_of(document: Node, pointer: str) -> tuple[Any, Any]:
    """Return the holder of the last token of a pointer, and the token."""
    *above, last = (token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])
    node: Any = document
    for token in above:
        node = node[_key(node, token)]
    return node, _key(node, last)


def _key(node: Json, token: str) -> str | int:
    return int(token) if isinstance(node, list) else token


def say(pointer: str, value: object) -> Edit:
    """The edit that puts a value somewhere, or takes out what is there."""

    def edit(document: Node) -> None:
        holder, key = holder_of(document, pointer)
        if value is NOTHING:
            del holder[key]
        else:
            holder[key] = deepcopy(value)

    return edit


def rename(pointer: str, name: str) -> Edit:
    """The edit that gives a key another name in its place."""

    def edit(document: Node) -> None:
        holder, key = holder_of(document, pointer)
        items = [(name if existing == key else existing, value) for existing, value in holder.items()]
        holder.clear()
        holder.update(items)

    return edit


def add(pointer: str, value: object) -> Edit:
    """The edit that puts a value at the end of a list."""

    def edit(document: Node) -> None:
        holder, key = holder_of(document, pointer)
        holder[key].append(deepcopy(value))

    return edit


def all_of(*edits: Edit) -> Edit:
    def edit(document: Node) -> None:
        for apply in edits:
            apply(document)

    return edit


def replaced(old: str, new: str) -> Edit:
    """The edit that says every reference otherwise."""

    def walk(node: Json) -> None:
        if isinstance(node, dict) and node.get("$ref") == old:
            node["$ref"] = new
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            walk(child)

    return walk


def needs(*schemes: str) -> Node:
    """A requirement of security."""
    return dict.fromkeys(schemes, NONE)


TEXT = {"type": "string"}
FAILURE = {"$ref": "#/components/responses/Failure"}

OF_OPERATIONS: Mapping[str, Edit] = {
    "parameter removed": say(f"{LIST}/parameters/4", NOTHING),
    "optional parameter added": add(f"{LIST}/parameters", {"name": "new", "in": "query", "schema": TEXT}),
    "required parameter added": add(
        f"{LIST}/parameters", {"name": "new", "in": "query", "required": True, "schema": TEXT}
    ),
    "parameter required": say(f"{LIST}/parameters/4/required", value=True),
    "parameter renamed": say(f"{LIST}/parameters/4/name", "other"),
    "parameter in a header": say(f"{LIST}/parameters/4/in", "header"),
    "header parameter removed": say(f"{LIST}/parameters/6", NOTHING),
    "header parameter required": say(f"{LIST}/parameters/6/required", value=True),
    "path parameter renamed": all_of(
        rename("/paths/~1boats~1{boatId}", "/boats/{id}"), say("/paths/~1boats~1{id}/delete/parameters/0/name", "id")
    ),
    "path renamed": rename("/paths/~1boats~1{boatId}", "/ships/{boatId}"),
    "path removed": say("/paths/~1boats~1{boatId}", NOTHING),
    "operation removed": say(LIST, NOTHING),
    "method changed": rename(MAKE, "put"),
    "operation added": say(
        "/paths/~1boats",
        {"get": {"operationId": "boats.all", "tags": ["boats"], "responses": {"204": {"description": "None."}}}},
    ),
    "operation renamed": say(f"{LIST}/operationId", "boats.all"),
    "tag renamed": say(f"{LIST}/tags", ["ships"]),
    "schema renamed": all_of(
        rename("/components/schemas/Owner", "Keeper"),
        replaced("#/components/schemas/Owner", "#/components/schemas/Keeper"),
    ),
    "body not required": say(f"{MAKE}/requestBody/required", NOTHING),
    "body removed": say(f"{MAKE}/requestBody", NOTHING),
    "body added": say(
        f"{SINK}/requestBody", {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
    ),
    "another good status": rename(f"{LIST}/responses/200", "201"),
    "error removed": say(f"{LIST}/responses/404", NOTHING),
    "error added": say(f"{LIST}/responses/409", FAILURE),
    "default error removed": say(f"{LIST}/responses/default", NOTHING),
    "field of an error removed": say("/components/schemas/Problem/properties/message", NOTHING),
    "type in an error": say("/components/schemas/Problem/properties/code/type", "string"),
    "answer header removed": say(f"{LIST}/responses/200/headers", NOTHING),
    "answer header added": say(f"{LIST}/responses/200/headers/x-more", {"schema": TEXT}),
    "type of an answer header": say(f"{LIST}/responses/200/headers/x-pages/schema/type", "string"),
    "security removed": say("/security", NONE),
    "security optional": say("/security", [needs("token"), needs()]),
    "security added": add("/security", needs("basic")),
    "security of another kind": say("/components/securitySchemes/token", {"type": "http", "scheme": "basic"}),
    "security with one alternative less": say(f"{SINK}/security/1", NOTHING),
    "security with both at once": say("/security", [needs("token", "key")]),
    "another server": say("/servers/0/url", "https://port.example"),
    "field removed from the answer": say(f"{BOAT}/properties/any", NOTHING),
    "field renamed in the answer": rename(f"{BOAT}/properties/any", "other"),
    "field added to the answer": say(f"{BOAT}/properties/new", TEXT),
    "field of the answer optional": say(f"{BOAT}/required", NONE),
    "field of the answer required": say(f"{BOAT}/required", ["text", "any"]),
    "object in the answer removed": say(f"{BOAT}/properties/owner", NOTHING),
    "object in the answer a text": say(f"{BOAT}/properties/owner", TEXT),
    "field of the answer a list": say(f"{BOAT}/properties/any", {"type": "array", "items": TEXT}),
    "values of a map": say(f"{BOAT}/properties/labels/additionalProperties/type", "integer"),
    "map of anything": say(f"{BOAT}/properties/labels/additionalProperties", value=True),
    "unit": say(f"{BOAT}/properties/weight/x-unit", "pound"),
    "read-only": say(f"{BOAT}/properties/any/readOnly", value=True),
    "field removed from the body": say(f"{ORDER}/properties/text", NOTHING),
    "field added to the body": say(f"{ORDER}/properties/new", TEXT),
    "required field added to the body": all_of(
        say(f"{ORDER}/properties/new", TEXT), say(f"{ORDER}/required", ["any", "new"])
    ),
    "field of the body optional": say(f"{ORDER}/required", NONE),
    "field of the body required": say(f"{ORDER}/required", ["any", "text"]),
    "write-only": say(f"{ORDER}/properties/any/writeOnly", value=True),
}
"""Changes of operations and objects."""

THE_SAME: Mapping[str, Edit] = {
    "description": say(f"{LIST}/description", "Lists them."),
    "example": say(f"{BOAT}/properties/any/examples", ["abc"]),
    "type of an object by its properties": say("/components/schemas/Owner/title", "Owner"),
    "parameter of the path at its operation": all_of(
        add(
            f"{LIST}/parameters",
            {
                "name": "harbourId",
                "in": "path",
                "required": True,
                "schema": {"type": "string", "minLength": 1, "maxLength": 20},
            },
        )
    ),
    "answer written out": say(
        f"{LIST}/responses/404",
        {"description": "None.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}},
    ),
    "value extracted": all_of(
        say("/components/schemas/Text", TEXT), say(f"{BOAT}/properties/any", {"$ref": "#/components/schemas/Text"})
    ),
    "security scheme renamed": all_of(
        rename("/components/securitySchemes/token", "bearer"),
        say("/security", [needs("bearer")]),
        say(f"{SINK}/security", [needs("key"), needs("bearer")]),
    ),
}
"""Other ways to say the same."""


@cache
def original() -> Node:
    document: Node = yaml.safe_load(EVOLUTION.read_text(encoding="utf-8"))
    return document


def mutant(edit: Edit) -> Node:
    """The specification with one edit."""
    document = deepcopy(original())
    edit(document)
    return document


def _edits() -> Iterator[tuple[str, Edit]]:
    for place, pointers in VALUES.items():
        for value, keyword, replacement in OF_VALUES:
            shown = "left out" if replacement is NOTHING else replacement
            yield f"{place}: {value} {keyword} {shown}", say(f"{pointers[value]}/{keyword}", replacement)
    yield from OF_OPERATIONS.items()
    yield from ((f"the same: {name}", edit) for name, edit in THE_SAME.items())


MUTANTS: Mapping[str, Edit] = dict(_edits())
"""Every mutant by its name."""
