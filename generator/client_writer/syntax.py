"""Checks the syntax trees of the generated modules: text of the specification must not have become code.

The templates escape every text, so nothing is ever found; this is the second lock on that door.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from generator.errors import InputError, Location
from generator.yaml_document import load_bytes

_NODES = (
    ast.AnnAssign,
    ast.Assign,
    ast.AsyncFunctionDef,
    ast.Attribute,
    ast.Await,
    ast.BinOp,
    ast.BitOr,
    ast.BoolOp,
    ast.Call,
    ast.ClassDef,
    ast.Compare,
    ast.Constant,
    ast.Dict,
    ast.DictComp,
    ast.Expr,
    ast.FormattedValue,
    ast.FunctionDef,
    ast.If,
    ast.IfExp,
    ast.ImportFrom,
    ast.Is,
    ast.IsNot,
    ast.JoinedStr,
    ast.Lambda,
    ast.List,
    ast.ListComp,
    ast.Module,
    ast.Name,
    ast.NamedExpr,
    ast.Or,
    ast.Return,
    ast.Starred,
    ast.Subscript,
    ast.Tuple,
    ast.With,
    ast.alias,
    ast.arg,
    ast.arguments,
    ast.comprehension,
    ast.expr_context,
    ast.keyword,
    ast.withitem,
)
"""What a generated module is made of; a template that needs more adds it here."""

_MODULES = frozenset({"__future__", "attrs", "collections.abc", "datetime", "enum", "functools", "typing"})
"""What a generated module imports besides the package itself."""

_BUILTINS = frozenset(
    {"__name__", "bool", "bytes", "classmethod", "dict", "float", "int", "list", "object", "str", "type"}
)
"""What a generated module uses without importing it."""

_DUNDERS = frozenset({"__all__", "__init__", "__name__"})


def _is_plain(name: str) -> bool:
    return not name.startswith("__") or name in _DUNDERS


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_segment(node: ast.AST) -> bool:
    """Whether it is a segment of a path, or where a message stands."""
    name = node.func if isinstance(node, ast.Call) else node
    return isinstance(name, ast.Name) and name.id == ("path_segment" if isinstance(node, ast.Call) else "at")


_HOLDS: Mapping[type[ast.AST], Callable[[Any], bool]] = {
    ast.AsyncFunctionDef: lambda node: _is_plain(node.name),
    ast.Attribute: lambda node: _is_plain(node.attr),
    ast.Expr: lambda node: isinstance(node.value, ast.Call) or _is_text(node.value),
    ast.FormattedValue: lambda node: _is_segment(node.value),
    ast.FunctionDef: lambda node: _is_plain(node.name),
    ast.ImportFrom: lambda node: bool(node.level) or node.module in _MODULES,
    ast.Name: lambda node: _is_plain(node.id),
}
"""What else holds of nodes of a type."""


def check(folder: Path) -> None:
    """Raise InputError for a generated module that is no Python, or holds anything but what our templates write."""
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder).as_posix()
        try:
            tree = ast.parse(load_bytes(path), name)
        except (SyntaxError, ValueError) as problem:
            raise InputError(f"would be generated as what is no Python: {problem}", Location(name)) from problem
        known = _BUILTINS | _bound(tree)
        for node in ast.walk(tree):
            holds = isinstance(node, _NODES) and _HOLDS.get(type(node), lambda _node: True)(node)
            if not holds or (isinstance(node, ast.Name) and node.id not in known):
                code = " ".join(ast.unparse(node).split())[:60]
                sentence = f"would be generated with code that no template of ours writes: {code}"
                raise InputError(sentence, Location(name, getattr(node, "lineno", 0)))


def _bound(tree: ast.Module) -> set[str]:
    """Every name that a module imports, defines or assigns."""
    bound = set[str]()
    for node in ast.walk(tree):
        match node:
            case ast.alias(name=name) | ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                bound.add(name)
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                bound.add(name)
            case _:
                pass
    return bound
