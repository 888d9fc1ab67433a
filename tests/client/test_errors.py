"""Errors are short, printable, picklable and of one hierarchy."""

import copy
import pickle
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generated_client import Status, errors
from generated_client.errors import ApiError, Call, ConnectionFailed, InvalidParameter, NotFound, Problem, Timeout
from tests.client.callers import Caller
from tests.client.peer import Peer

NOT_FOUND = {"code": 5, "message": "no such image", "details": [{"@type": "t"}]}


def error_of(caller: Caller) -> Any:
    """The error of a call, whose attributes depend on its class."""
    with pytest.raises(ApiError) as raised:
        caller.get("crp1")
    return raised.value


def test_every_call_has_an_id_of_its_own(caller: Caller, peer: Peer) -> None:
    peer.respond_with(404, NOT_FOUND)
    assert error_of(caller).client_request_id != error_of(caller).client_request_id


@pytest.mark.parametrize("status", [200, 404, 502])
def test_an_error_keeps_the_first_2000_bytes_of_the_body(caller: Caller, peer: Peer, status: int) -> None:
    peer.respond_with(status, b"<p>" + b"a" * 1_000_000)
    error = error_of(caller)
    assert error.body == b"<p>" + b"a" * 1997
    assert len(pickle.dumps(error)) < 10_000


FLOODS: dict[str, dict[str, Any]] = {
    "a long message": {"code": 5, "message": "a" * 1_000_000},
    "lines": {"code": 5, "message": "\n\r\v\u2028" * 1000},
    "one line and another": {"code": 5, "message": "one\nand another"},
    "terminal codes": {"code": 5, "message": "\x1b[2J\x07"},
    "an unknown lone surrogate": {"code": 5, "message": "no", "new": "\ud800"},
    "a long detail": {"code": 5, "message": "no", "details": [{"a": "b" * 1_000_000}]},
}


@pytest.mark.parametrize("body", FLOODS.values(), ids=FLOODS)
def test_a_message_of_the_service_cannot_flood_or_break_a_terminal(
    caller: Caller, peer: Peer, body: dict[str, Any]
) -> None:
    peer.respond_with(404, body)
    error = error_of(caller)
    said = str(error)
    assert len(said) < 2000
    assert len(said.splitlines()) == 1
    assert said.isprintable()
    assert said.encode().decode() == said
    assert error.message == body["message"]


def test_a_long_id_of_the_service_cannot_flood_a_terminal(caller: Caller, peer: Peer) -> None:
    peer.respond_with(404, NOT_FOUND, x_request_id="r" * 50_000)
    assert len(str(error_of(caller))) < 2000


CALL = Call("GET", "https://127.0.0.1/", "c-1", 404, b"{}", "r-1", "t-1", (errors.Attempt("no answer", 0.0),), 0.5)


@pytest.mark.parametrize("error", [Timeout("timed out", CALL), ConnectionFailed("refused", CALL)])
def test_an_error_of_the_network_has_no_number_of_the_system(error: Timeout | ConnectionFailed) -> None:
    assert (error.errno, error.strerror) == (None, None)


PROBLEMS = (Problem("layers[3].size", "an int64 as a decimal string", "'big'"),)


def samples() -> Iterator[ApiError]:
    """An error of every class that can be raised, with every argument that it takes."""
    yield InvalidParameter("image_id", "must not be empty")
    yield errors.ClientClosed("the client is closed")
    yield errors.CredentialsError("no token", retryable=True)
    yield errors.DecodeError(PROBLEMS)
    yield Timeout("no answer", CALL)
    yield ConnectionFailed("no answer", CALL)
    yield errors.MalformedResponse("malformed answer", CALL, PROBLEMS)
    for kind in errors.StatusError.__subclasses__():
        yield kind("404 NotFound: no", CALL, Status(code=5, message="no", details=[{"@type": "t"}]))
        yield kind("404 NotFound: no", CALL)


def test_the_samples_are_of_every_class_that_is_raised() -> None:
    assert {type(error) for error in samples()} == set(leaves(ApiError))


def leaves(kind: type[ApiError]) -> Iterator[type[ApiError]]:
    """The classes below that have none below them."""
    below = kind.__subclasses__()
    for subclass in below:
        yield from leaves(subclass)
    if not below:
        yield kind


SAMPLES = {f"{type(error).__name__} {index}": error for index, error in enumerate(samples())}


@pytest.mark.parametrize("error", SAMPLES.values(), ids=SAMPLES)
def test_an_error_is_pickled_and_copied_whole(error: ApiError) -> None:
    error.add_note("seen by us")
    pickled = [pickle.loads(pickle.dumps(error, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]
    for same in (copy.copy(error), copy.deepcopy(error), *pickled):
        assert same is not error
        assert type(same) is type(error)
        assert (same.args, vars(same), str(same), repr(same)) == (error.args, vars(error), str(error), repr(error))


def test_a_status_with_a_lone_surrogate_is_none_and_its_http_status_counts(caller: Caller, peer: Peer) -> None:
    peer.respond_with(404, {"code": 5, "message": "\ud800"})
    error = error_of(caller)
    assert (type(error), error.message, error.status) == (NotFound, "", None)
    assert str(error).isascii()


def test_the_traceback_of_an_error_has_two_frames_of_the_client(caller: Caller, peer: Peer) -> None:
    """The method that was called, and the one that sends; above them is the line of the caller."""
    peer.respond_with(404, NOT_FOUND)
    with pytest.raises(NotFound) as raised:
        caller.get("crp1")
    frames = [(Path(frame.filename).name, frame.name) for frame in traceback.extract_tb(raised.tb)]
    modules = {"__init__.py", "_connection.py", "_call_state.py", "_transport.py"}
    ours = [frame for frame in frames if frame[0] in modules]
    assert ours == frames[-2:]
    assert [name for _, name in ours] == ["get", "send"]
    assert raised.value.__cause__ is raised.value.__context__ is None
