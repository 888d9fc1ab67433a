from collections.abc import Generator

import httpx
import pytest

from generated_client.testing import Double, Service
from generated_client.testing._double import described


@pytest.fixture(scope="session")
def service() -> Service:
    """What the generator has written of the project's own specification."""
    return described()


@pytest.fixture(scope="session")
def running() -> Generator[Double]:
    """One running double for the whole run; a test takes `double`, which starts afresh."""
    with Double() as double:
        yield double


@pytest.fixture
def double(running: Double) -> Double:
    """A running double that has seen nothing yet and plans nothing."""
    running.forget()
    return running


@pytest.fixture(scope="session", params=["over HTTP", "in process"])
def http(request: pytest.FixtureRequest, running: Double) -> Generator[httpx.Client]:
    """A plain HTTP client that sends a token to the double, by either way."""
    transport = running.transport if request.param == "in process" else None
    headers = {"authorization": "Bearer token"}
    with httpx.Client(base_url=running.url, headers=headers, transport=transport) as client:
        yield client
