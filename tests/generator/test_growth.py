"""The work of the generator grows with the number of operations, not with its square."""

import sys
from pathlib import Path
from types import FrameType

import pytest

from generator.client_writer import render
from generator.readers.openapi import read_specification
from tests.many_operations import specification_of


def calls_of_generating(operations: int, folder: Path) -> int:
    """Count the function calls that it takes to generate the client of so many operations."""
    specification = folder / f"{operations}.yaml"
    specification.write_text(specification_of(operations), encoding="utf-8")
    client = folder / str(operations)
    client.mkdir()
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        render(read_specification(specification), client)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.slow
def test_each_operation_takes_as_many_calls_as_the_one_before(tmp_path: Path) -> None:
    calls_of_generating(1, tmp_path)  # Some results are kept for the next time.
    few, more, many = (calls_of_generating(operations, tmp_path) for operations in (4, 8, 12))
    assert 0 < many - more < 1.1 * (more - few)
