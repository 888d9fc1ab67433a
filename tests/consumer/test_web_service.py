"""The web service works with its copy of the client, also when a hundred ask at once."""

import asyncio
import json
import re
import subprocess
import threading
from collections.abc import Generator
from contextlib import contextmanager

import httpx
import pytest

from generated_client.testing import FakeServer, faults
from tests.client.server import Exchange, serving, status
from tests.consumer.conftest import IMAGE, Application

pytestmark = pytest.mark.slow

AT_ONCE = 100


@contextmanager
def _serving(service: Application, endpoint: str) -> Generator[str]:
    """The URL of the running service, which chooses a free port itself and says so on standard error."""
    command = [str(service.python), "-m", "registry_service", "0"]
    environment = {"YC_IAM_TOKEN": "t1.any.token", "REGISTRY_ENDPOINT": endpoint}
    with subprocess.Popen(command, cwd=service.folder, env=environment, stderr=subprocess.PIPE, text=True) as program:
        assert program.stderr
        try:
            yield next(filter(None, (re.search(r"http://[\d.:]+", line) for line in program.stderr)))[0]
        finally:
            program.terminate()


@pytest.fixture(scope="module")
def url(service: Application, running: FakeServer) -> Generator[str]:
    with _serving(service, running.url) as url:
        yield url


async def _ask(url: str, count: int) -> list[httpx.Response]:
    async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=count)) as client:
        return await asyncio.gather(*(client.get(f"{url}/images/{IMAGE.id}") for _ in range(count)))


def test_a_hundred_requests_at_once_get_their_responses(service: Application) -> None:
    """The registry responds to none before a hundred wait; one after the other, they would wait for ever."""
    hundred = threading.Barrier(AT_ONCE, timeout=100)
    response = status(200, body=json.dumps(IMAGE.to_dict()).encode())

    def respond(exchange: Exchange) -> None:
        hundred.wait()
        exchange.send(response)

    with serving(respond) as registry, _serving(service, registry.url) as url:
        responses = asyncio.run(_ask(url, AT_ONCE))
    assert {response.status_code for response in responses} == {200}
    assert {response.json()["name"] for response in responses} == {IMAGE.name}


@pytest.mark.parametrize(("image_id", "expected"), [("crp0000000000000", 404), ("a" * 51, 400), (IMAGE.id, 200)])
def test_each_failure_has_its_status(url: str, image_id: str, expected: int) -> None:
    assert httpx.get(f"{url}/images/{image_id}").status_code == expected


def test_what_passes_is_not_seen(url: str, fake_server: FakeServer) -> None:
    """The client calls again by itself."""
    fake_server.enqueue(faults.grpc_error(14), faults.cut_in_body)
    assert httpx.get(f"{url}/images/{IMAGE.id}", timeout=30).status_code == 200
    assert len(fake_server.requests) == 3
