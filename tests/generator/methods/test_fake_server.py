"""The fake server rejects each request that breaks the contract, by field and reason."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

VOYAGES, BOATS = "/v1/voyages", "/v1/boats"

PLAN: dict[str, Any] = {
    "name": "spr",
    "legs": [{"takes": "3600s", "remote": True, "ends": {}}],
    "crewSize": 100,
    "deposit": "1",
}
"""A body at the bounds of its fields. `test_calls.py` sends each format."""

BODIES: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "body.name is missing"),
    ({"name": "ab"}, "body.name has 2 characters and must have at least 3"),
    ({"name": "4th"}, "body.name is '4th' and must match ^[a-z][-a-z0-9]*$"),
    ({"name": 7}, "body.name is not a valid string"),
    ({"nick": "a"}, "body.nick is not a field of the contract"),
    ({"legs": PLAN["legs"] * 9}, "body.legs has 9 elements and may have at most 8"),
    ({"legs": [{"takes": "3600s"}]}, "body.legs[0].ends is missing"),
    ({"legs": {}}, "body.legs is not a valid array"),
    ({"legs": [{"takes": "90000s", "ends": {}}]}, "body.legs[0].takes is 90000s and may be at most 1 day, 0:00:00"),
    (
        {"legs": [{"takes": "3600s", "ends": {}, "alternatives": [{"rest": 1}]}]},
        "body.legs[0].alternatives[0].takes is missing",
    ),
    ({"deposit": "-1"}, "body.deposit is -1 and must be more than 0"),
    ({"labels": {"A": "b"}}, "the key 'A' of body.labels is 'A' and must match"),
    ({"labels": {"a": "b" * 64}}, "body.labels.a has 64 characters and may have at most 63"),
    ({"labels": {f"k{number}": "v" for number in range(65)}}, "body.labels has 65 entries and may have at most 64"),
    ({"berths": {"a": {"height": "high"}}}, "body.berths.a.height is not a valid int64"),
    ({"boatId": "b1", "newBoat": {}}, "body has more than one of boatId, newBoat"),
    ({"flags": ["a", "a"]}, "body.flags has an element twice"),
    ({"flags": [None]}, "body.flags[0] is not a valid string"),
    ({"style": "SLOW"}, "body.style is 'SLOW' and must be one of ['RACE', 'CRUISE']"),
    ({"depths": [0.25]}, "body.depths[0] is 0.25 and must be at least 0.5"),
]
"""Replacements in a valid body, and the reason of their rejection."""

QUERIES: list[tuple[str, str]] = [
    ("", "harbourName is missing"),
    ("harbourName=h&pageSize=many", "pageSize is not a valid int64"),
    ("harbourName=h&pageSize=1001", "pageSize is 1001 and may be at most 1000"),
    ("harbourName=h&crew=1.5", "crew is not a valid int32"),
    ("harbourName=h&afloat=yes", "afloat is not a valid boolean"),
    ("harbourName=h&draught=0", "draught is 0.0 and must be more than 0"),
    ("harbourName=h&state=SUNK", "state is 'SUNK' and must be one of"),
    ("harbourName=h" + "&classes=a" * 4, "classes has 4 elements and may have at most 3"),
    ("harbourName=h&where.crew=1&where.crew=ten", "where.crew[1] is not a valid int32"),
    ("harbourName=h&pageToken=four", "no page has the pageToken 'four'"),
]


@pytest.fixture
def http(fake_server: Any) -> Iterator[httpx.Client]:
    """A plain HTTP client of a fake server whose violations are forgotten."""
    headers = {"authorization": "Bearer any", "content-type": "application/json"}
    with httpx.Client(base_url="https://any.example", headers=headers, transport=fake_server.transport) as client:
        yield client
    fake_server.reset()


def rejection(response: httpx.Response) -> str:
    assert response.status_code == 400
    return str(response.json()["message"])


@pytest.mark.parametrize(("change", "message"), BODIES, ids=[message for _, message in BODIES])
def test_a_body_against_the_contract_is_refused(http: httpx.Client, change: dict[str, Any], message: str) -> None:
    assert rejection(http.post(VOYAGES, json={**PLAN, **change})).startswith(message)


@pytest.mark.parametrize(
    "change",
    [{}, {"remote": None}, {"flags": []}, {"depths": ["Infinity", "1.5"]}, {"crewSize": "7"}, {"chart": "_w=="}],
    ids=str,
)
def test_a_body_of_the_contract_is_taken(http: httpx.Client, change: dict[str, Any]) -> None:
    assert http.post(VOYAGES, json={**PLAN, **change}).status_code == 200


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        ("{", "application/json", "the body is not JSON"),
        ("[]", "application/json", "body is not a valid object"),
        ("null", "application/json", "body is not a valid object"),
        (json.dumps(PLAN), "text/plain", "the body is not application/json"),
    ],
)
def test_a_body_is_json(http: httpx.Client, body: str, kind: str, message: str) -> None:
    assert rejection(http.post(VOYAGES, content=body, headers={"content-type": kind})) == message


@pytest.mark.parametrize(("query", "message"), QUERIES, ids=[message for _, message in QUERIES])
def test_a_query_against_the_contract_is_refused(http: httpx.Client, query: str, message: str) -> None:
    assert rejection(http.get(f"{BOATS}?{query}")).startswith(message)


def test_what_a_client_lets_pass_is_a_violation(boats: Any, client: Any, fake_server: Any) -> None:
    """An unknown value of an enumeration, and what it sends as additional properties."""
    with pytest.raises(boats.errors.InvalidArgument, match=r"^.*: state is 'SUNK' and must be one of"):
        next(client.boats.list(harbour_name="hull", state="SUNK"))
    for message, properties in {
        "nick is not a field of the contract": {"nick": "a"},
        "class has 21 characters": {"class": "x" * 21},
        "updateMask is not a valid field-mask": {"updateMask": "a b"},
    }.items():
        with pytest.raises(boats.errors.InvalidArgument, match=rf"body\.{message}"):
            client.boats.update("h", "b1", boats.UpdateBoatRequest(additional_properties=properties))
    assert len(fake_server.violations) == 4
    fake_server.reset()


def test_the_path_of_the_server_comes_before_that_of_an_endpoint(boats: Any, fake_server: Any, client: Any) -> None:
    """Without `base_url` the client calls https://boats.example/api; a test over HTTP calls the fake server's root."""
    assert client.boats.get("h", "b1").id == "b1"
    assert fake_server.requests[-1].path == "/api/v1/harbours/h/boats/b1"
    with fake_server, boats.Client("any", base_url=fake_server.url) as over_http:
        assert over_http.boats.get("h", "b1").id == "b1"
    assert fake_server.requests[-1].path == "/v1/harbours/h/boats/b1"
    elsewhere = boats.Client("any", base_url="https://boats.example/other", transport=fake_server.transport)
    with elsewhere, pytest.raises(boats.errors.NotFound, match="the contract has no path /other/v1"):
        elsewhere.boats.get("h", "b1")
    fake_server.reset()
