"""Each text of a specification arrives in its docstring or string as it was meant, and never becomes code."""

import ast
import copy
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.client_writer.build_view import build_view
from generator.client_writer.literals import docstring, literal
from generator.client_writer.opc import write_modules
from generator.errors import InputError
from generator.readers.openapi import parse_specification
from generator.yaml_document import loads
from tests.generator.conftest import KITCHEN_SINK
from tests.generator.writer.rendering import SAMPLE_API, imported, rendered

SPEC: dict[str, Any] = yaml.safe_load(KITCHEN_SINK.read_text(encoding="utf-8"))
PIECES = (
    *('"""', "'''", '"', "'", "\\", "\n", "\r", "{", "}", "{{", "}}", "{%", "%}", "{#", "#", ";", ")", "(", "]", ","),
    *("import os", "os.abort()", "__import__('os')", "eval(input())", "exec", "f'", "lambda: 0", "abort", "self", " "),
    *("-", "_", ".", "/", ":", "A", "b", "9"),
)
PIECED = st.lists(st.sampled_from(PIECES) | st.text(st.characters(codec="utf-8"), max_size=4), max_size=8).map("".join)


def _schemas(spec: dict[str, Any]) -> dict[str, Any]:
    schemas: dict[str, Any] = spec["components"]["schemas"]
    return schemas


def _weather(spec: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = spec["paths"]["/v1/weather"]["get"]
    return operation


def _rename_path(spec: dict[str, Any], path: str, *parameters: dict[str, Any]) -> None:
    _weather(spec)["parameters"] = [*parameters]
    spec["paths"][path] = spec["paths"].pop("/v1/weather")


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

POSITIONS: Mapping[str, Callable[[dict[str, Any], str], object]] = {
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


def _used(nodes: list[ast.AST]) -> Iterator[object]:
    """Yield the kinds of syntax, the modules imported from elsewhere, and the functions called by name or attribute."""
    classes = {node.name for node in nodes if isinstance(node, ast.ClassDef)}
    for node in nodes:
        yield type(node)
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name not in classes:
                yield name
            case ast.Import(names=[ast.alias(name=name)]) | ast.ImportFrom(module=str(name), level=0):
                yield name
            case _:
                pass


PLAIN = _nodes(SPEC)
USED = {*_used(PLAIN)}


@settings(max_examples=50)
@given(st.sampled_from(sorted(POSITIONS)), PIECED)
@example("descriptions", '"""\nimport os\nos.abort()\n"""')
@example("a default", '"); os.abort(); ("')
@example("a path", '"}{__import__("os").abort()}')
@example("a pattern", '"""{os.abort()}\\')
@example("an enumeration", 'A"; import os; os.abort()')
def test_text_never_becomes_code(position: str, text: str) -> None:
    """Nothing is imported or called that the specification without the text does not need."""
    spec = copy.deepcopy(SPEC)
    POSITIONS[position](spec, text)
    with suppress(InputError):
        assert {*_used(_nodes(spec))} <= USED


@settings(max_examples=15)
@given(PIECED)
def test_a_description_changes_strings_only(text: str) -> None:
    """Any description is accepted: the code is the same, apart from its strings."""
    spec = copy.deepcopy(SPEC)
    _describe(spec, text)
    assert _shape(_nodes(spec)) == _shape(PLAIN)


def _shape(nodes: list[ast.AST]) -> list[type]:
    """Return the types of nodes, without docstrings: there is none for an empty description."""
    return [type(node) for node in nodes if not isinstance(node, ast.Expr | ast.Constant)]


HOSTILE: Mapping[str, str] = {
    "the end of a docstring": r'a """ b \""" c \\""" d' + " ''' e \"",
    "nothing but quotes": '"' * 7,
    "code": "{__import__('os').abort()}\nimport os\n\nos.abort()\n\"); os.abort()  # noqa: E501  # type: ignore \\",
    "a template and a list": "{{ 7 * 7 }} {% raw %} {# a #}\n- a\n  - b\n    c\n1. d",
    "escapes": r"\n \x41 \N{BULLET} \u0041 \777 \U00110000 \r",
    "controls and line breaks": "a\0b\x07c\x1b[31md\x7fe\xa0f\r\ng\x0bh\x0ci\x1cj\x85k\u2028l\u2029m\tn",
    "what hides or turns": "a\u202eb\u2066c\u200bd\ufeffe 𝄞 🛥",
    "100,000 letters": "a" * 90_000 + " boat" * 2_000,
}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name, marks=[pytest.mark.slow] if len(text) > 10_000 else [])
        for name, text in HOSTILE.items()
    ],
)
def test_a_hostile_text_arrives_everywhere_as_it_was_meant(text: str, tmp_path: Path) -> None:
    """In the docstrings of each kind of module, and as the name of a field; a line break in a name is rejected."""
    spec: dict[str, Any] = yaml.safe_load(SAMPLE_API.read_text(encoding="utf-8"))
    words = " ".join(text.split())
    _describe(spec, text)
    _schemas(spec)["Mast"].update(description=text, properties={f"a{words[:60]}": STRING})
    file = tmp_path / "openapi.yaml"
    file.write_text(yaml.safe_dump(spec, sort_keys=False), encoding="utf-8")
    client = rendered(file, tmp_path / "client")
    for module in ("__init__.py", "client.py", "api/boats/__init__.py", "models/boat.py", "models/mast.py"):
        nodes = ast.walk(ast.parse((client / module).read_bytes()))
        strings = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        assert any(words in " ".join(string.split()) for string in strings)
    with imported(client) as package:
        assert package.models.Mast.from_dict({f"a{words[:60]}": "b"}).to_dict() == {f"a{words[:60]}": "b"}


@given(st.text())
@example('"\\"')
@example("\ud800")
def test_a_literal_is_the_text(text: str) -> None:
    """Python reads the literal of any text as the text, from one printable line."""
    written = literal(text)
    assert ast.literal_eval(written) == text
    assert written.isprintable()


@given(st.lists(st.text(st.characters(codec="utf-8") | st.sampled_from("\"\\ \n'{}"))), st.sampled_from([0, 4, 8]))
@example(['a"'], 0)
@example(["a\\"], 4)
def test_a_docstring_is_its_paragraphs(paragraphs: list[str], indent: int) -> None:
    """Python reads the docstring of any paragraphs as their words, from printable lines."""
    written = docstring(paragraphs, indent)
    assert str(ast.literal_eval(written)).split() == " ".join(paragraphs).split()
    assert all(line.isprintable() and line == line.rstrip() for line in written.split("\n"))
