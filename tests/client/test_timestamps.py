"""A timestamp is an aware datetime that loses no digit."""

# ruff: noqa: DTZ001  # what is compared with a timestamp, or reckoned in UTC, has no time zone of its own

import copy
import operator
import pickle
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any
from unittest.mock import ANY
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generated_client import Image, Timestamp
from generated_client.errors import DecodeError


def read(text: str) -> Timestamp:
    created_at = Image.from_dict({"createdAt": text}).created_at
    assert created_at is not None
    return created_at


def test_up_to_nine_digits_are_read_and_written_back_as_they_came() -> None:
    for offset in ("Z", "+00:00", "-00:00", "+03:00", "-11:30", "+23:59"):
        for fraction in ["", *("120406089"[:digits] for digits in range(1, 10))]:
            text = f"2026-03-14T09:26:53{'.' if fraction else ''}{fraction}{offset}"
            moment = read(text)
            assert moment.nanos == int(fraction.ljust(9, "0"))
            assert moment.microsecond == moment.nanos // 1000
            assert str(moment) == text
            assert Image(created_at=moment).to_dict() == {"createdAt": text}


NO_TIMESTAMPS: list[Any] = [
    *("", "now", "2026-03-14", "2026-03-14T09:26:53", "2026-03-14 09:26:53Z", "2026-03-14T09:26Z", "20260314T092653Z"),
    *("2026-W11-6T09:26:53Z", " 2026-03-14T09:26:53Z", "2026-03-14T09:26:53Z\n", "-2026-03-14T09:26:53Z"),
    *(f"2026-03-14T09:26:53{end}" for end in (".Z", ".1234567890Z", ",5Z", ".５Z", ".123456５Z")),
    *(f"2026-03-14T09:26:53{end}" for end in ("+3:00", "+03", "+24:00", "+03:60", "+03:00:00", "+０3:00")),
    *(f"2026-03-14T{time}Z" for time in ("24:00:00", "09:60:00", "09:26:60")),
    *(f"{date}T00:00:00Z" for date in ("2026-02-29", "2026-13-01", "0000-01-01", "10000-01-01", "２０２６-03-14")),
    *(0, 1773480413, 1.5, True, [], {}, {"seconds": 1}),
]


def test_nothing_else_is_read_as_a_timestamp() -> None:
    for value in NO_TIMESTAMPS:
        with pytest.raises(DecodeError, match="createdAt: expected a timestamp as RFC 3339 writes it, got"):
            Image.from_dict({"createdAt": value})


OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59)
SECONDS = st.datetimes(datetime(1, 1, 4), datetime(9999, 12, 28))


@st.composite
def moments(draw: st.DrawFn) -> tuple[Timestamp, int]:
    """A timestamp, and the nanoseconds from a fixed day until it, counted apart from it."""
    second = draw(SECONDS | st.just(datetime(2026, 3, 14, 9, 26, 53))).replace(microsecond=0)
    nanos = draw(st.integers(0, 999_999_999) | st.sampled_from([0, 1, 999, 1000, 1001, 999_999_999]))
    offset = draw(st.sampled_from([0, 0, 180]) | OFFSETS)
    sign, minutes = "+-"[offset < 0], abs(offset)
    text = f"{second.isoformat()}.{nanos:09}{sign}{minutes // 60:02}:{minutes % 60:02}"
    elapsed = second - timedelta(minutes=offset) - datetime(2026, 3, 14)
    return read(text), (elapsed.days * 86_400 + elapsed.seconds) * 10**9 + nanos


@given(moments(), moments())
def test_timestamps_are_ordered_to_the_nanosecond(
    drawn: tuple[Timestamp, int], other_drawn: tuple[Timestamp, int]
) -> None:
    (moment, nanos), (other, other_nanos) = drawn, other_drawn
    for compare in (operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge):
        assert compare(moment, other) is compare(nanos, other_nanos)
    assert nanos != other_nanos or hash(moment) == hash(other)


def test_equal_moments_in_different_zones_are_one_key() -> None:
    texts = ("2026-03-14T09:00:00.5Z", "2026-03-14T12:00:00.500000000+03:00", "2026-03-14T09:00:00.500Z")
    assert len({read(text) for text in texts}) == 1


def test_a_timestamp_compares_with_a_plain_datetime_from_both_sides() -> None:
    plain = datetime(2026, 3, 14, 9, tzinfo=UTC)
    same, later = read("2026-03-14T12:00:00+03:00"), read("2026-03-14T09:00:00.000000001Z")
    assert isinstance(same, datetime)
    assert same == plain == same
    assert hash(plain) == hash(same)
    assert plain != later != plain
    assert plain < later > plain
    assert plain <= same <= plain


@pytest.mark.parametrize("other", [datetime(2026, 3, 14, 9), date(2026, 3, 14), 9, None])
def test_a_timestamp_has_no_order_with_a_naive_datetime_a_date_or_anything_else(other: Any) -> None:
    moment = read("2026-03-14T09:00:00Z")
    assert moment != other
    for compare in (operator.lt, operator.le, operator.gt, operator.ge):
        with pytest.raises(TypeError):
            compare(moment, other)
        with pytest.raises(TypeError):
            compare(other, moment)


def test_a_timestamp_leaves_it_to_the_other_side_if_they_are_equal() -> None:
    assert read("2026-03-14T09:00:00Z") == ANY
    assert ANY == read("2026-03-14T09:00:00Z")  # noqa: SIM300  # it is the other one that is asked


ZONES = st.sampled_from(
    [None, UTC, ZoneInfo("Europe/Moscow"), ZoneInfo("America/New_York"), timezone(-timedelta(hours=11.5))]
)


@given(moments(), ZONES)
def test_a_copy_and_a_moment_in_another_zone_are_the_same(drawn: tuple[Timestamp, int], zone: tzinfo | None) -> None:
    """To the last digit, also with an offset that has seconds, as many had before 1940."""
    moment, _ = drawn
    assume(moment.year > 1)  # UTC, in which such an offset is written, may have no date for it.
    assert moment.astimezone(moment.tzinfo) is moment
    moved = moment.astimezone(zone)
    assert type(moved) is Timestamp
    assert (moved, moved.nanos, hash(moved)) == (moment, moment.nanos, hash(moment))
    assert read(str(moved)) == moment
    assert moved.utcoffset() == moment.replace(microsecond=0).astimezone(zone).utcoffset()
    for original in (moment, moved):
        pickled = [pickle.loads(pickle.dumps(original, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
        for same in [copy.copy(original), copy.deepcopy(original), *pickled]:
            assert type(same) is Timestamp
            assert (same, same.nanos, str(same)) == (original, original.nanos, str(original))
            assert same.tzinfo == original.tzinfo


def test_a_timestamp_of_ones_own_is_written_with_its_zone() -> None:
    assert str(Timestamp(2026, 3, 14, 9, tzinfo=UTC)) == "2026-03-14T09:00:00Z"
    own = Timestamp(2026, 3, 14, 9, 0, 0, 5, tzinfo=timezone(timedelta(hours=3)))
    assert str(own) == "2026-03-14T09:00:00.000005+03:00"
    assert (own.nanos, pickle.loads(pickle.dumps(own)), copy.copy(own)) == (5000, own, own)


def test_arithmetic_works_to_the_microsecond() -> None:
    moment = read("2026-03-14T09:00:00.000001999Z")
    later = moment + timedelta(seconds=1)
    assert later == datetime(2026, 3, 14, 9, 0, 1, 1, tzinfo=UTC)
    assert later - moment == timedelta(seconds=1)
    assert datetime(2026, 3, 14, 10, tzinfo=UTC) - moment == timedelta(hours=1) - timedelta(microseconds=1)
    assert str(later) == "2026-03-14T09:00:01.000001Z"


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999999999-23:59"])
def test_a_moment_whose_utc_time_no_datetime_can_hold_still_compares(text: str) -> None:
    moment = read(text)
    assert hash(moment) == hash(read(text))
    assert (moment == read(text), moment < read(text), str(moment)) == (True, False, text)


def test_a_timestamp_shows_itself_as_what_makes_it() -> None:
    assert repr(read("2026-03-14T09:26:53.120Z")) == "Timestamp.parse('2026-03-14T09:26:53.120Z')"


def test_a_plain_datetime_becomes_a_timestamp() -> None:
    plain = datetime(2026, 3, 14, 9, 26, 53, 5, tzinfo=UTC)
    image = Image(created_at=plain)
    assert type(image.created_at) is Timestamp
    assert image.created_at == plain
    image.created_at = plain.astimezone(ZoneInfo("Europe/Moscow"))  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
    assert image.to_dict() == {"createdAt": "2026-03-14T12:26:53.000005+03:00"}
