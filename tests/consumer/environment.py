"""Environments of consumers: what their projects declare, and nothing else, without asking a package index.

Each package is the one that is installed here, reached by a link: to make an environment takes a blink.
"""

import tomllib
import venv
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement


def make(folder: Path, requirements: Iterable[str]) -> Path:
    """An environment in which exactly these requirements can be imported, and what they require; its interpreter."""
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    for one in {dist.name: dist for dist in _closure(map(Requirement, requirements), set())}.values():
        for name in {file.parts[0] for file in one.files or () if file.parts[0] != ".."} - {"__pycache__"}:
            (packages / name).symlink_to(str(one.locate_file(name)))
    return folder / "bin" / "python"


def declared(project: Path) -> list[str]:
    """What a project says that it needs."""
    whole = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    return list(whole["project"]["dependencies"])


def _closure(requirements: Iterable[Requirement], seen: set[str]) -> Iterator[Distribution]:
    for one in requirements:
        if str(one) not in seen:
            seen.add(str(one))
            found = distribution(one.name)
            assert found.version in one.specifier, f"{one} is not what is installed here"
            yield found
            yield from _closure(_required(found, one.extras or {""}), seen)


def _required(found: Distribution, extras: Iterable[str]) -> Iterator[Requirement]:
    for one in map(Requirement, found.requires or ()):
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras):
            yield one
