"""Copies the part of a client that no specification changes: as much of it as the client uses."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePath

from generator import runtime
from generator.yaml_document import load_bytes

_SOURCE = Path(runtime.__file__).parent


def copy_runtime(client: Path) -> None:
    """Copy to the modules of a client what they import, what is public, and what that imports in its turn."""
    found = sorted(path for path in _SOURCE.rglob("*.py") if path != Path(runtime.__file__))
    parts: dict[PurePath, Path] = {path.relative_to(_SOURCE): path for path in found}
    wanted: list[PurePath] = [part for part in parts if not part.name.startswith("_") or part.name == "__main__.py"]
    for module in client.rglob("*.py"):
        wanted += _imported(module.relative_to(client), module)
    copied = set[PurePath]()
    while wanted:
        part = wanted.pop()
        if part in parts and part not in copied:
            copied.add(part)
            (client / part).parent.mkdir(exist_ok=True)
            shutil.copyfile(parts[part], client / part)
            wanted += [part.parent / "__init__.py", *_imported(part, parts[part])]


def _imported(name: PurePath, module: Path) -> Iterator[PurePath]:
    """Where the modules would be that a module of this name imports relatively, be they there or not."""
    for node in ast.walk(ast.parse(load_bytes(module))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = name.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            if node.module:
                yield base.with_suffix(".py")
            yield from (base / f"{alias.name}.py" for alias in node.names)
            yield base / "__init__.py"
