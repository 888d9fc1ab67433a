"""Each fault reaches a plain HTTP client over a socket and in process."""

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from time import perf_counter

import httpx
import pytest
from attrs import evolve

from generated_client.testing import FakeResponse, FakeServer, Fault, ReceivedRequest, Service, faults, respond
from generated_client.testing._gateway import CODES
from tests.client.fake_server.waiting import wait_for_requests
from tests.client.virtual_time import ManualClock

Get = Callable[..., httpx.Response]


PATH = "/container-registry/v1/images/crp5o1vp3mk7vq1ql0b9"


@pytest.fixture
def get(fake_server: FakeServer, http: httpx.Client) -> Get:
    """Asks for an image after planning faults."""

    def get(*planned: Fault) -> httpx.Response:
        fake_server.enqueue(*planned)
        return http.get(PATH, timeout=60)

    return get


def test_faults_apply_to_the_next_requests_in_order_and_then_it_is_well(get: Get) -> None:
    first = get(faults.grpc_error(14), respond, faults.grpc_error(8))
    assert [first.status_code, *(get().status_code for _ in range(3))] == [503, 200, 429, 200]


def test_a_code_fails_with_its_status(get: Get) -> None:
    for code, (_, status) in CODES.items():
        response = get(faults.grpc_error(code))
        assert (response.status_code, response.json()["code"]) == (status, code)


def test_a_status_fails_with_the_code_that_means_it(get: Get) -> None:
    for status, code in {400: 3, 418: 2, 429: 8, 499: 1, 502: 2, 503: 14, 599: 2}.items():
        response = get(faults.http_error(status))
        assert (response.status_code, response.json()["code"]) == (status, code)


@pytest.mark.parametrize("status", [200, 399, 600])
def test_a_status_that_is_no_error_is_refused_when_it_is_planned(status: int) -> None:
    with pytest.raises(ValueError, match=f"{status} is not an HTTP error status"):
        faults.http_error(status)


def test_a_code_that_grpc_has_not_is_refused_when_it_is_planned() -> None:
    with pytest.raises(KeyError):
        faults.grpc_error(17)


def test_throttling_asks_to_come_back_after_seconds_or_at_a_date(get: Get, fake_server: FakeServer) -> None:
    response = get(faults.rate_limited(2))
    assert (response.status_code, response.headers["retry-after"], response.json()["code"]) == (429, "2", 8)
    until = get(faults.rate_limited_until(60)).headers["retry-after"]
    assert until.endswith(" GMT")
    ahead = parsedate_to_datetime(until) - fake_server.requests[-1].at
    assert timedelta(seconds=59) < ahead <= timedelta(seconds=60)


def test_a_connection_cut_before_the_headers_gives_nothing(get: Get) -> None:
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        get(faults.cut_before_headers)
    assert get().status_code == 200


def test_a_connection_cut_in_the_body_gives_half_of_it(get: Get, fake_server: FakeServer, http: httpx.Client) -> None:
    length = len(get().content)
    fake_server.enqueue(faults.cut_in_body)
    with http.stream("GET", PATH) as response:
        assert int(response.headers["content-length"]) == length
        with pytest.raises(httpx.RemoteProtocolError, match=f"received {length // 2} bytes"):
            response.read()


def test_a_body_may_be_html_no_text_half_or_of_another_type(get: Get) -> None:
    whole, json = get().content, "application/json"
    for fault, status, kind, body in (
        (faults.html_502, 502, "text/html", re.compile(rb"<html>.*", re.DOTALL)),
        (faults.not_json, 200, json, re.compile(rb".*[\x80-\xff].*", re.DOTALL)),
        (faults.truncated_json, 200, json, re.compile(re.escape(whole[: len(whole) // 2]))),
        (faults.not_typed_json, 200, "text/plain", re.compile(re.escape(whole))),
    ):
        response = get(fault)
        assert (response.status_code, response.headers["content-type"]) == (status, kind)
        assert body.fullmatch(response.content)


def test_a_delay_and_pauses_are_kept_over_http(fake_server: FakeServer) -> None:
    slow = {
        200: faults.delayed(0.05),
        503: faults.delayed(0.05, faults.grpc_error(14)),
        502: faults.slow_body(0.001, _page),
    }
    fake_server.enqueue(*slow.values())
    with httpx.Client(base_url=fake_server.url, headers={"authorization": "Bearer token"}, timeout=60) as caller:
        for status in slow:
            begun = perf_counter()
            assert caller.get(PATH).status_code == status
            assert perf_counter() - begun >= 0.05


def _page(service: Service, request: ReceivedRequest) -> FakeResponse:
    return evolve(faults.html_502(service, request), body=b"<html>" * 10)


def test_a_delay_and_pauses_are_kept_in_process(fake_server: FakeServer, clock: ManualClock) -> None:
    async def get_async() -> httpx.Response:
        async with httpx.AsyncClient(transport=fake_server.transport) as caller:
            return await caller.get("https://registry.test")

    def get() -> httpx.Response:
        with httpx.Client(transport=fake_server.transport) as caller:
            return caller.get("https://registry.test")

    for call in (get, partial(asyncio.run, get_async())):
        clock.sleeps.clear()
        fake_server.enqueue(faults.delayed(3, faults.slow_body(0.1, faults.html_502)))
        response = call()
        assert response.status_code == 502
        assert clock.sleeps == [3, *[0.1] * len(response.content)]


@pytest.mark.parametrize("fault", [faults.delayed(60), faults.slow_body(60)], ids=["late", "dripping"])
def test_a_caller_that_gives_up_over_http_leaves_the_fake_server_well(service: Service, fault: Fault) -> None:
    """It serves others while a response is late."""
    with FakeServer(service) as fake_server, httpx.Client(base_url=fake_server.url) as caller:
        fake_server.enqueue(fault)
        with pytest.raises(httpx.ReadTimeout):
            caller.get(PATH, timeout=httpx.Timeout(60, read=0.05))
        wait_for_requests(fake_server, 1)
        assert caller.get(PATH, timeout=60).status_code == 401


@pytest.mark.parametrize("fault", [faults.delayed(60), faults.slow_body(60)], ids=["late", "dripping"])
def test_callers_give_up_in_process_too(fake_server: FakeServer, clock: ManualClock, fault: Fault) -> None:
    async def call() -> None:
        async with httpx.AsyncClient(transport=fake_server.transport, timeout=0.05) as caller:
            await caller.get("https://registry.test")

    fake_server.enqueue(fault, fault)
    with pytest.raises(httpx.ReadTimeout), httpx.Client(transport=fake_server.transport, timeout=0.05) as caller:
        caller.get("https://registry.test")
    with pytest.raises(httpx.ReadTimeout):
        asyncio.run(call())
    assert [seconds for seconds in clock.sleeps if seconds] == [0.05, 0.05]
