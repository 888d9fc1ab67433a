"""A client of more methods, imported, with a fake server of its service."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.generator.writer.rendering import imported


@pytest.fixture(scope="module")
def boats(kitchen_sink: Path) -> Iterator[Any]:
    """The package, with everything that it exports."""
    with imported(kitchen_sink) as package:
        yield package


@pytest.fixture
def testing(boats: Any) -> Any:
    """Its package for tests."""
    return importlib.import_module(f"{boats.__name__}.testing")


@pytest.fixture
def fake_server(testing: Any) -> Iterator[Any]:
    """A fake server of its service; no request may be against the contract."""
    fake_server = testing.FakeServer()
    yield fake_server
    fake_server.assert_no_violations()
    fake_server.assert_faults_consumed()


@pytest.fixture
def client(boats: Any, fake_server: Any) -> Iterator[Any]:
    """A client of the fake server."""
    with boats.Client("any", transport=fake_server.transport) as client:
        yield client
