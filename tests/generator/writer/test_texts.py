"""Each text of a specification arrives in its docstring or string as it was meant."""

import ast
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.client_writer.literals import docstring, literal
from tests.generator.writer.rendering import SAMPLE_API, imported, rendered

TEXTS: Mapping[str, str] = {
    "the end of a docstring": r'a """ b \""" c \\""" d' + " ''' e \"",
    "nothing but quotes": '"' * 7,
    "code": "{__import__('os').abort()}\nimport os\n\nos.abort()\n\"); os.abort()  # noqa: E501  # type: ignore \\",
    "a template and a list": "{{ 7 * 7 }} {% raw %} {# a #}\n- a\n  - b\n    c\n1. d",
    "escapes": r"\n \x41 \N{BULLET} \u0041 \777 \U00110000 \r",
    "controls and line breaks": "a\0b\x07c\x1b[31md\x7fe\xa0f\r\ng\x0bh\x0ci\x1cj\x85k\u2028l\u2029m\tn",
    "what hides or turns": "a\u202eb\u2066c\u200bd\ufeffe 𝄞 🛥",
    "100,000 letters": "a" * 90_000 + " boat" * 2_000,
}


def _name(text: str) -> str:
    """The name of a property that has a text in it; a line break is refused in one."""
    return "a" + " ".join(text.split())[:60]


POSITIONS: Mapping[str, Callable[[dict[str, Any], str], Any]] = {
    "__init__.py": lambda spec, text: spec["info"].update(title=text, description=text),
    "client.py": lambda spec, text: spec["tags"][0].update(description=text),
    "api/boats/__init__.py": lambda spec, text: spec["paths"]["/v1/weather"]["get"].update(
        summary=text, description=text
    ),
    "api/old_harbours/__init__.py": lambda spec, text: spec["paths"]["/v1/harbours/{harbourId}:close"]["post"][
        "parameters"
    ][0].update(description=text),
    "models/boat.py": lambda spec, text: spec["components"]["schemas"]["Boat"]["properties"]["id"].update(
        {"description": text, "x-unit": text}
    ),
    "models/mast.py": lambda spec, text: spec["components"]["schemas"]["Mast"].update(
        description=text, properties={_name(text): {"type": "string"}}
    ),
}
"""Module -> what puts a text wherever the module has one from the specification."""


def _specification(text: str, file: Path) -> Path:
    plain: dict[str, Any] = yaml.safe_load(SAMPLE_API.read_text(encoding="utf-8"))
    for put in POSITIONS.values():
        put(plain, text)
    file.write_text(yaml.safe_dump(plain, sort_keys=False), encoding="utf-8")
    return file


def _texts(module: Path) -> list[str]:
    """The strings in a module, each in one line."""
    nodes = ast.walk(ast.parse(module.read_bytes()))
    found = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [" ".join(text.split()) for text in found]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name, marks=[pytest.mark.slow] if len(text) > 10_000 else [])
        for name, text in TEXTS.items()
    ],
)
def test_a_hostile_text_arrives_everywhere_as_it_was_meant(text: str, tmp_path: Path) -> None:
    client = rendered(_specification(text, tmp_path / "openapi.yaml"), tmp_path / "client")
    for module in POSITIONS:
        assert any(" ".join(text.split()) in string for string in _texts(client / module))
    with imported(client) as package:
        assert package.models.Mast.from_dict({_name(text): "b"}).to_dict() == {_name(text): "b"}


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
