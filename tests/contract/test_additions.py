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


@pytest.mark.parametrize("source", [SOURCE, {"type": SOURCE}, {"maximum": SOURCE}], ids=["whole", "type", "no keyword"])
@pytest.mark.parametrize("path", SCHEMAS.values(), ids=SCHEMAS)
def test_a_source_of_what_is_documented_or_is_not_there_is_stale(
    caught: Catch, path: tuple[Step, ...], source: Any
) -> None:
    """Documented facts need no other source, and one that outlived its keyword would mislead."""
    changed = deepcopy(document())
    _at(changed, path)["x-source"] = source
    assert "stale-source" in caught(changed)


SCHEMA = {"type": "string"}
OPERATION: tuple[Step, ...] = ("paths", "/container-registry/v1/images/{imageId}", "get")
PARAMETERS: tuple[Step, ...] = (*OPERATION, "parameters")
RESPONSES: tuple[Step, ...] = (*OPERATION, "responses")
COMPONENTS: tuple[Step, ...] = ("components",)
OF_IMAGE: tuple[Step, ...] = ("components", "schemas", "Image", "properties")
BLOB: tuple[Step, ...] = ("components", "schemas", "Blob")
BODY = {"content": {"application/json": {"schema": {"type": "object", "properties": {"view": SCHEMA}}}}}

ADDITIONS: Mapping[str, tuple[tuple[Step, ...], Node]] = {
    "a query parameter": (PARAMETERS, {"name": "view", "in": "query", "schema": SCHEMA}),
    "a header parameter": (PARAMETERS, {"name": "x-view", "in": "header", "schema": SCHEMA}),
    "an error response": (RESPONSES, {"404": {"description": "None."}}),
    "a response header": ((*RESPONSES, "200", "headers"), {"x-view": {"schema": SCHEMA}}),
    "a field": (OF_IMAGE, {"urls": SCHEMA}),
    "a field of a component": ((*BLOB, "properties"), {"urls": SCHEMA}),
    "an object with all that is in it": (OF_IMAGE, {"origin": {"type": "object", "properties": {"url": SCHEMA}}}),
    "a documented component in a place of its own": (OF_IMAGE, {"origin": {"$ref": "#/components/schemas/Blob"}}),
    "a bound": (SCHEMAS["id"], {"maxLength": 20}),
    "required fields": (BLOB, {"required": ["id"]}),
    "a map's values": (BLOB, {"additionalProperties": SCHEMA}),
    "a schema that nothing uses": ((*COMPONENTS, "schemas"), {"Spare": SCHEMA}),
    "a response that nothing uses": ((*COMPONENTS, "responses"), {"Spare": {"description": "None."}}),
    "a parameter that nothing uses": (
        (*COMPONENTS, "parameters"),
        {"Spare": {"name": "view", "in": "query", "schema": SCHEMA}},
    ),
    "a header that nothing uses": ((*COMPONENTS, "headers"), {"Spare": {"schema": SCHEMA}}),
    "a security scheme": ((*COMPONENTS, "securitySchemes"), {"basic": {"type": "http", "scheme": "basic"}}),
    "a cookie parameter": (PARAMETERS, {"name": "view", "in": "cookie", "schema": SCHEMA}),
    "a parameter of the path item": (
        OPERATION[:-1],
        {"parameters": [{"name": "x-view", "in": "header", "schema": SCHEMA}]},
    ),
    "a field without a type": (OF_IMAGE, {"urls": {}}),
    "a body that nothing uses": (COMPONENTS, {"requestBodies": {"Spare": BODY}}),
    "a body of the request": (OPERATION, {"requestBody": BODY}),
}
"""Kind -> path of a list or an object of the specification, and what is added to it."""

WITHOUT_SOURCE = {"a parameter of the path item", "a field without a type", "a body that nothing uses"}
"""Kinds that are not looked at with a source: it belongs deeper inside of them."""


def _with_addition(path: tuple[Step, ...], addition: Node) -> Node:
    changed = deepcopy(document())
    owner = _at(changed, path)
    if isinstance(owner, list):
        cast("list[Node]", owner).append(addition)
    else:
        owner.update(addition)
    return changed


def _sourced(addition: Node) -> Node:
    """An addition with the source of a parameter, of each object that is added, or of each keyword."""
    if "name" in addition:
        return {**addition, "x-source": SOURCE}
    if any(isinstance(value, dict) for value in addition.values()):
        return {name: {**node, "x-source": SOURCE} for name, node in addition.items()}
    return {**addition, "x-source": dict.fromkeys(addition, SOURCE)}


@pytest.mark.parametrize("kind", ADDITIONS)
def test_an_addition_of_any_kind_needs_a_source(caught: Catch, kind: str) -> None:
    """With it, there is no difference from the documentation: only the client still lacks it."""
    path, addition = ADDITIONS[kind]
    assert "addition-without-source" in caught(_with_addition(path, addition))
    if kind not in WITHOUT_SOURCE:
        with_source = caught(_with_addition(path, _sourced(addition)))
        assert with_source <= {"field-missing", "parameter-missing", "fact-missing"}


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
