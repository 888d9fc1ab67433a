"""Builds wheel and sdist of the client, reproducible to the byte."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.errors import InputError, Location
from generator.runtime._manifest import MANIFEST

from .atomic import staging_dir, write_files
from .bundle import ClientBundle, python_versions
from .sbom import SBOM, distribution_name, package_name

_EPOCH = "315532800"
"""1980-01-01 in seconds since 1970: the earliest time that a zip file can store."""

_BUILD = "import sys, hatchling.build as hatch; hatch.build_sdist(sys.argv[1]); hatch.build_wheel(sys.argv[1])"
_BACKEND = {"requires": ["hatchling>=1.28"], "build-backend": "hatchling.build"}
_METADATA_VERSION = "2.4"
_CLASSIFIERS = (
    "Framework :: AsyncIO",
    "Framework :: Trio",
    "Intended Audience :: Developers",
    "Operating System :: POSIX",
    "Topic :: Software Development :: Libraries",
    "Typing :: Typed",
)
_README = """\
# {name}

A typed Python client of {title}, with sync and async APIs, generated from its OpenAPI contract.

```python
from {package} import AsyncClient, Client
```

`python -m {package} --version` prints its origin, and `--check` compares its files with the manifest.

"""


def build(bundle: ClientBundle, destination: Path) -> list[Path]:
    """Build the archives of a client into a folder, and return their paths. Raises InputError if that fails."""
    files = bundle.files()
    manifest: dict[str, Any] = json.loads(files[MANIFEST])
    package = _package(manifest)
    project = {
        "pyproject.toml": _metadata(manifest, bundle.documentation()).encode(),
        "README.md": _readme(manifest).encode() + files["CHANGELOG.md"],
        "LICENSE": files["LICENSE"],
        **{f"{package}/{path}": data for path, data in files.items()},
    }
    with staging_dir(destination) as scratch:
        write_files(scratch / "project", project)
        _run(scratch / "project", scratch / "built")
        destination.mkdir(exist_ok=True)
        return [path.rename(destination / path.name) for path in sorted((scratch / "built").iterdir())]


def _package(manifest: Mapping[str, Any]) -> str:
    return package_name(manifest["contract"]["title"])


def _readme(manifest: Mapping[str, Any]) -> str:
    title = manifest["contract"]["title"]
    return _README.format(name=distribution_name(title), title=title, package=_package(manifest))


def _metadata(manifest: Mapping[str, Any], documentation: Sequence[str]) -> str:
    contract, package, copied = manifest["contract"], _package(manifest), ("license", "requires-python", "dependencies")
    project = {
        "name": distribution_name(contract["title"]),
        "version": contract["version"],
        "description": f"A typed client of {contract['title']}, generated from its contract.",
        "readme": "README.md",
        "license-files": ["LICENSE"],
        "classifiers": sorted([*_CLASSIFIERS, *python_versions()]),
        **{key: manifest[key] for key in copied},
    }
    tables = {
        "build-system": _BACKEND,
        "project": project,
        "project.urls": {"Documentation": documentation[0]} if documentation else {},
        "project.optional-dependencies": manifest["optional-dependencies"],
        "tool.hatch.build": {"ignore-vcs": True, "packages": [package]},
        "tool.hatch.build.targets.sdist": {"core-metadata-version": _METADATA_VERSION},
        "tool.hatch.build.targets.wheel": {
            "core-metadata-version": _METADATA_VERSION,
            "sbom-files": [f"{package}/{SBOM}"],
        },
    }
    return "\n".join(f"[{name}]\n{_lines(table)}" for name, table in tables.items())


def _lines(table: Mapping[str, Any]) -> str:
    """Format a TOML table; its strings, lists and booleans are written as in JSON."""
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in table.items())


def _run(project: Path, built: Path) -> None:
    command = [sys.executable, "-c", _BUILD, str(built)]
    environment = {"SOURCE_DATE_EPOCH": _EPOCH}
    build = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our own words
    if build.returncode:
        raise InputError(f"cannot be built: {build.stderr.strip().splitlines()[-1]}", Location(str(project)))
