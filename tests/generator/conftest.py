"""Fixtures of the generator's tests."""

import fcntl
import os
from pathlib import Path

import pytest

from tests.contract.pages import page_of
from tests.contract.witnesses import locks
from tests.generator.writer.rendering import rendered

KITCHEN_SINK = Path(__file__).parent / "methods" / "kitchen_sink.yaml"
"""A specification with one of everything that the writer and the reader of the client know."""


@pytest.fixture(scope="session")
def kitchen_sink(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client of that specification, rendered once for every process of a run; nobody changes it."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    with (shared / "kitchen_sink.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        client = shared / "kitchen_sink"
        if not client.exists():
            rendered(KITCHEN_SINK, folder / "kitchen_sink_begun").rename(client)
    return client


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page that agrees with the lock of this repository."""
    file = tmp_path / "get.md"
    file.write_text(page_of(locks()[0], "en"), encoding="utf-8")
    return file
