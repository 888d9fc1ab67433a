"""The stand-in as a server: what it remembers, where it listens, how it stops."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter, sleep

import httpx
import pytest

from generator.contract.places import Unreadable
from generator.standin import faults
from generator.standin.server import Standin, listening, running
from generator.standin.service import Service

IMAGE = "/container-registry/v1/images/crp5o1vp3mk7vq1ql0b9"


def test_the_requests_are_remembered_as_they_came(standin: Standin, caller: httpx.Client) -> None:
    content = b"part" * 50_000
    caller.post(f"{standin.url}/a%2Fb/%7E?q=%20", headers={"X-Mine": "1"}, content=content)
    (request,) = standin.requests
    assert (request.method, request.path, request.query) == ("POST", "/a%2Fb/%7E", "q=%20")
    assert (request.header("x-mine"), request.header("authorization")) == ("1", "Bearer token")
    assert request.header("x-yours") is None
    assert request.body == content


def test_each_request_is_called_by_a_name_of_its_own(standin: Standin, caller: httpx.Client) -> None:
    answers = [caller.get(standin.url) for _ in range(2)]
    assert [one.headers["x-request-id"] for one in answers] == [one.identifier for one in standin.requests]
    assert len({one.identifier for one in standin.requests}) == 2


def test_a_head_request_gets_the_status_of_an_error_and_no_body(standin: Standin, caller: httpx.Client) -> None:
    given = caller.head(standin.url + IMAGE)
    assert (given.status_code, given.content) == (501, b"")


def test_forgetting_drops_the_plan_and_the_memory(standin: Standin, caller: httpx.Client) -> None:
    standin.next(faults.failing(14), faults.failing(14))
    caller.get(standin.url + IMAGE)
    standin.forget()
    assert standin.requests == []
    assert caller.get(standin.url + IMAGE).status_code == 200


def test_many_callers_are_served_at_once(standin: Standin, caller: httpx.Client) -> None:
    standin.next(*[faults.late(0.2)] * 8)
    begun = perf_counter()
    with ThreadPoolExecutor(8) as callers:
        answers = list(callers.map(caller.get, [standin.url] * 8))
    assert perf_counter() - begun < 0.2 * 8
    assert [one.status_code for one in answers] == [404] * 8


def test_an_answer_leaves_at_once(standin: Standin, caller: httpx.Client) -> None:
    """Nagle's algorithm and a delayed acknowledgement would hold each answer on a kept connection for 40 ms."""
    assert median(caller.get(standin.url).elapsed.total_seconds() for _ in range(9)) < 0.03


def test_it_listens_on_the_loopback_interface_alone(standin: Standin) -> None:
    url = httpx.URL(standin.url)
    assert url.host == "127.0.0.1"
    with socket.socket() as other:  # were it listening everywhere, the port of another address would be taken
        other.bind(("127.0.0.2", url.port or 0))


@pytest.mark.parametrize("fault", [faults.late(60), faults.dripping(60)], ids=["late", "dripping"])
def test_it_stops_within_a_second_with_an_answer_under_way(
    service: Service, caller: httpx.Client, fault: faults.Fault
) -> None:
    before = set(threading.enumerate())
    with ThreadPoolExecutor(1) as callers:
        with running(service) as standin:
            standin.next(fault)
            call = callers.submit(caller.get, standin.url)
            while not standin.requests:
                sleep(0.01)
            begun = perf_counter()
        assert perf_counter() - begun < 1
        assert isinstance(call.exception(timeout=1), httpx.RemoteProtocolError)
    assert set(threading.enumerate()) <= before
    with pytest.raises(httpx.ConnectError):
        caller.get(standin.url)


def test_one_that_is_never_called_stops_too(service: Service) -> None:
    before = set(threading.enumerate())
    begun = perf_counter()
    with running(service):
        pass
    assert perf_counter() - begun < 1
    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_there_is_not_is_refused(port: int) -> None:
    sentence = f"^127.0.0.1:{port}: is no port; choose one from 0 to 65535$"
    with pytest.raises(Unreadable, match=sentence), listening(_never, port):
        pass


def test_a_port_in_use_is_refused(standin: Standin) -> None:
    port = httpx.URL(standin.url).port or 0
    sentence = f"^127.0.0.1:{port}: cannot be listened on: Address already in use; choose another port$"
    with pytest.raises(Unreadable, match=sentence), listening(_never, port):
        pass


async def _never(*_: object) -> None:
    raise AssertionError
