"""The SBOM of a copy lists the copy and its dependencies with their ranges, and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.version import Version

pytestmark = pytest.mark.parametrize("copy", ["httpx", "httpx2"], indirect=True)


@pytest.fixture
def manifest(copy: Path) -> dict[str, Any]:
    return dict(json.loads((copy / "manifest.json").read_bytes()))


@pytest.fixture
def sbom(copy: Path) -> dict[str, Any]:
    return dict(json.loads((copy / "bom.cdx.json").read_bytes()))


def _problem(sbom: dict[str, Any]) -> object:
    return JsonStrictValidator(SchemaVersion.V1_7).validate_str(json.dumps(sbom))


def test_it_follows_the_official_schema(sbom: dict[str, Any]) -> None:
    assert _problem(sbom) is None
    sbom["components"][0]["version"] = "1"
    assert _problem(sbom), "a version and a range at once"


def test_it_names_the_copy(sbom: dict[str, Any], manifest: dict[str, Any]) -> None:
    component = sbom["metadata"]["component"]
    assert (component["name"], component["version"]) == ("harbour-boats", "1.0.0")
    assert component["licenses"] == [{"expression": manifest["license"]}]
    (tool,) = sbom["metadata"]["tools"]["components"]
    assert f"{tool['name']} {tool['version']}" == manifest["generator"]


def test_it_lists_the_requirements_of_the_manifest(sbom: dict[str, Any], manifest: dict[str, Any]) -> None:
    """The copy depends on those that are no extras."""
    extras = [requirement for extra in manifest["optional-dependencies"].values() for requirement in extra]
    for scope, requirements in (("required", manifest["dependencies"]), ("optional", extras)):
        ranges = {entry["name"]: entry["versionRange"] for entry in sbom["components"] if entry["scope"] == scope}
        assert ranges == {requirement.name: _range(requirement) for requirement in map(Requirement, requirements)}
    assert not any("purl" in entry or "version" in entry for entry in sbom["components"])
    names = [entry["bom-ref"] for entry in sbom["components"] if entry["scope"] == "required"]
    assert sbom["dependencies"] == [{"ref": sbom["metadata"]["component"]["bom-ref"], "dependsOn": names}]


def _range(requirement: Requirement) -> str:
    """Format the bounds as `vers` does: from the lowest version to the highest."""
    bounds = sorted((Version(bound.version), str(bound)) for bound in requirement.specifier)
    return "vers:pypi/" + "|".join(text for _, text in bounds)
