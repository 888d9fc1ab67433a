"""The specification with a lie in it: the document edited where the statement stands, through its `$ref`s."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import urlsplit

from generator.contract.compare import ABSENT
from generator.contract.facts import Contract
from tests.contract.lies import Lie

Node = dict[str, Any]


def edited(document: Node, contract: Contract, lie: Lie) -> Node:
    """A copy of a specification that says the lie; `contract` is what it says of the operation."""
    copy = deepcopy(document)
    url = urlsplit(str(contract.operation.url))
    item = copy["paths"][url.path]
    operation = item[contract.operation.method.lower()]
    if lie.keyword == "method":
        item[str(lie.value).lower()] = item.pop(contract.operation.method.lower())
    elif lie.keyword == "url":
        told = urlsplit(str(lie.value))
        copy["servers"][0]["url"] = f"{told.scheme}://{told.netloc}"
        copy["paths"] = {told.path: item}
    elif lie.keyword == "status":
        operation["responses"][str(lie.value)] = operation["responses"].pop(str(contract.response.status))
    elif lie.part == "parameter":
        _of_parameter(copy, operation["parameters"], lie)
    else:
        body = (
            operation["responses"][str(contract.response.status)]
            if lie.part == "response"
            else operation["requestBody"]
        )
        media = _found(copy, body)["content"]["application/json"]
        *above, name = lie.path.split(".")
        schema = media["schema"]
        for step in above:
            schema = _schema(copy, _schema(copy, schema, "")["properties"][step.removesuffix("[]")], step)
        _of_field(copy, _schema(copy, schema, ""), name, lie)
    return copy


def _found(document: Node, node: Node) -> Node:
    *_, last = _steps(document, node)
    return last


def _steps(document: Node, node: Node) -> Iterator[Node]:
    """A node and, one by one, what its `$ref`s within the document lead to."""
    yield node
    while "$ref" in node:
        found: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        node = found
        yield node


def _schema(document: Node, node: Node, step: str) -> Node:
    """The schema that holds the properties: of a list, that of its items."""
    found = _found(document, node)
    return _found(document, found["items"]) if step.endswith("[]") else found


def _of_parameter(document: Node, parameters: list[Node], lie: Lie) -> None:
    index = next(at for at, one in enumerate(parameters) if _found(document, one)["name"] == lie.path)
    parameter = parameters[index]
    match lie.keyword:
        case "":
            del parameters[index]
        case "again":
            parameters.append({**parameter, "name": lie.value, "in": "query"})
        case "path":
            _rename(parameter, lie)
        case "in" | "required" | "deprecated":
            _say(parameter, lie)
        case _:
            _say(parameter["schema"], lie)


def _rename(parameter: Node, lie: Lie) -> None:
    name = str(lie.value)
    parameter["name"] = name.removesuffix("[]")
    if name.endswith("[]"):
        parameter["schema"] = {"type": "array", "items": parameter["schema"]}


def _of_field(document: Node, owner: Node, name: str, lie: Lie) -> None:
    key = name.removesuffix("[]")
    properties, new = owner["properties"], str(lie.value).rpartition(".")[2]
    match lie.keyword:
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
        case "required" if lie.value is ABSENT:
            owner["required"].remove(key)
        case "required":
            owner["required"] = [*owner.get("required", ()), key]
        case _:
            steps = list(_steps(document, properties[key]))
            if name.endswith("[]"):
                steps = [*_steps(document, steps[-1]["items"]), *(steps if lie.keyword != "type" else ())]
            _say(
                next((step for step in steps if lie.keyword in step), steps[-1] if "$ref" in steps[0] else steps[0]),
                lie,
            )


def _say(node: Node, lie: Lie) -> None:
    if lie.value is ABSENT:
        del node[lie.keyword]
    else:
        node[lie.keyword] = list(lie.value) if isinstance(lie.value, tuple) else lie.value
