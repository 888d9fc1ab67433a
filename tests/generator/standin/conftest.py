from collections.abc import Generator
from pathlib import Path

import httpx
import pytest

from generator.document import load
from generator.standin.examples import service_of
from generator.standin.server import Standin, running
from generator.standin.service import Service

SPECIFICATION = Path(__file__).parents[3] / "spec" / "openapi.yaml"


@pytest.fixture(scope="session")
def service() -> Service:
    """What the project's own specification describes."""
    return service_of(load(SPECIFICATION))


@pytest.fixture(scope="session")
def server(service: Service) -> Generator[Standin]:
    """One running stand-in for the whole run; a test takes `standin`, which starts afresh."""
    with running(service) as standin:
        yield standin


@pytest.fixture
def standin(server: Standin) -> Standin:
    """A running stand-in that has seen nothing yet and plans nothing."""
    server.forget()
    return server


@pytest.fixture(scope="session")
def caller() -> Generator[httpx.Client]:
    """A plain HTTP client that sends a token."""
    with httpx.Client(headers={"authorization": "Bearer token"}) as client:
        yield client
