"""A service account key signs a JWT, which is exchanged for a token."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from generated_client import _clock
from generated_client.credentials import IAM_URL, AccessToken, ServiceAccountKey
from generated_client.errors import CredentialsError, InvalidParameter
from tests.client.callers import ClientFactory
from tests.client.credentials.keys import Key
from tests.client.credentials.services import EXCHANGE, Services, exchanged, numbered
from tests.client.virtual_time import ManualClock

ROOT = Path(__file__).parents[3]


def test_the_address_of_the_exchange_is_the_published_one() -> None:
    assert IAM_URL == "https://iam.api.cloud.yandex.net/iam/v1/tokens"


def test_a_signed_jwt_is_exchanged_for_a_token(
    client_factory: ClientFactory, services: Services, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_clock, "wall_time", lambda: 1_800_000_000.9)
    with client_factory(base_url=services.url, token=ServiceAccountKey.parse(key.json(), services.exchange)) as caller:
        caller.get("crp1")
    assert services.tokens == ["t1.minted.1"]
    [request] = services.at(EXCHANGE)
    assert (request.method, request.headers["content-type"], request.authorization) == (
        "POST",
        "application/json",
        None,
    )
    body = json.loads(request.body)
    assert set(body) == {"jwt"}
    assert jwt.get_unverified_header(body["jwt"]) == {"alg": "PS256", "kid": "key-1", "typ": "JWT"}
    claims: dict[str, Any] = jwt.decode(
        body["jwt"],
        key.private.public_key(),
        ["PS256"],
        audience=services.exchange,
        issuer="account-1",
        options={"verify_exp": False, "verify_iat": False},
    )
    assert set(claims) == {"aud", "iss", "iat", "exp"}
    assert (claims["iat"], claims["exp"]) == (1_800_000_000, 1_800_003_600)


@pytest.mark.parametrize("prose", ["", "PLEASE DO NOT REMOVE THIS LINE!\n", "one\ntwo\r\n\n", "no line break "])
def test_prose_may_stand_before_the_pem(key: Key, prose: str) -> None:
    source = ServiceAccountKey.parse(key.json(private_key=prose + key.pem), IAM_URL)
    assert source.private_key.reveal() == key.pem
    assert not isinstance(source.build_request(), CredentialsError)


def test_a_jwt_is_made_anew_for_each_exchange(
    client_factory: ClientFactory, services: Services, key: Key, clock: ManualClock
) -> None:
    services.paths[EXCHANGE] = numbered(lambda token: exchanged(token, life=3600))
    with client_factory(base_url=services.url, token=ServiceAccountKey.parse(key.json(), services.exchange)) as caller:
        caller.get("crp1")
        clock.move(3600)
        caller.get("crp1")
    one, other = services.at(EXCHANGE)
    assert one.body != other.body
    assert services.tokens == ["t1.minted.1", "t1.minted.2"]


def pem_of(private: Any) -> str:
    return str(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


@pytest.mark.parametrize(
    "pem",
    [
        "no key at all",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\n\u043a\n-----END PRIVATE KEY-----\n",
        pem_of(ec.generate_private_key(ec.SECP256R1())),
    ],
    ids=["prose", "broken", "not ASCII", "elliptic"],
)
def test_a_key_that_cannot_sign_is_an_error_and_asks_nobody(
    client_factory: ClientFactory, services: Services, key: Key, pem: str
) -> None:
    source = ServiceAccountKey.parse(key.json(private_key=pem), services.exchange)
    with pytest.raises(CredentialsError) as raised, client_factory(base_url=services.url, token=source) as caller:
        caller.get("crp1")
    assert str(raised.value) == "the private key of the service account is not an RSA key in PEM"
    assert not services.requests


@pytest.mark.parametrize("url", ["http://iam.example.com/iam/v1/tokens", "ftp://127.0.0.1/", "iam", "http://10.0.0.1/"])
def test_a_key_is_not_exchanged_over_an_open_line(key: Key, url: str) -> None:
    parsed = ServiceAccountKey.parse(key.json())
    with pytest.raises(InvalidParameter, match=r"^url must be "):
        ServiceAccountKey.parse(key.json(), url)
    with pytest.raises(InvalidParameter, match=r"^url must be "):
        ServiceAccountKey("key-1", "account-1", parsed.private_key, url)


@pytest.mark.parametrize("ahead", [-86400.0, -7200.0, 0.0, 7200.0, 86400.0])
def test_a_life_is_counted_by_the_clock_of_the_service(key: Key, ahead: float) -> None:
    reply = exchanged("t1.a", life=3600, ahead=ahead)
    issued = ServiceAccountKey.parse(key.json()).parse_response(reply.status, reply.headers, reply.content)
    assert isinstance(issued, AccessToken)
    assert 3598 < issued.lifetime < 3602


@pytest.mark.parametrize("date", [None, "yesterday", "", "Thu, 01 Jan 1970 00:00:00", "Thu, 99 Jan 1970 00:00:00 GMT"])
def test_a_life_is_counted_by_our_clock_where_the_service_tells_no_time(
    key: Key, monkeypatch: pytest.MonkeyPatch, date: str | None
) -> None:
    monkeypatch.setattr(_clock, "wall_time", lambda: 0.0)
    content = json.dumps({"iamToken": "t1.a", "expiresAt": "1970-01-01T01:00:00.123456789Z"}).encode()
    headers = {} if date is None else {"date": date}
    issued = ServiceAccountKey.parse(key.json()).parse_response(200, headers, content)
    assert isinstance(issued, AccessToken)
    assert issued.lifetime == pytest.approx(3600.123456)


WITHOUT_JWT = """
import sys
sys.modules[{blocked!r}] = None
from generated_client import Client
from generated_client.credentials import ServiceAccountKey
from generated_client.errors import CredentialsError
with Client(token="t1.static", base_url={base_url!r}) as client:
    print(client.images.get("crp1").id)
try:
    with Client(token=ServiceAccountKey.parse({key!r}, {exchange!r}), base_url={base_url!r}) as client:
        client.images.get("crp1")
except CredentialsError as error:
    print(error)
"""


@pytest.mark.slow
@pytest.mark.parametrize("blocked", ["jwt", "cryptography"])
def test_without_pyjwt_everything_else_works_and_a_key_says_what_it_needs(
    services: Services, key: Key, blocked: str
) -> None:
    printed = run(
        WITHOUT_JWT.format(blocked=blocked, base_url=services.url, key=key.json(), exchange=services.exchange)
    )
    assert printed == "crp1\na service account key needs PyJWT: pip install 'pyjwt[crypto]'\n"
    assert services.tokens == ["t1.static"]


@pytest.mark.slow
def test_pyjwt_is_imported_when_the_first_token_is_asked_for(key: Key) -> None:
    printed = run(f"""
import sys
from generated_client import Client
from generated_client.credentials import ServiceAccountKey
source = ServiceAccountKey.parse({key.json()!r}, "https://iam.api.cloud.yandex.net/iam/v1/tokens")
Client(token=source).close()
before = {{"jwt", "cryptography"}} & set(sys.modules)
source.build_request()
print(before, sorted({{"jwt", "cryptography"}} & set(sys.modules)))
""")
    assert printed == "set() ['cryptography', 'jwt']\n"


def run(program: str) -> str:
    """Return the output of a separate program."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
