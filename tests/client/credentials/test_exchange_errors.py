"""An error quotes the reason that a token service gives, without anything that may be a secret."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generated_client.credentials import MetadataService, ServiceAccountKey, TokenSource
from generated_client.errors import CredentialsError
from tests.client.callers import ClientFactory
from tests.client.credentials.keys import Key
from tests.client.credentials.services import EXCHANGE, Reply, Services, always
from tests.client.leak_detection import leaks

INFO = [{"@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "5b1b1b5e-90a5-4cd1-a03d-3d7b6ec0a1f2"}]


def test_a_rejected_key_is_reported_with_message_code_and_request_id(
    client_factory: ClientFactory, services: Services, key: Key
) -> None:
    services.paths[EXCHANGE] = always(Reply(401, {"code": 16, "message": "Key 'aje1' was not found", "details": INFO}))
    token = ServiceAccountKey.parse(key.json(), services.exchange)
    with pytest.raises(CredentialsError) as raised, client_factory(base_url=services.url, token=token) as caller:
        caller.get("crp1")
    assert str(raised.value) == (
        f"the token service at {services.exchange} returned 401 (code 16): Key 'aje1' was not found"
        " (request id 5b1b1b5e-90a5-4cd1-a03d-3d7b6ec0a1f2)"
    )
    assert not raised.value.retryable


def reason(body: Any, status: int = 401, request_id: str | None = None) -> str:
    headers = {"x-request-id": request_id} if request_id else {}
    outcome = MetadataService("host").parse_response(status, headers, json.dumps(body).encode())
    assert isinstance(outcome, CredentialsError)
    return outcome.reason.removeprefix("the metadata service at host returned ")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"message": "no"}, "401: no"),
        ({"code": 7}, "401 (code 7) without a usable token"),
        ({"code": "7", "message": ["no"]}, "401 without a usable token"),
        ({"message": "a\r\nb\x1b[2J"}, r"401: a\r\nb\x1b[2J"),
        ({"message": "x." * 200}, f"401: {'x.' * 150}..."),
        ({"message": "no", "details": [{"@type": "t"}, *INFO]}, f"401: no (request id {INFO[0]['requestId']})"),
        ({"message": "no", "details": [{"requestId": 7}]}, "401: no"),
        ({"message": "no", "details": 7}, "401 without a usable token"),
        ({"message": "no", "details": ["x"]}, "401 without a usable token"),
        ([], "401 without a usable token"),
        (None, "401 without a usable token"),
    ],
    ids=str,
)
def test_an_error_is_quoted_as_far_as_it_is_valid(body: Any, text: str) -> None:
    assert reason(body) == text


def test_the_request_id_may_be_in_a_header() -> None:
    assert reason({"message": "no", "details": INFO}, request_id="r-1") == "401: no (request id r-1)"


def test_a_machine_without_service_account_is_reported_with_the_message() -> None:
    assert reason({"message": "nothing here"}, 404) == "404: nothing here: the machine has no service account"


@pytest.mark.parametrize("kind", ["metadata", "key"])
def test_a_secret_in_a_reason_is_not_shown(key: Key, kind: str) -> None:
    sources: dict[str, TokenSource] = {
        "metadata": MetadataService(),
        "key": ServiceAccountKey.parse(key.json(), "https://iam.example.com"),
    }
    source = sources[kind]
    signed = json.loads(getattr(sources["key"].build_request(), "content"))["jwt"]  # noqa: B009  # for mypy
    secrets = [
        *signed.split("."),
        *key.pem.splitlines()[1:-2],
        "t1.canary.canary",
        "y0_canarycanary",
        "AQVNcanarycanary",
    ]
    for secret in [signed, *secrets]:
        body = {"code": 16, "message": f"bad: '{secret}', sorry", "details": [{"requestId": secret}]}
        outcome = source.parse_response(401, {}, json.dumps(body).encode())
        assert isinstance(outcome, CredentialsError)
        assert outcome.reason.endswith("(code 16): bad: '[token]', sorry (request id [token])")
        assert leaks([outcome], [secret]) == []
