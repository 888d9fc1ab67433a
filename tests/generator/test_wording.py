"""Loop variables, first lines of docstrings and class names keep the wording rules."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

from tests.generator.modules import FILES, RUNTIME, nodes

VAGUE_NAMES = frozenset(
    "asked came found given gone held left one ours owner rest said some stated theirs told".split()  # noqa: SIM905
)
"""Not the singular of any collection."""

RELATIVE_WORDS = frozenset(
    "as how likewise what whatever where whether which who whoever whom whose".split()  # noqa: SIM905
)
"""Words that begin a clause, while a docstring begins with a verb or names the thing."""


def loop_variables(file: str) -> Iterator[ast.Name]:
    """Yield the variables of every loop and comprehension."""
    for node in nodes(file):
        if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            yield from (name for name in ast.walk(node.target) if isinstance(name, ast.Name))


def docstrings(file: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each docstring, those of constants and attributes included."""
    for node in nodes(file):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            for statement in node.body:
                match statement:
                    case ast.Expr(value=ast.Constant(value=str(text))):
                        yield statement.lineno, text
                    case _:
                        pass


def is_copy(file: str) -> bool:
    """Return True for a module of the client that the generator copies from its runtime."""
    return f"generator/runtime/{file.removeprefix('generated_client/')}" in RUNTIME


def test_a_loop_variable_is_the_singular_of_its_collection() -> None:
    vague = [
        f"{file}:{variable.lineno} {variable.id}"
        for file in FILES
        for variable in loop_variables(file)
        if variable.id in VAGUE_NAMES
    ]
    assert vague == []


def test_a_docstring_begins_with_a_verb_or_names_the_thing() -> None:
    """The docstrings of models are descriptions of the specification."""
    clauses = [
        f"{file}:{line} {text.strip().splitlines()[0]}"
        for file in FILES
        if not file.startswith("generated_client/models/")
        for line, text in docstrings(file)
        if text.split() and text.split()[0].strip(",:").lower() in RELATIVE_WORDS
    ]
    assert clauses == []


def test_a_class_name_has_one_meaning() -> None:
    """The runtime and its copy in the client count once; the tests and the specification name classes of their own."""
    files = defaultdict[str, list[str]](list)
    for file in FILES:
        if not file.startswith(("tests/", "generated_client/models/")) and not is_copy(file):
            for node in nodes(file):
                if isinstance(node, ast.ClassDef):
                    files[node.name].append(file)
    assert {name: defining for name, defining in files.items() if len(defining) > 1} == {}
