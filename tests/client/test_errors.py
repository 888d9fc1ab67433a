"""Errors are short, printable, picklable and of one hierarchy."""

import copy
import pickle
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generated_client import Status, errors
from generated_client.errors import (
    ApiError,
    Call,
    ConnectionFailed,
    InvalidParameter,
    NotFound,
    Problem,
    ResponseError,
    Timeout,
)
from tests.client.callers import Caller
from tests.client.peer import Peer

NOT_FOUND = {"code": 5, "message": "no such image", "details": [{"@type": "t"}]}


def test_every_call_has_an_id_of_its_own(caller: Caller, peer: Peer) -> None:
    peer.respond_with(404, NOT_FOUND)
    assert caller.error_of(NotFound).client_request_id != caller.error_of(NotFound).client_request_id


@pytest.mark.parametrize("status", [200, 404, 502])
def test_an_error_keeps_the_first_2000_bytes_of_the_body(caller: Caller, peer: Peer, status: int) -> None:
    peer.respond_with(status, b"<p>" + b"a" * 1_000_000)
    error = caller.error_of(ResponseError)
    assert error.body == b"<p>" + b"a" * 1997
    assert len(pickle.dumps(error)) < 10_000


FLOODS: dict[str, dict[str, Any]] = {
    "a long message": {"message": "a" * 1_000_000},
    "lines": {"message": "\n\r\v\u2028" * 1000},
    "one line and another": {"message": "one\nand another"},
    "terminal codes": {"message": "\x1b[2J\x07"},
    "an unknown lone surrogate": {"message": "no", "new": "\ud800"},
    "a long detail": {"message": "no", "details": [{"a": "b" * 1_000_000}]},
}


@pytest.mark.parametrize("body", FLOODS.values(), ids=FLOODS)
def test_a_service_cannot_flood_or_break_a_terminal(caller: Caller, peer: Peer, body: dict[str, Any]) -> None:
    """`error_of` checks the text of the error."""
    peer.respond_with(404, body, x_request_id="r" * 50_000)
    assert caller.error_of(NotFound).message == body["message"]


CALL = Call("GET", "https://127.0.0.1/", "c-1", 404, b"{}", "r-1", "t-1", (errors.Attempt("no response", 0.0),), 0.5)


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
    yield Timeout("no response", CALL)
    yield ConnectionFailed("no response", CALL)
    yield errors.MalformedResponse("malformed response", CALL, PROBLEMS)
    for kind in errors.StatusError.__subclasses__():
        yield kind("404 NotFound: no", CALL, Status(code=5, message="no", details=[{"@type": "t"}]))
        yield kind("404 NotFound: no", CALL)


def test_the_samples_are_of_every_class_that_is_raised() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ApiError)]
    assert {type(error) for error in samples()} == {kind for kind in kinds if not kind.__subclasses__()}


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
    error = caller.error_of(NotFound)
    assert (error.message, error.status) == ("", None)
    assert str(error).isascii()


def test_the_traceback_of_an_error_has_two_frames_of_the_client(caller: Caller, peer: Peer) -> None:
    """The method that was called, and the one that sends; above them is the line of the caller."""
    peer.respond_with(404, NOT_FOUND)
    error = caller.error_of(NotFound)
    frames = [(Path(frame.filename).name, frame.name) for frame in traceback.extract_tb(error.__traceback__)]
    modules = {"__init__.py", "_connection.py", "_call_state.py", "_transport.py"}
    ours = [frame for frame in frames if frame[0] in modules]
    assert ours == frames[-2:]
    assert [name for _, name in ours] == ["get", "send"]
    assert error.__cause__ is error.__context__ is None
