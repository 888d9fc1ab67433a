"""Decides what the arguments of a method are, where each goes, and how it is checked before it is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from generator.contract.docstring_sentences import WORDED, sentences
from generator.yaml_document import YamlMapping

from .checks import call_of_check, hold_bounds, in_python
from .literals import literal, sentence
from .names import Named, hold, identifier
from .spec_context import SpecContext, closed, refuse
from .value_types import Model, ValueType
from .view import ParameterView

_NOTED = frozenset({"description", "example", "examples", "x-source"})
_OF_PARAMETERS = _NOTED | {"name", "in", "required", "deprecated", "schema"}
_OF_SCHEMAS = _NOTED | WORDED | {"type", "format", "enum", "items"}
_OF_BODIES = frozenset({"description", "required", "content", "x-source"})
_SENT_BY_RUNTIME = frozenset({"x-client-request-id"})
"""Header parameters that are no argument of a method: the runtime sends them with every call, each a UUID."""

_IN_QUERY = frozenset({"check_string", "check_int32", "check_int64", "check_float", "check_double", "check_boolean"})
"""How what the query can carry is checked."""

_JSON = "application/json"
_PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|$))(?:[\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}|\{[A-Za-z_-][\w-]*\})+)+", re.ASCII)


@frozen
class OperationNode:
    """One operation where the document states it."""

    path: str
    method: str
    item: YamlMapping
    operation: YamlMapping

    @property
    def what(self) -> str:
        """How an error calls it."""
        return f"{self.method.upper()} {self.path}"


def parameters_of(source: SpecContext, stated: OperationNode, module: str) -> tuple[ParameterView, ...]:
    """The arguments of a method: in the order of the path, then the body, then those of the query.

    Raises InputError for what cannot be sent, and for names that would mean two things.
    """
    found = _found(source, stated)
    in_path = re.findall(r"\{([^{}]*)\}", stated.path)
    stated_there = [name for name, one in found.items() if one["in"] == "path"]
    if not _PATH.fullmatch(stated.path) or sorted(in_path) != sorted(stated_there):
        paths = source.document["paths"]
        refuse(
            "a path consists of plain segments and of one `{placeholder}` for each path parameter", paths, stated.path
        )
    body = _body(source, stated)
    in_query = [name for name, one in found.items() if one["in"] == "query"]
    named = [Named(identifier(name), name, found[name], "name") for name in (*in_path, *in_query)]
    hold("argument", named, taken=[module, *(["body"] if body else [])])
    return (
        *(_in_path(source, found[name]) for name in in_path),
        *body,
        *(_in_query(source, found[name]) for name in in_query),
    )


def in_json(source: SpecContext, owner: YamlMapping) -> Model | None:
    """The model of a body or an answer, if it has one in JSON and no other content."""
    content: Any = owner.get("content", {})
    return source.model_of(source.resolve(content[_JSON]["schema"])) if list(content) == [_JSON] else None


def _found(source: SpecContext, stated: OperationNode) -> Mapping[str, YamlMapping]:
    """The parameters of path and query by their names. One of the operation takes the place of the path's."""
    found: dict[str, YamlMapping] = {}
    for one in map(source.resolve, [*stated.item.get("parameters", []), *stated.operation.get("parameters", [])]):
        closed(one, _OF_PARAMETERS, f"the parameter {one['name']!r}")
        if one["in"] in {"path", "query"}:
            found[one["name"]] = one
        elif one["in"] == "header" and one["name"].lower() in _SENT_BY_RUNTIME:
            _hold_uuid(source, one)
        else:
            refuse(f"the client cannot send a parameter in `{one['in']}`", one, "in")
    return found


def _body(source: SpecContext, stated: OperationNode) -> tuple[ParameterView, ...]:
    if "requestBody" not in stated.operation:
        return ()
    body = source.resolve(stated.operation["requestBody"])
    closed(body, _OF_BODIES, f"the body of {stated.what}")
    model = in_json(source, body)
    if model is None or body.get("required") is not True:
        refuse("a body needs `required: true` and a model in application/json", stated.operation, "requestBody")
    kind = source.kind_of(body["content"][_JSON]["schema"])
    documentation = sentence(body.get("description", "")) or "What is sent."
    check = call_of_check(kind, literal("body"), "body", {})
    return (ParameterView("body", "", "body", documentation, kind, required=True, checks=(check,)),)


def _schema_of(source: SpecContext, stated: YamlMapping, known: frozenset[str]) -> YamlMapping:
    """The schema of a parameter, which says nothing else than what is known, and nothing beside a reference."""
    steps = source.resolve_chain(stated["schema"])
    for step in steps:
        closed(step, _NOTED | {"$ref"} if "$ref" in step else known, f"the parameter {stated['name']!r}")
    return steps[-1]


def _hold_uuid(source: SpecContext, stated: YamlMapping) -> None:
    schema = _schema_of(source, stated, _NOTED | {"type", "format"})
    if (schema.get("type"), schema.get("format")) != ("string", "uuid"):
        refuse(f"the client sends a UUID as {stated['name']!r}", stated, "schema")


def _in_path(source: SpecContext, stated: YamlMapping) -> ParameterView:
    if source.resolve(stated["schema"]).get("type") != "string":
        refuse("a parameter of the path must be `type: string`", stated, "schema")
    schema = _schema_of(source, stated, _OF_SCHEMAS)
    kind = source.kind_of(schema)
    if kind.check != "check_string":
        refuse("a parameter of the path must be a plain text", schema, "format")
    if not schema.get("minLength"):
        refuse(
            "a parameter of the path needs `minLength: 1`: without it, another URL would be called", schema, "minLength"
        )
    return _view(stated, schema, kind, required=True)


def _in_query(source: SpecContext, stated: YamlMapping) -> ParameterView:
    schema: Mapping[str, Any] = _schema_of(source, stated, _OF_SCHEMAS)
    kind = source.kind_of(stated["schema"])
    if (kind.of or kind).check not in _IN_QUERY or kind.check == "check_map":
        refuse(f"the client sends no {kind.as_element} in the query", stated, "schema")
    if kind.of is not None:
        items: YamlMapping = schema["items"]
        closed(source.resolve_chain(items)[-1], _OF_SCHEMAS, f"the parameter {stated['name']!r}")
        schema = {**source.resolve_chain(items)[-1], **schema}
    return _view(stated, schema, kind, required=stated.get("required", False))


def _view(stated: YamlMapping, schema: Mapping[str, Any], kind: ValueType, *, required: bool) -> ParameterView:
    hold_bounds(kind, schema, schema if isinstance(schema, YamlMapping) else stated)
    name = identifier(stated["name"])
    check = call_of_check(kind, literal(name), name, schema)
    checks = [check] if required else [f"if {name} is not None:", f"    {check}"]
    facts = {**in_python(kind, schema), "deprecated": stated.get("deprecated", False)}
    description = " ".join(sentence(stated.get("description", "")).split())
    documentation = " ".join([description or f"Sent as `{stated['name']}`.", *sentences(facts)])
    return ParameterView(name, stated["name"], stated["in"], documentation, kind, required, tuple(checks))
