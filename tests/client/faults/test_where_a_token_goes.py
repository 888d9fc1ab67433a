"""A token is sent to the service only, encrypted: never to a proxy or to the target of a redirect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from generated_client.credentials import MetadataService
from generated_client.errors import InvalidParameter, UnexpectedStatus
from tests.client.authority import Authority
from tests.client.callers import TOKEN, ClientFactory
from tests.client.server import OK, sending, serving, status
from tests.client.virtual_time import VirtualTime

BAD_URLS = [
    *("http://192.0.2.1", "http://registry.test", "HTTP://registry.test", "http://[::2]"),
    *("http://127.0.0.1.registry.test", "http://localhost.registry.test", "http://127.0.0.1@registry.test"),
    *("http://registry.test#127.0.0.1", "https://registry.test?x=http://127.0.0.1"),
    *("https://user:password@registry.test", "ftp://127.0.0.1", "//127.0.0.1", "https://", "registry.test", ""),
    *(7, b"https://127.0.0.1"),
]


@pytest.mark.parametrize("url", BAD_URLS)
def test_an_address_that_a_token_may_not_go_to_is_refused(client_factory: ClientFactory, url: Any) -> None:
    with pytest.raises(InvalidParameter) as raised, client_factory(base_url=url):
        pass
    assert raised.value.name == "base_url"


@pytest.mark.parametrize("code", [300, 301, 302, 303, 305, 307, 308])
def test_a_redirect_is_an_error_and_is_not_followed(virtual: VirtualTime, code: int) -> None:
    other = virtual.serve_responses(OK)
    server = virtual.serve_responses(status(code, f"location: {other.url}/container-registry/v1/images/crp1"))
    assert virtual.error_of(UnexpectedStatus, server.url).status_code == code
    assert len(server.requests) == 1
    assert not other.requests


@pytest.mark.parametrize("setting", ["HTTPS_PROXY=http://", "https_proxy=http://", "ALL_PROXY=http://", "HTTPS_PROXY="])
def test_a_proxy_of_the_environment_is_used_and_sees_no_token(
    client_factory: ClientFactory, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    """The environment also names the certificates to trust."""
    authority.write(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    name, _, scheme = setting.partition("=")
    with (
        serving(sending(OK), authority.server) as server,
        serving(lambda exchange: exchange.tunnel(server.port)) as proxy,
    ):
        monkeypatch.setenv(name, f"{scheme}user:hidden@127.0.0.1:{proxy.port}")
        with client_factory(base_url="https://registry.test") as caller:
            assert caller.get().id == "crp1"
        (seen,) = proxy.requests
        assert seen.startswith(b"CONNECT registry.test:443 ")
        assert b"proxy-authorization: basic" in seen.lower()
        assert TOKEN.encode() not in seen
        assert TOKEN.encode() in server.requests[0]


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"])
def test_plain_http_passes_no_proxy(client_factory: ClientFactory, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with (
        serving(sending(OK)) as proxy,
        serving(sending(status(200, body=b'{"access_token":"t1.a.b","expires_in":999}'))) as tokens,
        serving(sending(OK)) as server,
    ):
        monkeypatch.setenv(name, proxy.url)
        source = MetadataService(tokens.url.removeprefix("http://"))
        with client_factory(base_url=server.url, token=source) as caller:
            caller.get()
        assert not proxy.requests


def test_the_metadata_service_is_asked_past_a_given_transport(virtual: VirtualTime) -> None:
    """It is the only host that is called in the open, and the proxy of a transport leads to another machine."""

    def handle(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return httpx.Response(200, json={"id": "crp1"}, request=request)

    hosts: list[str] = []
    tokens = virtual.serve_responses(status(200, body=b'{"access_token":"t1.a.b","expires_in":999}'))
    virtual.network.servers[80] = tokens
    with virtual.open(token=MetadataService(), transport=httpx.MockTransport(handle)) as caller:
        assert caller.get().id == "crp1"
    assert hosts == ["container-registry.api.cloud.yandex.net"]
    assert b"host: 169.254.169.254\r\n" in tokens.requests[0]
