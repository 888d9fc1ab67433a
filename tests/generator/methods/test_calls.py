"""A client of more methods lists in pages, deletes and sends bodies."""

import inspect
import json
from datetime import datetime, timedelta, timezone
from typing import Any, get_type_hints

import anyio
import httpx
import pytest


def test_a_list_is_lazy(client: Any, fake_server: Any) -> None:
    """Nothing is sent before the first element is wanted, and a page only when its first one is; one is empty."""
    walk = client.boats.list(harbour_name="hull")
    assert fake_server.requests == []
    assert [next(walk).id, next(walk).id] == ["b1", "b2"]
    assert len(fake_server.requests) == 1
    assert next(walk).id == "b3"
    assert [request.query for request in fake_server.requests] == [
        "harbourName=hull",
        "harbourName=hull&pageToken=two",
        "harbourName=hull&pageToken=three",
    ]
    assert next(walk, None) is None
    assert len(fake_server.requests) == 3


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_list_walks_all_its_pages_without_blocking(boats: Any, fake_server: Any, backend: str) -> None:
    async def walked() -> list[str]:
        async with boats.AsyncClient("any", transport=fake_server.transport) as client:
            async for boat in client.boats.list(harbour_name="hull"):
                assert boat.id == "b1"
                break  # Which leaves nothing behind.
            return [boat.id async for boat in client.boats.list(harbour_name="hull")]

    assert anyio.run(walked, backend=backend) == ["b1", "b2", "b3"]


def test_a_list_in_the_query_is_repeated(boats: Any, client: Any, fake_server: Any) -> None:
    states = (boats.BoatState.AFLOAT, "ASHORE")
    next(client.boats.list(harbour_name="hull", where_states=states, where_crew=[1, 2], classes=[], afloat=False))
    assert fake_server.requests[-1].query == (
        "harbourName=hull&afloat=false&where.states=AFLOAT&where.states=ASHORE&where.crew=1&where.crew=2"
    )


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 11, 27, 4, 2, 3, tzinfo=timezone(timedelta(hours=3))), "2026-11-27T04%3A02%3A03%2B03%3A00"),
        ("2026-11-27T01:02:03.000000004Z", "2026-11-27T01%3A02%3A03.000000004Z"),
    ],
)
def test_a_timestamp_in_the_query_is_sent_as_in_a_body(
    boats: Any, client: Any, fake_server: Any, moment: datetime | str, text: str
) -> None:
    """In its time zone, and to the nanosecond if it has them."""
    if isinstance(moment, str):
        moment = boats.Boat.from_dict({"builtAt": moment}).built_at
    next(client.boats.list(harbour_name="hull", launched_after=moment))
    assert fake_server.requests[-1].query == f"harbourName=hull&launchedAfter={text}"


def test_one_page_comes_with_the_token_of_the_next(client: Any) -> None:
    page = client.boats.list_detailed(harbour_name="hull").parsed
    assert (len(page.boats), page.next_page_token) == (2, "two")
    assert client.boats.list_detailed(harbour_name="hull", page_token="three").parsed.next_page_token == ""


def test_a_walk_that_broke_goes_on_where_it_was(boats: Any, testing: Any, client: Any, fake_server: Any) -> None:
    walk = client.boats.list(harbour_name="hull")
    assert [next(walk).id, next(walk).id] == ["b1", "b2"]
    fake_server.enqueue(testing.faults.grpc_error(7))
    with pytest.raises(boats.errors.PermissionDenied):
        next(walk)
    assert next(walk).id == "b3"


def test_a_service_that_repeats_a_token_is_no_endless_list(
    boats: Any, testing: Any, client: Any, fake_server: Any
) -> None:
    """Each page is requested once, whichever the walk begins with."""

    def page(token: str) -> Any:
        body = json.dumps({"boats": [{"id": token}], "nextPageToken": token}).encode()

        def respond(_service: Any, _request: Any) -> Any:
            return testing.FakeResponse(200, (), body)

        return respond

    fake_server.enqueue(*map(page, ["two", "three", "two"]))
    walk = client.boats.list(harbour_name="hull", page_token="one")
    with pytest.raises(boats.errors.DecodeError, match="nextPageToken: expected the token of another page, got 'two'"):
        list(walk)
    fake_server.enqueue(*map(page, ["two", "one"]))
    with pytest.raises(boats.errors.DecodeError, match="got 'one'"):
        list(client.boats.list(harbour_name="hull", page_token="one"))
    assert len(fake_server.requests) == 5


def test_what_a_test_adds_is_listed(boats: Any, client: Any, fake_server: Any) -> None:
    fake_server.add(boats.Boat(id="b9", weight=7))
    assert [boat.weight for boat in client.boats.list(harbour_name="hull")][-1] == 7
    assert client.boats.get("h", "b9").weight == 7


def test_a_deletion_gives_an_operation(boats: Any, client: Any) -> None:
    operation = client.boats.delete("h", "b1")
    assert isinstance(operation, boats.Operation)
    assert (operation.id, operation.done, operation.metadata) == ("o1", False, {"boatId": "b1"})
    with pytest.raises(boats.errors.NotFound):
        client.boats.delete("h", "b7")


def test_a_body_is_what_its_class_holds(boats: Any, client: Any, fake_server: Any) -> None:
    leg = boats.Leg(takes=timedelta(hours=1.5), ends=boats.Mast(height=3), alternatives=[])
    voyage = boats.PlanVoyageRequest(
        name="spring",
        legs=[leg],
        crew_size=4,
        deposit=2**40,
        labels={"sea": "north"},
        prices={"berth": 12},
        chart=b"\xff\xfe",
        new_boat=boats.Boat(id="b4", state=boats.BoatState.ASHORE),
        style=boats.PlanVoyageRequestStyle.CRUISE,
        starts_at=boats.Timestamp.parse("2026-05-01T12:00:00.000000001Z"),
        depths=[0.5, 2.0],
        wind=boats.Weather(),
    )
    assert client.voyages.plan(voyage).id == "o1"
    assert json.loads(fake_server.requests[-1].body) == {
        "name": "spring",
        "legs": [{"takes": "5400s", "ends": {"height": "3"}}],
        "crewSize": 4,
        "deposit": "1099511627776",
        "labels": {"sea": "north"},
        "prices": {"berth": "12"},
        "chart": "//4=",
        "newBoat": {"id": "b4", "state": "ASHORE"},
        "style": "CRUISE",
        "startsAt": "2026-05-01T12:00:00.000000001Z",
        "depths": [0.5, 2.0],
        "wind": {},
    }
    assert fake_server.requests[-1].header("content-type") == "application/json"


def test_a_field_mask_names_attributes(boats: Any, client: Any, fake_server: Any) -> None:
    body = boats.UpdateBoatRequest(update_mask=["class_", "main_mast.height"], main_mast=boats.Mast(height=2))
    with pytest.warns(DeprecationWarning, match="`force`"):
        client.boats.update("h", "b1", body, force=True)
    assert json.loads(fake_server.requests[-1].body)["updateMask"] == "class,mainMast.height"
    assert fake_server.requests[-1].query == "force=true"
    assert boats.UpdateBoatRequest.from_dict({"updateMask": "mainMast.height,state"}).update_mask == [
        "main_mast.height",
        "state",
    ]


def test_many_bytes_are_shown_as_their_number(boats: Any) -> None:
    assert "chart=b'\\xff'" in repr(boats.PlanVoyageRequest(chart=b"\xff"))
    assert "chart=<1000 bytes>" in repr(boats.PlanVoyageRequest(chart=b"\xff" * 1000))


def test_an_enumeration_is_open(boats: Any, client: Any) -> None:
    """An unknown value is a plain string, and is sent back as it came."""
    first, second, _ = client.boats.list(harbour_name="hull")
    assert first.state is boats.BoatState.AFLOAT
    assert (type(second.state), second.state, second.to_dict()["state"]) == (str, "SUNK", "SUNK")


def test_messages_hold_one_another(boats: Any, client: Any) -> None:
    assert client.boats.get("h", "b1").crew.watch.sailors == [boats.Sailor(name="Bo")]
    leg = boats.Leg.from_dict({"alternatives": [{"alternatives": [{"rest": "0.000000001s"}]}]})
    assert leg.to_dict() == {"alternatives": [{"alternatives": [{"rest": "0.000000001s"}]}]}


class Failing(httpx.BaseTransport):
    """Fails some times before it sends."""

    def __init__(self, then: httpx.BaseTransport, *faults: Exception) -> None:
        self.then = then
        self.faults: list[Exception] = [*faults]

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.faults:
            raise self.faults.pop(0)
        return self.then.handle_request(request)


def test_any_method_is_repeated_where_nothing_was_sent(boats: Any, fake_server: Any) -> None:
    """No connection could be had, so that the service cannot have begun anything."""
    failing = Failing(fake_server.transport, httpx.ConnectError("refused"), httpx.ConnectTimeout("too late"))
    with boats.Client("any", transport=failing) as client:
        assert client.boats.delete("h", "b1").id == "o1"
        failing.faults = [httpx.ReadError("reset")]
        with pytest.raises(boats.errors.ConnectionFailed) as broken:
            client.boats.delete("h", "b1")
        assert len(broken.value.attempts) == 1
    assert len(fake_server.requests) == 1


IDENTIFIER = "5a9c2f1e-7f0b-4a35-9a54-3d1f6f0f9b0c"


def test_the_options_of_a_list_are_those_of_each_page(boats: Any, testing: Any, client: Any, fake_server: Any) -> None:
    walk = client.boats.list(harbour_name="hull", client_request_id=IDENTIFIER, retries=0)
    assert len(list(walk)) == 3
    fake_server.enqueue(testing.faults.grpc_error(14))
    with pytest.raises(boats.errors.Unavailable):
        next(client.boats.list(harbour_name="hull", client_request_id=IDENTIFIER, retries=0))
    assert [request.header("x-client-request-id") for request in fake_server.requests] == [IDENTIFIER] * 4


def test_an_invalid_option_of_a_list_is_rejected_at_the_call(boats: Any, client: Any) -> None:
    """Not when its first element is wanted, far from the mistake."""
    for option in ({"timeout": 0}, {"retries": -1}, {"client_request_id": "7"}):
        with pytest.raises(boats.errors.InvalidParameter):
            client.boats.list(harbour_name="hull", **option)
        with pytest.raises(boats.errors.InvalidParameter):
            client.boats.list_detailed(harbour_name="hull", **option)


def test_every_method_takes_the_options_of_a_call(boats: Any) -> None:
    options = {
        f"{group}.{name}": {*inspect.signature(method).parameters} & {"timeout", "retries", "client_request_id"}
        for client in (boats.Client, boats.AsyncClient)
        for group in ("boats", "old_harbours", "voyages")
        for name, method in inspect.getmembers(get_type_hints(getattr(client, group).func)["return"], callable)
        if not name.startswith("_")
    }
    assert len(options) >= 14
    assert all(len(names) == 3 for names in options.values()), options
