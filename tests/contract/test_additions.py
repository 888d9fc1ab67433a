"""Every addition of the specification to the documentation has a source, and no keyword is skipped silently."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

import pytest

from generator.contract.keywords import KEYWORDS
from tests.contract.conftest import Catch
from tests.contract.witnesses import Json, document, known_differences

Node = dict[str, Any]
Step = str | int
SOURCE = "https://example.com/where"


def _objects(node: Json, path: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], Node]]:
    """Every mapping of the specification with its path."""
    if isinstance(node, dict):
        yield path, node
        for key, child in node.items():
            yield from _objects(child, (*path, key))
    if isinstance(node, list):
        for index, child in enumerate(node):
            yield from _objects(child, (*path, index))


def _at(node: Any, path: tuple[Step, ...]) -> Any:
    for step in path:
        node = node[step]
    return node


def _named(path: tuple[Step, ...]) -> str:
    return "/".join(str(step).strip("/") for step in path)


def test_what_a_person_has_to_write_is_written() -> None:
    """A draft leaves TODO for the reason of each difference; `lint` looks for it in the specification."""
    assert [entry.location for entry in known_differences() if "TODO" in entry.reason] == []


SOURCED = [pytest.param(path, id=_named(path)) for path, node in _objects(document()) if "x-source" in node]


@pytest.mark.parametrize("path", SOURCED)
def test_a_source_that_is_taken_out_is_missed(caught: Catch, path: tuple[Step, ...]) -> None:
    """An addition without its `x-source` is refused, one by one."""
    changed = deepcopy(document())
    del _at(changed, path)["x-source"]
    assert caught(changed) == {"addition-without-source"}


@pytest.mark.parametrize("reference", ["the wiki", "http://example.com/where", "", None, {}, ["https://example.com"]])
@pytest.mark.parametrize("path", SOURCED)
def test_a_source_that_cannot_be_followed_is_refused(caught: Catch, path: tuple[Step, ...], reference: Any) -> None:
    """A source is an https:// URL, wherever it stands."""
    changed = deepcopy(document())
    owner = _at(changed, path)
    keys = owner["x-source"] if isinstance(owner["x-source"], dict) else None
    owner["x-source"] = dict.fromkeys(keys, reference) if keys else reference
    assert caught(changed) == {"unreadable"}


SCHEMAS: Mapping[str, tuple[Step, ...]] = {
    "imageId": ("paths", "/container-registry/v1/images/{imageId}", "get", "parameters", 0, "schema"),
    "id": ("components", "schemas", "Image", "properties", "id"),
    "config": ("components", "schemas", "Image", "properties", "config"),
    "tags[]": ("components", "schemas", "Image", "properties", "tags"),
    "Blob": ("components", "schemas", "Blob"),
}


@pytest.mark.parametrize("source", [SOURCE, {"type": SOURCE}], ids=["of the whole", "of the type"])
@pytest.mark.parametrize("path", [pytest.param(path, id=name) for name, path in SCHEMAS.items()])
def test_a_source_of_what_is_documented_is_stale(caught: Catch, path: tuple[Step, ...], source: Any) -> None:
    """Documented facts need no other source: it would mislead."""
    changed = deepcopy(document())
    _at(changed, path)["x-source"] = source
    assert "stale-source" in caught(changed)


@pytest.mark.parametrize("path", [pytest.param(path, id=name) for name, path in SCHEMAS.items()])
def test_a_source_of_what_is_not_there_is_stale(caught: Catch, path: tuple[Step, ...]) -> None:
    """A source that outlived its keyword is refused."""
    changed = deepcopy(document())
    _at(changed, path)["x-source"] = {"maximum": SOURCE}
    assert "stale-source" in caught(changed)


SCHEMA = {"type": "string"}
OPERATION: tuple[Step, ...] = ("paths", "/container-registry/v1/images/{imageId}", "get")
ADDITIONS: Mapping[str, tuple[tuple[Step, ...], Callable[[Any], object]]] = {
    "a query parameter": (
        (*OPERATION, "parameters"),
        lambda node: node.append({"name": "view", "in": "query", "schema": SCHEMA}),
    ),
    "a header parameter": (
        (*OPERATION, "parameters"),
        lambda node: node.append({"name": "x-view", "in": "header", "schema": SCHEMA}),
    ),
    "a cookie parameter": (
        (*OPERATION, "parameters"),
        lambda node: node.append({"name": "view", "in": "cookie", "schema": SCHEMA}),
    ),
    "a parameter of the path item": (
        OPERATION[:-1],
        lambda node: node.update(parameters=[{"name": "x-view", "in": "header", "schema": SCHEMA}]),
    ),
    "an error response": ((*OPERATION, "responses"), lambda node: node.update({"404": {"description": "None."}})),
    "a response header": (
        (*OPERATION, "responses", "200", "headers"),
        lambda node: node.update({"x-view": {"schema": SCHEMA}}),
    ),
    "a field": (("components", "schemas", "Image", "properties"), lambda node: node.update(urls=SCHEMA)),
    "a field of a component": (
        ("components", "schemas", "Blob", "properties"),
        lambda node: node.update(urls=SCHEMA),
    ),
    "a field without a type": (("components", "schemas", "Image", "properties"), lambda node: node.update(urls={})),
    "a map's values": (
        ("components", "schemas", "Blob"),
        lambda node: node.update(additionalProperties=SCHEMA),
    ),
    "a schema that nothing uses": (("components", "schemas"), lambda node: node.update(Spare=SCHEMA)),
    "a response that nothing uses": (
        ("components", "responses"),
        lambda node: node.update(Spare={"description": "None."}),
    ),
    "a parameter that nothing uses": (
        ("components", "parameters"),
        lambda node: node.update(Spare={"name": "view", "in": "query", "schema": SCHEMA}),
    ),
    "a header that nothing uses": (("components", "headers"), lambda node: node.update(Spare={"schema": SCHEMA})),
    "a body that nothing uses": (
        ("components",),
        lambda node: node.update(requestBodies={"Spare": {"content": {"application/json": {"schema": SCHEMA}}}}),
    ),
    "a security scheme": (
        ("components", "securitySchemes"),
        lambda node: node.update(basic={"type": "http", "scheme": "basic"}),
    ),
    "a body of the request": (
        OPERATION,
        lambda node: node.update(
            requestBody={
                "content": {
                    "application/json": {"schema": {"type": "object", "properties": {"view": SCHEMA}}},
                },
            }
        ),
    ),
}


@pytest.mark.parametrize(("path", "add"), [pytest.param(*how, id=name) for name, how in ADDITIONS.items()])
def test_an_addition_of_any_kind_needs_a_source(
    caught: Catch, path: tuple[Step, ...], add: Callable[[Any], object]
) -> None:
    """Every addition to the documentation without a source is rejected."""
    changed = deepcopy(document())
    add(_at(changed, path))
    assert "addition-without-source" in caught(changed)


STRUCTURE = {"$ref", "schema", "properties", "items", "content", "responses", "parameters", "in", "servers", "security"}
MISTYPED = [
    pytest.param(path, keyword, id=f"{_named(path)} {keyword}")
    for path, node in _objects(document())
    if not path or path[-1] not in {"properties", "components", "x-source"}
    for keyword in sorted(node.keys() & (STRUCTURE | KEYWORDS.keys()))
]


@pytest.mark.parametrize(("path", "keyword"), MISTYPED)
def test_a_mistyped_keyword_is_refused(caught: Catch, path: tuple[Step, ...], keyword: str) -> None:
    """No keyword is passed over because nobody knows it."""
    changed = deepcopy(document())
    owner = _at(changed, path)
    owner[f"{keyword[:-2]}{keyword[-1]}{keyword[-2]}"] = owner.pop(keyword)
    assert caught(changed) == {"unreadable"}


SOURCED_SCHEMA = {**SCHEMA, "x-source": SOURCE}
WITH_SOURCES: Mapping[str, tuple[tuple[Step, ...], Callable[[Any], object]]] = {
    "a query parameter": (
        (*OPERATION, "parameters"),
        lambda node: node.append({"name": "view", "in": "query", "schema": SCHEMA, "x-source": SOURCE}),
    ),
    "a header parameter": (
        (*OPERATION, "parameters"),
        lambda node: node.append({"name": "x-view", "in": "header", "schema": SCHEMA, "x-source": SOURCE}),
    ),
    "an error response": (
        (*OPERATION, "responses"),
        lambda node: node.update({"404": {"description": "None.", "x-source": SOURCE}}),
    ),
    "a response header": (
        (*OPERATION, "responses", "200", "headers"),
        lambda node: node.update({"x-view": {"schema": SCHEMA, "x-source": SOURCE}}),
    ),
    "a field": (("components", "schemas", "Image", "properties"), lambda node: node.update(urls=SOURCED_SCHEMA)),
    "a field's type alone": (
        ("components", "schemas", "Image", "properties"),
        lambda node: node.update(urls={**SCHEMA, "x-source": {"type": SOURCE}}),
    ),
    "an object with all that is in it": (
        ("components", "schemas", "Image", "properties"),
        lambda node: node.update(origin={"type": "object", "properties": {"url": SCHEMA}, "x-source": SOURCE}),
    ),
    "a documented component in a place of its own": (
        ("components", "schemas", "Image", "properties"),
        lambda node: node.update(origin={"$ref": "#/components/schemas/Blob", "x-source": SOURCE}),
    ),
    "a bound": (SCHEMAS["id"], lambda node: node.update({"maxLength": 20, "x-source": {"maxLength": SOURCE}})),
    "required fields": (
        ("components", "schemas", "Blob"),
        lambda node: node.update({"required": ["id"], "x-source": {"required": SOURCE}}),
    ),
}


@pytest.mark.parametrize(("path", "add"), [pytest.param(*how, id=name) for name, how in WITH_SOURCES.items()])
def test_an_addition_with_a_source_is_no_difference_from_the_documentation(
    caught: Catch, path: tuple[Step, ...], add: Callable[[Any], object]
) -> None:
    """With its source it is in order; the client, which has no such thing yet, is another matter."""
    changed = deepcopy(document())
    add(_at(changed, path))
    assert caught(changed) <= {"field-missing", "parameter-missing", "fact-missing"}
