"""Loop variables, first lines of docstrings and class names keep the wording rules."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUNTIME = ROOT / "generator" / "runtime"
VAGUE_NAMES = frozenset(
    "asked came found given gone held left one ours owner rest said some stated theirs told".split()  # noqa: SIM905
)
"""Not the singular of any collection."""

RELATIVE_WORDS = frozenset(
    "as how likewise what whatever where whether which who whoever whom whose".split()  # noqa: SIM905
)
"""Words that begin a clause, while a docstring begins with a verb or names the thing."""


@cache
def trees() -> Mapping[str, ast.Module]:
    """Parse every module of the project, by its path."""
    return {
        file.relative_to(ROOT).as_posix(): ast.parse(file.read_bytes())
        for folder in ("generator", "generated_client", "tests")
        for file in sorted((ROOT / folder).rglob("*.py"))
    }


def loop_variables(tree: ast.AST) -> Iterator[ast.Name]:
    """Yield the variables of every loop and comprehension."""
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            yield from (name for name in ast.walk(node.target) if isinstance(name, ast.Name))


def docstrings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each docstring, those of constants and attributes included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            for statement in node.body:
                match statement:
                    case ast.Expr(value=ast.Constant(value=str(text))):
                        yield statement.lineno, text
                    case _:
                        pass


def is_copy(path: str) -> bool:
    """Return True for a module of the client that the generator copies from its runtime."""
    folder, _, module = path.partition("/")
    return folder == "generated_client" and (RUNTIME / module).exists()


def test_a_loop_variable_is_the_singular_of_its_collection() -> None:
    vague = [
        f"{path}:{variable.lineno} {variable.id}"
        for path, tree in trees().items()
        for variable in loop_variables(tree)
        if variable.id in VAGUE_NAMES
    ]
    assert vague == []


def test_a_docstring_begins_with_a_verb_or_names_the_thing() -> None:
    """The docstrings of models are descriptions of the specification."""
    clauses = [
        f"{path}:{line} {text.strip().splitlines()[0]}"
        for path, tree in trees().items()
        if not path.startswith("generated_client/models/")
        for line, text in docstrings(tree)
        if text.split() and text.split()[0].strip(",:").lower() in RELATIVE_WORDS
    ]
    assert clauses == []


def test_a_class_name_has_one_meaning() -> None:
    """The runtime and its copy in the client count once; the tests and the specification name classes of their own."""
    modules = defaultdict[str, list[str]](list)
    for path, tree in trees().items():
        if not path.startswith(("tests/", "generated_client/models/")) and not is_copy(path):
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef):
                    modules[node.name].append(path)
    assert {name: paths for name, paths in modules.items() if len(paths) > 1} == {}
