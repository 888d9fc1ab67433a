"""A token is renewed before it expires, at a bounded rate, and is not used after its end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, count, pairwise, repeat

import anyio
import pytest

from generated_client import _clock
from generated_client._clock import Deadline
from generated_client._token_cache import AsyncTokenCache, TokenCache, TokenStore
from generated_client.credentials import AccessToken, ServiceAccountKey
from generated_client.errors import CredentialsError
from tests.client.callers import ClientFactory
from tests.client.credentials.keys import Key
from tests.client.credentials.services import HALF_A_DAY, Reply, Services, exchanged, metadata, numbered
from tests.client.virtual_time import ManualClock

HOUR = 3600.0


def test_a_token_is_used_until_30_seconds_before_its_end_if_it_cannot_be_renewed(
    connect: ClientFactory, services: Services, clock: ManualClock
) -> None:
    services.metadata.respond(metadata("t1.old", HOUR), Reply(503, b"<html>"))
    with connect(token=services.source) as caller:
        caller.get()
        clock.move(HOUR * 0.9)
        for _ in range(10):
            caller.get()
        assert len(services.metadata.requests) == 2
        clock.move(HOUR * 0.1 - 30.01)
        caller.get()
        clock.move(0.02)
        error = caller.error_of(CredentialsError)
        assert error.reason.endswith(" returned 503 without a usable token")
        assert error.retryable
        assert len(services.metadata.requests) == 4
        services.metadata.respond(metadata("t1.new", HOUR))
        clock.move(5)
        caller.get()
    assert services.tokens == ["t1.old"] * 12 + ["t1.new"]


def test_steps_of_the_clock_of_the_system_change_nothing(
    connect: ClientFactory, services: Services, clock: ManualClock, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.exchange.respond(numbered(lambda token: exchanged(token, HOUR)))
    now = time.time()
    monkeypatch.setattr(_clock, "wall_time", lambda: now)
    with connect(token=ServiceAccountKey.parse(key.json(), services.exchange.url)) as caller:
        for step in (0, 10 * HOUR, -10 * HOUR, 1e9):
            monkeypatch.setattr(_clock, "wall_time", lambda step=step: now + step)
            caller.get()
        assert len(services.exchange.requests) == 1
        clock.move(HOUR)
        caller.get()
        caller.get()
    first, second = (request.body for request in services.exchange.requests)
    assert first != second


@pytest.mark.parametrize(
    ("life", "kept"),
    [
        (HALF_A_DAY, HALF_A_DAY * 0.9),  # a tenth of its life before the end
        (1200.0, 1080.0),  # the two are the same
        (600.0, 480.0),  # two minutes before the end
        (60.0, 5.0),  # never more often than that
        (0.0, 5.0),
        (-100.0, 5.0),
    ],
)
def test_a_token_is_renewed_from_a_tenth_of_its_life_or_two_minutes_before_the_end(
    clock: ManualClock, life: float, kept: float
) -> None:
    source = Source(clock, repeat(AccessToken("t1.a", life)))
    assert [source.requests_at(seconds) for seconds in (0, kept - 0.01, 0.02)] == [1, 0, 1]


def test_the_pause_after_a_failure_is_five_seconds_while_there_is_a_token(clock: ManualClock) -> None:
    source = Source(clock, chain([AccessToken("t1.a", HOUR)], repeat(FAILURE)))
    source.moments_of_requests(HOUR * 0.9 - STEP)
    assert gaps_between(source.moments_of_requests(20)) == pytest.approx([5, 5, 5, 5], abs=STEP)


def test_the_pauses_after_failures_double_up_to_five_seconds_while_there_is_none(clock: ManualClock) -> None:
    gaps = gaps_between(Source(clock, repeat(FAILURE)).moments_of_requests(20))
    assert gaps == pytest.approx([0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5], abs=STEP)


def test_a_renewal_that_succeeds_forgets_the_failures_before(clock: ManualClock) -> None:
    source = Source(clock, chain([FAILURE] * 3, [AccessToken("t1.a", 60)], repeat(FAILURE)))
    mandatory = [moment for moment in source.moments_of_requests(34) if moment > 30]
    assert gaps_between(mandatory)[:4] == pytest.approx([0, 0.1, 0.2, 0.4], abs=STEP)


def test_a_pause_ends_when_a_renewal_becomes_mandatory(clock: ManualClock) -> None:
    source = Source(clock, chain([AccessToken("t1.a", 1220)], repeat(FAILURE)))
    assert source.moments_of_requests(1190)[-2:] == [1188, 1190]


def test_a_service_that_gives_the_same_token_to_its_end_is_asked_a_bounded_number_of_times(clock: ManualClock) -> None:
    ends = clock.monotonic() + HALF_A_DAY
    source = Source(clock, (AccessToken("t1.a", ends - clock.monotonic()) for _ in count()))
    moments = [moment for moment in source.moments_of_requests(HALF_A_DAY, step=1) if moment < HALF_A_DAY]
    # After nine tenths of what is left each, until two minutes are; every five seconds from then on.
    assert moments[:3] == pytest.approx([0, 38880, 42768], abs=1)
    assert len(moments) <= 4 + 120 / 5


def test_a_request_may_take_half_of_the_time_left_while_there_is_a_token_and_all_of_it_otherwise(
    clock: ManualClock,
) -> None:
    allowed: list[float] = []

    def ask(seconds: float) -> AccessToken:
        allowed.append(seconds)
        return AccessToken("t1.a", HOUR)

    async def ask_async(seconds: float) -> AccessToken:
        return ask(seconds)

    tokens, async_tokens = TokenCache(ask, TokenStore()), AsyncTokenCache(ask_async, TokenStore())
    for seconds in (0, HOUR * 0.95, HOUR):
        clock.move(seconds)
        tokens.get(Deadline(30))
        anyio.run(async_tokens.get, Deadline(30))
    assert allowed == [30, 30, 15, 15, 30, 30]


STEP = 1 / 16
"""Seconds between two calls: what binary numbers hold exactly."""

FAILURE = CredentialsError("out of order")


class Source:
    """A source without a service, and calls that need its tokens at moments of a clock."""

    def __init__(self, clock: ManualClock, outcomes: Iterator[AccessToken | CredentialsError]) -> None:
        self._clock = clock
        self._outcomes = outcomes
        self._requests = 0
        self._tokens = TokenCache(self._ask, TokenStore())

    def _ask(self, _seconds: float) -> AccessToken | CredentialsError:
        self._requests += 1
        return next(self._outcomes)

    def requests_at(self, seconds: float) -> int:
        """Return how often a call asks the source, so many seconds later."""
        self._clock.move(seconds)
        before = self._requests
        with suppress(CredentialsError):
            self._tokens.get(Deadline(30))
        return self._requests - before

    def moments_of_requests(self, seconds: float, step: float = STEP) -> list[float]:
        """Return the seconds from now at which the source is asked, by a call at each step and one at the start."""
        moments = [0.0] * self.requests_at(0)
        for number in range(1, int(seconds / step) + 1):
            moments.extend([number * step] * self.requests_at(step))
        self._clock.move(step)
        return moments


def gaps_between(moments: list[float]) -> list[float]:
    """Seconds from each moment to the next."""
    return [later - earlier for earlier, later in pairwise(moments)]
