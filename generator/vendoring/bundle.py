"""The client with all that a copy of it carries."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from generator.changes.releases import Version, Versions, of_client
from generator.errors import InputError, Location
from generator.reports.markdown import changelog
from generator.runtime.__main__ import MANIFEST
from generator.yaml_document import bytes_in, text_in

from . import install
from .atomic import Files

_ROOT = Path(__file__).parents[2]
"""Where the project's own metadata and license are."""


_EXTRA = "client-"
"""What the names of dependency groups start with that are extras of the client."""


@frozen
class Source:
    """What is carried: a specification, and the client generated from it."""

    specification: Path
    client: Path

    @property
    def versions(self) -> Versions:
        """The versions of the specification."""
        return Versions(self.specification)

    def generated(self) -> Version:
        """The version of the client. Raises InputError where it was generated from another specification."""
        found = of_client(self.client / MANIFEST)
        if found.sha256 != self.versions.digest():
            sentence = f"is not what {self.specification} generates; write it anew by `make generate`"
            raise InputError(sentence, Location(str(self.client)))
        return found

    def contents(self) -> Files:
        """The files of a copy. Raises InputError where the client is not as it was generated."""
        history = changelog(self.versions.released(), self.generated(), self.versions.notes())
        documents = {"CHANGELOG.md": history.encode(), "LICENSE": bytes_in(_ROOT / "LICENSE")}
        return install.contents(self.client, _about(), documents)


def _about() -> Mapping[str, Any]:
    """What a copy needs and who made it, under the names that project metadata has for it."""
    whole = tomllib.loads(text_in(_ROOT / "pyproject.toml"))
    project, groups = whole["project"], whole["dependency-groups"]
    return {
        "generator": f"{project['name']} {project['version']}",
        "license": project["license"],
        "requires-python": project["requires-python"],
        "dependencies": groups["client"],
        "optional-dependencies": {
            name.removeprefix(_EXTRA): needed for name, needed in groups.items() if name.startswith(_EXTRA)
        },
    }
