"""Mutates the specification: the document is edited where the statement stands, through its `$ref`s."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import urlsplit

from generator.contract.difference import ABSENT
from generator.contract.facts import Contract
from tests.contract.mutations import Mutation, of_map

Node = dict[str, Any]


def mutated(document: Node, contract: Contract, mutation: Mutation) -> Node:
    """Return a mutated copy of a specification; `contract` is what it says of the operation."""
    copy = deepcopy(document)
    path = urlsplit(str(contract.operation.url)).path
    item = copy["paths"][path]
    operation = item[contract.operation.method.lower()]
    if mutation.keyword == "method":
        item[str(mutation.value).lower()] = item.pop(contract.operation.method.lower())
    elif mutation.keyword == "url":
        url = urlsplit(str(mutation.value))
        copy["servers"][0]["url"] = f"{url.scheme}://{url.netloc}"
        copy["paths"][url.path] = copy["paths"].pop(path)
    elif mutation.keyword == "status":
        operation["responses"][str(mutation.value)] = operation["responses"].pop(str(contract.response.status))
    elif mutation.part == "parameter":
        _of_parameter(copy, operation["parameters"], mutation)
    else:
        body = (
            operation["responses"][str(contract.response.status)]
            if mutation.part == "response"
            else operation["requestBody"]
        )
        media = _resolved(copy, body)["content"]["application/json"]
        *above, name = mutation.path.split(".")
        schema = media["schema"]
        for step in above:
            schema = _schema(copy, _schema(copy, schema, "")["properties"][step.removesuffix("[]")], step)
        _of_field(copy, _schema(copy, schema, ""), name, mutation)
    return copy


def _resolved(document: Node, node: Node) -> Node:
    *_, last = _steps(document, node)
    return last


def _steps(document: Node, node: Node) -> Iterator[Node]:
    """A node and, one by one, what its `$ref`s within the document lead to."""
    yield node
    while "$ref" in node:
        target: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target
        yield node


def _schema(document: Node, node: Node, step: str) -> Node:
    """The schema that holds the properties: of a list, that of its items."""
    target = _resolved(document, node)
    return _resolved(document, target["items"]) if step.endswith("[]") else target


def _of_parameter(document: Node, parameters: list[Node], mutation: Mutation) -> None:
    index = next(
        at for at, parameter in enumerate(parameters) if _resolved(document, parameter)["name"] == mutation.path
    )
    parameter = parameters[index]
    match mutation.keyword:
        case "":
            del parameters[index]
        case "again":
            parameters.append({**parameter, "name": mutation.value, "in": "query"})
        case "path":
            _rename(parameter, mutation)
        case "in" | "required" | "deprecated":
            _set(parameter, mutation)
        case _:
            _set(parameter["schema"], mutation)


def _rename(parameter: Node, mutation: Mutation) -> None:
    name = str(mutation.value)
    parameter["name"] = name.removesuffix("[]")
    if name.endswith("[]"):
        parameter["schema"] = {"type": "array", "items": parameter["schema"]}


def _of_field(document: Node, owner: Node, name: str, mutation: Mutation) -> None:
    if of_map(name):
        table = _resolved(document, owner["properties"][name.partition("{")[0]])
        _set(table["additionalProperties" if name.endswith("{}") else "propertyNames"], mutation)
        return
    key = name.removesuffix("[]")
    properties, new = owner["properties"], str(mutation.value).rpartition(".")[2]
    match mutation.keyword:
        case "":
            del properties[key]
        case "again":
            properties[new.removesuffix("[]")] = properties[key]
        case "path" if new == key:
            properties[key] = properties[key]["items"]
        case "path" if new == f"{name}[]":
            properties[key] = {"type": "array", "items": properties[key]}
        case "path":
            properties[new.removesuffix("[]")] = properties.pop(key)
        case "required" if mutation.value is ABSENT:
            owner["required"].remove(key)
        case "required":
            owner["required"] = [*owner.get("required", ()), key]
        case _:
            steps = list(_steps(document, properties[key]))
            if name.endswith("[]"):
                steps = [*_steps(document, steps[-1]["items"]), *(steps if mutation.keyword != "type" else ())]
            _set(
                next(
                    (step for step in steps if mutation.keyword in step), steps[-1] if "$ref" in steps[0] else steps[0]
                ),
                mutation,
            )


def _set(node: Node, mutation: Mutation) -> None:
    if mutation.value is ABSENT:
        del node[mutation.keyword]
    else:
        node[mutation.keyword] = list(mutation.value) if isinstance(mutation.value, tuple) else mutation.value
