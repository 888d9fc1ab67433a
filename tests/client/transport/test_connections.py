"""A connection is reused only if nothing is wrong with it."""

from __future__ import annotations

import pytest

from generated_client.errors import ConnectionFailed
from tests.client.authority import Authority
from tests.client.server import OK, Exchange, serving, status
from tests.client.transport.conftest import GetImages


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("stray", [status(200, body=b'{"id":"stray"}'), b"\n"], ids=["response", "byte"])
def test_a_stray_response_is_nobodys(get_images: GetImages, scheme: str, stray: bytes, authority: Authority) -> None:
    """Bytes after the end of a response close its connection, so no caller gets what another one was sent."""

    def respond(exchange: Exchange) -> None:
        exchange.send(status(200, body=b'{"id":"crp%d"}' % exchange.number) + stray)

    with serving(respond, authority.server if scheme == "https" else None) as server:
        images = get_images(10, base_url=server.url, verify=authority.client)
        assert [image.id for image in images] == [f"crp{number}" for number in range(10)]
        assert server.accepted == 10


def respond_to_every_second(exchange: Exchange) -> bool:
    """Respond to the first request of each connection, and hang up on its second one without a word."""
    if exchange.number % 2 == 0:
        exchange.send(OK)
    return exchange.number % 2 == 0


def test_a_stale_connection_is_replaced_at_once(get_images: GetImages) -> None:
    """Outside of the retries, of which there are none here, and of their budget, which would be used up."""
    with serving(respond_to_every_second) as server:
        assert len(get_images(300, base_url=server.url)) == 300


def test_a_new_connection_is_not_replaced(get_images: GetImages) -> None:
    with serving(lambda _: False) as server, pytest.raises(ConnectionFailed):
        get_images(base_url=server.url)
    assert len(server.requests) == 1


def test_a_connection_that_breaks_in_a_response_is_not_replaced(get_images: GetImages) -> None:
    def respond(exchange: Exchange) -> bool:
        exchange.send(OK if exchange.number == 0 else OK[:-1])
        return exchange.number == 0

    with serving(respond) as server, pytest.raises(ConnectionFailed, match="without sending complete message body"):
        get_images(2, base_url=server.url)
    assert len(server.requests) == 2
