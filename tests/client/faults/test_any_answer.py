"""Whatever comes over the socket, it is an image or one exception of the tree, and it fits into the memory."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from generated_client import Image
from generated_client._transport import LONGEST
from generated_client.errors import AnswerError, ApiError, MalformedResponse, Unavailable
from tests.client.faults.callers import Caller, Opening
from tests.client.faults.server import OK, Exchange, Server, ending, saying, serving

BODIES: dict[str, bytes] = {
    "nothing": b"",
    "an image": b'{"id":"crp1"}',
    "a status": b'{"code":5,"message":"no"}',
    "a page": b"<html>",
    "bytes": bytes(range(256)),
    "a compressed image": gzip.compress(b'{"id":"crp1"}'),
    "a bomb": zlib.compress(b"0" * 10_000_000),
    "UTF-16": '{"id":"crp1"}'.encode("utf-16"),
    "nesting": b'{"new":' * 10_000 + b"0" + b"}" * 10_000,
    "wrong fields": b'{"layers":[' + b"0," * 50_000 + b"0]}",
}

LENGTHS = ("0", "1", "13", "00013", "13,13", "+13", "-1", "0x0d", "9" * 30)
CODINGS = ("chunked", "identity", "gzip", "deflate", "br", "zstd", "gzip, gzip")
OTHERS = ("close", "keep-alive", "upgrade", "h2c", "application/json; charset=nonsense", "/elsewhere", "soon")
NAMES = (
    *("content-length", "content-encoding", "content-type", "transfer-encoding", "connection", "upgrade", "trailer"),
    *("location", "retry-after", "x-request-id", "x-server-trace-id", "date", "set-cookie", "www-authenticate"),
)
VALUES = st.sampled_from([*LENGTHS, *CODINGS, *OTHERS]) | st.binary(max_size=12).map(lambda one: one.decode("latin-1"))


@frozen
class Answer:
    """What looks more or less like an answer, whole or not."""

    version: int
    status: int
    reason: str
    headers: list[tuple[str, str]]
    chunked: bool
    body: str
    cut: int | None

    def written(self) -> bytes:
        coding = [("transfer-encoding", "chunked")] if self.chunked else []
        lines = [f"HTTP/1.{self.version} {self.status:03} {self.reason}"]
        lines += [f"{name}: {value}" for name, value in [*self.headers, *coding]]
        body = BODIES[self.body]
        whole = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if self.chunked else body
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + whole[: self.cut]


ANSWERS = st.builds(
    Answer,
    version=st.integers(0, 2),
    status=st.just(200) | st.integers(0, 999),
    reason=st.sampled_from(["", "OK", "ÿ"]),
    headers=st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=4),
    chunked=st.booleans(),
    body=st.sampled_from([*BODIES]),
    cut=st.none() | st.integers(0, 50),
)


@pytest.fixture(scope="module")
def broken() -> Iterator[Server]:
    """A server whose answer a test decides."""
    with serving(ending()) as server:
        yield server


@pytest.fixture(scope="module")
def caller(opening: Opening, broken: Server) -> Iterator[Caller]:
    with opening(base_url=broken.url, retries=0, timeout=5) as caller:
        yield caller


@settings(max_examples=100)
@given(ANSWERS)
def test_any_answer_is_an_image_or_one_error(caller: Caller, broken: Server, answer: Answer) -> None:
    broken.behave = ending(answer.written())
    outcome = outcome_of(caller)
    if isinstance(outcome, ApiError):
        assert len(str(outcome)) < 2000
        assert len(str(outcome).splitlines()) == 1
    if isinstance(outcome, AnswerError):
        assert outcome.status_code == answer.status
    broken.behave = saying(OK)
    outcome_of(caller)  # Which may have been sent on a connection that the server was hanging up.
    assert caller.get().id == "crp1"


def outcome_of(caller: Caller) -> Image | ApiError:
    """Any other exception fails the test."""
    try:
        return caller.get()
    except ApiError as error:
        return error


@pytest.mark.parametrize("line", [b"x: %d\r\n", b"x-request-id: " + b"y" * 8000 + b"\r\n", b"%d" * 10_000])
def test_headers_without_end_are_given_up(opening: Opening, line: bytes) -> None:
    sent = 0

    def behave(exchange: Exchange) -> None:
        nonlocal sent
        exchange.send(b"HTTP/1.1 200 OK\r\n")
        while True:
            exchange.send(line)
            sent += len(line)

    with serving(behave) as server, opening(base_url=server.url, retries=0) as caller:
        assert isinstance(outcome_of(caller), ApiError)
    assert sent < LONGEST


ENDLESS: dict[str, tuple[bytes, bytes]] = {
    "body": (b"HTTP/1.1 200 OK\r\n\r\n", b" " * 65536),
    "chunks": (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"10000\r\n" + b" " * 65536 + b"\r\n"),
    "error": (b"HTTP/1.1 503 \r\n\r\n", b"<" * 65536),
    "promised": (b"HTTP/1.1 200 OK\r\ncontent-length: 9999999999999\r\n\r\n", b" " * 65536),
}


@pytest.mark.parametrize(("head", "part"), ENDLESS.values(), ids=ENDLESS)
def test_a_body_without_end_is_given_up(opening: Opening, head: bytes, part: bytes) -> None:
    sent = 0

    def behave(exchange: Exchange) -> None:
        nonlocal sent
        exchange.send(head)
        while True:
            exchange.send(part)
            sent += len(part)

    with serving(behave) as server, opening(base_url=server.url, retries=0) as caller:
        tracemalloc.start()
        try:
            outcome = outcome_of(caller)
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert isinstance(outcome, MalformedResponse | Unavailable)
    assert outcome.status_code == int(head[9:12])
    assert sent < 2 * LONGEST
    assert most < 4 * LONGEST


def test_a_flood_of_wrong_fields_is_given_up(opening: Opening) -> None:
    body = b'{"layers":[' + b"0," * 1_000_000 + b"0]}"
    with serving(ending(b"HTTP/1.1 200 OK\r\n\r\n" + body)) as server, opening(base_url=server.url) as caller:
        outcome = outcome_of(caller)
    assert isinstance(outcome, MalformedResponse)
    assert outcome.problems[999].path == "layers[999]"
    assert len(outcome.problems) == 1000
