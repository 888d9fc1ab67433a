"""A response that repeats the token shows it to nobody, in whatever encoding."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import quote

import httpx
import pytest

from generated_client import Image
from generated_client._secret import Secret
from generated_client.errors import ApiError, ConnectionFailed, MalformedResponse, ResponseError, StatusError
from tests.client.callers import Caller, ClientFactory
from tests.client.leak_detection import texts
from tests.client.peer import Peer

TOKEN = "t1.Canary+in/a=coal-mine~09=="

PARTS = [TOKEN[start : start + 6] for start in range(len(TOKEN) - 5)]
"""The longest part of a token that a text may show: a few characters help nobody."""


def escaped(token: str) -> str:
    """Return a text with every character escaped as in JSON."""
    return "".join(f"\\u{ord(character):04x}" for character in token)


def percent_encoded(token: str) -> str:
    """Return a text with every character escaped as in a URL."""
    return "".join(f"%{ord(character):02X}" for character in token)


ENCODINGS: Mapping[str, Callable[[str], str]] = {
    "plain": str,
    "equals signs escaped": lambda token: token.replace("=", "\\u003d"),
    "equals signs escaped in capitals": lambda token: token.replace("=", "\\u003D"),
    "slashes escaped": lambda token: token.replace("/", "\\/"),
    "everything escaped": escaped,
    "everything escaped twice": lambda token: escaped(token).replace("\\", "\\\\"),
    "a JSON string in a JSON string": lambda token: json.dumps(f'{{"token": "{escaped(token)}"}}')[1:-1],
    "percent-encoded": lambda token: quote(token, safe=""),
    "percent-encoded in small letters": lambda token: quote(token, safe="").lower().replace("t1.canary", "t1.Canary"),
    "everything percent-encoded": percent_encoded,
}
"""Encode a token in all the ways that a JSON string allows."""

BODIES: Mapping[str, tuple[int, str]] = {
    "a message": (400, '{"code": 3, "message": "Bearer TOKEN?"}'),
    "the id of a request": (
        403,
        '{"details": [{"@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "TOKEN"}]}',
    ),
    "a detail": (503, '{"code": 14, "details": [{"@type": "t", "TOKEN": ["TOKEN"]}], "TOKEN": 1}'),
    "an error that is no Status": (404, '{"code": "TOKEN", "message": ["TOKEN"]}'),
    "a field of a wrong type": (200, '{"id": ["TOKEN"], "layers": "TOKEN", "compressedSize": "TOKEN"}'),
    "JSON that is cut": (200, '{"id": "TOKEN", "name": "TOK'),
    "a text": (200, "TOKEN"),
    "a page": (502, "<html>TOKEN<br>TOKEN</html>"),
}


def unescaped(text: str) -> str:
    """Return a text as a reader could decode it, with the escapes of JSON, URLs, UTF-16 and `repr` undone."""
    text = re.sub(r"(?i)(?:\\*u00|%)([0-9a-f]{2})", lambda match: chr(int(match[1], 16)), text)
    return re.sub(r"\\+x00|\x00|\\", "", text)


def leaked(*things: object) -> list[str]:
    """Return what things show of the token."""
    shown = {unescaped(text) for thing in things for text in texts(thing)}
    return [text[:2000] for text in shown if any(part in text for part in PARTS)]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Callable[[], list[logging.LogRecord]]:
    """Collect the log records of the client."""
    caplog.set_level(logging.DEBUG, "generated_client")
    return lambda: [record for record in caplog.records if record.name.startswith("generated_client")]


Log = Callable[[], list[logging.LogRecord]]


@pytest.fixture
def caller(client_factory: ClientFactory, peer: Peer) -> Iterator[Caller]:
    """An open client that sends the token to the peer."""
    with client_factory(base_url=peer.url, token=TOKEN) as caller:
        yield caller


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_token_in_a_body_is_not_shown(caller: Caller, peer: Peer, log: Log, encoding: str, charset: str) -> None:
    for name, (status, body) in BODIES.items():
        peer.respond_with(status, body.replace("TOKEN", ENCODINGS[encoding](TOKEN)).encode(charset))
        error = caller.error_of(ResponseError)
        assert error.body
        assert leaked(error) == [], name
        assert peer.requests[0].authorization == f"Bearer {TOKEN}"
    assert len(log()) == len(BODIES)
    assert leaked(log()) == []


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_token_in_a_header_is_not_shown(caller: Caller, peer: Peer, log: Log, encoding: str) -> None:
    value = ENCODINGS[encoding](TOKEN)
    for status in (200, 404):
        peer.respond_with(status, {"id": 7}, x_request_id=value, x_server_trace_id=f"<{value}>", x_other=value)
        error = caller.error_of(ResponseError)
        assert "[token]" in str(error.request_id)
        assert "[token]" in str(error.server_trace_id)
        assert leaked(error) == []
    assert leaked(log()) == []


@pytest.mark.parametrize("limit", [60, 300, 2000])
def test_a_limit_that_cuts_a_token_shows_no_start_of_it(caller: Caller, peer: Peer, limit: int) -> None:
    """The longest start of a body or value in a text, of a message in a text, and of a body."""
    for padding in range(limit - len(TOKEN) - 5, limit, 3):
        text = "." * padding + TOKEN
        message, size = (json.dumps({name: text}).encode() for name in ("message", "compressedSize"))
        for status, body in ((502, text.encode()), (200, text.encode()), (400, message), (200, size)):
            peer.respond_with(status, body)
            assert leaked(caller.error_of(ApiError)) == []


def test_the_rest_of_a_response_is_shown(caller: Caller, peer: Peer) -> None:
    peer.respond_with(400, {"code": 3, "message": f"Bearer {TOKEN} is no token"}, x_request_id=f"r-{TOKEN}-1")
    error = caller.error_of(StatusError)
    assert (error.message, error.request_id) == ("Bearer [token] is no token", "r-[token]-1")
    assert error.body == b'{"code": 3, "message": "Bearer [token] is no token"}'
    peer.respond_with(200, {"compressedSize": f"{TOKEN}?"})
    problems = caller.error_of(MalformedResponse).problems
    assert [(problem.path, problem.value) for problem in problems] == [("compressedSize", "'[token]?'")]


def test_a_token_in_the_message_of_a_broken_connection_is_not_shown(client_factory: ClientFactory, log: Log) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError(f"cut after {request.headers['authorization']}")

    with client_factory(token=TOKEN, retries=0, transport=httpx.MockTransport(fail)) as caller:
        error = caller.error_of(ConnectionFailed)
    assert "cut after Bearer [token]" in str(error)
    assert leaked(error, log()) == []


def test_an_image_is_given_as_it_came(caller: Caller, peer: Peer, log: Log) -> None:
    """It is the caller's; what the client says of the call shows no token all the same."""
    peer.respond_with(200, {"id": TOKEN}, x_request_id=TOKEN)
    assert caller.get("crp1") == Image(id=TOKEN)
    assert len(log()) == 1
    assert leaked(log()) == []


NOT_HTTP = "it is not valid HTTP"
OK = "HTTP/1.1 200 OK\r\n"

BROKEN: Sequence[tuple[str, str]] = [
    (f"{TOKEN}\r\n\r\n", NOT_HTTP),
    (f"HTTP/1.1 {TOKEN}\r\n\r\n", NOT_HTTP),
    (f"HTTP/1.1 200 {TOKEN}\x00\r\n\r\n", NOT_HTTP),
    (f"{OK}{TOKEN}\r\n\r\n", NOT_HTTP),
    (f"{OK}: {TOKEN}\r\n\r\n", NOT_HTTP),
    (f"{OK}x: {TOKEN}\x00\r\n\r\n", NOT_HTTP),
    (f"{OK}content-length: {TOKEN}\r\n\r\n", NOT_HTTP),
    (f"{OK}content-length: 2\r\ncontent-length: {TOKEN}\r\n\r\n", NOT_HTTP),
    (f"{OK}transfer-encoding: {TOKEN}\r\n\r\n", NOT_HTTP),
    (f"{OK}transfer-encoding: chunked\r\n\r\n{TOKEN}\r\n", NOT_HTTP),
    (f"{OK}content-length: 999\r\n\r\n{TOKEN}", "peer closed connection"),
]
"""A response that repeats the token, and the start of the reason to reject it."""


@pytest.mark.parametrize(("response", "reason"), BROKEN, ids=ascii)
def test_broken_http_is_not_quoted(caller: Caller, peer: Peer, log: Log, response: str, reason: str) -> None:
    for text in (TOKEN, percent_encoded(TOKEN), "x"):
        peer.respond_with_bytes(response.replace(TOKEN, text).encode())
        error = caller.error_of(ConnectionFailed)
        assert error.reason.startswith(f"no complete response: {reason}")
        assert leaked(error) == []
    assert leaked(log()) == []


def test_a_text_that_is_too_short_for_a_token_is_not_masked(client_factory: ClientFactory, peer: Peer) -> None:
    for token, message in (("ok", "ok is not ok"), ("t1.4567", "t1.4567 is not ok"), ("t1.45678", "[token] is not ok")):
        peer.respond_with(400, {"message": f"{token} is not ok"})
        with client_factory(base_url=peer.url, token=token) as caller:
            assert caller.error_of(StatusError).message == message


@pytest.mark.parametrize("filler", ["\\", "\\\x00", "\x00", "t", "t\x00", "t1.\\", "%", "%7", "\\u00", "t1.Canary"])
def test_masking_takes_time_in_proportion_to_the_text(filler: str) -> None:
    """A run of anything is gone through a few times, not once for each of its characters: else this takes hours."""
    text = filler * (400_000 // len(filler))
    assert Secret(TOKEN).mask(text) == text
