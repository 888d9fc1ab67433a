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
    """Make an environment with exactly these requirements and their dependencies; return its interpreter."""
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    by_name = {dist.name: dist for dist in _closure(map(Requirement, requirements), set())}
    for dist in by_name.values():
        for name in {file.parts[0] for file in dist.files or () if file.parts[0] != ".."} - {"__pycache__"}:
            (packages / name).symlink_to(str(dist.locate_file(name)))
    return folder / "bin" / "python"


def declared(project: Path) -> list[str]:
    """Return the dependencies that a project declares."""
    pyproject = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    return list(pyproject["project"]["dependencies"])


def _closure(requirements: Iterable[Requirement], seen: set[str]) -> Iterator[Distribution]:
    for requirement in requirements:
        if str(requirement) not in seen:
            seen.add(str(requirement))
            dist = distribution(requirement.name)
            assert dist.version in requirement.specifier, f"{requirement} is not the version installed here"
            yield dist
            yield from _closure(_required(dist, requirement.extras or {""}), seen)


def _required(dist: Distribution, extras: Iterable[str]) -> Iterator[Requirement]:
    for requirement in map(Requirement, dist.requires or ()):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras):
            yield requirement
