"""A key and the tokens of the machine are used only in the installation of the base URL."""

from __future__ import annotations

import json
from typing import Any

import httpx
import jwt
import pytest

from generated_client import AsyncClient, Client
from generated_client.credentials import MetadataService, ServiceAccountKey
from generated_client.errors import CredentialsError, InvalidParameter
from tests.client.callers import ClientFactory
from tests.client.credentials.keys import Key
from tests.client.credentials.services import exchanged

RU = "https://iam.api.cloud.yandex.net/iam/v1/tokens"
KZ = "https://iam.api.yandexcloud.kz/iam/v1/tokens"
KZ_BASE = "https://container-registry.api.yandexcloud.kz"


class Recorder(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Plays every host, and records the requests."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.exchanged = httpx.Response(200, content=exchanged("t1.minted").content)
        """The response of each token service."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.exchanged if "iam" in str(request.url) else httpx.Response(200, json={"id": "crp1"})

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)

    @property
    def urls(self) -> list[str]:
        return [str(request.url) for request in self.requests]


def audience(request: httpx.Request) -> str:
    """Return the token service that the JWT of a request is for."""
    claims: dict[str, str] = jwt.decode(json.loads(request.content)["jwt"], options={"verify_signature": False})
    return claims["aud"]


@pytest.fixture
def transport() -> Recorder:
    return Recorder()


@pytest.fixture(params=["argument", "environment"])
def token(request: pytest.FixtureRequest, key: Key, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A key as it comes to a client."""
    if request.param == "argument":
        return ServiceAccountKey.parse(key.json())
    monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", key.json())
    return None


@pytest.mark.parametrize(
    ("base_url", "exchange"),
    [
        (None, RU),
        ("https://container-registry.api.cloud.yandex.net", RU),
        ("https://api.cloud.yandex.net/gateway", RU),
        (KZ_BASE, KZ),
        (f"{KZ_BASE}/", KZ),
        (f"{KZ_BASE}:443", KZ),
        (f"{KZ_BASE}./", KZ),
        ("HTTPS://Container-Registry.API.YandexCloud.KZ", KZ),
    ],
)
def test_a_key_is_exchanged_in_the_installation_of_the_base_url(
    client_factory: ClientFactory, transport: Recorder, token: Any, base_url: str | None, exchange: str
) -> None:
    with client_factory(base_url=base_url, token=token, transport=transport) as caller:
        caller.get()
    request, call = transport.requests
    assert (str(request.url), audience(request)) == (exchange, exchange)
    assert "authorization" not in request.headers
    assert call.headers["authorization"] == "Bearer t1.minted"


UNKNOWN = [
    "https://registry.example.com",
    "https://container-registry.api.cloud.yandex.net.evil.example",
    "https://container-registry.api.yandexcloud.kz.evil.example/api.yandexcloud.kz",
    "https://evilapi.cloud.yandex.net",
    "https://api-cloud.yandex.net",
    "https://cloud.yandex.net",
    "https://container-registry.api.yandexcloud.kz..",
    "https://container-registry.api.yandexcloud.kz%2eevil.example",
]
LOOPBACK = ["http://127.0.0.1:9", "https://[::1]", "http://localhost:9"]


@pytest.mark.parametrize("base_url", [*UNKNOWN, *LOOPBACK])
@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_a_key_is_not_exchanged_for_a_base_url_of_another_kind(kind: Any, token: Any, base_url: str) -> None:
    with pytest.raises(InvalidParameter) as raised:
        kind(token, base_url=base_url)
    assert str(raised.value) == (
        "base_url is outside api.cloud.yandex.net and api.yandexcloud.kz, so the token service of the key is unknown;"
        " set YC_IAM_ENDPOINT, or pass url= to ServiceAccountKey"
    )


@pytest.mark.parametrize("base_url", UNKNOWN)
def test_a_token_of_the_caller_goes_to_any_base_url(transport: Recorder, base_url: str) -> None:
    Client("t1.static", base_url=base_url, transport=transport).images.get("crp1")
    assert len(transport.urls) == 1


@pytest.mark.parametrize(
    ("value", "exchange"),
    [
        ("iam.example.com", "https://iam.example.com/iam/v1/tokens"),
        ("iam.api.yandexcloud.kz:443", KZ),
        ("https://iam.api.yandexcloud.kz", KZ),
        (f"{KZ}\n", KZ),
        ("https://iam.example.com:8443", "https://iam.example.com:8443/iam/v1/tokens"),
        ("https://gateway.example.com/iam", "https://gateway.example.com/iam"),
    ],
)
def test_the_environment_names_the_token_service_for_any_base_url(
    monkeypatch: pytest.MonkeyPatch, transport: Recorder, token: Any, value: str, exchange: str
) -> None:
    monkeypatch.setenv("YC_IAM_ENDPOINT", value)
    Client(token, base_url="https://registry.example.com", transport=transport).images.get("crp1")
    request, _ = transport.requests
    assert (str(request.url), audience(request)) == (exchange, exchange)


@pytest.mark.parametrize("value", ["http://iam.example.com", "iam example", "user@iam.example.com", "ftp://iam"])
def test_an_invalid_token_service_of_the_environment_is_rejected(
    monkeypatch: pytest.MonkeyPatch, token: Any, value: str
) -> None:
    monkeypatch.setenv("YC_IAM_ENDPOINT", value)
    with pytest.raises(InvalidParameter, match=r"^YC_IAM_ENDPOINT must be "):
        Client(token)


def test_the_argument_counts_before_the_environment(
    key: Key, transport: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YC_IAM_ENDPOINT", "iam.example.com")
    Client(ServiceAccountKey.parse(key.json(), KZ), base_url=KZ_BASE, transport=transport).images.get("crp1")
    assert transport.urls[0] == KZ


@pytest.mark.parametrize(("exchange", "base_url"), [(RU, KZ_BASE), (KZ, None)])
def test_the_token_service_of_the_other_installation_is_rejected(
    key: Key, monkeypatch: pytest.MonkeyPatch, exchange: str, base_url: str | None
) -> None:
    with pytest.raises(InvalidParameter, match=r"^base_url belongs to \S+, but the token service to \S+; use one"):
        Client(ServiceAccountKey.parse(key.json(), exchange), base_url=base_url)
    monkeypatch.setenv("YC_IAM_ENDPOINT", exchange)
    with pytest.raises(InvalidParameter, match=r"^base_url belongs to "):
        Client(ServiceAccountKey.parse(key.json()), base_url=base_url)


def test_one_key_serves_clients_of_both_installations(key: Key, transport: Recorder) -> None:
    source = ServiceAccountKey.parse(key.json())
    for base_url in (None, KZ_BASE):
        Client(source, base_url=base_url, transport=transport).images.get("crp1")
    assert transport.urls[::2] == [RU, KZ]
    assert source.url is None


def test_a_key_outside_a_client_does_not_guess_its_token_service(key: Key) -> None:
    outcome = ServiceAccountKey.parse(key.json()).build_request()
    assert isinstance(outcome, CredentialsError)
    assert outcome.reason == "the token service of the key is unknown; pass url= or set YC_IAM_ENDPOINT"


@pytest.mark.parametrize("base_url", UNKNOWN)
def test_the_token_of_the_machine_does_not_leave_the_cloud_unasked(base_url: str) -> None:
    with pytest.raises(InvalidParameter, match=r"to send the machine's own token there, pass token=credentials\."):
        Client(base_url=base_url)
    Client(MetadataService(), base_url=base_url).close()


@pytest.mark.parametrize("base_url", [None, KZ_BASE, *LOOPBACK])
def test_the_token_of_the_machine_is_used_in_the_cloud_and_in_tests(base_url: str | None) -> None:
    Client(base_url=base_url).close()


def test_a_redirect_of_the_token_service_to_the_other_installation_is_not_followed(
    client_factory: ClientFactory, transport: Recorder, token: Any
) -> None:
    transport.exchanged = httpx.Response(307, headers={"location": RU})
    with client_factory(base_url=KZ_BASE, token=token, transport=transport) as caller:
        caller.error_of(CredentialsError)
    assert transport.urls == [KZ]
