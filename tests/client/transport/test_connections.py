"""A connection is reused only if nothing is wrong with it."""

from __future__ import annotations

import pytest

from generated_client.errors import ConnectionFailed
from tests.client.authority import Authority
from tests.client.server import OK, Exchange, serving, status
from tests.client.transport.conftest import GetImages


def respond_twice(exchange: Exchange) -> None:
    stray = status(200, body=b'{"id":"stray"}')
    exchange.send(status(200, body=b'{"id":"crp%d"}' % exchange.number) + stray)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_stray_response_is_nobodys(get_images: GetImages, scheme: str, authority: Authority) -> None:
    """Bytes after the end of a response close its connection, so no caller gets what another one was sent."""
    context = authority.server if scheme == "https" else None
    with serving(respond_twice, context) as server:
        images = get_images(10, base_url=server.url, verify=authority.client)
        assert [image.id for image in images] == [f"crp{number}" for number in range(10)]
        assert server.accepted == 10


def test_a_stray_byte_is_enough(get_images: GetImages) -> None:
    with serving(lambda exchange: exchange.send(OK + b"\n")) as server:
        assert len(get_images(3, base_url=server.url)) == 3
        assert server.accepted == 3


class OncePerConnection:
    """Answers the first request of each connection, and hangs up on the second without a word."""

    def __init__(self) -> None:
        self.answered = False

    def __call__(self, exchange: Exchange) -> bool:
        self.answered = not self.answered
        if self.answered:
            exchange.send(OK)
        return self.answered


def test_a_stale_connection_is_replaced_at_once(get_images: GetImages) -> None:
    """Outside of the retries, of which there are none here, and of their budget, which would be used up."""
    with serving(OncePerConnection()) as server:
        assert len(get_images(300, base_url=server.url)) == 300


def test_a_new_connection_is_not_replaced(get_images: GetImages) -> None:
    with serving(lambda _: False) as server, pytest.raises(ConnectionFailed):
        get_images(base_url=server.url)
    assert len(server.requests) == 1


def test_a_connection_that_breaks_in_a_response_is_not_replaced(get_images: GetImages) -> None:
    def behave(exchange: Exchange) -> bool:
        exchange.send(OK if exchange.number == 0 else OK[:-1])
        return exchange.number == 0

    with serving(behave) as server, pytest.raises(ConnectionFailed, match="without sending complete message body"):
        get_images(2, base_url=server.url)
    assert len(server.requests) == 2
