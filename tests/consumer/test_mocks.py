"""The mocks and recorders that users have for httpx work with the client."""

from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
from pytest_httpx import HTTPXMock
from vcr import VCR  # type: ignore[import-untyped]

from generated_client import AsyncClient, Client
from generated_client.testing import FakeServer
from tests.consumer.conftest import IMAGE

URL = f"https://container-registry.api.cloud.yandex.net/container-registry/v1/images/{IMAGE.id}"
BODY = IMAGE.to_dict()

VCRPY: Any = VCR()

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.parametrize("transport", [None, httpx.HTTPTransport()], ids=["own", "given"])
def test_respx(transport: httpx.HTTPTransport | None) -> None:
    with respx.mock as router, Client("t1.made-up", transport=transport) as client:
        route = router.get(URL).respond(json=BODY)
        assert client.images.get(IMAGE.id) == IMAGE
        assert route.call_count == 1


@pytest.mark.parametrize("transport", [None, httpx.AsyncHTTPTransport()], ids=["own", "given"])
async def test_respx_async(transport: httpx.AsyncHTTPTransport | None) -> None:
    with respx.mock as router:
        route = router.get(URL).respond(json=BODY)
        async with AsyncClient("t1.made-up", transport=transport) as client:
            assert await client.images.get(IMAGE.id) == IMAGE
        assert route.call_count == 1


def test_pytest_httpx(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(url=URL, json=BODY)
    with Client("t1.made-up", transport=httpx.HTTPTransport()) as client:
        assert client.images.get(IMAGE.id) == IMAGE


async def test_pytest_httpx_async(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(url=URL, json=BODY)
    async with AsyncClient("t1.made-up", transport=httpx.AsyncHTTPTransport()) as client:
        assert await client.images.get(IMAGE.id) == IMAGE


def test_vcrpy(tmp_path: Path, fake_server: FakeServer) -> None:
    """A recorded call needs no server."""
    for _ in range(2):
        with (
            VCRPY.use_cassette(str(tmp_path / "cassette.yaml"), filter_headers=["authorization"]),
            Client("t1.made-up", base_url=fake_server.url, transport=httpx.HTTPTransport()) as client,
        ):
            assert client.images.get(IMAGE.id) == IMAGE
    assert len(fake_server.requests) == 1
    assert "made-up" not in (tmp_path / "cassette.yaml").read_text()


async def test_vcrpy_async(tmp_path: Path, fake_server: FakeServer) -> None:
    for _ in range(2):
        with VCRPY.use_cassette(str(tmp_path / "cassette.yaml")):
            async with AsyncClient(
                "t1.made-up", base_url=fake_server.url, transport=httpx.AsyncHTTPTransport()
            ) as client:
                assert await client.images.get(IMAGE.id) == IMAGE
    assert len(fake_server.requests) == 1
