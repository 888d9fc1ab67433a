"""Each response to a success gives an image or a MalformedResponse, however unusual its body is."""

import pytest

from generated_client import Image
from generated_client.errors import MalformedResponse
from tests.client.callers import Caller
from tests.client.peer import Peer

NO_IMAGE: dict[str, bytes] = {
    "empty": b"",
    "spaces": b" \n ",
    "a list": b"[]",
    "null": b"null",
    "a string": b'"image"',
    "a number": b"7",
    "truth": b"true",
    "NaN": b"NaN",
    "cut": b'{"id": "crp1"',
    "two": b"{}{}",
    "HTML": b"<!doctype html><title>502</title>",
    "single quotes": b"{'id': 'crp1'}",
    "no UTF-8": b'{"id": "\xff\xfe"}',
    "binary": bytes(range(256)),
    "zeros": b"\0" * 100,
    "deep lists": b"[" * 10_000 + b"]" * 10_000,
    "deep and cut": b'{"a":' * 10_000,
    "a size that is not a number": b'{"compressedSize": NaN}',
    "an infinite size": b'{"compressedSize": 1e400}',
    "a size of 5,000 digits": b'{"compressedSize": ' + b"9" * 5000 + b"}",
    "an unknown number of 5,000 digits": b'{"new": ' + b"9" * 5000 + b"}",
    "a control character": b'{"id": "a\nb"}',
    "a lone surrogate": b'{"name": "\\ud800"}',
    "a lone surrogate in UTF-8": b'{"name": "\xed\xa0\x80"}',
    "a lone surrogate in a list": b'{"tags": ["a", "\\udfff"]}',
}

IMAGES: dict[str, bytes] = {
    "an empty object": b"{}",
    "spaces around": b' \r\n{"id": "crp1"}\n',
    "a byte order mark": b'\xef\xbb\xbf{"id": "crp1"}',
    "a name twice": b'{"id": 7, "id": "crp1"}',
    "unknown infinities": b'{"new": [NaN, Infinity, -1e400]}',
    "an unknown lone surrogate": b'{"new": "\\ud800"}',
    "a pair of surrogates": b'{"name": "\\ud83d\\ude00"}',
    "a zero in a string": b'{"name": "\\u0000"}',
}


@pytest.mark.parametrize("body", NO_IMAGE.values(), ids=NO_IMAGE)
def test_a_success_without_an_image_is_a_malformed_response(caller: Caller, peer: Peer, body: bytes) -> None:
    peer.respond_with(200, body)
    error = caller.error_of(MalformedResponse)
    assert (error.status_code, error.body) == (200, body[:2000])


@pytest.mark.parametrize("body", IMAGES.values(), ids=IMAGES)
def test_unusual_json_of_an_image_is_an_image(caller: Caller, peer: Peer, body: bytes) -> None:
    peer.respond_with(200, body)
    response = caller.get_detailed()
    assert isinstance(response.parsed, Image)
    assert response.content == body


@pytest.mark.parametrize("content_type", ["text/plain", "text/html; charset=windows-1251", "", "nonsense", 'a/b; ;="'])
def test_the_body_counts_and_not_what_it_is_called(caller: Caller, peer: Peer, content_type: str) -> None:
    peer.respond_with(200, '{"name": "ы"}'.encode(), content_type=content_type)
    assert caller.get().name == "ы"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "nonsense"])
def test_a_content_coding_that_nobody_asked_for_is_no_image(caller: Caller, peer: Peer, encoding: str) -> None:
    peer.respond_with(200, b"\x1f\x8b\x08\0 no gzip", content_encoding=encoding)
    caller.error_of(MalformedResponse)
