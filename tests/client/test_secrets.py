"""No object that a user meets shows the token, however it is printed."""

from __future__ import annotations

import copy
import logging
import pickle
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from traceback import StackSummary, walk_tb
from typing import Any, cast

import pytest

from generated_client.errors import ApiError, ConnectionFailed, InvalidParameter, Timeout
from tests.client.callers import Caller, Opening
from tests.client.peer import Peer

CANARY = "t1.canary-in-a-coal-mine"

PART = "canary"
"""What no text may hold: it could not be there without the token."""

TOKENS: Mapping[str, Any] = {"string": CANARY, "function": lambda: CANARY}

ANSWERS: Mapping[str, Callable[[Peer], object]] = {
    "image": lambda peer: peer.answers(200, {"id": "crp1", "urls": ["u"]}),
    "malformed": lambda peer: peer.answers(200, {"id": 7}),
    "not json": lambda peer: peer.answers(200, b"<html>"),
    "not found": lambda peer: peer.answers(404, {"code": 5, "message": "no such image"}),
    "unauthenticated": lambda peer: peer.answers(401, {"code": 16, "message": "the token has expired"}),
    "throttled": lambda peer: peer.answers(429, {"code": 8}),
    "proxy": lambda peer: peer.answers(502, b"<html>"),
    "redirect": lambda peer: peer.answers(302, location="https://example.com/"),
    "repeated": lambda peer: peer.answers(400, {"code": 3, "message": f"Bearer {CANARY}?"}),
    "repeated by a proxy": lambda peer: peer.answers(502, CANARY.encode() * 99),
    "repeated where it does not belong": lambda peer: peer.answers(200, {"id": [CANARY], "layers": CANARY}),
    "repeated without JSON": lambda peer: peer.answers(200, CANARY.encode()),
    "cut": lambda peer: peer.answers_exactly(b""),
    "cut in the body": lambda peer: peer.answers_exactly(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"),
    "not http": lambda peer: peer.answers_exactly(b"SSH-2.0-OpenSSH\r\n\r\n"),
}


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "generated_client"):
        caplog.set_level(logging.DEBUG, name)
    return caplog


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("token", TOKENS)
def test_nothing_that_comes_of_a_call_shows_the_token(
    opening: Opening, peer: Peer, everything_logged: pytest.LogCaptureFixture, token: str, answer: str
) -> None:
    ANSWERS[answer](peer)
    with opening(base_url=peer.url, token=TOKENS[token]) as caller:
        outcome = outcome_of(caller)
        hold(caller.client)
    assert peer.requests[0].headers[b"authorization"] == f"Bearer {CANARY}".encode()
    hold(outcome)
    assert everything_logged.records
    for record in everything_logged.records:
        hold({"said": record.getMessage(), **vars(record)})


def test_a_call_that_nobody_takes_shows_no_token(opening: Opening) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with opening(base_url=f"http://127.0.0.1:{port}", token=CANARY) as caller:
        outcome = outcome_of(caller)
    assert isinstance(outcome, ConnectionFailed)
    hold(outcome)


def test_a_call_that_nobody_answers_shows_no_token(opening: Opening) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        with opening(base_url=url, token=CANARY, timeout=0.1) as caller:
            outcome = outcome_of(caller)
    assert isinstance(outcome, Timeout)
    hold(outcome)


@pytest.mark.parametrize("token", [f"{CANARY}\n", lambda: f"{CANARY}\n"], ids=["string", "function"])
def test_a_token_that_no_header_can_hold_is_not_shown_either(opening: Opening, peer: Peer, token: Any) -> None:
    with pytest.raises(InvalidParameter) as raised, opening(base_url=peer.url, token=token) as caller:
        caller.get("crp1")
    hold(raised.value)


def test_a_client_is_neither_pickled_nor_copied(caller: Caller) -> None:
    for copying in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="a client is not pickled"):
            copying(caller.client)


def test_the_check_itself_finds_a_token_wherever_it_is() -> None:
    """Otherwise the tests above could not fail."""

    class Holder:
        def __init__(self) -> None:
            self.token = CANARY

    Holder.__module__ = "generated_client.made_up"
    error = ApiError()
    error.__cause__ = ValueError(CANARY)
    for showing in (CANARY, {"a": [CANARY]}, Holder(), ApiError(CANARY), error):
        with pytest.raises(AssertionError):
            hold(showing)


def outcome_of(caller: Caller) -> object:
    """The response, or the error with its traceback."""
    try:
        return caller.get_detailed("crp1")
    except ApiError as error:
        return error


def hold(thing: object) -> None:
    """The promise: nothing that an object says, or what it holds says, has a part of the token."""
    for text in said_by(thing):
        assert PART not in text


def said_by(thing: object) -> Iterator[str]:
    """What printing, pickling, copying and inspecting an object shows, and all that it holds."""
    seen: dict[int, object] = {}
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen[id(one)] = one
        waiting.extend(held_by(one))
        yield from (repr(one), str(one), repr(attributes(one)))
        if isinstance(one, BaseException):
            yield from stack_of(one)
        with suppress(Exception):  # Not everything can be pickled or copied.
            yield pickle.dumps(one, 0).decode("latin-1")
            yield repr(attributes(copy.deepcopy(one)))


def held_by(one: object) -> Iterator[object]:
    """The parts of a container, of an error, of an object of the client."""
    match one:
        case Mapping():
            yield from cast("Mapping[object, object]", one).values()
        case list() | tuple() | set():
            yield from cast("list[object]", one)
        case BaseException():
            yield from (one.args, one.__cause__, one.__context__, attributes(one))
        case _ if type(one).__module__.startswith("generated_client"):
            yield from attributes(one).values()
        case _:
            pass


def attributes(one: object) -> dict[str, Any]:
    """What an object holds by name, in the slots of attrs too; not what the client's own `Secret` is there to hide."""
    slots = [name for kind in type(one).__mro__ for name in getattr(kind, "__attrs_attrs__", ())]
    return {**getattr(one, "__dict__", {}), **{slot.name: getattr(one, slot.name) for slot in slots}}


def stack_of(error: BaseException) -> list[str]:
    """The traceback with the local variables of every function but the tests' own, which know the token."""
    ours = str(Path(__file__).parent)
    frames = [one for one in walk_tb(error.__traceback__) if not one[0].f_code.co_filename.startswith(ours)]
    return StackSummary.extract(iter(frames), capture_locals=True).format()
