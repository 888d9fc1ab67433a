from collections.abc import Generator

import httpx
import pytest

from generated_client.testing import FakeServer, Service
from generated_client.testing._fake_server import contract_service


@pytest.fixture(scope="session")
def service() -> Service:
    """The service that the generator has written for the project's own specification."""
    return contract_service()


@pytest.fixture(scope="session", params=["over HTTP", "in process"])
def http(request: pytest.FixtureRequest, running: FakeServer) -> Generator[httpx.Client]:
    """A plain HTTP client that sends a token to the fake server, by either way."""
    transport = running.transport if request.param == "in process" else None
    headers = {"authorization": "Bearer token"}
    with httpx.Client(base_url=running.url, headers=headers, transport=transport) as client:
        yield client
