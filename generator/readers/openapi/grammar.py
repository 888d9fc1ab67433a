"""Which keyword may stand in which object of an OpenAPI 3.1 document; every other one is refused.

A keyword is a fact, structure, or an annotation that states nothing about the wire. One that is none of these
would be skipped in silence, and a mistyped `maxLenght` with it: that is why the world is closed. To admit a
keyword, add it to OBJECTS, and read it where it means something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from attrs import frozen

from generator.contract.places import Place, Unreadable
from generator.document import References, Row, Table

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
LOCATIONS = frozenset({"path", "query", "header", "cookie"})
TYPES = frozenset({"string", "integer", "number", "boolean", "array", "object"})
FORMATS = frozenset(
    {"byte", "date", "date-time", "double", "duration", "field-mask", "float", "int32", "int64", "uri", "uuid"}
)


@frozen
class One:
    """An object of a kind."""

    kind: str


@frozen
class Each:
    """Objects of a kind under free names that match `names`."""

    kind: str
    names: str = r".+"


@frozen
class Listed:
    """A list of objects of a kind."""

    kind: str


Role = str | One | Each | Listed
"""What stands under a keyword: objects, or a plain value, named as in VALUES."""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_scalar(value: Any) -> bool:
    return isinstance(value, str | int | float | bool)


def _is_reference(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"https://[\w.-]+\.\w+(/[^\s<>]*)?", value) is not None


def _is_source(value: Any) -> bool:
    return all(map(_is_reference, value.values())) and bool(value) if isinstance(value, Table) else _is_reference(value)


def _are_texts(value: Any) -> bool:
    return isinstance(value, Row) and all(isinstance(one, str) for one in value)


def _are_requirements(value: Any) -> bool:
    return isinstance(value, Row) and all(
        isinstance(one, Table) and all(map(_are_texts, one.values())) for one in value
    )


VALUES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "anything": (lambda _value: True, "anything"),
    "text": (lambda value: isinstance(value, str), "a text"),
    "flag": (lambda value: isinstance(value, bool), "true or false"),
    "true": (lambda value: value is True, "`true`: the service adds fields any day"),
    "count": (lambda value: _is_number(value) and isinstance(value, int) and value >= 0, "a whole number from 0"),
    "number": (_is_number, "a number"),
    "scalar": (_is_scalar, "a text, a number, true or false"),
    "scalars": (
        lambda value: isinstance(value, Row) and bool(value) and all(map(_is_scalar, value)),
        "a list of values",
    ),
    "texts": (_are_texts, "a list of texts"),
    "requirements": (_are_requirements, "a list of mappings from a security scheme to a list of texts"),
    "location": (lambda value: value in LOCATIONS, "one of " + ", ".join(sorted(LOCATIONS))),
    "type": (lambda value: isinstance(value, str) and value in TYPES, "one of " + ", ".join(sorted(TYPES))),
    "format": (lambda value: isinstance(value, str) and value in FORMATS, "one of " + ", ".join(sorted(FORMATS))),
    "reference": (_is_reference, "an https:// URL that a reviewer can follow"),
    "source": (_is_source, "an https:// URL that a reviewer can follow, or such a URL for each keyword"),
}
"""Each kind of plain value: how to tell it, and how to say what it must be."""

_EXAMPLES: Mapping[str, Role] = {"example": "anything", "examples": Each("example")}
_FACTS: Mapping[str, Role] = {
    **dict.fromkeys(("deprecated", "readOnly", "writeOnly", "uniqueItems"), "flag"),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), "count"),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), "number"),
    **dict.fromkeys(("pattern", "x-unique-within", "x-unit"), "text"),
    "type": "type",
    "format": "format",
    "required": "texts",
    "default": "scalar",
    "enum": "scalars",
}

OBJECTS: Mapping[str, Mapping[str, Role]] = {
    "document": {
        "openapi": "text",
        "info": One("info"),
        "servers": Listed("server"),
        "security": "requirements",
        "tags": Listed("tag"),
        "paths": Each("path item", r"/.*"),
        "components": One("components"),
    },
    "info": {
        "title": "text",
        "version": "text",
        "summary": "text",
        "description": "text",
        "license": One("license"),
    },
    "license": {"name": "text", "identifier": "text", "url": "text", "x-source": "reference"},
    "server": {"url": "text", "description": "text"},
    "tag": {"name": "text", "description": "text"},
    "components": {
        "schemas": Each("schema"),
        "responses": Each("response"),
        "parameters": Each("parameter"),
        "examples": Each("example"),
        "requestBodies": Each("request body"),
        "headers": Each("header"),
        "securitySchemes": Each("security scheme"),
    },
    "path item": {
        "summary": "text",
        "description": "text",
        "servers": Listed("server"),
        "parameters": Listed("parameter"),
        **dict.fromkeys(METHODS, One("operation")),
    },
    "operation": {
        "operationId": "text",
        "tags": "texts",
        "summary": "text",
        "description": "text",
        "deprecated": "flag",
        "servers": Listed("server"),
        "security": "requirements",
        "parameters": Listed("parameter"),
        "requestBody": One("request body"),
        "responses": Each("response", r"[1-5]\d\d|default"),
    },
    "parameter": {
        "name": "text",
        "in": "location",
        "description": "text",
        "required": "flag",
        "deprecated": "flag",
        "schema": One("schema"),
        "x-source": "source",
        **_EXAMPLES,
    },
    "request body": {
        "description": "text",
        "required": "flag",
        "content": Each("media type"),
        "x-source": "reference",
    },
    "response": {
        "description": "text",
        "headers": Each("header"),
        "content": Each("media type"),
        "x-source": "reference",
    },
    "media type": {"schema": One("schema"), **_EXAMPLES},
    "header": {
        "description": "text",
        "required": "flag",
        "deprecated": "flag",
        "schema": One("schema"),
        "x-source": "reference",
        **_EXAMPLES,
    },
    "example": {"summary": "text", "description": "text", "value": "anything"},
    "security scheme": {
        **dict.fromkeys(("type", "description", "scheme", "bearerFormat", "name", "in"), "text"),
        "x-source": "reference",
    },
    "schema": {
        **_FACTS,
        "$ref": "text",
        "title": "text",
        "description": "text",
        "example": "anything",
        "examples": "anything",
        "properties": Each("schema"),
        "items": One("schema"),
        "additionalProperties": "true",
        "x-source": "source",
    },
}
"""Each kind of object with its keywords and what stands under them."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "document": ("info", "servers", "paths"),
    "server": ("url",),
    "operation": ("operationId", "responses"),
    "parameter": ("name", "in", "schema"),
    "media type": ("schema",),
    "header": ("schema",),
    "request body": ("content",),
}
"""Keywords without which an object cannot be read."""

REFERABLE = frozenset({"schema", "parameter", "request body", "response", "header", "example", "security scheme"})
"""Kinds of object for which a `$ref` may stand."""

BESIDE_REFERENCE = frozenset({"$ref", "summary", "description"})
"""What may stand beside a `$ref` that is no schema's."""

SCHEMA_ANNOTATIONS = frozenset(
    {"$ref", "title", "description", "example", "examples", "additionalProperties", "x-source"}
)
"""What a schema says that is neither a fact nor structure."""


def walk(
    node: Any, kind: str, references: References, place: Place, leaving_out: frozenset[str] = frozenset()
) -> Iterator[Table]:
    """Every object from a node on, through its `$ref`s and into other files, each held against the tables.

    Objects of the kinds in `leaving_out` are passed by. Raises Unreadable for the first keyword that has no
    place where it stands and for each value of the wrong kind.
    """
    seen = set[tuple[int, str]]()
    rest: list[tuple[Any, str, Place, References]] = [(node, kind, place, references)]
    while rest:
        node, kind, place, references = rest.pop()
        steps = references.steps(node) if kind in REFERABLE else [(node, references)]
        for step, seen_from in steps:
            table = _table(step, f"a {kind}", place)
            if (id(table), kind) not in seen:
                seen.add((id(table), kind))
                yield table
                children = [child for child in _children(table, kind) if child[1] not in leaving_out]
                rest.extend((*child, seen_from) for child in children)


def _table(node: Any, what: str, place: Place) -> Table:
    if not isinstance(node, Table):
        raise Unreadable(f"{what} must be a mapping", place)
    return node


def _children(table: Table, kind: str) -> Iterator[tuple[Any, str, Place]]:
    """The objects in a table with their kinds and places, the table's own keywords being in order."""
    roles, reference = OBJECTS[kind], kind in REFERABLE and "$ref" in table
    allowed = BESIDE_REFERENCE if reference and kind != "schema" else frozenset(roles)
    for keyword, value in table.items():
        if keyword not in allowed:
            raise Unreadable(_unknown(keyword, kind, allowed), table.at(keyword))
        if keyword in roles:
            yield from _under(keyword, value, roles[keyword], table.at(keyword))
    for keyword in NEEDED.get(kind, ()):
        if keyword not in table and not reference:
            raise Unreadable(f"this {kind} has no `{keyword}`", table.place)


def _unknown(keyword: str, kind: str, allowed: frozenset[str]) -> str:
    near = get_close_matches(keyword, sorted(allowed), n=1)
    advice = f"did you mean `{near[0]}`?" if near else "correct it, or teach generator/readers/openapi to read it"
    return f"`{keyword}` is no keyword that is read in a {kind}; {advice}"


def _under(keyword: str, value: Any, role: Role, place: Place) -> Iterator[tuple[Any, str, Place]]:
    """The objects under one keyword. Raises Unreadable where a value is not what the role asks for."""
    if isinstance(role, One):
        yield value, role.kind, place
    elif isinstance(role, Listed):
        if not isinstance(value, Row):
            raise Unreadable(f"`{keyword}` must be a list", place)
        for item, line in zip(value, value.lines, strict=True):
            yield item, role.kind, Place(place.file, line)
    elif isinstance(role, Each):
        table = _table(value, f"`{keyword}`", place)
        for name, item in table.items():
            if not re.fullmatch(role.names, name):
                raise Unreadable(f"`{name}` is no name that can stand under `{keyword}`", table.at(name))
            yield item, role.kind, table.at(name)
    else:
        holds, wanted = VALUES[role]
        if not holds(value):
            raise Unreadable(f"`{keyword}` must be {wanted}, not {str(value)[:60]!r}", place)
