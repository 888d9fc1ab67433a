"""The guard of the test suite refuses every other host, and no address of this one."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress

import httpx
import pytest

from tests.network_guard import OutsideAddressError

HOST = "192.0.2.1"  # reserved for documentation: nobody has it


def _datagram() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"", (HOST, 9))


def _bind() -> None:
    with socket.socket() as listener:
        listener.bind(("", 0))


CALLS: dict[str, Callable[[], object]] = {
    "a connection": lambda: socket.create_connection((HOST, 9)),
    "a connection over IPv6": lambda: socket.create_connection(("2001:db8::1", 9)),
    "a datagram": _datagram,
    "a listener for every host": _bind,
    "a name": lambda: socket.getaddrinfo("example.com", 80),
    "a name, the old way": lambda: socket.gethostbyname("example.com"),
    "a name as bytes": lambda: socket.getaddrinfo(b"example.com", 80),
    "asyncio": lambda: asyncio.run(asyncio.open_connection(HOST, 9)),
    "httpx": lambda: httpx.get(f"http://{HOST}"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_no_call_reaches_another_host(call: Callable[[], object], refused: list[str]) -> None:
    with suppress(Exception):  # some code wraps the refusal, some may swallow it: it is remembered all the same
        call()
    assert refused
    refused.clear()


def test_a_refused_call_raises(refused: list[str]) -> None:
    with pytest.raises(OutsideAddressError, match=f"^socket.connect {HOST}$"), socket.socket() as caller:
        caller.connect((HOST, 9))
    refused.clear()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost"])
def test_this_host_is_reachable(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, suppress(ConnectionRefusedError):
        socket.create_connection((host, listener.getsockname()[1])).close()


def test_sockets_without_an_internet_address_are_not_refused() -> None:
    first, second = socket.socketpair()
    with first, second:
        first.sendmsg([b"1"])
        assert second.recv(1) == b"1"
