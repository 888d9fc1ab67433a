"""Every name of a specification becomes one plain Python name that stands for nothing else, or is refused."""

import ast
import builtins
import copy
import json
import keyword
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.client_writer.build_view import build_view
from generator.client_writer.names import TAKEN, class_name, identifier
from generator.errors import InputError
from generator.yaml_document import load, loads
from tests.generator.conftest import VOYAGES
from tests.generator.writer.rendering import BOATS, imported

NAMES = st.one_of(
    st.text(max_size=90),
    st.from_regex(r"[A-Za-z_@.-][A-Za-z0-9_.-]{0,12}", fullmatch=True),
    st.sampled_from([*keyword.kwlist, *keyword.softkwlist, *dir(builtins), "__class__", "_", "ﬁeld", "self", "cls"]),
)

PLAIN: dict[str, Any] = yaml.safe_load(BOATS.read_text(encoding="utf-8"))


def _nodes(files: Iterable[Path]) -> Iterator[ast.AST]:
    for file in files:
        yield from ast.walk(ast.parse(file.read_bytes()))


def _names(node: ast.AST) -> Iterator[str]:
    return (one.id for one in ast.walk(node) if isinstance(one, ast.Name))


def test_taken_for_attributes_is_what_a_class_looks_up_or_has(voyages: Path) -> None:
    """An attribute of such a name would be found in its place, by the class or by whoever uses it."""
    ours = build_view(load(VOYAGES)).classes.keys()
    classes = [node for node in _nodes(voyages.glob("models/*.py")) if isinstance(node, ast.ClassDef)]
    fields = [one for node in classes for one in node.body if isinstance(one, ast.AnnAssign)]
    looked_up = {name for one in fields for node in (one.annotation, one.value) if node for name in _names(node)}
    with imported(voyages) as package:
        of_all = set(dir(package.models.Weather))
    assert {name for name in (looked_up - ours) | of_all if identifier(name) == name} == TAKEN["attribute"]


def test_taken_for_arguments_is_what_a_function_uses_besides_them(voyages: Path) -> None:
    """An argument of such a name would be found in its place; its own method is another one."""
    files = list(voyages.glob("api/**/*.py"))
    functions = [node for node in _nodes(files) if isinstance(node, ast.FunctionDef) and node.name != "__init__"]
    used = {name for node in functions for one in node.body for name in _names(one)}
    arguments = {node.arg for node in _nodes(files) if isinstance(node, ast.arg)} - {"timeout"}
    given = arguments | {file.stem for file in files}
    assert {name for name in used - given if identifier(name) == name} == TAKEN["argument"]


def test_taken_for_classes_is_what_a_module_has_besides_them(voyages: Path) -> None:
    """A model or a group of such a name would stand in its place."""
    files = [voyages / "__init__.py", voyages / "client.py", *voyages.glob("api/**/*.py"), *voyages.glob("models/*.py")]
    bound = {node.name for node in _nodes(files) if isinstance(node, ast.alias | ast.ClassDef)}
    view = build_view(load(VOYAGES))
    ours = {*view.classes, *(f"{prefix}{one.class_name}" for one in view.tags.values() for prefix in ("", "Async"))}
    assert {name for name in bound - ours if class_name(name) == name} == TAKEN["class"]


def test_taken_for_groups_is_what_a_client_has_besides_them(voyages: Path) -> None:
    with imported(voyages) as package:
        of_clients = {*dir(package.Client), *dir(package.AsyncClient)} - {"boats", "old_harbours", "voyages"}
    assert {name for name in of_clients if identifier(name) == name} == TAKEN["attribute of the client"]


@given(NAMES, NAMES, NAMES, NAMES, NAMES)
def test_any_name_is_plain_or_refused(one: str, other: str, schema: str, tag: str, operation: str) -> None:
    plain = copy.deepcopy(PLAIN)
    plain["components"]["schemas"]["Boat"]["properties"] |= {one: {"type": "string"}, other: {"type": "string"}}
    plain["components"]["schemas"][schema] = {"type": "object", "properties": {}}
    plain["paths"]["/v1/weather"]["get"] |= {"operationId": operation, "tags": [tag]}
    try:
        view = build_view(loads(json.dumps(plain), "boats.yaml"))
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
