import os
from collections.abc import Generator
from functools import partial
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from generated_client.errors import ApiError
from tests.client.callers import ClientFactory
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


@pytest.fixture
def connect(client_factory: ClientFactory, services: Services) -> ClientFactory:
    """Open a client of either kind that calls the services."""
    return partial(client_factory, base_url=services.url)


@pytest.fixture
def error_of(connect: ClientFactory) -> ErrorOf:
    """Return the error of a call through a new client, which takes the arguments."""

    def error_of(kind: type[ApiError], **arguments: Any) -> ApiError:
        with connect(**arguments) as caller:
            return caller.error_of(kind)

    return error_of


@pytest.fixture(scope="session")
def key() -> Key:
    """The authorized key of a service account."""
    return Key(rsa.generate_private_key(public_exponent=65537, key_size=2048))
