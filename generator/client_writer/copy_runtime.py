"""Copies the modules of the runtime that a client uses."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePath

from generator import runtime
from generator.yaml_document import load_bytes

_SOURCE = Path(runtime.__file__).parent

_RELATIVE_IMPORT = re.compile(r"^ *from (\.+)([\w.]*) import (\([^)]*\)|[^#\n]*)", re.MULTILINE)
"""An import as Ruff formats it. To parse 50 modules takes longer than all the rest of writing a client."""


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
    for match in _RELATIVE_IMPORT.finditer(load_bytes(path).decode()):
        dots, package, names = match.groups()
        base = module.parents[len(dots) - 1] / package.replace(".", "/")
        yield PurePath(f"{base}.py")
        yield from (base / f"{name}.py" for name in re.findall(r"\w+", names))
