"""Decides what the methods are: one for each operation, grouped by tag, with the checks of its arguments."""

from __future__ import annotations

from collections.abc import Iterator

from openapi_python_client.parser.openapi import Endpoint, EndpointCollection
from openapi_python_client.strings import ClassName, PythonIdentifier

from generator.contract.wording import sentences
from generator.document import Table

from .kinds import Model
from .literals import sentence
from .source import PREFIX, Source, closed, refuse
from .view import OperationView, ParameterView, TagView

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_OF_PATHS = frozenset({*_METHODS, "parameters", "summary", "description", "x-source"})
_OF_OPERATIONS = frozenset(
    {"operationId", "tags", "summary", "description", "parameters", "responses", "security", "x-source"}
)
_OF_PARAMETERS = frozenset({"name", "in", "required", "description", "schema", "example", "examples", "x-source"})
_OF_ARGUMENTS = frozenset({"type", "description", "example", "examples", "minLength", "maxLength", "x-source"})
_OF_RESPONSES = frozenset({"description", "headers", "content", "x-source"})
_SENT_BY_RUNTIME = frozenset({"x-client-request-id"})
"""Header parameters that are no argument of a method: the runtime sends them with every call."""

_JSON = "application/json"


def decide_tag(source: Source, tag: EndpointCollection) -> TagView:
    """The view of a tag and of its operations. Raises Unreadable for what the client cannot keep."""
    name = str(tag.tag)
    operations = tuple(_operation(source, endpoint) for endpoint in tag.endpoints)
    described = (one for one in source.document.get("tags", []) if PythonIdentifier(one["name"], prefix="tag") == name)
    documentation = next((sentence(str(one.get("description", ""))) for one in described), "")
    return TagView(name, str(ClassName(name, PREFIX)), documentation, operations)


def _operation(source: Source, endpoint: Endpoint) -> OperationView:
    path, item = _path_of(source, endpoint)
    closed(item, _OF_PATHS, f"the path {path}")
    stated: Table = item[endpoint.method]
    closed(stated, _OF_OPERATIONS, f"{endpoint.method.upper()} {path}")
    _check_security(source, stated)
    names = {str(one.name.get_untrusted_value()): str(one.python_name) for one in endpoint.path_parameters}
    name = str(PythonIdentifier(str(stated["operationId"]).rpartition(".")[2], PREFIX))
    responses: Table = stated["responses"]
    success = [status for status in responses if status.startswith("2")]
    if len(success) != 1 or not success[0].isdecimal():
        refuse("the client reads exactly one status of success, such as '200'", stated, "responses")
    errors = {_model_of_response(source, responses, status) for status in responses if status not in success}
    if len(errors) != 1:
        refuse("the client reads every error with one model; say so under `default`", stated, "responses")
    return OperationView(
        name=name,
        method=endpoint.method.upper(),
        path=path,
        status=int(success[0]),
        summary=sentence(str(stated.get("summary", ""))),
        description=sentence(str(stated.get("description", ""))),
        parameters=tuple(_parameters(source, names, [*stated.get("parameters", []), *item.get("parameters", [])])),
        result=_model_of_response(source, responses, success[0]),
        error=errors.pop(),
    )


def _path_of(source: Source, endpoint: Endpoint) -> tuple[str, Table]:
    # Upstream puts the names of the arguments into the path; the document has its own.
    path = endpoint.path.get_untrusted_value()
    for one in endpoint.path_parameters:
        path = path.replace(f"{{{one.python_name}}}", f"{{{one.name.get_untrusted_value()}}}")
    return path, source.follow(source.document["paths"][path])


def _check_security(source: Source, operation: Table) -> None:
    place = operation if "security" in operation else source.document
    schemes = source.document.get("components", {}).get("securitySchemes", {})
    demanded = [source.follow(schemes[name]) for one in place.get("security", []) for name in one if name in schemes]
    if not demanded or any((one.get("type"), one.get("scheme")) != ("http", "bearer") for one in demanded):
        refuse("the client sends a bearer token with every call; `security` must ask for that alone", place, "security")


def _parameters(source: Source, names: dict[str, str], stated: list[Table]) -> Iterator[ParameterView]:
    for one in map(source.follow, stated):
        closed(one, _OF_PARAMETERS, f"the parameter `{one.get('name')}`")
        if one["in"] == "header" and one["name"].lower() in _SENT_BY_RUNTIME:
            continue
        if one["in"] != "path":
            refuse(f"the client cannot send a parameter in `{one['in']}`", one, "in")
        schema: Table = source.follow(one["schema"])
        closed(schema, _OF_ARGUMENTS, f"the parameter `{one['name']}`")
        if schema.get("type") != "string":
            refuse("a parameter of the path must be `type: string`", schema, "type")
        facts = {key: schema[key] for key in ("minLength", "maxLength") if key in schema}
        documentation = " ".join([sentence(str(one.get("description", ""))), *sentences(facts)]).strip()
        bounds = {"min_length": schema.get("minLength"), "max_length": schema.get("maxLength")}
        said = {key: bound for key, bound in bounds.items() if bound is not None}
        yield ParameterView(names[one["name"]], one["name"], documentation, said)


def _model_of_response(source: Source, responses: Table, status: str) -> Model:
    response: Table = source.follow(responses[status])
    closed(response, _OF_RESPONSES, f"the response {status}")
    content = response.get("content", {})
    schema = source.follow(content[_JSON].get("schema")) if list(content) == [_JSON] else None
    model = source.model_of(schema) if isinstance(schema, Table) else None
    return model or refuse(f"the response {status} needs a model in {_JSON}, and no other content", responses, status)
