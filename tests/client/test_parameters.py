"""A parameter that breaks the contract is refused before anything is sent."""

from typing import Any

import pytest

from generated_client.errors import ApiError, InvalidParameter
from tests.client.callers import Caller, ClientFactory
from tests.client.peer import Peer

TOO_LONG = "at most 50 characters, not 51"
SURROGATE = "lone surrogate"


@pytest.mark.parametrize(
    ("image_id", "reason"),
    [
        ("", "must not be empty"),
        ("x" * 51, TOO_LONG),
        ("🐳" * 51, TOO_LONG),
        (None, "must be a str, not NoneType"),
        (7, "must be a str, not int"),
        (True, "must be a str, not bool"),
        (b"crp1", "must be a str, not bytes"),
        (["crp1"], "must be a str, not list"),
        ("\ud800", SURROGATE),
        ("crp\udcff1", SURROGATE),
        ("\udc33\ud83d", SURROGATE),
    ],
    ids=ascii,
)
def test_an_id_that_breaks_the_contract_is_refused_by_name_and_reason(
    caller: Caller, peer: Peer, image_id: Any, reason: str
) -> None:
    peer.answers(200, {})
    for method in (caller.get, caller.get_detailed):
        with pytest.raises(InvalidParameter) as raised:
            method(image_id)
        assert raised.value.name == "image_id"
        assert reason in raised.value.reason
        assert str(raised.value) == f"image_id {raised.value.reason}"
    assert peer.requests == []


def test_no_token_is_asked_for_a_call_that_is_refused(client_factory: ClientFactory, peer: Peer) -> None:
    asked: list[str] = []

    def token() -> str:
        asked.append("t1.made-up")
        return asked[-1]

    peer.answers(200, {})
    with client_factory(base_url=peer.url, token=token) as caller:
        with pytest.raises(InvalidParameter):
            caller.get("")
        assert asked == []
        caller.get("crp1")
        assert asked == ["t1.made-up"]


def test_a_refusal_is_a_value_error_of_the_tree() -> None:
    assert issubclass(InvalidParameter, ValueError)
    assert issubclass(InvalidParameter, ApiError)


@pytest.mark.parametrize("image_id", ["x", "x" * 50, "🐳" * 50, "ы" * 50, " " * 50], ids=ascii)
def test_any_fifty_characters_are_sent(caller: Caller, peer: Peer, image_id: str) -> None:
    peer.answers(200, {"id": "crp1"})
    assert caller.get(image_id).id == "crp1"
    assert len(peer.requests) == 1


@pytest.mark.parametrize(
    "base_url",
    [
        *("", "example", "ftp://127.0.0.1", "//127.0.0.1", "https://", "http://example.com", "http://192.0.2.1"),
        *(
            "https://user:password@127.0.0.1",
            "https://127.0.0.1/?a=b",
            "https://127.0.0.1/#a",
            "http://127.0.0.1.example",
        ),
        *(7, b"https://127.0.0.1"),
    ],
)
def test_a_base_url_that_could_give_the_token_away_is_refused(client_factory: ClientFactory, base_url: Any) -> None:
    with pytest.raises(InvalidParameter) as raised, client_factory(base_url=base_url):
        pass
    assert raised.value.name == "base_url"


@pytest.mark.parametrize("token", ["", " ", "t1.a b", "t1.a\r\nx-header: b", "t1.ы", "\nt1.a", "t1.\x7f", b"t1.a", 7])
def test_a_token_that_no_header_can_hold_is_refused_without_showing_it(
    client_factory: ClientFactory, peer: Peer, token: Any
) -> None:
    peer.answers(200, {})
    for argument in (token, lambda: token):
        with pytest.raises(InvalidParameter) as raised, client_factory(base_url=peer.url, token=argument) as caller:
            caller.get("crp1")
        assert raised.value.name == "token"
        assert "t1." not in str(raised.value)
        assert peer.requests == []
