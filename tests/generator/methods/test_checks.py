"""Invalid arguments are rejected by name and reason before anything is sent, in queries and bodies."""

import json
import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

QUERIES: list[tuple[dict[str, Any], str]] = [
    ({"harbour_name": "Hull"}, r"harbour_name must match ^[a-z]+(\.[a-z]+)*$"),
    ({"page_size": 1001}, "page_size must not be greater than 1000"),
    ({"page_size": "10"}, "page_size must be an int, not str"),
    ({"page_size": True}, "page_size must be an int, not bool"),
    ({"page_size": -(2**63) - 1}, "page_size must be an int64"),
    ({"crew": 0}, "crew must not be less than 1"),
    ({"crew": 2**31}, "crew must be an int32"),
    ({"draught": 0.0}, "draught must be greater than 0"),
    ({"beam": 1e39}, "beam must be a float of 32 bits"),
    ({"beam": "1"}, "beam must be a float, not str"),
    ({"afloat": 1}, "afloat must be a bool, not int"),
    ({"launched_after": "2026-11-27"}, "launched_after must be a datetime, not str"),
    ({"launched_after": datetime(2026, 11, 27)}, "launched_after needs a time zone"),  # noqa: DTZ001  # that is it
    ({"classes": "sloop"}, "classes must be a list, not str"),
    ({"classes": ["a", "b", "c", "d"]}, "classes must have at most 3 elements, not 4"),
    ({"classes": ("a", "a")}, "classes must not have an element twice"),
    ({"classes": ["lightship"]}, "classes[0] must have at most 8 characters, not 9"),
]
"""Arguments of a list, and the error."""

Make = Callable[[Any], object]


def made_by(make: Make) -> Make:
    """Mark a value that a function of the package makes."""
    return make


BODIES: list[tuple[str, object, str]] = [
    ("name", "", "body.name must not be empty"),
    ("name", "a", "body.name must have at least 3 characters"),
    ("legs", [], "body.legs is required"),
    ("legs", made_by(lambda boats: [boats.Leg()] * 9), "body.legs must have at most 8 elements, not 9"),
    ("legs", ["first"], "body.legs[0] must be a Leg, not str"),
    ("legs.0.takes", None, "body.legs[0].takes is required"),
    ("legs.0.takes", timedelta(days=2), "body.legs[0].takes must not be greater than 1 day, 0:00:00"),
    ("legs.0.ends", "there", "body.legs[0].ends must be a Mast, not str"),
    ("legs.0.alternatives", made_by(lambda boats: [boats.Leg()]), "body.legs[0].alternatives[0].takes is required"),
    ("crew_size", 0, "body.crew_size is required"),
    ("deposit", -1, "body.deposit must be greater than 0"),
    ("labels", {"S": "n"}, "the key 'S' of body.labels must match ^[a-z][-0-9a-z]*$"),
    ("labels", {"sea": 7}, "body.labels[sea] must be a str, not int"),
    ("labels", dict.fromkeys(map("k{}".format, range(65)), "v"), "body.labels must have at most 64 entries, not 65"),
    ("prices", {"a": -1}, "body.prices[a] must not be less than 0"),
    ("chart", b"a" * 1001, "body.chart must have at most 1000 bytes, not 1001"),
    ("chart", "map", "body.chart must be a bytes, not str"),
    ("starts_at", made_by(lambda boats: boats.Timestamp(2026, 1, 1)), "body.starts_at needs a time zone"),
    ("notices", [datetime(2026, 1, 1)], "body.notices[0] needs a time zone"),  # noqa: DTZ001  # on purpose
    ("draught", -1, "body.draught must not be less than 0"),
    ("ballast", -1, "body.ballast must be a uint64"),
    ("extra", [1], "body.extra must be a dict, not list"),
    ("extra", {"a": [-math.inf]}, "body.extra[a][0] must not be -inf, since JSON has no such number"),
    ("extra", {"a": {1}}, "body.extra[a] must be a JSON value, not set"),
    ("extra", {"a": "\ud800"}, "body.extra[a] contains a lone surrogate, which is not a character"),
    ("extra", {7: "a"}, "the key 7 of body.extra must be a str, not int"),
    ("extra", {"a": 10**5000}, "body.extra[a] must be in the range of a double"),
    ("additional_properties", {"a": {1}}, "body[a] must be a JSON value, not set"),
    ("legs.0.additional_properties", {"a": math.nan}, "body.legs[0][a] must not be nan, since JSON has no such number"),
]
"""Attribute of a valid body, its new value or a function of the package that makes it, and the error."""


def replace(body: Any, path: str, value: Any) -> None:
    """Set an attribute; a number in its path is an index."""
    *above, name = path.split(".")
    for step in above:
        body = body[int(step)] if step.isdecimal() else getattr(body, step)
    setattr(body, name, value)


@pytest.mark.parametrize(("arguments", "message"), QUERIES, ids=[message for _, message in QUERIES])
def test_a_query_is_checked(boats: Any, client: Any, fake_server: Any, arguments: dict[str, Any], message: str) -> None:
    """At the call itself, not when the first element is wanted."""
    with pytest.raises(boats.errors.InvalidParameter) as rejected:
        client.boats.list(**{"harbour_name": "hull", **arguments})
    assert str(rejected.value) == message
    assert fake_server.requests == []


@pytest.fixture
def voyage(boats: Any) -> Any:
    leg = boats.Leg(takes=timedelta(hours=2), ends=boats.Mast())
    return boats.PlanVoyageRequest(name="spring", legs=[leg], crew_size=2, deposit=1)


@pytest.mark.parametrize("row", BODIES, ids=[message for *_, message in BODIES])
def test_a_body_is_checked(boats: Any, client: Any, voyage: Any, row: tuple[str, Any, str]) -> None:
    path, value, message = row
    replace(voyage, path, value(boats) if callable(value) else value)
    with pytest.raises(boats.errors.InvalidParameter) as rejected:
        client.voyages.plan(voyage)
    assert str(rejected.value) == message


def test_one_of_a_group_at_most_is_set(boats: Any, client: Any, fake_server: Any, voyage: Any) -> None:
    voyage.boat_id, voyage.new_boat = "b1", boats.Boat()
    with pytest.raises(boats.errors.InvalidParameter, match=r"^body.new_boat cannot be set beside boat_id$"):
        client.voyages.plan(voyage)
    assert fake_server.requests == []


def test_a_body_is_of_its_class(boats: Any, client: Any, fake_server: Any) -> None:
    with pytest.raises(boats.errors.InvalidParameter, match=r"^body must be a PlanVoyageRequest, not dict$"):
        client.voyages.plan({"name": "spring"})
    assert fake_server.requests == []


def test_a_field_mask_is_one_of_paths(boats: Any, client: Any) -> None:
    with pytest.raises(boats.errors.InvalidParameter, match=r"^body.update_mask\[0\] must match "):
        client.boats.update("h", "b1", boats.UpdateBoatRequest(update_mask=["name,state"]))


def test_an_object_within_itself_is_refused(boats: Any, client: Any, voyage: Any) -> None:
    extra: dict[str, object] = {}
    extra["itself"] = voyage.extra = extra
    with pytest.raises(boats.errors.InvalidParameter, match=r"^body.extra is nested too deep$"):
        client.voyages.plan(voyage)


def test_a_free_form_object_is_sent_as_it_is(client: Any, fake_server: Any, voyage: Any) -> None:
    rest: dict[str, object] = {"a": [1, 2.5, True, None, "\U0001f600"], "\u043e": 2**70, "zero": 0}
    voyage.extra = {**rest, "b": ()}
    client.voyages.plan(voyage)
    assert json.loads(fake_server.requests[-1].body)["extra"] == {**rest, "b": []}


def test_plain_datetimes_are_sent_as_timestamps(client: Any, fake_server: Any, voyage: Any) -> None:
    voyage.starts_at = datetime(2026, 5, 1, 12, tzinfo=UTC)
    voyage.notices = [datetime(2026, 5, 1, 12, 0, 0, 5, tzinfo=UTC)]
    client.voyages.plan(voyage)
    body = json.loads(fake_server.requests[-1].body)
    assert (body["startsAt"], body["notices"]) == ("2026-05-01T12:00:00Z", ["2026-05-01T12:00:00.000005Z"])


def test_a_wrapped_integer_that_is_left_out_is_none_and_zero_is_sent(
    boats: Any, client: Any, fake_server: Any, voyage: Any
) -> None:
    read = boats.PlanVoyageRequest.from_dict
    assert (read({}).draught, read({"draught": None}).draught, read({}).deposit) == (None, None, 0)
    assert [read({"draught": value}).draught for value in ("0", 0, "7", str(2**63 - 1))] == [0, 0, 7, 2**63 - 1]
    assert (read({"ballast": str(2**64 - 1)}).ballast, read({}).ballast) == (2**64 - 1, None)
    assert read({"draught": "0"}).to_dict() == {"draught": "0"}
    assert read({}).to_dict() == {}
    voyage.draught, voyage.ballast = 0, 3
    client.voyages.plan(voyage)
    body = json.loads(fake_server.requests[-1].body)
    assert (body["draught"], body["ballast"]) == ("0", "3")
