"""The fake server keeps requests and connections, listens on loopback only, and stops without a trace."""

import gc
import logging
import socket
import threading
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from http.client import HTTPConnection
from select import select
from time import sleep

import httpx
import pytest

from generated_client.testing import FakeResponse, FakeServer, Fault, ReceivedRequest, Service, faults
from tests.client.fake_server.waiting import wait_for_requests

IMAGE = "/container-registry/v1/images/crp5o1vp3mk7vq1ql0b9"


@pytest.fixture(scope="session")
def caller(running: FakeServer) -> Generator[httpx.Client]:
    """A plain HTTP client that sends a token over HTTP."""
    with httpx.Client(base_url=running.url, headers={"authorization": "Bearer token"}) as client:
        yield client


def test_a_head_request_gets_the_status_of_an_error_and_no_body(fake_server: FakeServer, http: httpx.Client) -> None:
    response = http.head(IMAGE)
    assert (response.status_code, response.content) == (501, b"")
    assert http.get(IMAGE).status_code == 200
    assert [request.method for request in fake_server.requests] == ["HEAD", "GET"]


def test_the_requests_are_remembered_as_they_came(fake_server: FakeServer, http: httpx.Client) -> None:
    content = b"part" * 50_000
    http.post("/a%2Fb/%7E?q=%20", headers={"X-Mine": "1"}, content=content)
    (request,) = fake_server.requests
    assert (request.method, request.path, request.query) == ("POST", "/a%2Fb/%7E", "q=%20")
    assert (request.header("x-mine"), request.header("authorization")) == ("1", "Bearer token")
    assert request.header("x-yours") is None
    assert request.body == content


def test_a_response_leaves_at_once(fake_server: FakeServer) -> None:
    """Nagle's algorithm and a delayed acknowledgement would hold each response on a kept connection for 40 ms."""
    with closing(HTTPConnection("127.0.0.1", port_of(fake_server))) as caller:
        caller.request("GET", IMAGE)
        assert caller.getresponse().read()
        (accepted,) = [
            item
            for item in gc.get_objects()
            if isinstance(item, socket.socket) and item.fileno() >= 0 and peer_of(item) == caller.sock.getsockname()
        ]
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def peer_of(connection: socket.socket) -> object:
    """Return the address at the other end of a socket, None if it has none."""
    try:
        return connection.getpeername()
    except OSError:
        return None


def test_a_connection_is_kept_until_the_caller_wants_it_closed(fake_server: FakeServer) -> None:
    with closing(HTTPConnection("127.0.0.1", port_of(fake_server))) as caller:
        caller.connect()
        connection = caller.sock
        for kept, headers in ((True, {}), (True, {}), (False, {"Connection": "close"})):
            caller.request("GET", IMAGE, headers=headers)
            assert caller.getresponse().read()
            assert caller.sock is connection
            assert select([connection], [], [], 0.05 if kept else 60)[0] == ([] if kept else [connection])
        assert connection.recv(1) == b""


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x01\x02\x00\x01 hello\r\n\r\n",
        b"GET / HTTP/1.1\r\ncontent-length: x\r\n\r\n",
        b"GET / HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nx: " + b"y" * 100_000,
    ],
)
def test_what_is_no_request_is_refused_and_counts_for_none(fake_server: FakeServer, garbage: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port_of(fake_server))) as connection:
        connection.sendall(garbage)
        assert connection.makefile("rb").read().startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert fake_server.requests == []


def port_of(fake_server: FakeServer) -> int:
    return httpx.URL(fake_server.url).port or 0


def test_a_caller_that_hangs_up_in_the_middle_of_a_request_counts_for_none(fake_server: FakeServer) -> None:
    with socket.create_connection(("127.0.0.1", port_of(fake_server))) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b""
    assert fake_server.requests == []


def test_a_fault_that_fails_itself_is_logged_and_cuts_the_connection(
    fake_server: FakeServer, caller: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_service: Service, _request: ReceivedRequest) -> FakeResponse:
        raise KeyError("oh")

    fake_server.enqueue(broken)
    with caplog.at_level(logging.ERROR), pytest.raises(httpx.RemoteProtocolError):
        caller.get(IMAGE)
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [KeyError]
    assert caller.get(IMAGE).status_code == 200


def test_it_listens_on_the_loopback_interface_alone(fake_server: FakeServer) -> None:
    assert httpx.URL(fake_server.url).host == "127.0.0.1"
    with socket.socket() as other:  # were it listening everywhere, the port of another address would be taken
        other.bind(("127.0.0.2", port_of(fake_server)))


@pytest.mark.parametrize("fault", [faults.delayed(3600), faults.slow_body(3600)], ids=["late", "dripping"])
def test_it_stops_at_once_with_an_response_under_way(service: Service, fault: Fault) -> None:
    before = set(threading.enumerate())
    with ThreadPoolExecutor(1) as callers, httpx.Client(timeout=3600) as caller:
        with FakeServer(service) as fake_server:
            fake_server.enqueue(fault)
            call = callers.submit(caller.get, fake_server.url)
            wait_for_requests(fake_server, 1)
        assert isinstance(call.exception(), httpx.RemoteProtocolError)
    assert set(threading.enumerate()) <= before


@pytest.mark.slow
def test_it_stops_without_a_trace_while_callers_keep_coming(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    fake_server, done = FakeServer(service), threading.Event()

    def call() -> None:
        while not done.is_set():
            with (
                suppress(OSError, RuntimeError),
                socket.create_connection(("127.0.0.1", port_of(fake_server))) as connection,
            ):
                connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
                connection.recv(1)

    with ThreadPoolExecutor(3) as callers:
        for _ in range(3):
            callers.submit(call)
        for seconds in (0, 60, 0) * 10:
            with fake_server:
                fake_server.enqueue(faults.delayed(seconds))
                sleep(0.005)
        done.set()
    gc.collect()  # A socket that was left open warns, and a warning is an error.
    assert fake_server.requests
    assert caplog.records == []


def test_one_that_callers_still_hold_connections_to_stops_and_starts_again(service: Service) -> None:
    fake_server = FakeServer(service)
    with httpx.Client(headers={"authorization": "Bearer token"}) as caller:
        for _ in range(2):
            with fake_server:
                assert caller.get(fake_server.url + IMAGE).status_code == 200
    assert len(fake_server.requests) == 2
