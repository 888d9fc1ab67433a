"""A token is renewed before it expires, at a bounded rate, and is not used after its end."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise

import anyio
import pytest

from generated_client import _clock
from generated_client._clock import Deadline
from generated_client._token_cache import AsyncTokenCache, TokenCache, TokenStore
from generated_client.credentials import AccessToken, MetadataService, ServiceAccountKey
from generated_client.errors import CredentialsError
from tests.client.callers import ClientFactory
from tests.client.credentials.keys import Key
from tests.client.credentials.services import (
    EXCHANGE,
    HALF_A_DAY,
    METADATA,
    Reply,
    Services,
    exchanged,
    in_turn,
    metadata,
    numbered,
)
from tests.client.virtual_time import ManualClock

DOWN = Reply(503, b"<html>")
HOUR = 3600.0


def minted(life: float) -> Reply:
    return metadata("t1.minted.1", life)


@pytest.mark.parametrize(
    ("life", "kept"),
    [
        (HALF_A_DAY, HALF_A_DAY * 0.9),  # a tenth of its life before the end
        (HOUR, HOUR * 0.9),
        (1200.0, 1080.0),  # the two are the same
        (600.0, 480.0),  # two minutes before the end
        (180.0, 60.0),
        (60.0, 5.0),  # never more often than that
        (1.0, 5.0),
        (0.0, 5.0),
        (-100.0, 5.0),
    ],
)
def test_a_token_is_renewed_from_a_tenth_of_its_life_or_two_minutes_before_the_end(
    clock: ManualClock, life: float, kept: float
) -> None:
    source = Source(clock, [AccessToken("t1.a", life)])
    assert [source.questions_after(seconds) for seconds in (0, kept - 0.01, 0.02)] == [1, 0, 1]


def test_calls_go_out_with_the_renewed_token(
    client_factory: ClientFactory, services: Services, clock: ManualClock
) -> None:
    services.paths[METADATA] = numbered(lambda token: metadata(token, HOUR))
    with client_factory(base_url=services.url, token=MetadataService(services.address)) as caller:
        for seconds in (0, HOUR * 0.9 - 0.01, 0.02):
            clock.move(seconds)
            caller.get("crp1")
    assert services.tokens == ["t1.minted.1", "t1.minted.1", "t1.minted.2"]


@pytest.mark.parametrize("reply", [DOWN, Reply(200, {"access_token": "t 1"})])
def test_a_renewal_that_fails_while_it_is_advised_serves_the_old_token_and_pauses(
    client_factory: ClientFactory, services: Services, clock: ManualClock, reply: Reply
) -> None:
    services.paths[METADATA] = in_turn(minted(HOUR), reply)
    with client_factory(base_url=services.url, token=MetadataService(services.address)) as caller:
        caller.get("crp1")
        clock.move(HOUR * 0.9)
        for _ in range(10):
            caller.get("crp1")
    assert services.tokens == ["t1.minted.1"] * 11
    assert len(services.at(METADATA)) == 2


def test_a_renewal_that_fails_while_it_is_mandatory_is_an_error(
    client_factory: ClientFactory, services: Services, clock: ManualClock
) -> None:
    services.paths[METADATA] = in_turn(minted(HOUR), DOWN)
    with client_factory(base_url=services.url, token=MetadataService(services.address), retries=0) as caller:
        caller.get("crp1")
        clock.move(HOUR - 30.01)
        caller.get("crp1")
        clock.move(0.02)
        with pytest.raises(CredentialsError, match=r" returned 503 without a usable token$") as raised:
            caller.get("crp1")
    assert raised.value.retryable
    assert len(services.at(METADATA)) == 3
    assert len(services.tokens) == 2


def test_steps_of_the_clock_of_the_system_change_nothing(
    client_factory: ClientFactory, services: Services, clock: ManualClock, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.paths[EXCHANGE] = numbered(lambda token: exchanged(token, HOUR))
    now = time.time()
    monkeypatch.setattr(_clock, "wall_time", lambda: now)
    with client_factory(base_url=services.url, token=ServiceAccountKey.parse(key.json(), services.exchange)) as caller:
        for step in (0, 10 * HOUR, -10 * HOUR, 1e9):
            monkeypatch.setattr(_clock, "wall_time", lambda step=step: now + step)
            caller.get("crp1")
        assert len(services.at(EXCHANGE)) == 1
        clock.move(HOUR)
        caller.get("crp1")
        caller.get("crp1")
    assert len(services.at(EXCHANGE)) == 2


def test_the_pause_after_a_failure_is_five_seconds_while_there_is_a_token(clock: ManualClock) -> None:
    source = Source(clock, [AccessToken("t1.a", HOUR), FAILURE])
    source.moments_of_questions(HOUR * 0.9 - STEP)
    assert gaps_between(source.moments_of_questions(20)) == pytest.approx([5, 5, 5, 5], abs=STEP)


def test_the_pauses_after_failures_double_up_to_five_seconds_while_there_is_none(clock: ManualClock) -> None:
    source = Source(clock, [FAILURE])
    gaps = gaps_between(source.moments_of_questions(20))
    assert gaps == pytest.approx([0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5], abs=STEP)


def test_a_renewal_that_succeeds_forgets_the_failures_before(clock: ManualClock) -> None:
    source = Source(clock, [FAILURE, FAILURE, FAILURE, AccessToken("t1.a", 60), FAILURE])
    mandatory = [moment for moment in source.moments_of_questions(34) if moment > 30]
    assert gaps_between(mandatory)[:4] == pytest.approx([0, 0.1, 0.2, 0.4], abs=STEP)


def test_a_pause_ends_when_a_renewal_becomes_mandatory(clock: ManualClock) -> None:
    source = Source(clock, [AccessToken("t1.a", 1220), FAILURE])
    assert source.moments_of_questions(1190)[-2:] == [1188, 1190]


def test_a_service_that_gives_the_same_token_to_its_end_is_asked_a_bounded_number_of_times(clock: ManualClock) -> None:
    ends = clock.monotonic() + HALF_A_DAY
    source = Source(clock, [], lambda: AccessToken("t1.a", ends - clock.monotonic()))
    moments = [moment for moment in source.moments_of_questions(HALF_A_DAY, step=1) if moment < HALF_A_DAY]
    # After nine tenths of what is left each, until two minutes are; every five seconds from then on.
    assert moments[:3] == pytest.approx([0, 38880, 42768], abs=1)
    assert len(moments) <= 4 + 120 / 5


def test_a_question_may_take_half_of_the_time_left_while_there_is_a_token_and_all_of_it_otherwise(
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
    """A source without a service, and calls that need its tokens at every step of a clock."""

    def __init__(
        self,
        clock: ManualClock,
        outcomes: list[AccessToken | CredentialsError],
        otherwise: Callable[[], AccessToken] | None = None,
    ) -> None:
        self._clock = clock
        self._outcomes = outcomes
        self._otherwise = otherwise
        self._asked = 0
        self._tokens = TokenCache(self._ask, TokenStore())

    def _ask(self, _seconds: float) -> AccessToken | CredentialsError:
        self._asked += 1
        if self._otherwise is not None:
            return self._otherwise()
        return self._outcomes.pop(0) if len(self._outcomes) > 1 else self._outcomes[0]

    def questions_after(self, seconds: float) -> int:
        """Return how often a call asks the source, so many seconds later."""
        self._clock.move(seconds)
        before = self._asked
        self._tokens.get(Deadline(30))
        return self._asked - before

    def moments_of_questions(self, seconds: float, step: float = STEP) -> list[float]:
        """Seconds from now at which the source is asked."""
        moments: list[float] = []
        for number in range(int(seconds / step) + 1):
            before = self._asked
            with suppress(CredentialsError):
                self._tokens.get(Deadline(30))
            moments.extend([number * step] * (self._asked - before))
            self._clock.move(step)
        return moments


def gaps_between(moments: list[float]) -> list[float]:
    """Seconds from each moment to the next."""
    return [later - earlier for earlier, later in pairwise(moments)]
