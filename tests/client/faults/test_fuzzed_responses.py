"""Any bytes of a server become an image or one error of the client, and no response fills the memory."""

from __future__ import annotations

import gzip
import json
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generated_client._exchange import MAX_RESPONSE_BYTES
from generated_client.errors import ApiError, ConnectionFailed, MalformedResponse, Unavailable
from tests.client.callers import assert_reportable
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


def build_response(start: str, headers: list[str], body: bytes, end: int | None, *, chunked: bool) -> bytes:
    """Return bytes that look more or less like a response, complete or not."""
    if chunked:
        headers = [*headers, "transfer-encoding: chunked"]
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    return "\r\n".join([start, *headers, "", ""]).encode("latin-1") + body[:end]


RESPONSES = st.builds(
    build_response,
    start=st.builds(
        "HTTP/1.{} {:03} {}".format,
        st.integers(0, 2),
        st.just(200) | st.integers(0, 999),
        st.sampled_from(["", "OK", "ÿ"]),
    ),
    headers=st.lists(st.builds("{}: {}".format, st.sampled_from(NAMES), VALUES), max_size=4),
    body=st.sampled_from(BODIES) | JSON_BODIES,
    end=st.none() | st.integers(0, 50),
    chunked=st.booleans(),
)


@settings(max_examples=100)
@given(response=RESPONSES)
def test_any_response_is_an_image_or_one_error(kind: str, response: bytes) -> None:
    responses = iter([[(0, response), HANG_UP]])
    with virtual_time(kind) as virtual:
        server = virtual.serve(lambda _: next(responses, [(0, OK)]))
        with virtual.open(base_url=server.url, retries=0, timeout=5) as caller:
            try:
                caller.get()
            except ApiError as error:  # Any other exception fails the test.
                assert_reportable(error)
            assert caller.get().id == "crp1"


ENDLESS: dict[str, tuple[bytes, bytes]] = {
    "headers": (b"HTTP/1.1 200 OK\r\n", b"x: %d\r\n" * 1000),
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

    tracemalloc.start()
    try:
        error = virtual.error_of(ApiError, virtual.serve(respond).url, retries=0)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    if head.endswith(b"\r\n\r\n"):
        assert isinstance(error, MalformedResponse | Unavailable)
        assert error.status_code == int(head[9:12])
    else:
        assert isinstance(error, ConnectionFailed)
        assert sent < MAX_RESPONSE_BYTES
    assert sent < 2 * MAX_RESPONSE_BYTES
    assert peak < 5 * MAX_RESPONSE_BYTES


def test_a_flood_of_wrong_fields_is_given_up(virtual: VirtualTime) -> None:
    body = b'{"layers":[' + b"0," * 1_000_000 + b"0]}"
    problems = virtual.error_of(MalformedResponse, virtual.serve_responses(status(200, body=body)).url).problems
    assert problems[999].path == "layers[999]"
    assert len(problems) == 1000
