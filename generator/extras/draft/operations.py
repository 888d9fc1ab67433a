"""Drafts operations: parameters, bodies and responses, with a source for what no page states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.contract.facts import Constraints, Parameter, Value
from generator.readers.documentation.keywords import ARRAY_KEYWORDS, NUMBER_BOUNDS

from .components import Components
from .conventions import Conventions, PlainMapping
from .methods import IN_SENTENCES, TODO, Body, MethodDraft, Notes
from .schemas import parameter_schema
from .tree import LIST

TRANSCODING = "https://github.com/googleapis/googleapis/blob/master/google/api/http.proto"
"""The source of HTTP's rules: a path parameter is never empty, a query parameter is a scalar or a list of scalars."""

TYPE_TO_CHECK = "; check this type, the page prints none"

_PAGE_SIZE = "pageSize"


def draft_operation(method: MethodDraft, components: Components, conventions: Conventions) -> PlainMapping:
    """Draft an operation."""
    contract = method.contract
    messages = {parameter.path.rpartition(".")[0] for parameter in contract.parameters if "." in parameter.path}
    documented = [
        draft_parameter(parameter, method.notes) for parameter in contract.parameters if parameter.path not in messages
    ]
    parameters = documented + conventions.parameters
    return {
        "operationId": method.names.operation_id,
        "tags": [method.names.collection],
        "summary": TODO,
        "description": IN_SENTENCES,
        **({"parameters": parameters} if parameters else {}),
        **({"requestBody": _request(method.request, components)} if method.request else {}),
        "responses": {
            str(contract.response.status): _response(method.response, components, conventions),
            **conventions.errors,
        },
    }


def _request(body: Body, components: Components) -> PlainMapping:
    return {"description": TODO, "required": True, "content": _content(body, components)}


def _response(body: Body, components: Components, conventions: Conventions) -> PlainMapping:
    headers = {"headers": conventions.headers} if conventions.headers else {}
    return {"description": TODO, **headers, "content": _content(body, components)}


def _content(body: Body, components: Components) -> PlainMapping:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{components.name(body, '')}"}}}


def draft_parameter(parameter: Parameter, notes: Notes) -> PlainMapping:
    """Draft a parameter; what its page leaves out and HTTP requires has a source."""
    documented, undocumented = parameter.constraints.values, _undocumented(parameter)
    is_required = parameter.in_ == "path" or documented.get("required")
    schema = _schema(parameter, {**documented, **undocumented})
    sources = {"x-source": dict.fromkeys(undocumented, TRANSCODING)} if undocumented else {}
    return {
        "name": parameter.path.removesuffix(LIST),
        "in": parameter.in_,
        **({"required": True} if is_required else {}),
        **({"deprecated": True} if documented.get("deprecated") else {}),
        "description": notes.get(parameter.path, TODO) + (TYPE_TO_CHECK if "type" in undocumented else ""),
        "schema": {**schema, **sources},
        **({"x-source": {"required": TRANSCODING}} if is_required and not documented.get("required") else {}),
    }


def _schema(parameter: Parameter, values: Mapping[str, Value]) -> PlainMapping:
    items: dict[str, Any] = parameter_schema(Constraints(values))
    if not parameter.path.endswith(LIST):
        return items
    list_keywords: PlainMapping = {key: items.pop(key) for key in tuple(items) if key in ARRAY_KEYWORDS}
    return {"type": "array", **list_keywords, "items": items}


def _undocumented(parameter: Parameter) -> dict[str, Value]:
    """The facts of a parameter's value that its page does not state."""
    documented = parameter.constraints.values
    length: dict[str, Value] = {"minLength": 1}
    is_silent = parameter.in_ == "path" and not documented.get("minLength")
    return {**(length if is_silent else {}), **(_guessed_type(parameter) if "type" not in documented else {})}


def _guessed_type(parameter: Parameter) -> dict[str, Value]:
    """Guess the type of a parameter whose table prints none."""
    documented = parameter.constraints.values
    default = documented.get("default")
    if isinstance(default, bool):
        return {"type": "boolean"}
    if documented.keys() & NUMBER_BOUNDS or isinstance(default, int) or parameter.path == _PAGE_SIZE:
        return {"type": "string", "format": "int64"}
    return {"type": "string"}
