"""A generation reads, parses and validates the specification once, and interprets it twice."""

import cProfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openapi_python_client.parser import GeneratorData
from openapi_python_client.schema import OpenAPI

from generator.commands.generate import difference, generate
from generator.readers.openapi import parse_specification
from generator.yaml_document import loads
from tests.generator.writer.rendering import SAMPLE_API

COUNTED: dict[str, Any] = {
    "load": loads,
    "validate": parse_specification,
    "validate with pydantic": OpenAPI.model_validate.__func__,  # type: ignore[attr-defined]  # a class method
    "interpret with openapi-python-client": GeneratorData.from_dict,
}
"""Step -> its function."""


@pytest.mark.parametrize("run", [generate, difference])
def test_each_step_is_taken_once(run: Callable[[Path, Path], object], tmp_path: Path) -> None:
    profile = cProfile.Profile()
    profile.runcall(run, SAMPLE_API, tmp_path / "client")
    calls = {entry.code: entry.callcount for entry in profile.getstats()}
    assert {step: calls.get(function.__code__, 0) for step, function in COUNTED.items()} == dict.fromkeys(COUNTED, 1)
