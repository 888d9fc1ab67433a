"""A generation reads, parses and validates the specification once, and interprets it twice."""

import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

from openapi_python_client.parser import GeneratorData
from openapi_python_client.schema import OpenAPI

from generator.commands.generate import difference, generate
from generator.readers.openapi import parse_specification
from generator.yaml_document import load_bytes, loads
from tests.generator.writer.rendering import SAMPLE_API

COUNTED: dict[str, Any] = {
    "read": load_bytes,
    "load": loads,
    "validate": parse_specification,
    "validate with pydantic": OpenAPI.model_validate.__func__,  # type: ignore[attr-defined]  # a class method
    "interpret with openapi-python-client": GeneratorData.from_dict,
}
"""Step -> its function."""

OF_FILES = {"read": "path", "load": "file"}
"""Step that other files take too -> the argument with the name of the file."""


def counts(run: Any, specification: Path, client: Path) -> Counter[str]:
    """Count the calls of each step while a command runs."""
    calls = Counter[str]()
    steps = {function.__code__: step for step, function in COUNTED.items()}

    def count(frame: FrameType, event: str, _argument: object) -> None:
        step = steps.get(frame.f_code) if event == "call" else None
        if step and (step not in OF_FILES or str(frame.f_locals[OF_FILES[step]]) == str(specification)):
            calls[step] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        run(specification, client)
    finally:
        sys.setprofile(before)
    return calls


def test_each_step_is_taken_once(tmp_path: Path) -> None:
    once = dict.fromkeys(COUNTED, 1)
    assert counts(generate, SAMPLE_API, tmp_path / "client") == once
    assert counts(difference, SAMPLE_API, tmp_path / "client") == once
