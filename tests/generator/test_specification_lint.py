"""Public validators find nothing in the specification, and each of them finds a seeded mistake."""

import json
import subprocess
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

ROOT = Path(__file__).parents[2]
SPECIFICATION: dict[str, Any] = yaml.safe_load((ROOT / "spec" / "openapi.yaml").read_text(encoding="utf-8"))

Mistake = tuple[str, str, Any]
"""The place of an object, a key of it, and its new value; DELETED removes the key."""

DELETED = object()
OPERATION = "paths|/container-registry/v1/images/{imageId}|get"
SCHEMA, IMAGE = f"{OPERATION}|parameters|0|schema", "components|schemas|Image|properties"
EXAMPLE = "components|examples|ImageOfSeveralLayers|value"


def _seeded(place: str, key: str, value: Any) -> dict[str, Any]:
    """The specification with a mistake."""
    document = deepcopy(SPECIFICATION)
    node: Any = document
    for step in filter(None, place.split("|")):
        node = node[int(step) if isinstance(node, list) else step]
    if value is DELETED:
        del node[key]
    else:
        node[key] = value
    assert document != SPECIFICATION
    return document


INVALID: Mapping[str, Mistake] = {
    "unknown type": (f"{IMAGE}|name", "type", "strin"),
    "undeclared path parameter": (OPERATION, "parameters", []),
    "no title": ("info", "title", DELETED),
    "no response": (OPERATION, "responses", {}),
}


def test_the_specification_is_valid_openapi() -> None:
    assert not list(OpenAPIV31SpecValidator(SPECIFICATION).iter_errors())


@pytest.mark.parametrize("mistake", INVALID.values(), ids=INVALID)
def test_openapi_that_is_not_valid_is_noticed(mistake: Mistake) -> None:
    assert list(OpenAPIV31SpecValidator(_seeded(*mistake)).iter_errors())


TOOLS: Mapping[str, tuple[str, ...]] = {
    "spectral": ("lint", "--ruleset", "lint/spectral.yaml", "--fail-severity", "hint"),
    "redocly": ("lint", "--config", "lint/redocly.yaml"),
}
"""The linters that need Node; `make lint-spec` installs them."""

SEEDS: Mapping[str, tuple[str, str, Mistake]] = {
    "mistyped keyword": ("redocly", "struct", (SCHEMA, "maxLenght", 50)),
    "keyword of OpenAPI 3.0": ("redocly", "struct", (f"{IMAGE}|name", "nullable", True)),
    "unknown property in an example": ("redocly", "no-invalid-media-type-examples", (EXAMPLE, "sise", "1")),
    "no security": ("redocly", "security-defined", ("", "security", DELETED)),
    "no summary": ("redocly", "operation-summary", (OPERATION, "summary", DELETED)),
    "no tags": ("spectral", "operation-tags", (OPERATION, "tags", DELETED)),
    "undeclared tag": ("spectral", "operation-tag-defined", (OPERATION, "tags", ["blobs"])),
    "wrong type in an example": ("spectral", "oas3-valid-media-example", (EXAMPLE, "compressedSize", 5)),
    "unresolved reference": ("spectral", "invalid-ref", (f"{IMAGE}|config", "$ref", "#/components/schemas/Nothing")),
    "component that nothing uses": (
        "spectral",
        "oas3-unused-component",
        ("components|schemas", "Unused", {"type": "object"}),
    ),
}


def _lint(tool: str, file: Path) -> subprocess.CompletedProcess[str]:
    program = ROOT / "lint" / "node_modules" / ".bin" / tool
    command = [str(program), *TOOLS[tool], str(file)]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)


@pytest.mark.node
@pytest.mark.parametrize("tool", TOOLS)
def test_the_specification_has_no_finding(tool: str) -> None:
    done = _lint(tool, ROOT / "spec" / "openapi.yaml")
    assert done.returncode == 0, done.stdout


@pytest.mark.node
@pytest.mark.parametrize(("tool", "rule", "mistake"), SEEDS.values(), ids=SEEDS)
def test_a_seeded_mistake_is_found(tool: str, rule: str, mistake: Mistake, tmp_path: Path) -> None:
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(_seeded(*mistake)), encoding="utf-8")
    done = _lint(tool, file)
    assert done.returncode == 1
    assert rule in done.stdout
