"""The id is exactly one segment of the path that goes over the wire, whatever it holds."""

from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.client.callers import Caller, Opening
from tests.client.peer import Peer

PREFIX = b"/container-registry/v1/images/"

HOSTILE = [
    *("..", ".", "...", "/", "//", "/..", "../..", "..;/", "a/b", "\\", "..\\", "%", "%2F", "%2f..%2f", "%2e%2e"),
    *("?", "?a=b", "#", "#a", ";", "a;b=c", "&", "=", "+", " ", "  ", ":", "@", "a@b", "http://host/", "~", "*", "!"),
    *("\0", "\n", "\r\n", "\r\nx-header: a", "\t", "\x1b[2J", "\x7f", "\x85", "\u2028", "\ufeff", "\u202e", "%00"),
    *(
        "é",
        "e\u0301",
        "ы",
        "🐳",
        "👨\u200d👩\u200d👧",
        "\uffff",
        "．．",
        "／",
        "％2F",
        "<a>",
        '"',
        "'",
        "{a}",
        "[",
        "|",
        "^",
    ),
]


def segment_of(caller: Caller, peer: Peer, image_id: str) -> bytes:
    """What came over the wire in the place of the id."""
    peer.answers(200, {"id": "crp1"})
    assert caller.get(image_id).id == "crp1"
    (received,) = peer.requests
    assert received.method == b"GET"
    assert received.target.startswith(PREFIX)
    return received.target.removeprefix(PREFIX)


def hold(segment: bytes, image_id: str) -> None:
    """The promise: one segment, of visible ASCII, that no server takes for a relative one, and that means the id."""
    assert not set(b"/\\?#;") & set(segment)
    assert all(0x20 < byte < 0x7F for byte in segment)
    assert segment not in {b"", b".", b".."}
    assert unquote_to_bytes(segment).decode() == image_id


@pytest.mark.parametrize("image_id", HOSTILE, ids=ascii)
def test_a_hostile_id_is_one_segment_that_means_it(caller: Caller, peer: Peer, image_id: str) -> None:
    hold(segment_of(caller, peer, image_id), image_id)


@given(st.text(min_size=1, max_size=50) | st.text("./\\%2Ff;?#\0 ", min_size=1, max_size=8))
@example("." * 50)
@example("\U0010ffff" * 50)
def test_every_id_is_one_segment_that_means_it(caller: Caller, peer: Peer, image_id: str) -> None:
    hold(segment_of(caller, peer, image_id), image_id)


@pytest.mark.parametrize("image_id", ["crp5o1vp3mk7vq1ql0b9", "a-b_c.d~e", "..."])
def test_an_id_of_harmless_characters_is_sent_as_it_is(caller: Caller, peer: Peer, image_id: str) -> None:
    assert segment_of(caller, peer, image_id) == image_id.encode()


@pytest.mark.parametrize("suffix", ["", "/", "/gateway", "/gateway/"])
def test_the_path_stands_under_the_base_url(opening: Opening, peer: Peer, suffix: str) -> None:
    peer.answers(200, {})
    with opening(base_url=peer.url + suffix) as caller:
        caller.get("..")
    assert peer.requests[0].target == suffix.rstrip("/").encode() + PREFIX + b"%2E%2E"
