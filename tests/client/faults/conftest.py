from collections.abc import Generator
from functools import partial

import pytest
from anyio.from_thread import start_blocking_portal

from generated_client import _retries
from tests.client.faults.authority import Authority
from tests.client.faults.callers import Opening, opened, opened_async


@pytest.fixture(scope="session", params=["sync", "asyncio", "trio"])
def opening(request: pytest.FixtureRequest) -> Generator[Opening]:
    """What opens a client of each kind."""
    if request.param == "sync":
        yield opened
    else:
        with start_blocking_portal(request.param) as portal:
            yield partial(opened_async, portal)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Delays that are drawn are a hundredth of what they are."""
    monkeypatch.setattr(_retries, "_BASE", 0.002)


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()
