"""What `Client()` follows where it is given no token, and what it says of it."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from generated_client import AsyncClient, Client, credentials
from generated_client.credentials import IAM_URL, METADATA_ADDRESS, MetadataService, ServiceAccountKey, default, explain
from generated_client.errors import CredentialsError
from tests.client.callers import ClientFactory
from tests.client.credentials.keys import Key
from tests.client.credentials.services import METADATA, Services, Told, always
from tests.client.peer import closed_port

OAUTH = "y0_AgAAAAmade-upOAuthTokenThatIsNeverShown0123456789"


@pytest.fixture(autouse=True)
def metadata_address(monkeypatch: pytest.MonkeyPatch, services: Services) -> None:
    """Where a chain that comes to its end finds a metadata service."""
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
    assert explain() == "taken: YC_IAM_TOKEN, <secret of 20 characters>"


def test_the_second_is_a_disputed_token_that_has_the_form_of_an_iam_token(
    client_factory: ClientFactory, services: Services, key_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YC_TOKEN", "t1.9euelZqbmZ.FROM_YC-TOKEN==")
    monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", key_path)
    with client_factory(base_url=services.url, token=None) as caller:
        caller.get("crp1")
    assert services.tokens == ["t1.9euelZqbmZ.FROM_YC-TOKEN=="]
    assert explain().splitlines() == [
        "passed over: YC_IAM_TOKEN is not set",
        "taken: YC_TOKEN, <secret of 29 characters>",
    ]


@pytest.mark.parametrize("value", [OAUTH, "t1.only", "t1..x", "t1.a.b.c", "t1.a.b\n", "T1.a.b", "t1.a.\u0431"])
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
    assert explain().splitlines() == ["passed over: YC_IAM_TOKEN is not set", f"refused: {refusal}"]


@pytest.mark.parametrize("value", ["t1.with a.space", "t1.line.break\n"])
def test_an_iam_token_that_no_header_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("YC_IAM_TOKEN", value)
    with pytest.raises(CredentialsError) as raised:
        Client()
    assert str(raised.value) == "YC_IAM_TOKEN: must be a non-empty str of visible ASCII characters"


def test_the_third_is_the_path_of_a_key(key: Key, key_path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YC_IAM_TOKEN", "")
    monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", key_path)
    source = default()
    assert {source} == {ServiceAccountKey.parse(key.json())}
    assert isinstance(source, ServiceAccountKey)
    assert (source.key_id, source.service_account_id, source.url) == ("key-1", "account-1", IAM_URL)
    assert explain().splitlines() == [
        "passed over: YC_IAM_TOKEN is empty",
        "passed over: YC_TOKEN is not set",
        f"taken: YC_SERVICE_ACCOUNT_KEY_FILE, {source!r}",
    ]
    assert "private_key=<secret of " in explain()


def test_a_key_may_stand_in_the_environment_itself(key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", f"\n {key.json()}")
    assert default() == ServiceAccountKey.parse(key.json())


def test_a_key_of_the_chain_is_exchanged(
    client_factory: ClientFactory, services: Services, key_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "IAM_URL", services.exchange)
    monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", key_path)
    with client_factory(base_url=services.url, token=None) as caller:
        caller.get("crp1")
    assert services.tokens == ["t1.minted.1"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("/nonexistent/key.json", "cannot be read: No such file or directory"),
        ("/", "cannot be read: Is a directory"),
        ("k" * 5000, "cannot be read: File name too long"),
        ("{", "is not a JSON object"),
        ("{} {}", "is not a JSON object"),
        ('{"a":' * 20000, "is not a JSON object"),
        ("{}", "has no id and no service_account_id and no private_key"),
        ('{"id": "k", "service_account_id": 5, "private_key": "p"}', "has no service_account_id"),
    ],
)
def test_a_key_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, broken: str, reason: str) -> None:
    monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", broken)
    with pytest.raises(CredentialsError) as raised:
        Client()
    assert str(raised.value) == f"YC_SERVICE_ACCOUNT_KEY_FILE: the service account key {reason}"
    assert explain().splitlines()[-1] == f"refused: {raised.value}"


@pytest.mark.parametrize("content", [b"[]", b"7", b"\xff\xfe{", b"", b"PEM"])
def test_a_file_that_holds_no_key_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key.json"
    path.write_bytes(content)
    monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", str(path))
    with pytest.raises(CredentialsError, match=r"the service account key is not a JSON object$"):
        default()


def test_the_last_is_the_metadata_service(client_factory: ClientFactory, services: Services) -> None:
    with client_factory(base_url=services.url, token=None) as caller:
        caller.get("crp1")
    assert services.tokens == ["t1.minted.1"]
    [asked] = services.at(METADATA)
    assert (asked.method, asked.headers["metadata-flavor"], asked.token) == ("GET", "Google", None)
    assert explain().splitlines() == [
        "passed over: YC_IAM_TOKEN is not set",
        "passed over: YC_TOKEN is not set",
        "passed over: YC_SERVICE_ACCOUNT_KEY_FILE is not set",
        f"taken: the metadata service, MetadataService(address='{services.address}')",
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


PASSED_OVER = "(YC_IAM_TOKEN is not set, YC_TOKEN is empty, YC_SERVICE_ACCOUNT_KEY_FILE is not set)"


def test_a_machine_without_service_account_says_so_and_what_was_tried_before(
    client_factory: ClientFactory, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YC_TOKEN", "")
    services.paths[METADATA] = always(Told(404, b"not found"))
    with pytest.raises(CredentialsError) as raised, client_factory(base_url=services.url, token=None) as caller:
        caller.get("crp1")
    assert str(raised.value) == (
        f"the metadata service at {services.address} {PASSED_OVER}"
        " returned 404 without a usable token: the machine has no service account"
    )
    assert not raised.value.retryable
    assert len(services.asked) == 1


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
    assert str(raised.value).startswith(f"the metadata service at {address} {PASSED_OVER} gave no token: {address}: ")


@pytest.mark.parametrize("address", ["a b", "[::1", "user@host", "x\n", "http://host", "127.0.0.1:65536"])
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("YC_METADATA_ADDR", address)
    with pytest.raises(CredentialsError, match=r"^YC_METADATA_ADDR: must be a host, with a port at the most$"):
        Client()
    assert explain().splitlines()[-1] == "refused: YC_METADATA_ADDR: must be a host, with a port at the most"


@pytest.mark.usefixtures("clock")
def test_a_metadata_service_whose_name_is_unknown_says_so(
    client_factory: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def getaddrinfo(*_where: object, **_how: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setenv("YC_METADATA_ADDR", "metadata.invalid")
    with (
        pytest.raises(CredentialsError, match=r" gave no token: metadata\.invalid:80: .*Name or service not known"),
        client_factory(token=None) as caller,
    ):
        caller.get("crp1")
