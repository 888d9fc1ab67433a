"""The fake server rejects each request that breaks the contract, by field and reason."""

import json
from typing import Any

import pytest

PLAN: dict[str, Any] = {
    "name": "spring",
    "legs": [{"takes": "3600s", "remote": True, "ends": {}}],
    "crewSize": 2,
    "deposit": "1",
}

BODIES: dict[str, tuple[dict[str, Any], str]] = {
    "a field that is missing": ({"name": ""}, "body.name is missing"),
    "a text that is too short": ({"name": "ab"}, "body.name has 2 characters and must have at least 3"),
    "a text against the pattern": ({"name": "4th"}, "body.name is '4th' and must match ^[a-z][-a-z0-9]*$"),
    "a number for a text": ({"name": 7}, "body.name is not a valid string"),
    "an unknown field": ({"nick": "a"}, "body.nick is not a field of the contract"),
    "too many elements": ({"legs": PLAN["legs"] * 9}, "body.legs has 9 elements and may have at most 8"),
    "a field of an element": ({"legs": [{"takes": "3600s"}]}, "body.legs[0].ends is missing"),
    "a span that is too long": (
        {"legs": [{"takes": "90000s", "ends": {}}]},
        "body.legs[0].takes is 90000s and may be at most 1 day, 0:00:00",
    ),
    "a span that is none": ({"legs": [{"takes": "1h", "ends": {}}]}, "body.legs[0].takes is not a valid duration"),
    "an int64 that is none": ({"deposit": "1.5"}, "body.deposit is not a valid int64"),
    "an int64 that is too great": ({"deposit": str(2**63)}, "body.deposit is not a valid int64"),
    "an int64 out of its bounds": ({"deposit": "-1"}, "body.deposit is -1 and must be more than 0"),
    "an int32 that is too great": ({"crewSize": 2**31}, "body.crewSize is not a valid int32"),
    "a key against the pattern": ({"labels": {"A": "b"}}, "the key 'A' of body.labels is 'A' and must match"),
    "a value that is too long": (
        {"labels": {"a": "b" * 64}},
        "body.labels.a has 64 characters and may have at most 63",
    ),
    "too many entries": (
        {"labels": {f"k{number}": "v" for number in range(65)}},
        "body.labels has 65 entries and may have",
    ),
    "a message in a map": ({"berths": {"a": {"height": "high"}}}, "body.berths.a.height is not a valid int64"),
    "bytes that are no base64": ({"chart": "?"}, "body.chart is not a valid byte"),
    "two of a group": ({"boatId": "b1", "newBoat": {}}, "body has more than one of boatId, newBoat"),
    "an element twice": ({"flags": ["a", "a"]}, "body.flags has an element twice"),
    "a value of no enumeration": ({"style": "SLOW"}, "body.style is 'SLOW' and must be one of ['RACE', 'CRUISE']"),
    "a message within itself": (
        {"legs": [{"takes": "3600s", "ends": {}, "alternatives": [{"rest": 1}]}]},
        "body.legs[0].alternatives[0].takes is missing",
    ),
    "a moment that is none": ({"startsAt": "tomorrow"}, "body.startsAt is not a valid date-time"),
    "true as a number": ({"depths": [True]}, "body.depths[0] is not a valid double"),
}
"""Replacements in a valid body, and the reasons of their rejection."""

QUERIES: dict[str, tuple[str, str]] = {
    "nothing that must be given": ("", "harbourName is missing"),
    "a text against the pattern": ("harbourName=H", "harbourName is 'H' and must match"),
    "no number": ("harbourName=h&pageSize=many", "pageSize is not a valid int64"),
    "a number that is too great": ("harbourName=h&pageSize=1001", "pageSize is 1001 and may be at most 1000"),
    "no flag": ("harbourName=h&afloat=yes", "afloat is not a valid boolean"),
    "no moment": ("harbourName=h&launchedAfter=today", "launchedAfter is not a valid date-time"),
    "a number that is too small": ("harbourName=h&draught=0", "draught is 0.0 and must be more than 0"),
    "another value": ("harbourName=h&state=SUNK", "state is 'SUNK' and must be one of"),
    "too many values": ("harbourName=h" + "&classes=a" * 4, "classes has 4 elements and may have at most 3"),
    "a value that is too long": ("harbourName=h&classes=lightship", "classes[0] has 9 characters and may have"),
    "a number of a list": ("harbourName=h&where.crew=1&where.crew=ten", "where.crew[1] is not a valid int32"),
    "a token of no page": ("harbourName=h&pageToken=four", "no page has the pageToken 'four'"),
}


def asked(boats: Any, method: str, path: str, **more: Any) -> tuple[int, str]:
    """Status and message of the answer to a request."""
    testing = __import__(f"{boats.__name__}.testing", fromlist=["FakeServer"])
    fake_server = testing.FakeServer()
    headers = (("authorization", "Bearer any"), *more.pop("headers", (("content-type", "application/json"),)))
    given = testing.respond(fake_server._service, testing.ReceivedRequest(method, path, headers=headers, **more))
    return given.status, json.loads(given.body).get("message", "")


@pytest.mark.parametrize(("other", "says"), BODIES.values(), ids=BODIES)
def test_a_body_against_the_contract_is_refused(boats: Any, other: dict[str, Any], says: str) -> None:
    status, message = asked(boats, "POST", "/v1/voyages", body=json.dumps({**PLAN, **other}).encode())
    assert status == 400
    assert message.startswith(says)


@pytest.mark.parametrize(
    "other", [{}, {"remote": None}, {"flags": []}, {"depths": ["Infinity"]}, {"chart": "_w=="}], ids=str
)
def test_a_body_of_the_contract_is_taken(boats: Any, other: dict[str, Any]) -> None:
    assert asked(boats, "POST", "/v1/voyages", body=json.dumps({**PLAN, **other}).encode()) == (200, "")


def test_a_body_is_json(boats: Any) -> None:
    assert asked(boats, "POST", "/v1/voyages", body=b"{") == (400, "the body is not JSON")
    assert asked(boats, "POST", "/v1/voyages", body=b"[]") == (400, "body is not a valid object")
    assert asked(boats, "POST", "/v1/voyages", headers=(), body=b"{}") == (400, "the body is not application/json")


@pytest.mark.parametrize(("query", "says"), QUERIES.values(), ids=QUERIES)
def test_a_query_against_the_contract_is_refused(boats: Any, query: str, says: str) -> None:
    status, message = asked(boats, "GET", "/v1/boats", query=query)
    assert status == 400
    assert message.startswith(says)


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
