"""The chain of credentials that `Client()` follows without a token, and its explanation."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generated_client import AsyncClient, Client
from generated_client.credentials import METADATA_ADDRESS, MetadataService, ServiceAccountKey, default, explain
from generated_client.errors import CredentialsError
from tests.client.callers import ClientFactory
from tests.client.credentials.keys import Key
from tests.client.credentials.services import METADATA, Reply, Services, always
from tests.client.server import closed_port

OAUTH = "y0_AgAAAAmade-upOAuthTokenThatIsNeverShown0123456789"


@pytest.fixture(autouse=True)
def metadata_address(monkeypatch: pytest.MonkeyPatch, services: Services) -> None:
    """Let the end of the chain find a metadata service."""
    monkeypatch.setenv("YC_METADATA_ADDR", services.address)


@pytest.fixture
def key_path(tmp_path: Path, key: Key) -> str:
    """The file of a service account's key."""
    path = tmp_path / "key.json"
    path.write_text(key.json())
    return str(path)


def test_the_first_is_an_iam_token(
    client_factory: ClientFactory, services: Services, key_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YC_IAM_TOKEN", "t1.from.YC_IAM_TOKEN")
    monkeypatch.setenv("YC_TOKEN", OAUTH)
    monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", key_path)
    with client_factory(base_url=services.url, token=None) as caller:
        caller.get("crp1")
    assert services.tokens == ["t1.from.YC_IAM_TOKEN"]
    assert explain().splitlines() == [
        "used: YC_IAM_TOKEN, <secret of 20 characters>",
        "not used: YC_TOKEN, since YC_IAM_TOKEN comes first",
        "not used: YC_SERVICE_ACCOUNT_KEY_FILE, since YC_IAM_TOKEN comes first",
        "not used: the metadata service, since YC_IAM_TOKEN comes first",
    ]


def test_the_second_is_a_disputed_token_that_has_the_form_of_an_iam_token(
    client_factory: ClientFactory, services: Services, key_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YC_TOKEN", "t1.9euelZqbmZ.FROM_YC-TOKEN==")
    monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", key_path)
    with client_factory(base_url=services.url, token=None) as caller:
        caller.get("crp1")
    assert services.tokens == ["t1.9euelZqbmZ.FROM_YC-TOKEN=="]
    assert explain().splitlines()[:2] == [
        "not used: YC_IAM_TOKEN is not set",
        "used: YC_TOKEN, <secret of 29 characters>",
    ]


@pytest.mark.parametrize("value", ["t1.only", "t1..x", "t1.a.b.c", "T1.a.b"])
def test_a_disputed_token_of_another_form_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("YC_TOKEN", value)
    refusal = (
        "YC_TOKEN: does not look like an IAM token (t1.….…); some tools take it for an OAuth token,"
        " this client does not, so put an IAM token into YC_IAM_TOKEN, or unset it"
    )
    for kind in (Client, AsyncClient):
        with pytest.raises(CredentialsError) as raised:
            kind()
        assert str(raised.value) == refusal
    assert explain().splitlines()[:2] == ["not used: YC_IAM_TOKEN is not set", f"rejected: {refusal}"]


USABLE_KEY = (
    "used: YC_SERVICE_ACCOUNT_KEY_FILE, a usable key: 'key-1' of 'account-1',"
    " exchanged at the token service beside the client's base URL"
)


def test_the_third_is_the_path_of_a_key(key: Key, key_path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YC_IAM_TOKEN", "")
    monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", key_path)
    source = default()
    assert {source} == {ServiceAccountKey.parse(key.json())}
    assert isinstance(source, ServiceAccountKey)
    assert (source.key_id, source.service_account_id, source.url) == ("key-1", "account-1", None)
    assert explain().splitlines() == [
        "not used: YC_IAM_TOKEN is empty",
        "not used: YC_TOKEN is not set",
        USABLE_KEY,
        "not used: the metadata service, since YC_SERVICE_ACCOUNT_KEY_FILE comes first",
    ]


def test_a_key_that_cannot_sign_is_not_called_usable(key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", key.json(private_key="-----BEGIN PRIVATE KEY-----\nAAAA\n"))
    assert explain().splitlines()[2] == (
        "not usable: YC_SERVICE_ACCOUNT_KEY_FILE, the private key of the service account is not an RSA key in PEM"
    )


def test_a_key_without_its_library_is_not_called_usable(key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", key.json())
    monkeypatch.setitem(sys.modules, "jwt", None)
    assert explain().splitlines()[2] == (
        "not usable: YC_SERVICE_ACCOUNT_KEY_FILE, a service account key needs PyJWT: pip install 'pyjwt[crypto]'"
    )


def test_a_broken_token_service_is_explained(key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", key.json())
    monkeypatch.setenv("YC_IAM_ENDPOINT", "http://iam.example.com")
    assert explain().splitlines()[2].startswith("rejected: YC_IAM_ENDPOINT must be https")
    monkeypatch.setenv("YC_IAM_ENDPOINT", "iam.example.com")
    assert explain().splitlines()[2].endswith(", exchanged at https://iam.example.com/iam/v1/tokens")


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("IAM_TOKEN", "YC_IAM_TOKEN takes an IAM token"),
        ("YANDEX_CLOUD_IAM_TOKEN", "YC_IAM_TOKEN takes an IAM token"),
        ("YC_OAUTH_TOKEN", "the API takes neither OAuth tokens nor API keys"),
        ("YC_API_KEY", "the API takes neither OAuth tokens nor API keys"),
        ("YC_SA_JSON_CREDENTIALS", "YC_SERVICE_ACCOUNT_KEY_FILE takes a key or its path"),
        ("YC_ENDPOINT", "base_url= and YC_IAM_ENDPOINT choose the installation"),
    ],
)
@pytest.mark.parametrize("used", [None, "YC_IAM_TOKEN", "YC_TOKEN"])
def test_a_variable_of_other_tools_is_mentioned_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, advice: str, used: str | None
) -> None:
    monkeypatch.setenv(name, "t1.never.shown")
    if used is not None:
        monkeypatch.setenv(used, "t1.a.b")
    assert explain().splitlines()[-1] == f"not used: {name} is set, but only other tools read it; {advice}"
    assert "shown" not in explain()
    monkeypatch.delenv(name)
    assert name not in explain().replace("YC_IAM_TOKEN", "")


def test_the_last_is_the_metadata_service(client_factory: ClientFactory, services: Services) -> None:
    with client_factory(base_url=services.url, token=None) as caller:
        caller.get("crp1")
    assert services.tokens == ["t1.minted.1"]
    [request] = services.at(METADATA)
    assert (request.method, request.headers["metadata-flavor"], request.authorization) == ("GET", "Google", None)
    assert explain().splitlines() == [
        "not used: YC_IAM_TOKEN is not set",
        "not used: YC_TOKEN is not set",
        "not used: YC_SERVICE_ACCOUNT_KEY_FILE is not set",
        f"used: the metadata service at {services.address}, not asked yet",
    ]


@pytest.mark.parametrize("address", [None, ""])
def test_the_metadata_service_has_an_address_of_its_own(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    monkeypatch.delenv("YC_METADATA_ADDR")
    if address is not None:
        monkeypatch.setenv("YC_METADATA_ADDR", address)
    source = default()
    assert isinstance(source, MetadataService)
    assert source.address == METADATA_ADDRESS
    assert source.build_request().url == (
        "http://169.254.169.254/computeMetadata/v1/instance/service-accounts/default/token"
    )


UNUSED = "(used because YC_IAM_TOKEN is not set, YC_TOKEN is empty, YC_SERVICE_ACCOUNT_KEY_FILE is not set)"


def test_a_machine_without_service_account_says_so_and_what_was_tried_before(
    client_factory: ClientFactory, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YC_TOKEN", "")
    services.paths[METADATA] = always(Reply(404, b"not found"))
    with pytest.raises(CredentialsError) as raised, client_factory(base_url=services.url, token=None) as caller:
        caller.get("crp1")
    assert str(raised.value) == (
        f"the metadata service at {services.address} {UNUSED}"
        " returned 404 without a usable token: the machine has no service account"
    )
    assert not raised.value.retryable
    assert len(services.requests) == 1


@pytest.mark.usefixtures("clock")
def test_a_machine_without_metadata_service_says_what_was_tried_before(
    client_factory: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YC_TOKEN", "")
    with closed_port() as port:
        address = f"127.0.0.1:{port}"
        monkeypatch.setenv("YC_METADATA_ADDR", address)
        with pytest.raises(CredentialsError) as raised, client_factory(token=None, retries=1) as caller:
            caller.get("crp1")
    assert str(raised.value).startswith(f"the metadata service at {address} {UNUSED} gave no token: {address}: ")


@pytest.mark.parametrize("address", ["a b", "[::1", "user@host", "x\n", "http://host", "127.0.0.1:65536"])
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("YC_METADATA_ADDR", address)
    with pytest.raises(CredentialsError, match=r"^YC_METADATA_ADDR: must be a host, with a port at the most$"):
        Client()
    assert explain().splitlines()[-1] == "rejected: YC_METADATA_ADDR: must be a host, with a port at the most"
