"""What a user's own transport has to do with it: it keeps the promises as far as it is one of httpx's own."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from itertools import repeat
from typing import Any

import httpx
import pytest

from generated_client import AsyncClient, Client
from generated_client.errors import InvalidParameter, Timeout
from tests.client.faults.callers import TOKEN
from tests.client.faults.server import OK, saying, serving


class Dripping(httpx.BaseTransport, httpx.SyncByteStream):
    """A transport that is none of httpx's own, and takes its time."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=self, request=request)

    def __iter__(self) -> Iterator[bytes]:
        for part in repeat(b" ", 1000):
            time.sleep(0.02)
            yield part


def test_one_that_knows_no_deadline_is_held_to_it_part_by_part() -> None:
    with Client(TOKEN, transport=Dripping(), timeout=0.1) as client, pytest.raises(Timeout) as raised:
        client.images.get("crp1")
    assert raised.value.elapsed < 5


@pytest.mark.parametrize(
    ("kind", "given"),
    [(Client, httpx.AsyncHTTPTransport()), (AsyncClient, httpx.HTTPTransport()), (Client, "http://proxy.example")],
)
def test_one_of_the_other_kind_is_refused(kind: type[Any], given: object) -> None:
    """When the client is made, and not by the first call."""
    with pytest.raises(InvalidParameter, match=r"^transport must be an httpx\.(Async)?BaseTransport, not \w+$"):
        kind(TOKEN, transport=given)


def test_one_that_is_used_for_something_else_too_works_there_as_before() -> None:
    with serving(saying(OK)) as server, httpx.HTTPTransport() as transport:
        with Client(TOKEN, base_url=server.url, transport=transport) as client:
            assert client.images.get("crp1").id == "crp1"
            with Client(TOKEN, base_url=server.url, transport=transport) as another:
                assert another.images.get("crp1").id == "crp1"
        with httpx.Client(transport=transport, timeout=None) as plain:
            assert plain.get(server.url).json() == {"id": "crp1"}


def test_one_that_connects_again_by_itself_keeps_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    transport = httpx.HTTPTransport(retries=99)
    with (
        Client(TOKEN, base_url=url, transport=transport, timeout=0.2, retries=0) as client,
        pytest.raises(Timeout) as raised,
    ):
        client.images.get("crp1")
    assert raised.value.elapsed < 5
