"""The chain of credentials that `Client()` follows without a token, and its explanation."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generated_client import AsyncClient, Client
from generated_client.credentials import METADATA_ADDRESS, MetadataService, ServiceAccountKey, default, explain
from generated_client.errors import CredentialsError
from tests.client.callers import ClientFactory
from tests.client.credentials.keys import Key
from tests.client.credentials.services import ErrorOf, Reply, Services
from tests.client.server import closed_port

Setenv = Callable[[str, str], None]


@pytest.fixture
def setenv(monkeypatch: pytest.MonkeyPatch, services: Services) -> Setenv:
    """Set a variable; the end of the chain finds a metadata service."""
    monkeypatch.setenv("YC_METADATA_ADDR", services.address)
    return monkeypatch.setenv


@pytest.fixture
def key_path(tmp_path: Path, key: Key) -> str:
    """The file of a service account's key."""
    path = tmp_path / "key.json"
    path.write_text(key.json())
    return str(path)


def test_the_first_is_an_iam_token(connect: ClientFactory, services: Services, key_path: str, setenv: Setenv) -> None:
    setenv("YC_IAM_TOKEN", "t1.from.YC_IAM_TOKEN")
    setenv("YC_TOKEN", "y0_AgAAAAmade-upOAuthToken")
    setenv("YC_SERVICE_ACCOUNT_KEY_FILE", key_path)
    with connect(token=None) as caller:
        caller.get()
    assert services.tokens == ["t1.from.YC_IAM_TOKEN"]
    assert explain().splitlines() == [
        "used: YC_IAM_TOKEN, <secret of 20 characters>",
        "not used: YC_TOKEN, since YC_IAM_TOKEN comes first",
        "not used: YC_SERVICE_ACCOUNT_KEY_FILE, since YC_IAM_TOKEN comes first",
        "not used: the metadata service, since YC_IAM_TOKEN comes first",
    ]


def test_the_second_is_a_disputed_token_that_has_the_form_of_an_iam_token(
    connect: ClientFactory, services: Services, key_path: str, setenv: Setenv
) -> None:
    setenv("YC_TOKEN", "t1.9euelZqbmZ.FROM_YC-TOKEN==")
    setenv("YC_SERVICE_ACCOUNT_KEY_FILE", key_path)
    with connect(token=None) as caller:
        caller.get()
    assert services.tokens == ["t1.9euelZqbmZ.FROM_YC-TOKEN=="]
    assert explain().splitlines()[:2] == [
        "not used: YC_IAM_TOKEN is not set",
        "used: YC_TOKEN, <secret of 29 characters>",
    ]


@pytest.mark.parametrize("value", ["t1.only", "t1..x", "t1.a.b.c", "T1.a.b"])
def test_a_disputed_token_of_another_form_is_rejected(setenv: Setenv, value: str) -> None:
    setenv("YC_TOKEN", value)
    for kind in (Client, AsyncClient):
        with pytest.raises(CredentialsError) as raised:
            kind()
        assert str(raised.value) == (
            "YC_TOKEN: does not look like an IAM token (t1.….…); some tools take it for an OAuth token,"
            " this client does not, so put an IAM token into YC_IAM_TOKEN, or unset it"
        )
        assert explain().splitlines()[:2] == ["not used: YC_IAM_TOKEN is not set", f"rejected: {raised.value}"]


KEY = "YC_SERVICE_ACCOUNT_KEY_FILE"
USABLE = f"used: {KEY}, a usable key: 'key-1' of 'account-1', exchanged at "


def test_the_third_is_the_path_of_a_key(key: Key, key_path: str, setenv: Setenv) -> None:
    setenv("YC_IAM_TOKEN", "")
    setenv(KEY, key_path)
    source = default()
    assert {source} == {ServiceAccountKey.parse(key.json())}
    assert isinstance(source, ServiceAccountKey)
    assert (source.key_id, source.service_account_id, source.url) == ("key-1", "account-1", None)
    assert explain().splitlines() == [
        "not used: YC_IAM_TOKEN is empty",
        "not used: YC_TOKEN is not set",
        f"{USABLE}the token service beside the client's base URL",
        f"not used: the metadata service, since {KEY} comes first",
    ]
    setenv("YC_IAM_ENDPOINT", "iam.example.com")
    assert explain().splitlines()[2] == f"{USABLE}https://iam.example.com/iam/v1/tokens"


def test_a_key_that_cannot_be_used_is_explained(key: Key, setenv: Setenv, monkeypatch: pytest.MonkeyPatch) -> None:
    setenv(KEY, key.json(private_key="-----BEGIN PRIVATE KEY-----\nAAAA\n"))
    assert explain().splitlines()[2] == (
        f"not usable: {KEY}, the private key of the service account is not an RSA key in PEM"
    )
    monkeypatch.setitem(sys.modules, "jwt", None)
    assert explain().splitlines()[2] == (
        f"not usable: {KEY}, a service account key needs PyJWT: pip install 'pyjwt[crypto]'"
    )
    setenv("YC_IAM_ENDPOINT", "http://iam.example.com")
    assert explain().splitlines()[2].startswith("rejected: YC_IAM_ENDPOINT must be https")


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("IAM_TOKEN", "YC_IAM_TOKEN takes an IAM token"),
        ("YC_OAUTH_TOKEN", "the API takes neither OAuth tokens nor API keys"),
        ("YC_SA_JSON_CREDENTIALS", "YC_SERVICE_ACCOUNT_KEY_FILE takes a key or its path"),
        ("YC_ENDPOINT", "base_url= and YC_IAM_ENDPOINT choose the installation"),
    ],
)
@pytest.mark.parametrize("used", [None, "YC_IAM_TOKEN", "YC_TOKEN"])
def test_a_variable_of_other_tools_is_mentioned_and_not_shown(
    setenv: Setenv, name: str, advice: str, used: str | None
) -> None:
    if used is not None:
        setenv(used, "t1.a.b")
    before = explain().splitlines()
    setenv(name, "t1.never.shown")
    mentioned = f"not used: {name} is set, but only other tools read it; {advice}"
    assert explain().splitlines() == [*before, mentioned]


@pytest.mark.usefixtures("setenv")
def test_the_last_is_the_metadata_service(connect: ClientFactory, services: Services) -> None:
    with connect(token=None) as caller:
        caller.get()
    assert services.tokens == ["t1.minted.1"]
    [request] = services.metadata.requests
    assert (request.method, request.headers["metadata-flavor"], request.authorization) == ("GET", "Google", None)
    assert explain().splitlines() == [
        "not used: YC_IAM_TOKEN is not set",
        "not used: YC_TOKEN is not set",
        "not used: YC_SERVICE_ACCOUNT_KEY_FILE is not set",
        f"used: the metadata service at {services.address}, not asked yet",
    ]


@pytest.mark.parametrize("address", [None, ""])
def test_the_metadata_service_has_an_address_of_its_own(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    if address is not None:
        monkeypatch.setenv("YC_METADATA_ADDR", address)
    source = default()
    assert isinstance(source, MetadataService)
    assert source.address == METADATA_ADDRESS
    assert source.build_request().url == (
        "http://169.254.169.254/computeMetadata/v1/instance/service-accounts/default/token"
    )


UNUSED = "(used because YC_IAM_TOKEN is not set, YC_TOKEN is empty, YC_SERVICE_ACCOUNT_KEY_FILE is not set)"


def test_a_machine_without_service_account_is_reported_with_the_sources_before(
    error_of: ErrorOf, services: Services, setenv: Setenv
) -> None:
    setenv("YC_TOKEN", "")
    services.metadata.respond(Reply(404, b"not found"))
    error = error_of(CredentialsError, token=None)
    assert str(error) == (
        f"the metadata service at {services.address} {UNUSED}"
        " returned 404 without a usable token: the machine has no service account"
    )
    assert not error.retryable
    assert len(services.requests) == 1


def test_a_machine_without_metadata_service_is_reported_with_the_sources_before(
    error_of: ErrorOf, setenv: Setenv
) -> None:
    setenv("YC_TOKEN", "")
    with closed_port() as port:
        address = f"127.0.0.1:{port}"
        setenv("YC_METADATA_ADDR", address)
        error = error_of(CredentialsError, token=None)
    assert str(error).startswith(f"the metadata service at {address} {UNUSED} gave no token: {address}: ")


@pytest.mark.parametrize("address", ["a b", "[::1", "user@host", "x\n", "http://host", "127.0.0.1:65536"])
def test_an_invalid_address_is_rejected(setenv: Setenv, address: str) -> None:
    setenv("YC_METADATA_ADDR", address)
    with pytest.raises(CredentialsError, match=r"^YC_METADATA_ADDR: must be a host, with a port at the most$"):
        Client()
    assert explain().splitlines()[-1] == "rejected: YC_METADATA_ADDR: must be a host, with a port at the most"
