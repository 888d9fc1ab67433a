"""The modules of the project, parsed once for the tests that read their code."""

import ast
from collections.abc import Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("generator", "generated_client", "tests")
FILES = [file.relative_to(ROOT).as_posix() for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py"))]
RUNTIME = [file for file in FILES if file.startswith("generator/runtime/")]


@cache
def nodes(file: str) -> Sequence[ast.AST]:
    """Return every node of a module, the module itself first."""
    return tuple(ast.walk(ast.parse((ROOT / file).read_bytes())))
