"""Which keyword may stand in which object of an OpenAPI 3.1 document: tables, to which one adds a line.

A keyword is a fact, structure, or an annotation that states nothing about the wire. One that is none of these
would be skipped in silence, and a mistyped `maxLenght` with it: that is why the world is closed. To admit a
keyword, add it to OBJECTS, and read it where it means something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from generator.yaml_document import METHODS, YamlMapping, YamlSequence

LOCATIONS = frozenset({"path", "query", "header", "cookie"})
TYPES = frozenset({"string", "integer", "number", "boolean", "array", "object"})
FORMATS = frozenset(
    {"byte", "date", "date-time", "double", "duration", "field-mask", "float", "int32", "int64", "uri", "uuid"}
)


@frozen
class One:
    """An object of a kind; or just `true`, where that says that anything may come."""

    kind: str
    or_true: bool = False


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
    return (
        all(map(_is_reference, value.values())) and bool(value)
        if isinstance(value, YamlMapping)
        else _is_reference(value)
    )


def _are_texts(value: Any) -> bool:
    return isinstance(value, YamlSequence) and all(isinstance(one, str) for one in value)


def _are_requirements(value: Any) -> bool:
    return isinstance(value, YamlSequence) and all(
        isinstance(one, YamlMapping) and all(map(_are_texts, one.values())) for one in value
    )


VALUES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "anything": (lambda _value: True, "anything"),
    "text": (lambda value: isinstance(value, str), "a text"),
    "flag": (lambda value: isinstance(value, bool), "true or false"),
    "true": (lambda value: value is True, "true: a body is never left out"),
    "count": (lambda value: _is_number(value) and isinstance(value, int) and value >= 0, "a whole number from 0"),
    "number": (_is_number, "a number"),
    "scalar": (_is_scalar, "a text, a number, true or false"),
    "scalars": (
        lambda value: isinstance(value, YamlSequence) and bool(value) and all(map(_is_scalar, value)),
        "a list of values",
    ),
    "texts": (_are_texts, "a list of texts"),
    "requirements": (_are_requirements, "a list of mappings from a security scheme to a list of texts"),
    "location": (lambda value: isinstance(value, str) and value in LOCATIONS, "one of " + ", ".join(sorted(LOCATIONS))),
    "type": (lambda value: isinstance(value, str) and value in TYPES, "one of " + ", ".join(sorted(TYPES))),
    "format": (lambda value: isinstance(value, str) and value in FORMATS, "one of " + ", ".join(sorted(FORMATS))),
    "reference": (_is_reference, "an https:// URL that a reviewer can follow"),
    "source": (_is_source, "an https:// URL that a reviewer can follow, or such a URL for each keyword"),
}
"""Each kind of plain value: how to tell it, and how to say what it must be."""

_EXAMPLES: Mapping[str, Role] = {"example": "anything", "examples": Each("example")}
_FACTS: Mapping[str, Role] = {
    "type": "type",
    "format": "format",
    "required": "texts",
    **dict.fromkeys(("deprecated", "readOnly", "writeOnly"), "flag"),
    "default": "scalar",
    "enum": "scalars",
    **dict.fromkeys(("minLength", "maxLength"), "count"),
    "pattern": "text",
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), "number"),
    **dict.fromkeys(("minItems", "maxItems"), "count"),
    "uniqueItems": "flag",
    **dict.fromkeys(("minProperties", "maxProperties"), "count"),
    **dict.fromkeys(("x-unique-within", "x-unit"), "text"),
    "x-one-of": "texts",
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
        "securitySchemes": Each("security scheme"),
        "parameters": Each("parameter"),
        "requestBodies": Each("request body"),
        "headers": Each("header"),
        "responses": Each("response"),
        "schemas": Each("schema"),
        "examples": Each("example"),
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
        "externalDocs": One("external documentation"),
        "servers": Listed("server"),
        "security": "requirements",
        "parameters": Listed("parameter"),
        "requestBody": One("request body"),
        "responses": Each("response", r"[1-5]\d\d|default"),
    },
    "external documentation": {"description": "text", "url": "reference"},
    "parameter": {
        "name": "text",
        "in": "location",
        "required": "flag",
        "deprecated": "flag",
        "description": "text",
        "schema": One("schema"),
        **_EXAMPLES,
        "x-source": "source",
    },
    "request body": {
        "description": "text",
        "required": "true",
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
        **_EXAMPLES,
        "x-source": "reference",
    },
    "example": {"summary": "text", "description": "text", "value": "anything"},
    "security scheme": {
        **dict.fromkeys(("type", "scheme", "bearerFormat", "name", "in", "description"), "text"),
        "x-source": "reference",
    },
    "schema": {
        **dict.fromkeys(("type", "format", "title", "description", "$ref"), "text"),
        **_FACTS,
        "properties": Each("schema"),
        "items": One("schema"),
        "propertyNames": One("schema"),
        "additionalProperties": One("schema", or_true=True),
        "example": "anything",
        "examples": "anything",
        "x-source": "source",
    },
}
"""Each kind of object with its keywords, in the order in which they are written, and what stands under them."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "document": ("info", "servers", "paths"),
    "server": ("url",),
    "operation": ("operationId", "responses"),
    "external documentation": ("url",),
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

SCHEMA_ANNOTATIONS = frozenset({"$ref", "allOf", "title", "description", "example", "examples", "x-source"})
"""What a schema says that is no fact, nor structure of its own."""


@frozen
class Tables:
    """What may stand where, and what must."""

    objects: Mapping[str, Mapping[str, Role]]
    needed: Mapping[str, tuple[str, ...]]


OF_CLIENTS = Tables(OBJECTS, NEEDED)
"""What a client is generated from."""

_ANY_STATUS = r"[1-5](?:\d\d|XX)|default"

_DESCRIBED: Mapping[str, Mapping[str, Role]] = {
    **OBJECTS,
    "operation": {**OBJECTS["operation"], "deprecated": "flag", "responses": Each("response", _ANY_STATUS)},
    "parameter": {
        **OBJECTS["parameter"],
        "style": "text",
        **dict.fromkeys(("explode", "allowReserved", "allowEmptyValue"), "flag"),
    },
    "request body": {**OBJECTS["request body"], "required": "flag"},
    "response": {**OBJECTS["response"], "summary": "text"},
    "schema": {
        **OBJECTS["schema"],
        "format": "text",
        **dict.fromkeys(("allOf", "oneOf", "anyOf"), Listed("schema")),
        "discriminator": "anything",
        **dict.fromkeys(("nullable", "unevaluatedProperties"), "flag"),
        "multipleOf": "number",
    },
    "security scheme": {**OBJECTS["security scheme"], "openIdConnectUrl": "text", "flows": Each("flow")},
    "flow": {**dict.fromkeys(("authorizationUrl", "tokenUrl", "refreshUrl"), "text"), "scopes": "anything"},
}

DESCRIBED = Tables(_DESCRIBED, {**NEEDED, "document": ("paths",), "operation": ("responses",)})
"""The same for a document that is compared with another one, which may say more than a client is generated from.

Operation metadata is read in metadata.py; equal spellings are unified in normalize.py.
"""
