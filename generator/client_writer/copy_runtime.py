"""Copies the modules of the runtime that a client uses."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePath

from generator import runtime
from generator.yaml_document import load_bytes

_SOURCE = Path(runtime.__file__).parent


def copy_runtime(client: Path) -> None:
    """Copy the public modules of the runtime, those that the client imports, and those that they import in turn."""
    paths = sorted(path for path in _SOURCE.rglob("*.py") if path != Path(runtime.__file__))
    modules: dict[PurePath, Path] = {path.relative_to(_SOURCE): path for path in paths}
    wanted = [module for module in modules if not module.name.startswith("_") or module.name == "__main__.py"]
    for path in client.rglob("*.py"):
        wanted += _imported(path.relative_to(client), path)
    copied = set[PurePath]()
    while wanted:
        module = wanted.pop()
        if module in modules and module not in copied:
            copied.add(module)
            (client / module).parent.mkdir(exist_ok=True)
            shutil.copyfile(modules[module], client / module)
            wanted += [module.parent / "__init__.py", *_imported(module, modules[module])]


def _imported(module: PurePath, path: Path) -> Iterator[PurePath]:
    """Yield the possible paths of the modules that a module imports relatively."""
    for node in ast.walk(ast.parse(load_bytes(path))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = module.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            if node.module:
                yield base.with_suffix(".py")
            yield from (base / f"{alias.name}.py" for alias in node.names)
            yield base / "__init__.py"
