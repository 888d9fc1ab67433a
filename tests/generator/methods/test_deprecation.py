"""The use of what a specification deprecates gives a DeprecationWarning at the line of the caller."""

import asyncio
import copy
import inspect
import pickle
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import attrs
import pytest

REMOVED = "it will be removed after 2027-06"
FORCE = f"the argument `force` is deprecated; {REMOVED}-01: Use the mask, since 1.1."
REMOTE = f"`PlanVoyageRequest.remote` is deprecated; {REMOVED}-03: Leave it out since 1.3."
OWNERS = "`Boat.owners` is deprecated: Since version 1.1, see crew."
WEATHER = f"`weather` is deprecated; {REMOVED}-02: Since version 1.2, ask a barometer instead."


@pytest.fixture
def caught() -> Iterator[Callable[[], list[tuple[str, str, str]]]]:
    """Returns the warnings so far: the message, the file, and the line."""
    with warnings.catch_warnings(record=True) as records:
        warnings.simplefilter("always")

        def seen() -> list[tuple[str, str, str]]:
            lines = Path(__file__).read_text(encoding="utf-8").splitlines()
            assert all(record.category is DeprecationWarning for record in records)
            return [(str(each.message), each.filename, lines[each.lineno - 1].strip()) for each in records]

        yield seen


def test_a_deprecated_method_warns_at_the_call(boats: Any, client: Any, caught: Any) -> None:
    client.boats.weather()
    client.boats.weather_detailed()
    assert caught() == [
        (WEATHER, __file__, "client.boats.weather()"),
        (WEATHER, __file__, "client.boats.weather_detailed()"),
    ]
    for group in (boats.Client.boats, boats.AsyncClient.boats):
        method = inspect.signature(group.func).return_annotation.weather
        assert "Deprecated. It will be removed after 2027-06-02." in method.__doc__
        assert "Since version 1.2, ask a barometer instead." in method.__doc__


@pytest.mark.parametrize("name", ["update", "update_detailed"])
def test_a_deprecated_argument_warns_if_it_is_passed(boats: Any, client: Any, caught: Any, name: str) -> None:
    method, body = getattr(client.boats, name), boats.UpdateBoatRequest(update_mask=["class_"])
    method("h", "b1", body)
    method("h", "b1", body=body, force=None)
    assert caught() == []
    method("h", "b1", body, force=False)
    assert "Deprecated. It will be removed after 2027-06-01." in client.boats.update.__doc__
    assert caught() == [(FORCE, __file__, 'method("h", "b1", body, force=False)')]
    with pytest.raises(TypeError, match="harder"):
        method("h", "b1", body, harder=True)


def test_an_async_call_warns_where_it_is_made(boats: Any, fake_server: Any, caught: Any) -> None:
    """Also if a task awaits it elsewhere."""

    async def call() -> None:
        async with boats.AsyncClient("any", transport=fake_server.transport) as client:
            await client.boats.weather()
            task = asyncio.create_task(client.boats.update("h", "b1", boats.UpdateBoatRequest(), force=True))
            await task

    anyio.run(call)
    assert [(message, line.partition("(")[0]) for message, _, line in caught()] == [
        (WEATHER, "await client.boats.weather"),
        (FORCE, "task = asyncio.create_task"),
    ]


def test_a_deprecated_field_warns_when_it_is_set_or_read(boats: Any, caught: Any) -> None:
    voyage = boats.PlanVoyageRequest(name="spring")
    assert caught() == []
    voyage.remote = True
    assert voyage.remote
    boats.PlanVoyageRequest(remote=True)
    assert caught() == [
        (REMOTE, __file__, "voyage.remote = True"),
        (REMOTE, __file__, "assert voyage.remote"),
        (REMOTE, __file__, "boats.PlanVoyageRequest(remote=True)"),
    ]
    documentation = "Leave it out since 1.3. Deprecated. It will be removed after 2027-06-03."
    assert boats.PlanVoyageRequest.remote.__doc__ == documentation


def test_a_message_with_a_deprecated_field_is_used_without_a_warning(boats: Any, caught: Any) -> None:
    """Only the field is deprecated: the service may still send it."""
    boat = boats.Boat.from_dict({"id": "b1", "owners": ["Ann"]})
    copies = [copy.copy(boat), copy.deepcopy(boat), pickle.loads(pickle.dumps(boat))]  # our own
    assert copies == [boat] * 3
    assert boat != boats.Boat.from_dict({"id": "b1"})
    assert boat.to_dict() == {"id": "b1", "owners": ["Ann"]}
    assert "owners=['Ann']" in repr(boat)
    assert attrs.evolve(boats.Boat(id="b1"), id="b2") == boats.Boat(id="b2")
    assert boat.id == "b1"
    assert caught() == []
    assert boat.owners == ["Ann"]
    assert [message for message, _, _ in caught()] == [OWNERS]
