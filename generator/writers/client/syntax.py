"""Checks the syntax trees of the generated modules: text of the specification must not have become code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

_STATEMENTS = (
    ast.AnnAssign,
    ast.Assign,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Expr,
    ast.FunctionDef,
    ast.ImportFrom,
    ast.Return,
)
"""What a generated module is made of; a template that needs more adds it here."""

_CALLED_AT_IMPORT = frozenset({"field"})
"""Functions that run when a generated module is imported, decorators aside."""


def check(folder: Path) -> None:
    """Raise SyntaxError for a generated module that holds anything but what our templates write.

    The templates escape every text, so this never happens; it is the second lock on that door.
    """
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_bytes(), path.name)
        for statement in _statements(tree):
            if not _is_ours(statement):
                raise SyntaxError(f"{path.relative_to(folder)}:{statement.lineno}: no template of ours writes this")


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.stmt))


def _is_ours(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Constant(value=str()) | ast.Call(func=ast.Name(id="check_string"))):
            return True
        case ast.Expr():
            return False
        case ast.AnnAssign(value=ast.Call(func=ast.Name(id=name))):
            return name in _CALLED_AT_IMPORT
        case ast.ImportFrom(level=0, module=module):
            return module in {"__future__", "attrs", "collections.abc", "functools", "typing"}
        case _:
            return isinstance(statement, _STATEMENTS)
