"""Requests go through the proxy that the client or the environment names, and errors name it."""

from __future__ import annotations

import httpx
import pytest

from generated_client import Client
from generated_client._routes import environment_proxy
from generated_client.errors import ConnectionFailed, InvalidParameter
from tests.client.authority import Authority
from tests.client.callers import TOKEN
from tests.client.server import OK, sending, serving, status
from tests.client.transport.conftest import GetImages


@pytest.mark.parametrize(
    ("no_proxy", "host", "is_exempt"),
    [
        ("", "registry.test", False),
        ("*", "registry.test", True),
        ("registry.test", "registry.test", True),
        ("REGISTRY.test", "registry.TEST", True),
        ("registry.test", "not-registry.test", False),
        ("test", "registry.test", True),
        (".test", "registry.test", True),
        ("other.test, registry.test", "registry.test", True),
        ("registry.test:443", "registry.test", True),
        ("registry.test:8443", "registry.test", False),
        ("10.0.0.0/8", "10.1.2.3", True),
        ("10.0.0.0/8", "11.1.2.3", False),
        ("10.0.0.0/8", "registry.test", False),
        ("10.1.2.3", "10.1.2.3", True),
        ("fd00::/8", "fd00::1", True),
        ("fd00::1", "fd00::1", True),
        ("[fd00::1]:443", "fd00::1", True),
        ("[fd00::1]:8443", "fd00::1", False),
    ],
)
def test_no_proxy_exempts_hosts(monkeypatch: pytest.MonkeyPatch, no_proxy: str, host: str, *, is_exempt: bool) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:3128")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    assert (environment_proxy(host, 443, None) is None) == is_exempt


def test_the_port_of_no_proxy_counts_for_a_call(get_images: GetImages, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(sending(status(403))) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", "localhost:1")
        with pytest.raises(ConnectionFailed, match=r"localhost:1: .*refused"):
            get_images(base_url="https://localhost:1")
        assert not proxy.requests
        with pytest.raises(ConnectionFailed, match="the proxy refused the connection: 403"):
            get_images(base_url="https://localhost:2")
        assert proxy.requests[0].startswith(b"CONNECT localhost:2 ")


def test_a_dead_proxy_is_named(get_images: GetImages) -> None:
    with pytest.raises(ConnectionFailed, match=r"the proxy 127\.0\.0\.1:1: .*refused"):
        get_images(base_url="https://registry.test", proxy="http://user:hidden@127.0.0.1:1")


@pytest.mark.parametrize("response", [status(407), status(502), status(302, "location: /"), b"SSH-2.0\r\n\r\n"])
def test_a_proxy_that_refuses_is_a_failed_connection(get_images: GetImages, response: bytes) -> None:
    with serving(sending(response)) as proxy:
        url = f"http://user:hidden@127.0.0.1:{proxy.port}"
        with pytest.raises(ConnectionFailed) as raised:
            get_images(base_url="https://registry.test", proxy=url)
        assert TOKEN.encode() not in proxy.requests[0]
    assert "hidden" not in str(raised.value)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_call_goes_through_the_proxy_of_the_client(get_images: GetImages, authority: Authority, scheme: str) -> None:
    with (
        serving(sending(OK), authority.server) as server,
        serving(
            lambda exchange: exchange.tunnel(server.port), authority.server if scheme == "https" else None
        ) as proxy,
    ):
        url = f"{scheme}://us%65r:p%40ss@127.0.0.1:{proxy.port}"
        images = get_images(3, base_url="https://registry.test", proxy=url, verify=authority.client)
        assert [image.id for image in images] == ["crp1"] * 3
        assert len(proxy.requests) == 1
        assert b"Proxy-Authorization: Basic dXNlcjpwQHNz" in proxy.requests[0]
        assert all(b"Proxy-Authorization" not in request for request in server.requests)


BAD_PROXIES = ["http://", "ftp://127.0.0.1", "http://127.0.0.1:x", "http://[::", "http://u:hidden#@h:9", "http://h/x"]


@pytest.mark.parametrize("name", ["proxy", "HTTPS_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize("url", BAD_PROXIES)
def test_an_invalid_proxy_is_rejected_at_once_without_being_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, url: str
) -> None:
    if name != "proxy":
        monkeypatch.setenv(name, url)
    with pytest.raises(InvalidParameter, match=rf"^{name} must be the URL of a proxy, such as http://host:port$"):
        Client(TOKEN, proxy=url if name == "proxy" else None)


@pytest.mark.parametrize("proxy", ["", 7])
def test_a_proxy_of_the_client_is_a_url(proxy: str) -> None:
    with pytest.raises(InvalidParameter, match=r"^proxy must be the URL of a proxy, such as http://host:port$"):
        Client(TOKEN, proxy=proxy)


def test_a_socks_proxy_needs_its_package() -> None:
    with pytest.raises(InvalidParameter, match="socksio"):
        Client(TOKEN, proxy="socks5://127.0.0.1:1080")


def test_a_given_transport_has_a_proxy_of_its_own() -> None:
    with httpx.HTTPTransport() as transport, pytest.raises(InvalidParameter, match=r"^proxy must be set on the given"):
        Client(TOKEN, proxy="http://127.0.0.1:1", transport=transport)
