"""An id is exactly one segment of the path, also behind a proxy that decodes it, or it is rejected unsent."""

from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generated_client._arguments import check_string, path_segment
from generated_client.errors import InvalidParameter
from tests.client.callers import Caller, ClientFactory
from tests.client.peer import Peer

PREFIX = "/container-registry/v1/images/"

UNUSUAL = [
    *("...", "\\", "..\\", "%", "%2F", "%2f..%2f", "%2e%2e", "%00", "?", "?a=b", "#", "#a", ";", "a;b=c", "&", "="),
    *("+", " ", "  ", ":", "@", "a@b", "~", "*", "!", "\u2028", "\ufeff", "\u202e", "é", "e\u0301", "ы", "🐳"),
    *("👨\u200d👩\u200d👧", "\uffff", "．．", "／", "％2F", "<a>", '"', "'", "{a}", "[", "|", "^"),
    *(character * 50 for character in ("x", "🐳", " ", ".", "\U0010ffff")),
]

DIGEST = f"sha256:{'0123456789abcdef' * 4}"

REFERENCES = [
    *("cr.yandex/crp5o1vp3mk7vq1ql0b9/web/api:2.4.1", "cr.yandex/crp5o1vp3mk7vq1ql0b9/web/api:2.4.1\n"),
    *("cr.yandex/crp1/web", "CR.Yandex/crp1/web:latest", "https://cr.yandex/crp1/web:2", "localhost:5000/web"),
    *(f"cr.yandex/crp5o1vp3mk7vq1ql0b9/web@{DIGEST}", f"cr.yandex/crp5o1vp3mk7vq1ql0b9/web:2@{DIGEST}\n"),
    *("crp1/web:2", f"crp1@{DIGEST}", DIGEST, f" {DIGEST}"),
]

REJECTED: dict[str, list[Any]] = {
    "must not be empty": [""],
    "must not be '.', which cannot be a segment of a path": ["."],
    "must not be '..', which cannot be a segment of a path": [".."],
    "must not contain a slash": ["/", "//", "/..", "../..", "..;/", "a/b", "a/", "http://host/", "/\n", "crp1/web"],
    "must not contain a control character": [
        *("\0", "\n", "\r\n", "\r\nx-header: a", "\t", "a\x1b[2J", "\x7f", "\x85", "\x9f", "crp1\nx"),
    ],
    "must not end with a line break": ["crp1\n", "crp1\r\n"],
    "is an image reference, not an id": REFERENCES,
    "must have at most 50 characters, not 51": ["x" * 51, "🐳" * 51],
    "must have at most 50 characters, not 60": ["x:" * 30],
    "contains a lone surrogate, which is not a character": ["\ud800", "crp\udcff1", "\udc33\ud83d"],
    "must be a str, not NoneType": [None],
    "must be a str, not int": [7],
    "must be a str, not bool": [True],
    "must be a str, not bytes": [b"crp1"],
    "must be a str, not list": [["crp1"]],
}
"""Reason -> ids that are rejected for it."""


def segment_of(caller: Caller, peer: Peer, image_id: str) -> bytes:
    """Return the path segment that came over the wire for the id."""
    peer.respond_with(200, {"id": "crp1"})
    assert caller.get(image_id).id == "crp1"
    (received,) = peer.requests
    assert received.method == "GET"
    assert received.path.startswith(PREFIX)
    return received.path.removeprefix(PREFIX).encode()


def hold(segment: bytes, image_id: str) -> None:
    """The promise: one segment, of visible ASCII, that no server takes for a relative one, and that means the id."""
    assert not set(b"/\\?#;") & set(segment)
    assert all(0x20 < byte < 0x7F for byte in segment)
    assert segment not in {b"", b".", b".."}
    assert unquote_to_bytes(segment).decode() == image_id


@given(st.text("./\\%2Ff;?# \u2028", max_size=8) | st.text(max_size=50))
def test_every_id_is_one_segment_that_means_it_or_is_rejected(image_id: str) -> None:
    may_be_sent = image_id not in ["", ".", ".."] and not any(
        character == "/" or character < " " or "\x7f" <= character < "\xa0" for character in image_id
    )
    try:
        segment = path_segment("image_id", image_id)
    except InvalidParameter:
        assert not may_be_sent
    else:
        assert may_be_sent
        hold(segment.encode(), image_id)


def test_an_unusual_id_arrives_as_one_segment_that_means_it(caller: Caller, peer: Peer) -> None:
    for image_id in UNUSUAL:
        hold(segment_of(caller, peer, image_id), image_id)


def test_an_id_of_harmless_characters_is_sent_as_it_is(caller: Caller, peer: Peer) -> None:
    for image_id in ("crp5o1vp3mk7vq1ql0b9", "a-b_c.d~e", "..."):
        assert segment_of(caller, peer, image_id) == image_id.encode()


@pytest.mark.parametrize("method", ["get", "get_detailed"])
def test_an_invalid_id_is_rejected_before_a_token_is_requested(
    client_factory: ClientFactory, peer: Peer, method: str
) -> None:
    def token() -> str:
        raise AssertionError

    peer.respond_with(200, {})
    with client_factory(base_url=peer.url, token=token) as caller:
        for reason, image_ids in REJECTED.items():
            for image_id in image_ids:
                with pytest.raises(InvalidParameter) as raised:
                    getattr(caller, method)(image_id)
                assert (raised.value.name, raised.value.reason) == ("image_id", reason)
                assert str(raised.value) == f"image_id {reason}"
    assert peer.requests == []


def test_the_path_stands_under_the_base_url(client_factory: ClientFactory, peer: Peer) -> None:
    for suffix in ("", "/", "/gateway", "/gateway/"):
        peer.respond_with(200, {})
        with client_factory(base_url=peer.url + suffix) as caller:
            caller.get("a b")
        assert peer.requests[0].path == suffix.rstrip("/") + PREFIX + "a%20b"


def test_only_an_identifier_is_distinguished_from_an_image_reference() -> None:
    with pytest.raises(InvalidParameter, match=r"^tag must not contain a slash$"):
        path_segment("tag", "cr.yandex/crp1/web:2")


@pytest.mark.parametrize("filler", ["a", "a.", "a/", "a-", "a:", "a@"])
def test_telling_an_image_reference_takes_time_in_proportion_to_it(filler: str) -> None:
    """Else this takes hours."""
    with pytest.raises(InvalidParameter):
        check_string("image_id", filler * 200_000 + "!", max_length=50)
