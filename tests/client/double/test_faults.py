"""What goes wrong on demand, as a plain HTTP client sees it over a real socket and in process alike."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import perf_counter

import httpx
import pytest

from generated_client.testing import Double, Fault, answer, faults
from generated_client.testing._gateway import CODES

Get = Callable[..., httpx.Response]


PATH = "/container-registry/v1/images/crp5o1vp3mk7vq1ql0b9"


@pytest.fixture
def get(double: Double, http: httpx.Client) -> Get:
    """Asks for an image, which meets the faults given."""

    def get(*planned: Fault, timeout: float = 5) -> httpx.Response:
        double.next(*planned)
        return http.get(PATH, timeout=timeout)

    return get


def test_faults_befall_the_next_requests_in_order_and_then_it_is_well(get: Get) -> None:
    first = get(faults.failing(14), answer, faults.failing(8))
    assert [first.status_code, *(get().status_code for _ in range(3))] == [503, 200, 429, 200]


@pytest.mark.parametrize("code", CODES)
def test_a_code_fails_with_its_status(get: Get, code: int) -> None:
    given = get(faults.failing(code))
    assert (given.status_code, given.json()["code"]) == (CODES[code][1], code)


@pytest.mark.parametrize(("status", "code"), [(400, 3), (418, 2), (429, 8), (499, 1), (502, 2), (503, 14), (599, 2)])
def test_a_status_fails_with_the_code_that_means_it(get: Get, status: int, code: int) -> None:
    given = get(faults.failing_with(status))
    assert (given.status_code, given.json()["code"]) == (status, code)


@pytest.mark.parametrize("status", [200, 399, 600])
def test_a_status_that_is_no_error_is_refused_when_it_is_planned(status: int) -> None:
    with pytest.raises(ValueError, match=f"{status} is no HTTP status of an error"):
        faults.failing_with(status)


def test_a_code_that_grpc_has_not_is_refused_when_it_is_planned() -> None:
    with pytest.raises(KeyError):
        faults.failing(17)


def test_throttling_asks_to_come_back_after_seconds(get: Get) -> None:
    given = get(faults.throttled(2))
    assert (given.status_code, given.headers["retry-after"], given.json()["code"]) == (429, "2", 8)


def test_throttling_asks_to_come_back_at_a_date(get: Get) -> None:
    given = get(faults.throttled_until(60))
    assert given.status_code == 429
    assert given.headers["retry-after"].endswith(" GMT")
    ahead = parsedate_to_datetime(given.headers["retry-after"]) - datetime.now(UTC)
    assert timedelta(seconds=50) < ahead <= timedelta(seconds=60)


def test_a_connection_cut_before_the_headers_gives_nothing(get: Get) -> None:
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        get(faults.cut_before_headers)
    assert get().status_code == 200


def test_a_connection_cut_in_the_body_gives_half_of_it(get: Get, double: Double, http: httpx.Client) -> None:
    length = len(get().content)
    double.next(faults.cut_in_body)
    with http.stream("GET", PATH) as given:
        assert int(given.headers["content-length"]) == length
        with pytest.raises(httpx.RemoteProtocolError, match=f"received {length // 2} bytes"):
            given.read()


def test_a_proxy_answers_in_html(get: Get) -> None:
    given = get(faults.html_502)
    assert (given.status_code, given.headers["content-type"]) == (502, "text/html")
    assert given.content.startswith(b"<html>")


def test_an_answer_may_be_no_json_at_all(get: Get) -> None:
    given = get(faults.not_json)
    assert (given.status_code, given.headers["content-type"]) == (200, "application/json")
    with pytest.raises(UnicodeDecodeError):
        given.content.decode()


def test_json_may_end_in_the_middle(get: Get) -> None:
    whole, half = get(), get(faults.truncated_json)
    assert (half.status_code, half.content) == (200, whole.content[: len(whole.content) // 2])


def test_json_may_be_called_something_else(get: Get) -> None:
    whole, plain = get(), get(faults.not_typed_json)
    assert (plain.status_code, plain.headers["content-type"], plain.content) == (200, "text/plain", whole.content)


def test_a_late_answer_comes_whole_after_its_delay(get: Get) -> None:
    begun = perf_counter()
    assert get(faults.late(0.1)).status_code == 200
    assert perf_counter() - begun >= 0.1


def test_a_dripping_answer_comes_byte_by_byte(double: Double, http: httpx.Client) -> None:
    double.next(faults.dripping(0.01, faults.html_502))
    with http.stream("GET", PATH) as given:
        begun = perf_counter()
        pieces = list(given.iter_raw())
    assert perf_counter() - begun > 0.01 * 40
    assert len(pieces) > 10  # a slow reader may find several waiting
    assert b"".join(pieces).startswith(b"<html>")


def test_faults_can_be_laid_over_each_other(get: Get) -> None:
    begun = perf_counter()
    assert get(faults.late(0.1, faults.failing(14))).status_code == 503
    assert perf_counter() - begun >= 0.1


@pytest.mark.parametrize("fault", [faults.late(60), faults.dripping(60)], ids=["late", "dripping"])
def test_a_caller_that_gives_up_leaves_the_double_well(get: Get, fault: Fault) -> None:
    with pytest.raises(httpx.ReadTimeout):
        get(fault, timeout=0.5)
    assert get().status_code == 200


@pytest.mark.parametrize("fault", [faults.late(60), faults.dripping(60)], ids=["late", "dripping"])
def test_async_callers_give_up_in_process_too(double: Double, fault: Fault) -> None:
    async def call() -> None:
        async with httpx.AsyncClient(transport=double.transport, timeout=0.05) as caller:
            await caller.get("https://registry.test")

    double.next(fault)
    begun = perf_counter()
    with pytest.raises(httpx.ReadTimeout):
        asyncio.run(call())
    assert perf_counter() - begun < 5
