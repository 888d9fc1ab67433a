"""A service account key signs a JWT, which is exchanged for a token."""

from __future__ import annotations

import json
import sys
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from generated_client import Client, _clock
from generated_client.credentials import IAM_URL, AccessToken, ServiceAccountKey
from generated_client.errors import CredentialsError, InvalidParameter
from tests.client.callers import ClientFactory
from tests.client.credentials.keys import Key
from tests.client.credentials.services import ErrorOf, Services, exchanged
from tests.client.leak_detection import leaks


def test_a_signed_jwt_is_exchanged_for_a_token(
    connect: ClientFactory, services: Services, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_clock, "wall_time", lambda: 1_800_000_000.9)
    with connect(token=ServiceAccountKey.parse(key.json(), services.exchange.url)) as caller:
        caller.get()
    assert services.tokens == ["t1.minted.1"]
    [request] = services.exchange.requests
    assert (request.method, request.authorization) == ("POST", None)
    assert request.headers["content-type"] == "application/json"
    body = json.loads(request.body)
    assert body.keys() == {"jwt"}
    assert jwt.get_unverified_header(body["jwt"]) == {"alg": "PS256", "kid": "key-1", "typ": "JWT"}
    claims: dict[str, Any] = jwt.decode(
        body["jwt"],
        key.private.public_key(),
        ["PS256"],
        audience=services.exchange.url,
        options={"verify_exp": False, "verify_iat": False},
    )
    assert claims == {
        "aud": services.exchange.url,
        "iss": "account-1",
        "iat": 1_800_000_000,
        "exp": 1_800_003_600,
    }


@pytest.mark.parametrize("prose", ["", "one\ntwo\r\n\n", "no line break "])
def test_prose_may_stand_before_the_pem(key: Key, prose: str) -> None:
    source = ServiceAccountKey.parse(key.json(private_key=prose + key.pem), IAM_URL)
    assert source.private_key.reveal() == key.pem
    assert not isinstance(source.build_request(), CredentialsError)


ELLIPTIC = (
    ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
)


@pytest.mark.parametrize(
    "pem",
    [
        "hidden",
        "-----BEGIN PRIVATE KEY-----\nhidden\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\n\u043a\n-----END PRIVATE KEY-----\n",
        ELLIPTIC,
    ],
    ids=["prose", "broken", "not ASCII", "elliptic"],
)
def test_a_key_that_cannot_sign_is_not_shown_and_nothing_is_sent(
    error_of: ErrorOf, services: Services, key: Key, pem: str
) -> None:
    source = ServiceAccountKey.parse(key.json(private_key=pem), services.exchange.url)
    error = error_of(CredentialsError, token=source)
    assert str(error) == "the private key of the service account is not an RSA key in PEM"
    assert leaks([error, source], ["hidden", *ELLIPTIC.splitlines()[1:-1]]) == []
    assert not services.requests


@pytest.mark.parametrize("url", ["http://iam.example.com/iam/v1/tokens", "ftp://127.0.0.1/", "iam", "http://10.0.0.1/"])
def test_a_key_is_not_exchanged_over_an_open_line(key: Key, url: str) -> None:
    parsed = ServiceAccountKey.parse(key.json())
    with pytest.raises(InvalidParameter, match=r"^url must be "):
        ServiceAccountKey.parse(key.json(), url)
    with pytest.raises(InvalidParameter, match=r"^url must be "):
        ServiceAccountKey("key-1", "account-1", parsed.private_key, url)


@pytest.mark.parametrize("ahead", [-86400.0, 0.0, 7200.0])
def test_a_life_is_counted_by_the_clock_of_the_service(key: Key, ahead: float) -> None:
    reply = exchanged("t1.a", life=3600, ahead=ahead)
    issued = ServiceAccountKey.parse(key.json()).parse_response(reply.status, reply.headers, reply.content)
    assert isinstance(issued, AccessToken)
    assert 3598 < issued.lifetime < 3602


@pytest.mark.parametrize("date", [None, "yesterday", "", "Thu, 01 Jan 1970 00:00:00", "Thu, 99 Jan 1970 00:00:00 GMT"])
def test_a_life_is_counted_by_our_clock_if_the_service_tells_no_time(
    key: Key, monkeypatch: pytest.MonkeyPatch, date: str | None
) -> None:
    monkeypatch.setattr(_clock, "wall_time", lambda: 0.0)
    content = json.dumps({"iamToken": "t1.a", "expiresAt": "1970-01-01T01:00:00.123456789Z"}).encode()
    headers = {} if date is None else {"date": date}
    issued = ServiceAccountKey.parse(key.json()).parse_response(200, headers, content)
    assert isinstance(issued, AccessToken)
    assert issued.lifetime == pytest.approx(3600.123456)


def forget(monkeypatch: pytest.MonkeyPatch, *libraries: str) -> None:
    """Let the next import load these libraries anew."""
    for name in [name for name in sys.modules if name.partition(".")[0] in libraries]:
        monkeypatch.delitem(sys.modules, name)


@pytest.mark.parametrize("missing", ["jwt", "cryptography"])
def test_a_key_without_its_libraries_names_what_it_needs(
    error_of: ErrorOf, services: Services, key: Key, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    source = ServiceAccountKey.parse(key.json(), services.exchange.url)
    forget(monkeypatch, "jwt", "cryptography")
    monkeypatch.setitem(sys.modules, missing, None)
    assert (
        str(error_of(CredentialsError, token=source))
        == "a service account key needs PyJWT: pip install 'pyjwt[crypto]'"
    )
    assert not services.requests


def test_pyjwt_is_imported_for_the_first_token(key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    forget(monkeypatch, "jwt")
    source = ServiceAccountKey.parse(key.json(), IAM_URL)
    Client(token=source).close()
    assert "jwt" not in sys.modules
    source.build_request()
    assert "jwt" in sys.modules
