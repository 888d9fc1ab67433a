"""Text of a specification never becomes code: no generated module has a call, a name or an import from it."""

import ast
import copy
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.client_writer.build_view import build_view
from generator.client_writer.names import class_name, identifier, method_name, tag_name
from generator.client_writer.opc import write_modules
from generator.errors import InputError
from generator.readers.openapi import parse_specification
from generator.yaml_document import loads
from tests.generator.conftest import KITCHEN_SINK

SPEC: dict[str, Any] = yaml.safe_load(KITCHEN_SINK.read_text(encoding="utf-8"))
PIECES = (
    *('"""', "'''", '"', "'", "\\", "\n", "\r", "{", "}", "{{", "}}", "{%", "%}", "{#", "#", ";", ")", "(", "]", ","),
    *("import os", "os.abort()", "__import__('os')", "eval(input())", "exec", "f'", "lambda: 0", "abort", "self", " "),
    *("-", "_", ".", "/", ":", "A", "b", "9"),
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(st.characters(codec="utf-8"), max_size=4), max_size=8).map("".join)

Put = Callable[[dict[str, Any], str], object]


def _schemas(spec: dict[str, Any]) -> dict[str, Any]:
    schemas: dict[str, Any] = spec["components"]["schemas"]
    return schemas


def _weather(spec: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = spec["paths"]["/v1/weather"]["get"]
    return operation


def _rename_path(spec: dict[str, Any], path: str, *parameters: dict[str, Any]) -> None:
    operation = spec["paths"].pop("/v1/weather")
    operation["get"]["parameters"] = [*parameters]
    spec["paths"][path] = operation


def _rename_tag(spec: dict[str, Any], tag: str) -> None:
    spec["tags"].append({"name": tag})
    _weather(spec)["tags"] = [tag]


def _describe(node: Any, text: str) -> None:
    """Replace every description, summary and title, at any depth."""
    children: list[tuple[Any, Any]] = [*(node.items() if isinstance(node, dict) else enumerate(node))]
    for key, child in children:
        if key in {"description", "summary", "title"} and isinstance(child, str):
            node[key] = text
        elif isinstance(child, dict | list):
            _describe(child, text)


STRING = {"type": "string"}
IN_PATH = {"in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}

POSITIONS: Mapping[str, Put] = {
    "descriptions": _describe,
    "a unit": lambda spec, text: _schemas(spec)["Weight"].update({"x-unit": text}),
    "a default": lambda spec, text: _schemas(spec)["Boat"]["properties"]["id"].update(default=text),
    "an example": lambda spec, text: _schemas(spec)["Boat"]["properties"]["id"].update(example=text),
    "the example of a response": lambda spec, text: spec["components"]["responses"]["Operation"]["content"][
        "application/json"
    ].update(examples={text or "a": {"value": {"id": text, "metadata": {text: text}}}}),
    "a pattern": lambda spec, text: _schemas(spec)["PlanVoyageRequest"]["properties"]["name"].update(pattern=text),
    "an enumeration": lambda spec, text: _schemas(spec)["BoatState"].update(enum=[text]),
    "a property": lambda spec, text: _schemas(spec)["PlanVoyageRequest"]["properties"].update({text: STRING}),
    "a message": lambda spec, text: _schemas(spec).update({text: {"type": "object", "properties": {"id": STRING}}}),
    "a parameter": lambda spec, text: _weather(spec).update(
        parameters=[{"name": text, "in": "query", "schema": STRING}]
    ),
    "a path": lambda spec, text: _rename_path(spec, f"/{text}"),
    "a path parameter": lambda spec, text: _rename_path(spec, f"/a/{{{text}}}", {"name": text, **IN_PATH}),
    "an operation": lambda spec, text: _weather(spec).update(operationId=text),
    "a tag": _rename_tag,
    "a server": lambda spec, text: spec["servers"][0].update(url=f"https://{text}"),
}
"""Position of a text -> a function that puts it there."""


def _nodes(spec: dict[str, Any]) -> list[ast.AST]:
    """Return the nodes of all modules that are generated from a specification, before they are formatted."""
    specification = parse_specification(loads(yaml.safe_dump(spec, sort_keys=False), "kitchen_sink.yaml"))
    with TemporaryDirectory() as scratch:
        folder = Path(scratch, "client")
        folder.mkdir()
        write_modules(specification.document, build_view(specification), folder)
        return [node for path in sorted(folder.rglob("*.py")) for node in ast.walk(ast.parse(path.read_bytes()))]


def _names(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node uses or binds."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.alias(name=name):
            yield name
        case ast.keyword(arg=str(name)) | ast.ImportFrom(module=str(name)):
            yield name
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield name
        case _:
            pass


PLAIN = _nodes(SPEC)
PLAIN_NAMES = {name for node in PLAIN for name in _names(node)}
PLAIN_TYPES = {type(node) for node in PLAIN}


def _member_names(words: str) -> set[str]:
    name = re.sub(r"\W+", "_", words, flags=re.ASCII).strip("_").upper()
    return {name, f"VALUE_{name}"}


def _own_names(text: str) -> set[str]:
    """Return the names that a text can give to a class, a method, an argument, an attribute or a module."""
    own: set[str] = set()
    for words in (text, text.rpartition(".")[2]):
        method, class_ = method_name(words), class_name(words)
        own |= {identifier(words), method, f"{method}_detailed", class_, f"Async{class_}", identifier(class_)}
        own |= {f"raw_{identifier(words)}", f"{class_}Methods", f"Async{class_}Methods", *_member_names(words)}
        own |= {tag_name(words), f"api.{tag_name(words)}"}
        own |= {f"models.{identifier(name)}" for name in (words, class_)}
    return own


@settings(max_examples=40)
@given(st.sampled_from(sorted(POSITIONS)), TEXTS)
@example("descriptions", '"""\nimport os\nos.abort()\n"""')
@example("a default", '"); os.abort(); ("')
@example("a path", '"}{__import__("os").abort()}')
@example("a pattern", '"""{os.abort()}\\')
@example("an enumeration", 'A"; import os; os.abort()')
def test_text_never_becomes_code(position: str, text: str) -> None:
    spec = copy.deepcopy(SPEC)
    POSITIONS[position](spec, text)
    with suppress(InputError):
        nodes = _nodes(spec)
        names = {name for node in nodes for name in _names(node)}
        assert names - PLAIN_NAMES - _own_names(text) == set()
        assert {type(node) for node in nodes} <= PLAIN_TYPES


@settings(max_examples=15)
@given(TEXTS)
def test_a_description_changes_strings_only(text: str) -> None:
    """Any description is accepted: the code is the same, apart from its strings."""
    spec = copy.deepcopy(SPEC)
    _describe(spec, text)
    assert _shape(_nodes(spec)) == _shape(PLAIN)


def _shape(nodes: list[ast.AST]) -> list[tuple[str, tuple[str, ...]]]:
    """Return types and names of nodes, without docstrings: there is none for an empty description."""
    return [
        (type(node).__name__, tuple(_names(node))) for node in nodes if not isinstance(node, ast.Expr | ast.Constant)
    ]
