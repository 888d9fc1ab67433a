"""No private part of a library is imported, or named in `getattr` or `monkeypatch`; ruff rejects any other use of it.

One module of the runtime imports the HTTP library, and one asks for the time.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import pytest

from tests.generator.modules import FILES, FOLDERS, RUNTIME, nodes

PROJECT = (*FOLDERS, "_thread", "_manifest")
"""Packages with private modules of our own; `_thread` is documented, and `python FOLDER` imports `_manifest`."""

ACCESSORS = frozenset({"getattr", "setattr", "delattr", "hasattr", "delitem", "setitem"})


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def stored_names(tree: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names of the variables and attributes that a module sets."""
    for node in tree:
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case _:
                pass


OURS = frozenset(name for file in RUNTIME for name in stored_names(nodes(file)))


def private_uses(tree: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the places at which a module imports or names what is private to somebody else."""
    for node in tree:
        match node:
            case ast.Call(func=ast.Name(id=function) | ast.Attribute(attr=function)) if function in ACCESSORS:
                values = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
                names = [value for value in values if isinstance(value, str) and is_private(value)]
                yield from (f"{node.lineno}: {function} {name}" for name in names if name not in OURS)
            case ast.Import(names=aliases):
                yield from (f"{node.lineno}: import {alias.name}" for alias in aliases if is_private_path(alias.name))
            case ast.ImportFrom(module=str(module), names=aliases, level=0):
                paths = [f"{module}.{alias.name}" for alias in aliases]
                yield from (f"{node.lineno}: import {path}" for path in paths if is_private_path(path))
            case _:
                pass


def is_private_path(path: str) -> bool:
    first, *others = path.split(".")
    return first not in PROJECT and any(map(is_private, (first, *others)))


def test_only_public_interfaces_are_used() -> None:
    assert {file: uses for file in FILES if (uses := [*private_uses(nodes(file))])} == {}


@pytest.mark.parametrize(
    "code",
    [
        "getattr(transport, '_pool')",
        "monkeypatch.setattr(pool, '_optional_thread_lock', None)",
        "import httpcore._async",
        "from httpx._config import DEFAULT_LIMITS",
        "from httpx import _config",
    ],
)
def test_a_private_interface_is_found(code: str) -> None:
    assert [*private_uses(ast.walk(ast.parse(code)))]


def imported_packages(tree: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the packages that a module imports absolutely."""
    for node in tree:
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module).partition(".")[0]


@pytest.mark.parametrize(
    ("module", "libraries"), [("_http.py", {"httpx", "httpcore"}), ("_clock.py", {"time"})], ids=["HTTP", "time"]
)
def test_one_module_of_the_runtime_imports_a_library(module: str, libraries: set[str]) -> None:
    """So a copy can change its HTTP library, and a test can change the time, in one place."""
    importing = {file for file in RUNTIME if libraries & {*imported_packages(nodes(file))}}
    assert importing == {f"generator/runtime/{module}"}


def test_no_module_of_the_runtime_asks_datetime_for_the_time() -> None:
    calls = [
        f"{file}:{node.lineno}"
        for file in RUNTIME
        for node in nodes(file)
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}
    ]
    assert calls == []
