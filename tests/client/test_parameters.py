"""An id that breaks the contract is rejected before anything is sent."""

from typing import Any

import pytest

from generated_client.errors import InvalidParameter
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
    peer.respond_with(200, {})
    for method in (caller.get, caller.get_detailed):
        with pytest.raises(InvalidParameter) as raised:
            method(image_id)
        assert raised.value.name == "image_id"
        assert reason in raised.value.reason
        assert str(raised.value) == f"image_id {raised.value.reason}"
    assert peer.requests == []


def test_no_token_is_requested_for_a_call_that_is_refused(client_factory: ClientFactory, peer: Peer) -> None:
    requested: list[str] = []

    def token() -> str:
        requested.append("t1.made-up")
        return requested[-1]

    peer.respond_with(200, {})
    with client_factory(base_url=peer.url, token=token) as caller:
        with pytest.raises(InvalidParameter):
            caller.get("")
        assert requested == []
        caller.get("crp1")
        assert requested == ["t1.made-up"]


@pytest.mark.parametrize("image_id", ["x", "x" * 50, "🐳" * 50, "ы" * 50, " " * 50], ids=ascii)
def test_any_fifty_characters_are_sent(caller: Caller, peer: Peer, image_id: str) -> None:
    peer.respond_with(200, {"id": "crp1"})
    assert caller.get(image_id).id == "crp1"
    assert len(peer.requests) == 1
