"""Public validators find nothing in the specification, and each of them finds a seeded mistake."""

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

ROOT = Path(__file__).parents[2]
SPECIFICATION: dict[str, Any] = yaml.safe_load((ROOT / "spec" / "openapi.yaml").read_text(encoding="utf-8"))
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}

Mistake = Callable[[dict[str, Any]], object]


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from (path[method] for method in METHODS & path.keys())


def _operation(document: dict[str, Any]) -> dict[str, Any]:
    return next(_operations(document))


def _rename(mapping: dict[str, Any], old: str, new: str) -> None:
    mapping[new] = mapping.pop(old)


def _image(document: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = document["components"]["schemas"]["Image"]["properties"]
    return properties


def _example(document: dict[str, Any]) -> dict[str, Any]:
    value: dict[str, Any] = document["components"]["examples"]["ImageOfSeveralLayers"]["value"]
    return value


def _seeded(mistake: Mistake) -> dict[str, Any]:
    document = deepcopy(SPECIFICATION)
    mistake(document)
    assert document != SPECIFICATION
    return document


INVALID: Mapping[str, Mistake] = {
    "unknown type": lambda document: _image(document)["name"].update(type="strin"),
    "undeclared path parameter": lambda document: _operation(document)["parameters"].pop(0),
    "no title": lambda document: document["info"].pop("title"),
    "no response": lambda document: _operation(document)["responses"].clear(),
}


def test_the_specification_is_valid_openapi() -> None:
    assert not list(OpenAPIV31SpecValidator(SPECIFICATION).iter_errors())


@pytest.mark.parametrize("mistake", INVALID.values(), ids=INVALID)
def test_openapi_that_is_not_valid_is_noticed(mistake: Mistake) -> None:
    assert list(OpenAPIV31SpecValidator(_seeded(mistake)).iter_errors())


TOOLS: Mapping[str, tuple[str, ...]] = {
    "spectral": ("lint", "--ruleset", "lint/spectral.yaml", "--fail-severity", "hint"),
    "redocly": ("lint", "--config", "lint/redocly.yaml"),
}
"""The linters that need Node; `make lint-spec` installs them."""

SEEDS: Mapping[str, tuple[str, str, Mistake]] = {
    "mistyped keyword": (
        "redocly",
        "struct",
        lambda document: _rename(_operation(document)["parameters"][0]["schema"], "maxLength", "maxLenght"),
    ),
    "keyword of OpenAPI 3.0": ("redocly", "struct", lambda document: _image(document)["name"].update(nullable=True)),
    "unknown property in an example": (
        "redocly",
        "no-invalid-media-type-examples",
        lambda document: _example(document).update(sise="1"),
    ),
    "no security": ("redocly", "security-defined", lambda document: document.pop("security")),
    "no summary": ("redocly", "operation-summary", lambda document: _operation(document).pop("summary")),
    "no tags": ("spectral", "operation-tags", lambda document: _operation(document).pop("tags")),
    "undeclared tag": (
        "spectral",
        "operation-tag-defined",
        lambda document: _operation(document).update(tags=["blobs"]),
    ),
    "wrong type in an example": (
        "spectral",
        "oas3-valid-media-example",
        lambda document: _example(document).update(compressedSize=5),
    ),
    "unresolved reference": (
        "spectral",
        "invalid-ref",
        lambda document: _image(document)["config"].update({"$ref": "#/components/schemas/Nothing"}),
    ),
    "component that nothing uses": (
        "spectral",
        "oas3-unused-component",
        lambda document: document["components"]["schemas"].update(Unused={"type": "object"}),
    ),
}


def _judge(tool: str, file: Path) -> subprocess.CompletedProcess[str]:
    program = ROOT / "lint" / "node_modules" / ".bin" / tool
    command = [str(program), *TOOLS[tool], str(file)]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)


@pytest.mark.node
@pytest.mark.parametrize("tool", TOOLS)
def test_the_specification_has_no_finding(tool: str) -> None:
    judged = _judge(tool, ROOT / "spec" / "openapi.yaml")
    assert judged.returncode == 0, judged.stdout


@pytest.mark.node
@pytest.mark.parametrize(("tool", "rule", "mistake"), SEEDS.values(), ids=SEEDS)
def test_a_seeded_mistake_is_found(tool: str, rule: str, mistake: Mistake, tmp_path: Path) -> None:
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(_seeded(mistake)), encoding="utf-8")
    judged = _judge(tool, file)
    assert judged.returncode == 1
    assert rule in judged.stdout
