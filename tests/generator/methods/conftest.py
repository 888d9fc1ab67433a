"""A client of more methods, imported, with a double of its service."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.generator.writer.rendering import imported

URL = "https://boats.example"


@pytest.fixture(scope="module")
def boats(voyages: Path) -> Iterator[Any]:
    """The package, with everything that it exports."""
    with imported(voyages) as package:
        yield package


@pytest.fixture
def double(boats: Any) -> Iterator[Any]:
    """A double of its service; no request may be against the contract."""
    double = importlib.import_module(f"{boats.__name__}.testing").Double()
    yield double
    double.assert_all_allowed()
    double.assert_all_used()


@pytest.fixture
def client(boats: Any, double: Any) -> Iterator[Any]:
    """A client of the double."""
    with boats.Client("any", base_url=URL, transport=double.transport) as client:
        yield client
