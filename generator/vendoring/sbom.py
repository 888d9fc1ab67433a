"""Lists a copy and its dependencies as a CycloneDX software bill of materials (SBOM)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from keyword import iskeyword
from typing import Any

from packaging.requirements import Requirement
from packaging.version import Version

SBOM = "bom.cdx.json"
"""The file of the SBOM, in a copy and in the wheel."""

_COPY = "copy"
"""The identifier of the copy within the SBOM."""


def distribution_name(title: str) -> str:
    """Return the name of a client as a distribution, for the title of its contract."""
    return package_name(title).replace("_", "-")


def package_name(title: str) -> str:
    """Return the name of the package for the title of a contract: a Python identifier that is not a keyword."""
    name = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")
    return name if name.isidentifier() and not iskeyword(name) else f"client_{name}".rstrip("_")


def sbom(contract: Mapping[str, Any], metadata: Mapping[str, Any]) -> bytes:
    """Return the SBOM of a copy with the title and version of its contract and the metadata of its manifest.

    A dependency has a range and no package URL: without a version, that would match every advisory for the package.
    """
    name, _, version = metadata["generator"].rpartition(" ")
    component = {
        "type": "library",
        "bom-ref": _COPY,
        "name": distribution_name(contract["title"]),
        "version": contract["version"],
        "licenses": [{"expression": metadata["license"]}],
    }
    components = [*_dependencies(metadata)]
    required = [entry["bom-ref"] for entry in components if entry["scope"] == "required"]
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.7.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.7",
        "version": 1,
        "metadata": {
            "tools": {"components": [{"type": "application", "name": name, "version": version}]},
            "component": component,
        },
        "components": components,
        "dependencies": [{"ref": _COPY, "dependsOn": required}],
    }
    return (json.dumps(document, indent=1) + "\n").encode()


def _dependencies(metadata: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield a component per requirement of a copy and of its extras."""
    extras = [requirement for extra in metadata["optional-dependencies"].values() for requirement in extra]
    for scope, requirements in (("required", metadata["dependencies"]), ("optional", extras)):
        for requirement in map(Requirement, requirements):
            bounds = sorted(requirement.specifier, key=lambda bound: Version(bound.version))
            yield {
                "type": "library",
                "bom-ref": requirement.name,
                "name": requirement.name,
                "versionRange": "vers:pypi/" + "|".join(map(str, bounds)),
                "isExternal": True,
                "scope": scope,
            }
