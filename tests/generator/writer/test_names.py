"""Every name of a specification becomes one plain Python name with one meaning, or is rejected."""

import ast
import builtins
import copy
import json
import keyword
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.client_writer.build_view import build_view
from generator.client_writer.method_view import CALL_OPTIONS
from generator.client_writer.names import RESERVED
from generator.client_writer.opc import class_name, identifier
from generator.errors import InputError
from generator.readers.openapi import parse_specification, read_specification
from generator.yaml_document import loads
from tests.generator.conftest import KITCHEN_SINK
from tests.generator.writer.rendering import SAMPLE_API, imported

NAMES = st.one_of(
    st.text(max_size=90),
    st.from_regex(r"[A-Za-z_@.-][A-Za-z0-9_.-]{0,12}", fullmatch=True),
    st.sampled_from([*keyword.kwlist, *keyword.softkwlist, *dir(builtins), "__class__", "_", "ﬁeld", "self", "cls"]),
)

PLAIN: dict[str, Any] = yaml.safe_load(SAMPLE_API.read_text(encoding="utf-8"))


def _nodes(files: Iterable[Path]) -> Iterator[ast.AST]:
    for file in files:
        yield from ast.walk(ast.parse(file.read_bytes()))


def _names(node: ast.AST) -> Iterator[str]:
    return (child.id for child in ast.walk(node) if isinstance(child, ast.Name))


def test_reserved_attributes_are_those_that_a_class_looks_up_or_has(kitchen_sink: Path) -> None:
    """An attribute of such a name would hide it in the class."""
    ours = build_view(read_specification(KITCHEN_SINK)).classes.keys()
    classes = [node for node in _nodes(kitchen_sink.glob("models/*.py")) if isinstance(node, ast.ClassDef)]
    fields = [child for node in classes for child in node.body if isinstance(child, ast.AnnAssign)]
    looked_up = {name for field in fields for node in (field.annotation, field.value) if node for name in _names(node)}
    with imported(kitchen_sink) as package:
        of_all = set(dir(package.models.Weather))
    assert {name for name in (looked_up - ours) | of_all if identifier(name) == name} == RESERVED["attribute"]


def test_reserved_arguments_are_the_other_names_in_a_function(kitchen_sink: Path) -> None:
    """An argument of such a name would hide it in the function."""
    files = list(kitchen_sink.glob("api/**/*.py"))
    functions = [node for node in _nodes(files) if isinstance(node, ast.FunctionDef) and node.name != "__init__"]
    used = {name for node in functions for statement in node.body for name in _names(statement)}
    arguments = {node.arg for node in _nodes(files) if isinstance(node, ast.arg)} - CALL_OPTIONS.keys()
    own = arguments | {file.stem for file in files}
    assert {name for name in used - own if identifier(name) == name} == RESERVED["argument"]


def test_reserved_classes_are_the_other_names_in_a_module(kitchen_sink: Path) -> None:
    """A class of such a name would replace it in the module."""
    files = [
        kitchen_sink / "__init__.py",
        kitchen_sink / "client.py",
        *kitchen_sink.glob("api/**/*.py"),
        *kitchen_sink.glob("models/*.py"),
    ]
    bound = {node.name for node in _nodes(files) if isinstance(node, ast.alias | ast.ClassDef)}
    view = build_view(read_specification(KITCHEN_SINK))
    ours = {*view.classes, *(f"{prefix}{tag.class_name}" for tag in view.tags.values() for prefix in ("", "Async"))}
    assert {name for name in bound - ours if class_name(name) == name} == RESERVED["class"]


def test_reserved_tags_are_the_other_attributes_of_a_client(kitchen_sink: Path) -> None:
    with imported(kitchen_sink) as package:
        of_clients = {*dir(package.Client), *dir(package.AsyncClient)} - {"boats", "old_harbours", "voyages"}
    assert {name for name in of_clients if identifier(name) == name} == RESERVED["attribute of the client"]


@given(NAMES, NAMES, NAMES, NAMES, NAMES)
def test_any_name_is_plain_or_rejected(first: str, second: str, schema: str, tag: str, operation: str) -> None:
    plain = copy.deepcopy(PLAIN)
    plain["components"]["schemas"]["Boat"]["properties"] |= {first: {"type": "string"}, second: {"type": "string"}}
    plain["components"]["schemas"][schema] = {"type": "object", "properties": {}}
    plain["paths"]["/v1/weather"]["get"] |= {"operationId": operation, "tags": [tag]}
    try:
        view = build_view(parse_specification(loads(json.dumps(plain), "sample_api.yaml")))
    except InputError:
        return
    scopes = [
        [field.name for field in view.models["Boat"].fields],
        [*view.models, *(f"{prefix}{group.class_name}" for group in view.tags.values() for prefix in ("", "Async"))],
        [module.module for module in view.models.values()],
        list(view.tags),
        *([method.name for method in group.operations] for group in view.tags.values()),
    ]
    for scope in scopes:
        assert len(set(scope)) == len(scope)
        assert all(name.isascii() and name.isidentifier() and not keyword.iskeyword(name) for name in scope)


@pytest.mark.parametrize(
    ("title", "product"), [("3D Boats", "3d-boats"), ("Class", "class"), ("Корабли", "client"), ("Boats!", "boats")]
)
def test_every_title_makes_a_product_of_the_user_agent(title: str, product: str) -> None:
    text = SAMPLE_API.read_text(encoding="utf-8")
    document = loads(text, "sample_api.yaml")
    document["info"]["title"] = title
    assert build_view(parse_specification(document)).product == f"{product}/{document['info']['version']}"
