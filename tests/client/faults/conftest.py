from collections.abc import Generator

import pytest

from generated_client import _retries
from tests.client.virtual_time import VirtualTime, virtual_time


@pytest.fixture
def virtual(kind: str) -> Generator[VirtualTime]:
    """Virtual time, for clients of each kind."""
    with virtual_time(kind) as virtual:
        yield virtual


@pytest.fixture
def no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries follow at once."""
    monkeypatch.setattr(_retries, "_BASE", 0.0)
