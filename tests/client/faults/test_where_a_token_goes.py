"""A token goes to the service alone, encrypted: through no proxy in the open, and nowhere that an answer points to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from generated_client import _transport
from generated_client.credentials import MetadataService
from generated_client.errors import ConnectionFailed, InvalidParameter, UnexpectedStatus
from tests.client.faults.authority import Authority
from tests.client.faults.callers import TOKEN, Opening
from tests.client.faults.server import OK, Server, saying, serving, status

BAD_URLS = [
    "http://192.0.2.1",
    "http://registry.test",
    "http://127.0.0.1.registry.test",
    "http://localhost.registry.test",
    "http://127.0.0.1@registry.test",
    "http://registry.test#127.0.0.1",
    "http://[::2]",
    "HTTP://registry.test",
    "ftp://127.0.0.1",
    "//127.0.0.1",
    "https://",
    "https://user:password@registry.test",
    "https://registry.test?x=http://127.0.0.1",
    "https://999.999.999.999",
]


@pytest.mark.parametrize("url", BAD_URLS)
def test_an_address_that_a_token_may_not_go_to_is_refused(opening: Opening, url: str) -> None:
    with pytest.raises(InvalidParameter, match="base_url"), opening(base_url=url):
        pass


@pytest.mark.parametrize("code", [300, 301, 302, 303, 305, 307, 308])
def test_a_redirect_is_an_error_and_is_not_followed(opening: Opening, code: int) -> None:
    with serving(saying(OK)) as elsewhere:
        answer = status(code, f"location: {elsewhere.url}/container-registry/v1/images/crp1")
        with serving(saying(answer)) as server, opening(base_url=server.url) as caller:
            with pytest.raises(UnexpectedStatus) as raised:
                caller.get()
            assert len(server.requests) == 1
        assert not elsewhere.requests
    assert raised.value.status_code == code


# Proxies of the environment.


@pytest.fixture
def service(authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A service over TLS, which a client without a transport of its user trusts too."""
    authority.write(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with serving(saying(OK), authority.server) as server:
        yield server


@pytest.fixture
def proxy(service: Server) -> Iterator[Server]:
    """A proxy that leads to the service, whoever is asked for."""
    with serving(lambda exchange: exchange.tunnel(service.port)) as server:
        yield server


@pytest.mark.parametrize("setting", ["HTTPS_PROXY=http://", "https_proxy=http://", "ALL_PROXY=http://", "HTTPS_PROXY="])
def test_a_proxy_of_the_environment_is_used_and_sees_no_token(
    opening: Opening, service: Server, proxy: Server, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    name, _, scheme = setting.partition("=")
    monkeypatch.setenv(name, f"{scheme}user:hidden@127.0.0.1:{proxy.port}")
    with opening(base_url="https://registry.test") as caller:
        assert caller.get().id == "crp1"
    (seen,) = proxy.requests
    assert seen.startswith(b"CONNECT registry.test:443 ")
    assert b"proxy-authorization: basic" in seen.lower()
    assert TOKEN.encode() not in seen
    assert TOKEN.encode() in service.requests[0]


def test_a_host_that_the_environment_exempts_is_called_directly(
    opening: Opening, service: Server, proxy: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with opening(base_url=service.url) as caller:
        caller.get()
    assert not proxy.requests


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"])
def test_plain_http_passes_no_proxy(
    opening: Opening, proxy: Server, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, proxy.url)
    with (
        serving(saying(status(200, body=b'{"access_token":"t1.a.b","expires_in":999}'))) as tokens,
        serving(saying(OK)) as server,
        opening(base_url=server.url, token=MetadataService(tokens.url.removeprefix("http://"))) as caller,
    ):
        caller.get()
    assert not proxy.requests


def test_the_metadata_service_is_asked_past_a_transport_of_the_user() -> None:
    """It is the only host that is called in the open, and the proxy of a transport leads to another machine."""
    given = httpx.HTTPTransport()
    private = vars(_transport)
    pools = private["_Pools"]("https://registry.test", given, httpx.HTTPTransport, private["_turns"])
    assert given not in pools.of(httpx.URL("http://169.254.169.254/"))[0]
    for url in ("https://registry.test", "https://iam.test", "http://localhost", "http://127.0.0.1", "http://[::1]:1"):
        assert set(pools.of(httpx.URL(url))[0]) == {given}


@pytest.mark.parametrize(
    "proxy",
    ["ftp://127.0.0.1", "http://[::", "http://127.0.0.1:x", "socks5://127.0.0.1:9", "http://user:hidden#@127.0.0.1:9"],
)
def test_a_proxy_that_cannot_be_used_is_said_at_once(
    opening: Opening, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    """Without its password, wherever that is taken for something else."""
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(InvalidParameter, match="HTTPS_PROXY of the environment") as raised, opening():
        pass
    assert "hidden" not in str(raised.value)


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_certificates_that_cannot_be_used_are_said_at_once(
    opening: Opening, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "authority.pem"
    if content is not None:
        file.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with pytest.raises(InvalidParameter, match=r"^SSL_CERT_FILE of the environment .* cannot be used: .+"), opening():
        pass


@pytest.mark.parametrize("answer", [status(407), status(502), status(302, "location: /"), b"SSH-2.0\r\n\r\n"])
def test_a_proxy_that_refuses_is_a_failed_connection(
    opening: Opening, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    with serving(saying(answer)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:hidden@127.0.0.1:{proxy.port}")
        with opening(base_url="https://registry.test", retries=0) as caller, pytest.raises(ConnectionFailed) as raised:
            caller.get()
        assert TOKEN.encode() not in proxy.requests[0]
    assert "hidden" not in str(raised.value)


# Certificates.


def test_a_server_that_nobody_vouches_for_gets_no_token(opening: Opening, authority: Authority) -> None:
    with serving(saying(OK), authority.server) as server, opening(base_url=server.url, retries=0) as caller:
        with pytest.raises(ConnectionFailed, match="certificate verify failed"):
            caller.get()
        assert not server.requests


def test_a_certificate_for_another_host_gets_no_token(opening: Opening, authority: Authority) -> None:
    with (
        serving(saying(OK), authority.server) as server,
        opening(base_url=f"https://localhost:{server.port}", retries=0, trusting=authority.client) as caller,
    ):
        with pytest.raises(ConnectionFailed, match="certificate verify failed: Hostname mismatch"):
            caller.get()
        assert not server.requests


def test_a_transport_of_the_user_trusts_and_shows_what_he_likes(opening: Opening, authority: Authority) -> None:
    with (
        serving(saying(OK), authority.demanding) as server,
        opening(base_url=server.url, trusting=authority.known_client()) as caller,
    ):
        assert caller.get().id == "crp1"
    with (
        serving(saying(OK), authority.demanding) as server,
        opening(base_url=server.url, trusting=authority.client, retries=0) as caller,
    ):
        with pytest.raises(ConnectionFailed):
            caller.get()
        assert not server.requests
