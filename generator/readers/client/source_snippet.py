"""Quotes the client's source at a location: the attribute or argument with its type."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from generator.errors import Location
from generator.yaml_document import load_text

from .json_types import camel_case


def source_snippet(location: Location, path: str) -> str:
    """Quote `Image.compressed_size: int` for a field, `get(image_id: str)` for a parameter, `get` for a method."""
    for class_name, node in _statements(Path(location.file)):
        if isinstance(node, ast.AnnAssign) and node.lineno == location.line:
            return f"{class_name}.{ast.unparse(node.target)}: {ast.unparse(node.annotation)}"
        if isinstance(node, ast.FunctionDef) and node.lineno == location.line:
            arguments = [argument for argument in node.args.args if camel_case(argument.arg) == path]
            return f"{node.name}({ast.unparse(arguments[0])})" if arguments else node.name
    return ""


def _statements(file: Path) -> Iterator[tuple[str, ast.stmt]]:
    for node in ast.parse(load_text(file)).body:
        if isinstance(node, ast.ClassDef):
            yield from ((node.name, statement) for statement in node.body)
