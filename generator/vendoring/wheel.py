"""Builds wheel and sdist of the client, reproducible to the byte."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from keyword import iskeyword
from pathlib import Path
from typing import Any

from generator.errors import InputError, Location
from generator.runtime.__main__ import MANIFEST

from .atomic import Files, staging_dir, write_files

_EPOCH = "315532800"
"""1980-01-01 in seconds since 1970: the earliest time that a zip file can store."""

_BUILD = "import sys, flit_core.buildapi as flit; flit.build_sdist(sys.argv[1]); flit.build_wheel(sys.argv[1])"
_BACKEND = {"requires": ["flit_core>=3.11,<5"], "build-backend": "flit_core.buildapi"}


def build(files: Files, destination: Path) -> list[Path]:
    """Build the archives of a copy into a folder, and return their paths. Raises InputError if that fails."""
    manifest: dict[str, Any] = json.loads(files[MANIFEST])
    package = package_name(manifest["contract"]["title"])
    project = {
        "pyproject.toml": _metadata(manifest, package).encode(),
        "LICENSE": files["LICENSE"],
        **{f"{package}/{name}": data for name, data in files.items()},
    }
    with staging_dir(destination) as scratch:
        write_files(scratch / "project", project)
        _run(scratch / "project", scratch / "built")
        destination.mkdir(exist_ok=True)
        return [path.rename(destination / path.name) for path in sorted((scratch / "built").iterdir())]


def package_name(title: str) -> str:
    """Return the name of the package for the title of a contract: a Python identifier that is not a keyword."""
    name = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")
    return name if name.isidentifier() and not iskeyword(name) else f"client_{name}".rstrip("_")


def _metadata(manifest: Mapping[str, Any], package: str) -> str:
    contract, copied = manifest["contract"], ("license", "requires-python", "dependencies")
    project = {
        "name": package.replace("_", "-"),
        "version": contract["version"],
        "description": f"A typed client of {contract['title']}, generated from its contract.",
        "license-files": ["LICENSE"],
        "classifiers": ["Typing :: Typed"],
        **{key: manifest[key] for key in copied},
    }
    tables = {
        "build-system": _BACKEND,
        "project": project,
        "project.optional-dependencies": manifest["optional-dependencies"],
        "tool.flit.module": {"name": package},
    }
    return "\n".join(f"[{name}]\n{_lines(table)}" for name, table in tables.items())


def _lines(table: Mapping[str, Any]) -> str:
    """Format a TOML table; its strings and lists are written as in JSON."""
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in table.items())


def _run(project: Path, built: Path) -> None:
    command = [sys.executable, "-c", _BUILD, str(built)]
    environment = {"SOURCE_DATE_EPOCH": _EPOCH}
    completed = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our own words
    if completed.returncode:
        raise InputError(f"cannot be built: {completed.stderr.strip().splitlines()[-1]}", Location(str(project)))
