import os
from collections.abc import Generator, Mapping
from functools import partial
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from cryptography.hazmat.primitives.asymmetric import rsa

from generated_client.errors import ApiError
from tests.client.callers import ClientFactory, open_async, open_sync
from tests.client.credentials.keys import Key
from tests.client.credentials.services import ErrorOf, Gate, Services, running_services


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No credentials of the machine that the tests run on."""
    for name in [name for name in os.environ if name.startswith(("YC_", "IAM_", "YANDEX_", "OAUTH_", "SA_"))]:
        monkeypatch.delenv(name)


@pytest.fixture
def services() -> Generator[Services]:
    """Images, metadata and tokens, asked of nobody yet."""
    with running_services() as services:
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
def client_factory(request: pytest.FixtureRequest, portals: Mapping[str, BlockingPortal]) -> ClientFactory:
    """Open a client of either kind, on either kind of event loop."""
    kind, _, loop = request.param.partition(" on ")
    return partial(open_sync, retries=0) if kind == "Client" else partial(open_async, portals[loop], retries=0)


@pytest.fixture
def connect(client_factory: ClientFactory, services: Services) -> ClientFactory:
    """Open a client of either kind that calls the services."""
    return partial(client_factory, base_url=services.url)


@pytest.fixture
def error_of(connect: ClientFactory) -> ErrorOf:
    """Make a call through a new client, which takes the arguments, and return its error."""

    def error_of(**arguments: Any) -> ApiError:
        with pytest.raises(ApiError) as raised, connect(**arguments) as caller:
            caller.get()
        return raised.value

    return error_of


@pytest.fixture(scope="session")
def key() -> Key:
    """The authorized key of a service account."""
    return Key(rsa.generate_private_key(public_exponent=65537, key_size=2048))
