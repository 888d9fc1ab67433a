"""Every addition of the specification to the documentation has a source, and no keyword is skipped silently."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, cast

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
PARAMETERS: tuple[Step, ...] = (*OPERATION, "parameters")
RESPONSES: tuple[Step, ...] = (*OPERATION, "responses")
COMPONENTS: tuple[Step, ...] = ("components",)
OF_IMAGE: tuple[Step, ...] = ("components", "schemas", "Image", "properties")
BLOB: tuple[Step, ...] = ("components", "schemas", "Blob")
BODY = {"content": {"application/json": {"schema": {"type": "object", "properties": {"view": SCHEMA}}}}}
Addition = tuple[tuple[Step, ...], Node]
"""Path of a list or an object of the specification, and what is added to it."""

ADDITIONS: Mapping[str, Addition] = {
    "a query parameter": (PARAMETERS, {"name": "view", "in": "query", "schema": SCHEMA}),
    "a header parameter": (PARAMETERS, {"name": "x-view", "in": "header", "schema": SCHEMA}),
    "a cookie parameter": (PARAMETERS, {"name": "view", "in": "cookie", "schema": SCHEMA}),
    "a parameter of the path item": (
        OPERATION[:-1],
        {"parameters": [{"name": "x-view", "in": "header", "schema": SCHEMA}]},
    ),
    "an error response": (RESPONSES, {"404": {"description": "None."}}),
    "a response header": ((*RESPONSES, "200", "headers"), {"x-view": {"schema": SCHEMA}}),
    "a field": (OF_IMAGE, {"urls": SCHEMA}),
    "a field of a component": ((*BLOB, "properties"), {"urls": SCHEMA}),
    "a field without a type": (OF_IMAGE, {"urls": {}}),
    "a map's values": (BLOB, {"additionalProperties": SCHEMA}),
    "a schema that nothing uses": ((*COMPONENTS, "schemas"), {"Spare": SCHEMA}),
    "a response that nothing uses": ((*COMPONENTS, "responses"), {"Spare": {"description": "None."}}),
    "a parameter that nothing uses": (
        (*COMPONENTS, "parameters"),
        {"Spare": {"name": "view", "in": "query", "schema": SCHEMA}},
    ),
    "a header that nothing uses": ((*COMPONENTS, "headers"), {"Spare": {"schema": SCHEMA}}),
    "a body that nothing uses": (COMPONENTS, {"requestBodies": {"Spare": BODY}}),
    "a security scheme": ((*COMPONENTS, "securitySchemes"), {"basic": {"type": "http", "scheme": "basic"}}),
    "a body of the request": (OPERATION, {"requestBody": BODY}),
}


def _with_addition(path: tuple[Step, ...], addition: Node) -> Node:
    changed = deepcopy(document())
    owner = _at(changed, path)
    if isinstance(owner, list):
        cast("list[Node]", owner).append(addition)
    else:
        owner.update(addition)
    return changed


@pytest.mark.parametrize(("path", "addition"), ADDITIONS.values(), ids=ADDITIONS)
def test_an_addition_of_any_kind_needs_a_source(caught: Catch, path: tuple[Step, ...], addition: Node) -> None:
    """Every addition to the documentation without a source is rejected."""
    assert "addition-without-source" in caught(_with_addition(path, addition))


SOURCED_SCHEMA = {**SCHEMA, "x-source": SOURCE}
WITH_SOURCES: Mapping[str, Addition] = {
    "a query parameter": (PARAMETERS, {"name": "view", "in": "query", "schema": SCHEMA, "x-source": SOURCE}),
    "a header parameter": (PARAMETERS, {"name": "x-view", "in": "header", "schema": SCHEMA, "x-source": SOURCE}),
    "an error response": (RESPONSES, {"404": {"description": "None.", "x-source": SOURCE}}),
    "a response header": ((*RESPONSES, "200", "headers"), {"x-view": {"schema": SCHEMA, "x-source": SOURCE}}),
    "a field": (OF_IMAGE, {"urls": SOURCED_SCHEMA}),
    "a field's type alone": (OF_IMAGE, {"urls": {**SCHEMA, "x-source": {"type": SOURCE}}}),
    "an object with all that is in it": (
        OF_IMAGE,
        {"origin": {"type": "object", "properties": {"url": SCHEMA}, "x-source": SOURCE}},
    ),
    "a documented component in a place of its own": (
        OF_IMAGE,
        {"origin": {"$ref": "#/components/schemas/Blob", "x-source": SOURCE}},
    ),
    "a bound": (SCHEMAS["id"], {"maxLength": 20, "x-source": {"maxLength": SOURCE}}),
    "required fields": (BLOB, {"required": ["id"], "x-source": {"required": SOURCE}}),
}


@pytest.mark.parametrize(("path", "addition"), WITH_SOURCES.values(), ids=WITH_SOURCES)
def test_an_addition_with_a_source_is_no_difference_from_the_documentation(
    caught: Catch, path: tuple[Step, ...], addition: Node
) -> None:
    """Only the client still lacks it."""
    assert caught(_with_addition(path, addition)) <= {"field-missing", "parameter-missing", "fact-missing"}


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
