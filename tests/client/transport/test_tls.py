"""A client trusts the certificates that it is told to trust, and no others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from httpx_aiohttp import AiohttpTransport

from generated_client import AsyncClient, Client
from generated_client.errors import ConnectionFailed, InvalidParameter
from tests.client.authority import Authority
from tests.client.callers import TOKEN
from tests.client.server import OK, sending, serving
from tests.client.transport.conftest import GetImages


@pytest.mark.parametrize(
    ("host", "reason"), [("127.0.0.1", "unable to get local issuer"), ("localhost", "Hostname mismatch")]
)
def test_a_server_whose_certificate_cannot_be_verified_gets_no_token_and_no_second_attempt(
    get_images: GetImages, authority: Authority, host: str, reason: str
) -> None:
    """Its authority is not trusted, or it is for another host."""
    with serving(sending(OK), authority.server) as server:
        verify = authority.client if host == "localhost" else None
        with pytest.raises(ConnectionFailed, match=f"certificate verify failed: {reason}"):
            get_images(base_url=f"https://{host}:{server.port}", retries=3, verify=verify)
        assert (server.accepted, server.requests) == (1, [])


def test_a_file_of_certificates_is_trusted(get_images: GetImages, authority: Authority, tmp_path: Path) -> None:
    authority.write(tmp_path / "ca.pem")
    with serving(sending(OK), authority.server) as server:
        url = server.url.replace("https", "HttpS")
        assert len(get_images(2, base_url=url, verify=tmp_path / "ca.pem")) == 2
        assert server.accepted == 1


def test_a_client_shows_its_own_certificate(get_images: GetImages, authority: Authority) -> None:
    with serving(sending(OK), authority.demanding) as server:
        with pytest.raises(ConnectionFailed):
            get_images(base_url=server.url, verify=authority.client)
        assert not server.requests
        assert get_images(base_url=server.url, verify=authority.known_client)[0].id == "crp1"


@pytest.mark.parametrize("kind", [Client, AsyncClient])
@pytest.mark.parametrize(
    ("verify", "message"),
    [
        *((value, "must be an ssl.SSLContext or the path of a file of CA certificates") for value in (True, False, "")),
        ("/does/not/exist.pem", "cannot be used: No such file or directory"),
        (__file__, r"cannot be used: .*no certificate or crl found"),
    ],
)
def test_certificates_that_cannot_be_used_are_rejected(kind: Any, verify: object, message: str) -> None:
    with pytest.raises(InvalidParameter, match=f"^verify {message}"):
        kind(TOKEN, verify=verify)


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_certificates_of_the_environment_that_cannot_be_used_are_rejected(
    get_images: GetImages, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "authority.pem"
    if content is not None:
        file.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with pytest.raises(InvalidParameter, match=r"^SSL_CERT_FILE of the environment .* cannot be used: .+"):
        get_images(0)


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_aiohttp_says_why_it_cannot_connect_and_does_not_try_a_bad_certificate_again(
    authority: Authority,
) -> None:
    async with AsyncClient(TOKEN, base_url="http://127.0.0.1:1", transport=AiohttpTransport(), retries=0) as client:
        with pytest.raises(ConnectionFailed, match="Connect call failed"):
            await client.images.get("crp1")
    with serving(sending(OK), authority.server) as server:
        async with AsyncClient(TOKEN, base_url=server.url, transport=AiohttpTransport()) as client:
            with pytest.raises(ConnectionFailed, match="CERTIFICATE_VERIFY_FAILED") as raised:
                await client.images.get("crp1")
        assert len(raised.value.attempts) == 1
