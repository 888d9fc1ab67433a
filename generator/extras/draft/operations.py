"""The operations of a draft: parameters, bodies and answers, with what no page states from a named source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.contract.facts import Constraints, Parameter, Value

from .components import Components
from .conventions import Conventions, Plain
from .methods import IN_SENTENCES, TODO, Body, MethodDraft, Notes
from .schemas import of_parameter
from .tree import LIST

TRANSCODING = "https://github.com/googleapis/googleapis/blob/master/google/api/http.proto"
"""How a URL stands for a request: a path parameter is never empty, a query parameter is a scalar or a list of them."""

CHECK = "; and is this the type? The page prints none"

_NUMERIC = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})
_PAGE_SIZE = "pageSize"


def operation(method: MethodDraft, components: Components, conventions: Conventions) -> Plain:
    """One operation."""
    contract = method.contract
    messages = {one.path.rpartition(".")[0] for one in contract.parameters if "." in one.path}
    stated = [parameter(one, method.notes) for one in contract.parameters if one.path not in messages]
    parameters = stated + conventions.parameters
    return {
        "operationId": method.called.operation_id,
        "tags": [method.called.collection],
        "summary": TODO,
        "description": IN_SENTENCES,
        **({"parameters": parameters} if parameters else {}),
        **({"requestBody": _request(method.request, components)} if method.request else {}),
        "responses": {
            str(contract.response.status): _answer(method.answer, components, conventions),
            **conventions.errors,
        },
    }


def _request(body: Body, components: Components) -> Plain:
    return {"description": TODO, "required": True, "content": _content(body, components)}


def _answer(body: Body, components: Components, conventions: Conventions) -> Plain:
    headers = {"headers": conventions.headers} if conventions.headers else {}
    return {"description": TODO, **headers, "content": _content(body, components)}


def _content(body: Body, components: Components) -> Plain:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{components.name(body, '')}"}}}


def parameter(one: Parameter, notes: Notes) -> Plain:
    """A parameter; what its page leaves out and a URL needs carries its source."""
    values, beyond = dict(one.constraints.values), _beyond(one)
    required = values.pop("required", None) or ("required" in beyond)
    of_object = {key: TRANSCODING for key in beyond if key == "required"}
    of_schema = {key: TRANSCODING for key in beyond if key != "required"}
    schema = _schema(one, {**values, **{key: value for key, value in beyond.items() if key != "required"}})
    return {
        "name": one.path.removesuffix(LIST),
        "in": one.in_,
        **({"required": True} if required else {}),
        **({"deprecated": True} if values.get("deprecated") else {}),
        "description": notes.get(one.path, TODO) + (CHECK if "type" in beyond else ""),
        "schema": {**schema, **({"x-source": of_schema} if of_schema else {})},
        **({"x-source": of_object} if of_object else {}),
    }


def _schema(one: Parameter, values: Mapping[str, Value]) -> Plain:
    said: dict[str, Any] = of_parameter(Constraints(values))
    if not one.path.endswith(LIST):
        return said
    own: Plain = {key: said.pop(key) for key in ("minItems", "maxItems", "uniqueItems") if key in said}
    return {"type": "array", **own, "items": said}


def _beyond(one: Parameter) -> dict[str, Value]:
    """What holds of a parameter though its page does not say it."""
    said = one.constraints.values
    beyond: dict[str, Value] = {}
    if one.in_ == "path":
        beyond |= {"required": True} if not said.get("required") else {}
        beyond |= {"minLength": 1} if not said.get("minLength") else {}
    if "type" not in said:
        beyond |= _assumed(one)
    return beyond


def _assumed(one: Parameter) -> dict[str, Value]:
    """The type of a parameter whose table prints none."""
    said = one.constraints.values
    default = said.get("default")
    if isinstance(default, bool):
        return {"type": "boolean"}
    if said.keys() & _NUMERIC or isinstance(default, int) or one.path == _PAGE_SIZE:
        return {"type": "string", "format": "int64"}
    return {"type": "string"}
