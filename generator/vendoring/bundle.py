"""Bundles the client with the files that every copy of it contains."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen

from generator.changes.releases import Versions, client_version
from generator.changes.version_number import Version, is_breaking
from generator.errors import InputError, Location
from generator.readers.openapi.objects import METHODS
from generator.reports.changelog import changelog
from generator.runtime._manifest import MANIFEST
from generator.yaml_document import load, load_bytes, load_text

from . import install
from .atomic import Files
from .http_library import HTTPX, requirements

_ROOT = Path(__file__).parents[2]
"""The folder of the project's metadata and license."""

_EXTRA_PREFIX = "client-"
"""Prefix of the dependency groups that are extras of the client."""


@frozen
class ClientBundle:
    """A specification and the client generated from it; a removal whose sunset is before `today` was announced."""

    specification: Path
    client: Path
    today: date = date.min

    @property
    def versions(self) -> Versions:
        """The versions of the specification."""
        return Versions(self.specification, today=self.today)

    def generated_version(self) -> Version:
        """Return the version of the client. Raises InputError if it was generated from another specification."""
        version = client_version(self.client / MANIFEST)
        if version.sha256 != self.versions.digest():
            raise InputError(
                f"was not generated from {self.specification}; run `make generate`", Location(str(self.client))
            )
        return version

    def release_problem(self) -> str | None:
        """Return the reason not to copy this version yet; None if it may be copied.

        Its number or its note is wrong, or it breaks callers and is not released.
        """
        released, current = self.versions.released(), self.generated_version()
        since_last = self.versions.since_last(current.contracts, released)
        if problem := self.versions.problem_of(current, released, since_last):
            return problem.sentence
        if not is_breaking(since_last):
            return None
        return f"breaks callers of {released[-1].number} and is not released; run `make release` first"

    def files(self, http: str = HTTPX) -> Files:
        """Return the files of a copy for an HTTP library. Raises InputError if the client was edited."""
        history = changelog(self.versions.released(), self.generated_version(), self.versions.notes())
        documents = {
            "CHANGELOG.md": (install.MARKDOWN_HEADER + history).encode(),
            "LICENSE": load_bytes(_ROOT / "LICENSE"),
        }
        return install.copy_files(self.client, _metadata(http), documents)

    def documentation(self) -> list[str]:
        """Return the URL of the documentation of each method that names one."""
        paths = load(self.specification)["paths"].values()
        methods = [path[method] for path in paths for method in METHODS if method in path]
        return [method["externalDocs"]["url"] for method in methods if "externalDocs" in method]


def python_versions() -> list[str]:
    """Return the classifiers of the supported versions of Python."""
    classifiers: list[str] = _pyproject()["project"]["classifiers"]
    return [classifier for classifier in classifiers if classifier.startswith("Programming Language :: ")]


def _pyproject() -> Mapping[str, Any]:
    return tomllib.loads(load_text(_ROOT / "pyproject.toml"))


def _metadata(http: str) -> Mapping[str, Any]:
    """Return the generator's name and the requirements of a copy, under the keys of `pyproject.toml`."""
    pyproject = _pyproject()
    project, groups = pyproject["project"], pyproject["dependency-groups"]
    return {
        "generator": f"{project['name']} {project['version']}",
        "license": project["license"],
        "http": http,
        "requires-python": project["requires-python"],
        "dependencies": requirements(groups, "client", http),
        "optional-dependencies": {
            name.removeprefix(_EXTRA_PREFIX): requirements(groups, name, http)
            for name in groups
            if name.startswith(_EXTRA_PREFIX)
        },
    }
