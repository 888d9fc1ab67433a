from collections.abc import Generator, Mapping
from functools import partial

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from generated_client import _clock, _retries
from tests.client.authority import Authority
from tests.client.callers import Caller, ClientFactory, open_async, open_sync
from tests.client.peer import Peer, running_peer
from tests.client.virtual_time import ManualClock, VirtualTime, virtual_time


@pytest.fixture(scope="session")
def portals() -> Generator[Mapping[str, BlockingPortal]]:
    """An event loop of each kind, in a thread of its own."""
    with start_blocking_portal("asyncio") as asyncio, start_blocking_portal("trio") as trio:
        yield {"asyncio": asyncio, "trio": trio}


@pytest.fixture(scope="session", params=["sync", "asyncio", "trio"])
def kind(request: pytest.FixtureRequest) -> str:
    """A kind of client: sync, or async in one of the event loops."""
    kind: str = request.param
    return kind


@pytest.fixture
def client_factory(kind: str, portals: Mapping[str, BlockingPortal]) -> ClientFactory:
    """Open a client of the kind, which sends each call once."""
    return partial(open_sync, retries=0) if kind == "sync" else partial(open_async, portals[kind], retries=0)


@pytest.fixture(scope="session")
def peer() -> Generator[Peer]:
    """A server whose response a test sets first, by `respond_with`, which also forgets earlier requests."""
    with running_peer() as peer:
        yield peer


@pytest.fixture
def caller(client_factory: ClientFactory, peer: Peer) -> Generator[Caller]:
    """An open client that calls the peer."""
    with client_factory(base_url=peer.url) as caller:
        yield caller


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> ManualClock:
    """The clock that the client reads and sleeps by; it stands still until a test moves it or the client sleeps."""
    clock = ManualClock()
    for name in ("monotonic", "sleep", "sleep_async"):
        monkeypatch.setattr(_clock, name, getattr(clock, name))
    return clock


@pytest.fixture
def virtual(kind: str) -> Generator[VirtualTime]:
    """Virtual time, for clients of each kind."""
    with virtual_time(kind) as virtual:
        yield virtual


@pytest.fixture
def no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries follow at once."""
    monkeypatch.setattr(_retries, "_BASE", 0.0)


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()
