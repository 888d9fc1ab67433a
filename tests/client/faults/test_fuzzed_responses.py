"""Any bytes of a server become an image or one error of the client, and no response fills the memory."""

from __future__ import annotations

import gzip
import json
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from generated_client import Image
from generated_client._exchange import MAX_RESPONSE_BYTES
from generated_client.errors import ApiError, ConnectionFailed, MalformedResponse, ResponseError, Unavailable
from tests.client.callers import Caller, assert_reportable
from tests.client.scripted_network import HANG_UP, Event
from tests.client.server import OK, status
from tests.client.virtual_time import VirtualTime, virtual_time

BODIES = [
    b"",
    b'{"id":"crp1"}',
    b'{"code":5,"message":"no"}',
    b"<html>",
    bytes(range(256)),
    gzip.compress(b'{"id":"crp1"}'),
    zlib.compress(b"0" * 10_000_000),
    '{"id":"crp1"}'.encode("utf-16"),
    b'{"new":' * 10_000 + b"0" + b"}" * 10_000,
    b'{"layers":[' + b"0," * 50_000 + b"0]}",
]

KEYS = ["id", "size", "config", "layers", "tags", "createdAt", "code", "message", "details", "new"]

JSON_BODIES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.sampled_from(KEYS), values),
    max_leaves=8,
).map(lambda value: json.dumps(value).encode())

LENGTHS = ("0", "1", "13", "00013", "13,13", "+13", "-1", "0x0d", "9" * 30)
CODINGS = ("chunked", "identity", "gzip", "deflate", "br", "zstd", "gzip, gzip")
OTHERS = ("close", "keep-alive", "upgrade", "h2c", "application/json; charset=nonsense", "/elsewhere", "soon")
NAMES = (
    *("content-length", "content-encoding", "content-type", "transfer-encoding", "connection", "upgrade", "trailer"),
    *("location", "retry-after", "x-request-id", "x-server-trace-id", "date", "set-cookie", "www-authenticate"),
)
VALUES = st.sampled_from([*LENGTHS, *CODINGS, *OTHERS]) | st.binary(max_size=12).map(
    lambda value: value.decode("latin-1")
)


@frozen
class FuzzedResponse:
    """Bytes that look more or less like a response, complete or not."""

    version: int
    status: int
    reason: str
    headers: list[tuple[str, str]]
    chunked: bool
    body: bytes
    cut: int | None

    def to_bytes(self) -> bytes:
        coding = [("transfer-encoding", "chunked")] if self.chunked else []
        lines = [f"HTTP/1.{self.version} {self.status:03} {self.reason}"]
        lines += [f"{name}: {value}" for name, value in [*self.headers, *coding]]
        body = self.body
        content = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if self.chunked else body
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + content[: self.cut]


RESPONSES = st.builds(
    FuzzedResponse,
    version=st.integers(0, 2),
    status=st.just(200) | st.integers(0, 999),
    reason=st.sampled_from(["", "OK", "ÿ"]),
    headers=st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=4),
    chunked=st.booleans(),
    body=st.sampled_from([*BODIES]) | JSON_BODIES,
    cut=st.none() | st.integers(0, 50),
)


@settings(max_examples=100)
@given(response=RESPONSES)
def test_any_response_is_an_image_or_one_error(kind: str, response: FuzzedResponse) -> None:
    responses = iter([[(0, response.to_bytes()), HANG_UP]])
    with virtual_time(kind) as virtual:
        server = virtual.serve(lambda _: next(responses, [(0, OK)]))
        with virtual.open(base_url=server.url, retries=0, timeout=5) as caller:
            outcome = outcome_of(caller)
            assert caller.get().id == "crp1"
    if isinstance(outcome, ApiError):
        assert_reportable(outcome)
        assert not isinstance(outcome, ResponseError) or outcome.status_code == response.status


def outcome_of(caller: Caller) -> Image | ApiError:
    """Any other exception fails the test."""
    try:
        return caller.get()
    except ApiError as error:
        return error


ENDLESS: dict[str, tuple[bytes, bytes]] = {
    "headers": (b"HTTP/1.1 200 OK\r\n", b"x: %d\r\n"),
    "headers that are kept": (b"HTTP/1.1 200 OK\r\n", b"x-request-id: " + b"y" * 8000 + b"\r\n"),
    "a header": (b"HTTP/1.1 200 OK\r\n", b"%d" * 10_000),
    "body": (b"HTTP/1.1 200 OK\r\n\r\n", b" " * 65536),
    "chunks": (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"10000\r\n" + b" " * 65536 + b"\r\n"),
    "error": (b"HTTP/1.1 503 \r\n\r\n", b"<" * 65536),
    "promised": (b"HTTP/1.1 200 OK\r\ncontent-length: 9999999999999\r\n\r\n", b" " * 65536),
}


@pytest.mark.parametrize(("head", "part"), ENDLESS.values(), ids=ENDLESS)
def test_a_response_without_an_end_is_given_up(virtual: VirtualTime, head: bytes, part: bytes) -> None:
    sent = 0

    def respond(_: bytes) -> Iterator[Event]:
        nonlocal sent
        yield 0, head
        while True:
            yield 0, part
            sent += len(part)

    with virtual.open(base_url=virtual.serve(respond).url, retries=0) as caller:
        tracemalloc.start()
        try:
            outcome = outcome_of(caller)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    if head.endswith(b"\r\n\r\n"):
        assert isinstance(outcome, MalformedResponse | Unavailable)
        assert outcome.status_code == int(head[9:12])
    else:
        assert isinstance(outcome, ConnectionFailed)
        assert sent < MAX_RESPONSE_BYTES
    assert sent < 2 * MAX_RESPONSE_BYTES
    assert peak < 5 * MAX_RESPONSE_BYTES


def test_a_flood_of_wrong_fields_is_given_up(virtual: VirtualTime) -> None:
    body = b'{"layers":[' + b"0," * 1_000_000 + b"0]}"
    problems = virtual.error_of(MalformedResponse, virtual.serve_responses(status(200, body=body)).url).problems
    assert problems[999].path == "layers[999]"
    assert len(problems) == 1000
