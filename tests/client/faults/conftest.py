from collections.abc import Generator
from functools import partial

import pytest
from anyio.from_thread import start_blocking_portal

from generated_client import _pools, _retries
from tests.client.callers import ClientFactory, open_async, open_sync
from tests.client.virtual_time import VirtualTime, virtual_time


@pytest.fixture(scope="session", params=["sync", "asyncio", "trio"])
def kind(request: pytest.FixtureRequest) -> str:
    """A kind of client: sync, or async in one of the event loops."""
    kind: str = request.param
    return kind


@pytest.fixture(scope="session")
def client_factory(kind: str) -> Generator[ClientFactory]:
    """Opens a client of each kind, for real sockets."""
    if kind == "sync":
        yield open_sync
    else:
        with start_blocking_portal(kind) as portal:
            yield partial(open_async, portal)


@pytest.fixture
def virtual(kind: str) -> Generator[VirtualTime]:
    """Virtual time, for clients of each kind."""
    with virtual_time(kind) as virtual:
        yield virtual


@pytest.fixture
def no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries follow at once."""
    monkeypatch.setattr(_retries, "_BASE", 0.0)


@pytest.fixture
def no_expiry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Idle connections are kept, however slow the machine is."""
    monkeypatch.setattr(_pools, "KEEPALIVE_SECONDS", 1e9)
