"""No private attribute of a library is read or set: by name, by `getattr`, by `monkeypatch` or by import."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("generator", "generated_client", "tests")
PROJECT = ("generator", "generated_client", "tests", "")
"""Packages with private modules of our own; the empty name stands for a relative import."""

FILES = [file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py"))]
TREES = {file.relative_to(ROOT).as_posix(): ast.parse(file.read_bytes()) for file in FILES}

ACCESSORS = frozenset({"getattr", "setattr", "delattr", "hasattr", "delitem", "setitem"})

DOCUMENTED = frozenset({"_asdict", "_fields", "_replace", "_make", "_exit"})
"""Public in spite of their underscore: of named tuples, and `os._exit`."""


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def defined_names(tree: ast.AST) -> Iterator[str]:
    """Yield the private names that a module defines, as classes do with their attributes."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name, ctx=ast.Store()) | ast.alias(name=name):
                yield name
            case ast.Constant(value=str(name)) if name.isidentifier():  # In `__slots__`, for one.
                yield name
            case _:
                pass


def imported_packages(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """Yield the packages that an absolute import names."""
    modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [str(node.module)]
    if isinstance(node, ast.Import) or not node.level:
        yield from (module.partition(".")[0] for module in modules)


def libraries(tree: ast.AST) -> set[str]:
    """Return the names under which a module knows libraries; the client imports httpx from its module `_http`."""
    names = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and {*imported_packages(node)} - set(PROJECT):
            names |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "_http":
            names |= {alias.asname or alias.name for alias in node.names}
    return names - set(PROJECT)


def root(node: ast.expr) -> str:
    """Return the name that a chain of attributes and calls begins with."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def private_uses(tree: ast.AST, ours: frozenset[str]) -> Iterator[str]:
    """Yield the places at which a module touches what is private to somebody else."""
    theirs = libraries(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name, value=value) if is_private(name) and name not in DOCUMENTED:
                if name not in ours or root(value) in theirs:
                    yield f"{node.lineno}: .{name}"
            case ast.Call(func=ast.Name(id=function) | ast.Attribute(attr=function)) if function in ACCESSORS:
                names = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
                yield from (
                    f"{node.lineno}: {function} {name}"
                    for name in names
                    if isinstance(name, str) and is_private(name) and name not in ours
                )
            case ast.Import(names=aliases):
                yield from (f"{node.lineno}: import {alias.name}" for alias in aliases if is_private_path(alias.name))
            case ast.ImportFrom(module=str(module), names=aliases, level=0) if module.partition(".")[0] not in PROJECT:
                for alias in aliases:
                    if is_private_path(f"{module}.{alias.name}"):
                        yield f"{node.lineno}: from {module} import {alias.name}"
            case _:
                pass


def is_private_path(path: str) -> bool:
    first, *others = path.split(".")
    # `_thread` is documented; `python FOLDER` imports the client's `_manifest` by this name.
    return first not in {*PROJECT, "_thread", "_manifest"} and any(map(is_private, (first, *others)))


OURS = frozenset(name for tree in TREES.values() for name in defined_names(tree) if is_private(name))


@pytest.mark.parametrize("file", TREES)
def test_only_public_interfaces_are_used(file: str) -> None:
    assert [*private_uses(TREES[file], OURS)] == []


@pytest.mark.parametrize(
    "code",
    [
        "import httpx\nhttpx.Client()._transport",
        "transport._pool._network_backend = 1",
        "getattr(transport, '_pool')",
        "monkeypatch.setattr(pool, '_optional_thread_lock', None)",
        "import httpcore._async",
        "from httpx._config import DEFAULT_LIMITS",
        "from httpx import _config",
        "from ._http import httpx\nhttpx._config",
    ],
)
def test_a_private_interface_is_found(code: str) -> None:
    assert [*private_uses(ast.parse(code), frozenset({"_transport"}))]


def test_what_is_ours_is_not_found() -> None:
    code = "from generated_client import _clock\nclient._connection._budget\n_clock.monotonic()\nself._x"
    assert not [*private_uses(ast.parse(code), frozenset({"_connection", "_budget", "_x"}))]


RUNTIME = {file: tree for file, tree in TREES.items() if file.startswith("generator/runtime/")}


@pytest.mark.parametrize(
    ("module", "libraries"), [("_http.py", {"httpx", "httpcore"}), ("_clock.py", {"time"})], ids=["HTTP", "time"]
)
def test_one_module_of_the_runtime_imports_a_library(module: str, libraries: set[str]) -> None:
    """So a copy can change its HTTP library, and a test can change the time, in one place."""
    importing = {
        file
        for file, tree in RUNTIME.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and libraries & {*imported_packages(node)}
    }
    assert importing == {f"generator/runtime/{module}"}


def test_no_module_of_the_runtime_asks_datetime_for_the_time() -> None:
    calls = [
        f"{file}:{node.lineno}"
        for file, tree in RUNTIME.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}
    ]
    assert calls == []
