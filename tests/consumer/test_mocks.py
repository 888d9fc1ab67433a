"""The mocks and recorders that users have for httpx work with clients of both kinds."""

import asyncio
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


def call(base_url: str | None = None, *, own: bool = False) -> None:
    """Get the image by a client of each kind, through a given transport or its own."""
    with Client("t1.made-up", base_url=base_url, transport=None if own else httpx.HTTPTransport()) as client:
        assert client.images.get(IMAGE.id) == IMAGE
    asyncio.run(call_async(base_url, None if own else httpx.AsyncHTTPTransport()))


async def call_async(base_url: str | None, transport: httpx.AsyncHTTPTransport | None) -> None:
    async with AsyncClient("t1.made-up", base_url=base_url, transport=transport) as client:
        assert await client.images.get(IMAGE.id) == IMAGE


@pytest.mark.parametrize("own", [False, True])
def test_respx(*, own: bool) -> None:
    with respx.mock as router:
        route = router.get(URL).respond(json=BODY)
        call(own=own)
    assert route.call_count == 2


def test_pytest_httpx(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(url=URL, json=BODY, is_reusable=True)
    call()
    assert len(httpx_mock.get_requests()) == 2


def test_vcrpy(tmp_path: Path, fake_server: FakeServer) -> None:
    """Recorded calls need no server."""
    cassette = tmp_path / "cassette.yaml"
    for _ in range(2):
        with VCRPY.use_cassette(str(cassette), filter_headers=["authorization"]):
            call(fake_server.url)
    assert len(fake_server.requests) == 2
    assert "made-up" not in cassette.read_text()
