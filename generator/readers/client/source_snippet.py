"""What stands in the client's own source at a place: the attribute or argument with its type, as its user reads it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from generator.errors import Location
from generator.yaml_document import text_in

from .names import camel_case


def written(place: Location, path: str) -> str:
    """`Image.compressed_size: int` of a field's place, `get(image_id: str)` of a parameter's; `get` of a method's."""
    for owner, node in _statements(Path(place.file)):
        if isinstance(node, ast.AnnAssign) and node.lineno == place.line:
            return f"{owner}.{ast.unparse(node.target)}: {ast.unparse(node.annotation)}"
        if isinstance(node, ast.FunctionDef) and node.lineno == place.line:
            arguments = [one for one in node.args.args if camel_case(one.arg) == path]
            return f"{node.name}({ast.unparse(arguments[0])})" if arguments else node.name
    return ""


def _statements(file: Path) -> Iterator[tuple[str, ast.stmt]]:
    for one in ast.parse(text_in(file)).body:
        if isinstance(one, ast.ClassDef):
            yield from ((one.name, statement) for statement in one.body)
