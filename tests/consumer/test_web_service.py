"""The web service works with its copy of the client, also when a hundred ask at once."""

import asyncio
import socket
import subprocess
import time
from collections.abc import Generator

import httpx
import pytest

from generated_client.testing import Double, faults
from tests.consumer.conftest import IMAGE, Application

pytestmark = pytest.mark.slow

AT_ONCE = 100
DELAY = 0.2
"""Seconds that the stand-in takes for each answer: a hundred, one after the other, would take twenty."""


@pytest.fixture(scope="module")
def url(service: Application, running: Double) -> Generator[str]:
    """Where the running service is."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(service.python), "-m", "registry_service", str(port)]
    environment = {"YC_IAM_TOKEN": "t1.any.token", "REGISTRY_ENDPOINT": running.url}
    with subprocess.Popen(command, cwd=service.folder, env=environment) as program:
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            program.terminate()


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise TimeoutError("the service does not start")


async def _ask(url: str, count: int) -> list[httpx.Response]:
    async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=count)) as client:
        return await asyncio.gather(*(client.get(f"{url}/images/{IMAGE.id}") for _ in range(count)))


def test_a_hundred_at_once_are_answered_at_once(url: str, double: Double) -> None:
    double.next(*(faults.late(DELAY) for _ in range(AT_ONCE)))
    started = time.monotonic()
    answers = asyncio.run(_ask(url, AT_ONCE))
    assert time.monotonic() - started < DELAY * AT_ONCE / 2
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json()["name"] for answer in answers} == {IMAGE.name}
    assert len(double.requests) == AT_ONCE


@pytest.mark.parametrize(("image_id", "status"), [("crp0000000000000", 404), ("a" * 51, 400), (IMAGE.id, 200)])
def test_each_failure_has_its_status(url: str, image_id: str, status: int) -> None:
    assert httpx.get(f"{url}/images/{image_id}").status_code == status


def test_what_passes_is_not_seen(url: str, double: Double) -> None:
    """The client calls again by itself."""
    double.next(faults.failing(14), faults.cut_in_body)
    assert httpx.get(f"{url}/images/{IMAGE.id}", timeout=30).status_code == 200
    assert len(double.requests) == 3
