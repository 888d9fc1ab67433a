import os
from collections.abc import Generator, Mapping
from functools import partial

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from cryptography.hazmat.primitives.asymmetric import rsa

from generated_client import _tokens
from tests.client.callers import Opening, opened, opened_async
from tests.client.credentials.clock import Clock
from tests.client.credentials.keys import Key
from tests.client.credentials.services import Gate, Services, listening


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No credentials of the machine that the tests run on."""
    for name in [name for name in os.environ if name.startswith("YC_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def services() -> Generator[Services]:
    """Images, metadata and tokens, asked of nobody yet."""
    with listening() as services:
        yield services


@pytest.fixture
def gate() -> Generator[Gate]:
    gate = Gate()
    yield gate
    gate.open()


@pytest.fixture(scope="session", params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """The event loop of a test that is async itself."""
    loop: str = request.param
    return loop


@pytest.fixture(scope="session")
def portals() -> Generator[Mapping[str, BlockingPortal]]:
    """An event loop of each kind, in a thread of its own."""
    with start_blocking_portal("asyncio") as asyncio, start_blocking_portal("trio") as trio:
        yield {"asyncio": asyncio, "trio": trio}


@pytest.fixture(scope="session", params=["Client", "AsyncClient on asyncio", "AsyncClient on trio"])
def opening(request: pytest.FixtureRequest, portals: Mapping[str, BlockingPortal]) -> Opening:
    """What opens a client of either kind, on either kind of event loop."""
    kind, _, loop = request.param.partition(" on ")
    return opened if kind == "Client" else partial(opened_async, portals[loop])


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The monotonic time by which tokens are kept; it stands still until a test moves it."""
    clock = Clock()
    monkeypatch.setattr(_tokens, "time", clock)
    return clock


@pytest.fixture(scope="session")
def key() -> Key:
    """The authorized key of a service account."""
    return Key(rsa.generate_private_key(public_exponent=65537, key_size=2048))
