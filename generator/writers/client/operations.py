"""Decides what the methods are: one for each operation, grouped by tag, with the checks of its arguments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen
from openapi_python_client.strings import PythonIdentifier

from generator.contract.wording import sentences
from generator.document import Table

from .kinds import Model
from .literals import sentence
from .names import Named, class_name, hold, identifier
from .source import Source, closed, refuse
from .view import OperationView, ParameterView, TagView

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""In the order in which upstream takes them, which is that of the modules."""

_OF_PATHS = frozenset({*_METHODS, "parameters", "summary", "description", "x-source"})
_OF_OPERATIONS = frozenset(
    {"operationId", "tags", "summary", "description", "parameters", "responses", "security", "x-source"}
)
_NOTED = frozenset({"description", "example", "examples", "x-source"})
_OF_PARAMETERS = _NOTED | {"name", "in", "required", "schema"}
_OF_RESPONSES = frozenset({"description", "headers", "content", "x-source"})
_SENT_BY_RUNTIME = frozenset({"x-client-request-id"})
"""Header parameters that are no argument of a method: the runtime sends them with every call, each a UUID."""

_JSON = "application/json"
_PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|$))(?:[\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}|\{[A-Za-z_-][\w-]*\})+)+", re.ASCII)


@frozen
class Stated:
    """One operation where the document states it."""

    path: str
    method: str
    item: Table
    operation: Table

    @property
    def what(self) -> str:
        """How an error calls it."""
        return f"{self.method.upper()} {self.path}"


def by_tag(source: Source) -> Mapping[str, list[Stated]]:
    """Every operation under its tag. Raises Unreadable for a tag, class or attribute that would mean two things."""
    found: dict[str, list[Stated]] = {}
    for path, node in source.document["paths"].items():
        item = source.follow(node)
        closed(item, _OF_PATHS, f"the path {path}")
        for method in (one for one in _METHODS if one in item):
            stated = Stated(path, method, item, item[method])
            closed(stated.operation, _OF_OPERATIONS, stated.what)
            tags = stated.operation.get("tags", [])
            if len(tags) != 1:
                refuse(
                    "an operation needs exactly one tag: the attribute of the client that it is found under",
                    stated.operation,
                    "tags",
                )
            found.setdefault(tags[0], []).append(stated)
    for tag in source.document.get("tags", []):
        if tag["name"] not in found:
            refuse(f"no operation has the tag {tag['name']!r}", tag, "name")
    hold(
        "attribute of the client",
        (Named(tag_name(tag), tag, stated[0].operation, "tags") for tag, stated in found.items()),
    )
    return found


def tag_name(tag: str) -> str:
    """The attribute of the client for a tag."""
    return str(PythonIdentifier(tag, prefix="tag"))


def decide_tag(source: Source, tag: str, stated: list[Stated]) -> TagView:
    """The view of a tag and of its operations. Raises Unreadable for what the client cannot keep."""
    operations = tuple(_operation(source, one) for one in stated)
    hold(
        "method",
        (
            Named(name, one.operation["operationId"], one.operation, "operationId")
            for one, view in zip(stated, operations, strict=True)
            for name in (view.name, f"{view.name}_detailed")
        ),
    )
    described = (one.get("description") for one in source.document.get("tags", []) if one["name"] == tag)
    documentation = sentence(next(described, None) or f"Operations on {tag}")
    return TagView(tag_name(tag), class_name(tag), documentation, operations)


def _operation(source: Source, stated: Stated) -> OperationView:
    operation = stated.operation
    _hold_security(source, operation)
    name = identifier(operation["operationId"].rpartition(".")[2])
    responses: Table = operation["responses"]
    success = next(status for status in responses if status.startswith("2"))
    errors = {_model_of_response(source, responses, status) for status in responses if status != success}
    if len(errors) != 1:
        refuse("the client reads every error with one model; say so under `default`", operation, "responses")
    return OperationView(
        name=name,
        method=stated.method.upper(),
        path=stated.path,
        status=int(success),
        summary=sentence(operation.get("summary", "")) or f"Call {stated.what}.",
        description=sentence(operation.get("description", "")),
        parameters=_parameters(source, stated, name),
        result=_model_of_response(source, responses, success),
        error=errors.pop(),
    )


def _hold_security(source: Source, operation: Table) -> None:
    place = operation if "security" in operation else source.document
    schemes = source.document.get("components", {}).get("securitySchemes", {})
    demanded = [source.follow(schemes[name]) for one in place.get("security", []) for name in one]
    if not demanded or any((one.get("type"), one.get("scheme")) != ("http", "bearer") for one in demanded):
        refuse("the client sends a bearer token with every call; `security` must ask for that alone", place, "security")


def _parameters(source: Source, stated: Stated, method: str) -> tuple[ParameterView, ...]:
    """The arguments of a method in the order of the path. One of the operation takes the place of the path's."""
    found: dict[str, Table] = {}
    for one in map(source.follow, [*stated.item.get("parameters", []), *stated.operation.get("parameters", [])]):
        closed(one, _OF_PARAMETERS, f"the parameter {one['name']!r}")
        if one["in"] == "path":
            found[one["name"]] = one
        elif one["in"] == "header" and one["name"].lower() in _SENT_BY_RUNTIME:
            _hold_uuid(source, one)
        else:
            refuse(f"the client cannot send a parameter in `{one['in']}`", one, "in")
    names = re.findall(r"\{([^{}]*)\}", stated.path)
    if not _PATH.fullmatch(stated.path) or sorted(names) != sorted(found):
        paths = source.document["paths"]
        refuse(
            "a path consists of plain segments and of one `{placeholder}` for each path parameter", paths, stated.path
        )
    hold("argument", (Named(identifier(name), name, found[name], "name") for name in names), taken=[method])
    return tuple(_parameter(source, found[name]) for name in names)


def _schema_of(source: Source, stated: Table, known: frozenset[str]) -> Table:
    """The schema of a parameter, which says nothing else than what is known, and nothing beside a reference."""
    steps = source.steps(stated["schema"])
    for step in steps:
        closed(step, _NOTED | {"$ref"} if "$ref" in step else known, f"the parameter {stated['name']!r}")
    return steps[-1]


def _hold_uuid(source: Source, stated: Table) -> None:
    schema = _schema_of(source, stated, _NOTED | {"type", "format"})
    if (schema.get("type"), schema.get("format")) != ("string", "uuid"):
        refuse(f"the client sends a UUID as {stated['name']!r}", stated, "schema")


def _parameter(source: Source, stated: Table) -> ParameterView:
    if source.follow(stated["schema"]).get("type") != "string":
        refuse("a parameter of the path must be `type: string`", stated, "schema")
    schema = _schema_of(source, stated, _NOTED | {"type", "minLength", "maxLength"})
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    if not least:
        refuse(
            "a parameter of the path needs `minLength: 1`: without it, another URL would be called", schema, "minLength"
        )
    if most is not None and most < least:
        refuse("`maxLength` is less than `minLength`", schema, "maxLength")
    bounds = {"min_length": least} if most is None else {"min_length": least, "max_length": most}
    description = " ".join(sentence(stated.get("description", "")).split())
    documentation = " ".join([description, *sentences(schema)]).strip()
    return ParameterView(identifier(stated["name"]), stated["name"], documentation, bounds)


def _model_of_response(source: Source, responses: Table, status: str) -> Model:
    response: Table = source.follow(responses[status])
    closed(response, _OF_RESPONSES, f"the response {status}")
    content: Any = response.get("content", {})
    model = source.model_of(source.follow(content[_JSON]["schema"])) if list(content) == [_JSON] else None
    return model or refuse(f"the response {status} needs a model in {_JSON}, and no other content", responses, status)
