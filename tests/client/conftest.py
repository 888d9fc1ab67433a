from collections.abc import Generator
from functools import partial

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from tests.client.callers import Caller, Opening, opened, opened_async
from tests.client.peer import Peer, listening


@pytest.fixture(scope="session")
def portal() -> Generator[BlockingPortal]:
    """An event loop in a thread of its own."""
    with start_blocking_portal("asyncio") as portal:
        yield portal


@pytest.fixture(scope="session", params=["Client", "AsyncClient"])
def opening(request: pytest.FixtureRequest, portal: BlockingPortal) -> Opening:
    """What opens a client of either kind."""
    return opened if request.param == "Client" else partial(opened_async, portal)


@pytest.fixture(scope="session")
def peer() -> Generator[Peer]:
    """A server that says what a test tells it to say; a test begins with `answers`, which also starts afresh."""
    with listening() as peer:
        yield peer


@pytest.fixture(scope="session")
def caller(opening: Opening, peer: Peer) -> Generator[Caller]:
    """An open client that calls the peer."""
    with opening(base_url=peer.url) as caller:
        yield caller
