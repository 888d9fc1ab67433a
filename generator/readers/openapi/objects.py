"""Tables of the keywords that each object of an OpenAPI 3.1 document may have.

A keyword is a fact, structure, or an annotation that says nothing about the wire. Any other keyword is rejected,
because a mistyped `maxLenght` would otherwise be ignored silently. To support a keyword, add it to OBJECTS and
read it where it has a meaning.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The keys of a path item that are operations."""


@frozen
class SingleObject:
    """An object of a kind, or `true` if `or_true` allows it: any value."""

    kind: str
    or_true: bool = False


@frozen
class ObjectMap:
    """A mapping from free names that match `names` to objects of a kind."""

    kind: str
    names: str = r".+"


@frozen
class ObjectList:
    """A list of objects of a kind."""

    kind: str


KeywordRole = str | SingleObject | ObjectMap | ObjectList
"""The content of a keyword: objects, or a plain value by its name in `values.VALUES`."""

_EXAMPLES: Mapping[str, KeywordRole] = {"example": "anything", "examples": ObjectMap("example")}
_FACTS: Mapping[str, KeywordRole] = {
    "type": "type",
    "format": "format",
    "required": "properties",
    "deprecated": "flag",
    "x-sunset": "date",
    **dict.fromkeys(("readOnly", "writeOnly"), "flag"),
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

OBJECTS: Mapping[str, Mapping[str, KeywordRole]] = {
    "document": {
        "openapi": "text",
        "info": SingleObject("info"),
        "servers": ObjectList("server"),
        "security": "requirements",
        "tags": ObjectList("tag"),
        "paths": ObjectMap("path item", r"/.*"),
        "components": SingleObject("components"),
    },
    "info": {
        "title": "text",
        "version": "text",
        "summary": "text",
        "description": "text",
        "license": SingleObject("license"),
    },
    "license": {"name": "text", "identifier": "text", "url": "text", "x-source": "reference"},
    "server": {"url": "text", "description": "text"},
    "tag": {"name": "text", "description": "text"},
    "components": {
        "securitySchemes": ObjectMap("security scheme"),
        "parameters": ObjectMap("parameter"),
        "requestBodies": ObjectMap("request body"),
        "headers": ObjectMap("header"),
        "responses": ObjectMap("response"),
        "schemas": ObjectMap("schema"),
        "examples": ObjectMap("example"),
    },
    "path item": {
        "summary": "text",
        "description": "text",
        "servers": ObjectList("server"),
        "parameters": ObjectList("parameter"),
        **dict.fromkeys(METHODS, SingleObject("operation")),
    },
    "operation": {
        "operationId": "text",
        "deprecated": "flag",
        "x-sunset": "date",
        "tags": "texts",
        "summary": "text",
        "description": "text",
        "externalDocs": SingleObject("external documentation"),
        "servers": ObjectList("server"),
        "security": "requirements",
        "parameters": ObjectList("parameter"),
        "requestBody": SingleObject("request body"),
        "responses": ObjectMap("response", r"[1-5]\d\d|default"),
    },
    "external documentation": {"description": "text", "url": "reference"},
    "parameter": {
        "name": "text",
        "in": "location",
        "required": "flag",
        "deprecated": "flag",
        "x-sunset": "date",
        "description": "text",
        "schema": SingleObject("schema"),
        **_EXAMPLES,
        "x-source": "source",
    },
    "request body": {
        "description": "text",
        "required": "true",
        "content": ObjectMap("media type"),
        "x-source": "reference",
    },
    "response": {
        "description": "text",
        "headers": ObjectMap("header"),
        "content": ObjectMap("media type"),
        "x-source": "reference",
    },
    "media type": {"schema": SingleObject("schema"), **_EXAMPLES},
    "header": {
        "description": "text",
        "required": "flag",
        "deprecated": "flag",
        "x-sunset": "date",
        "schema": SingleObject("schema"),
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
        "properties": ObjectMap("schema"),
        "items": SingleObject("schema"),
        "propertyNames": SingleObject("schema"),
        "additionalProperties": SingleObject("schema", or_true=True),
        "example": "anything",
        "examples": "anything",
        "x-source": "source",
    },
}
"""Kind of object -> its keywords in the order in which they are written, with their content."""

REQUIRED_KEYWORDS: Mapping[str, tuple[str, ...]] = {
    "document": ("info", "servers", "paths"),
    "info": ("title", "version"),
    "tag": ("name",),
    "server": ("url",),
    "operation": ("operationId", "responses"),
    "external documentation": ("url",),
    "parameter": ("name", "in", "schema"),
    "media type": ("schema",),
    "header": ("schema",),
    "request body": ("content",),
    "response": ("description",),
}
"""Kind of object -> its required keywords."""

REFERABLE = frozenset({"schema", "parameter", "request body", "response", "header", "example", "security scheme"})
"""Kinds of object that may be a `$ref`."""

REFERENCE_SIBLINGS = frozenset({"$ref", "summary", "description"})
"""Keywords allowed beside a `$ref`, except in a schema, which allows all of its keywords."""

SCHEMA_ANNOTATIONS = frozenset({"$ref", "title", "description", "example", "examples", "x-source"})
"""Keywords of a schema that are neither facts nor structure."""
