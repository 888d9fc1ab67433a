"""Builds the views of the arguments of a method, with the checks before they are sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.readers.openapi.operations import MEDIA_TYPE, ResolvedOperation
from generator.yaml_document import YamlMapping

from .checks import check_bounds, check_call, python_facts
from .docstring_sentences import sentences
from .literals import deprecation, literal, sentence
from .method_view import ParameterView
from .names import NameBinding, check_names
from .opc import identifier
from .spec_context import SpecContext, fail_at
from .type_resolver import value_type_of
from .value_types import ClassRef, ValueType

_SENT_BY_RUNTIME = frozenset({"x-client-request-id"})
"""Headers that are not arguments: the runtime sends each with every call, a UUID."""

_UUID = {"type": "string", "format": "uuid"}
_ANNOTATIONS = frozenset({"title", "description", "example", "examples", "x-source"})
_PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|$))(?:[\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}|\{[A-Za-z_-][\w-]*\})+)+", re.ASCII)


def parameter_views(context: SpecContext, operation: ResolvedOperation, module: str) -> tuple[ParameterView, ...]:
    """Return the arguments of a method: in the order of the path, then the body, then those of the query.

    Raises InputError for a parameter that the client cannot send, and for names that collide.
    """
    by_location = {"path": dict[str, YamlMapping](), "query": dict[str, YamlMapping]()}
    for table in (parameter.table for parameter in operation.parameters):
        if table["in"] in by_location:
            by_location[table["in"]][table["name"]] = table
        else:
            _check_header(context, table)
    in_path = re.findall(r"\{([^{}]*)\}", operation.path)
    if not _PATH.fullmatch(operation.path) or len(set(in_path)) < len(in_path):
        paths = context.specification.document["paths"]
        sentence = "a path consists of plain segments and of one `{placeholder}` for each path parameter"
        fail_at(paths, operation.path, sentence)
    body = tuple(_body_view(context, operation))
    path, query = [by_location["path"][name] for name in in_path], by_location["query"].values()
    bindings = (NameBinding(identifier(table["name"]), table["name"], table, "name") for table in (*path, *query))
    check_names("argument", bindings, reserved=[module, *(view.name for view in body)])
    return (
        *(_path_view(context, table) for table in path),
        *body,
        *(_query_view(context, table) for table in query),
    )


def json_model(context: SpecContext, owner: YamlMapping) -> ClassRef | None:
    """Return the model of a body or a response, if it has one in JSON and no other content."""
    content: Mapping[str, Any] = owner.get("content", {})
    return context.model_of(context.resolve(content[MEDIA_TYPE]["schema"])) if list(content) == [MEDIA_TYPE] else None


def _check_header(context: SpecContext, table: YamlMapping) -> None:
    if table["in"] != "header" or table["name"].lower() not in _SENT_BY_RUNTIME:
        fail_at(table, "in", f"the client cannot send a parameter in `{table['in']}`")
    facts = {keyword: value for keyword, value in context.facts(table["schema"]).items() if keyword not in _ANNOTATIONS}
    if facts != _UUID:
        fail_at(table, "schema", f"the client sends a UUID as {table['name']!r}; say `type: string, format: uuid` only")


def _body_view(context: SpecContext, operation: ResolvedOperation) -> Iterator[ParameterView]:
    if operation.body is None:
        return
    body = operation.body.table
    if json_model(context, body) is None or "required" not in body:
        sentence = "a body needs `required: true` and a model in application/json"
        fail_at(operation.operation, "requestBody", sentence)
    value_type = value_type_of(context, body["content"][MEDIA_TYPE]["schema"])
    documentation = _sentence(body) or "What is sent."
    checks = (check_call(value_type, literal("body"), "body", {}),)
    yield ParameterView("body", "", "body", documentation, value_type, required=True, checks=checks)


def _path_view(context: SpecContext, table: YamlMapping) -> ParameterView:
    value_type, schema = value_type_of(context, table["schema"]), context.resolve(table["schema"])
    facts = context.facts(table["schema"])
    if facts.get("type") != "string":
        fail_at(table, "schema", "a parameter of the path must be `type: string`")
    if value_type.check != "check_string":
        fail_at(schema, "format", "a parameter of the path must be a string without a format")
    if not facts.get("minLength"):
        sentence = "a parameter of the path needs `minLength: 1`; if it were empty, another URL would be called"
        fail_at(schema, "minLength", sentence)
    return _view(context, table, value_type, required=True)


def _query_view(context: SpecContext, table: YamlMapping) -> ParameterView:
    value_type = value_type_of(context, table["schema"])
    item = value_type.item_type
    if not (item or value_type).is_scalar or (item and item.is_timestamp):
        fail_at(table, "schema", f"the client cannot send {value_type.element_annotation} in the query")
    return _view(context, table, value_type, required=table.get("required", False))


def _view(context: SpecContext, table: YamlMapping, value_type: ValueType, *, required: bool) -> ParameterView:
    facts = context.facts(table["schema"])
    check_bounds(value_type, facts, context.resolve(table["schema"]))
    name = identifier(table["name"])
    check = check_call(value_type, literal(name), name, facts)
    checks = [check] if required else [f"if {name} is not None:", f"    {check}"]
    own = {keyword: table[keyword] for keyword in ("deprecated", "x-sunset") if keyword in table}
    facts = {**python_facts(value_type, facts), **own}
    subject = f"the argument `{name}`"
    warning = deprecation(subject, _sentence(table), facts)
    description = " ".join(_sentence(table).split()) or f"Sent as `{table['name']}`."
    documentation = " ".join([description, *sentences(facts)])
    return ParameterView(name, table["name"], table["in"], documentation, value_type, required, tuple(checks), warning)


def _sentence(table: YamlMapping) -> str:
    return sentence(table.get("description", ""))
