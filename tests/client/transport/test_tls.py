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


def test_a_server_whose_certificate_cannot_be_verified_gets_no_token_and_no_second_attempt(
    get_images: GetImages, authority: Authority
) -> None:
    with serving(sending(OK), authority.server) as server:
        with pytest.raises(ConnectionFailed, match="certificate verify failed"):
            get_images(base_url=server.url, retries=3)
        assert (server.accepted, server.requests) == (1, [])


def test_a_file_of_certificates_is_trusted(get_images: GetImages, authority: Authority, tmp_path: Path) -> None:
    authority.write(tmp_path / "ca.pem")
    with serving(sending(OK), authority.server) as server:
        assert len(get_images(2, base_url=server.url, verify=tmp_path / "ca.pem")) == 2
        assert server.accepted == 1


def test_the_scheme_of_the_base_url_is_in_any_case(get_images: GetImages, authority: Authority) -> None:
    with serving(sending(OK), authority.server) as server:
        url = server.url.replace("https", "HttpS")
        assert get_images(base_url=url, verify=authority.client)[0].id == "crp1"


@pytest.mark.parametrize("kind", [Client, AsyncClient])
@pytest.mark.parametrize(
    ("verify", "message"),
    [
        (True, "verify must be an ssl.SSLContext or the path of a file of CA certificates"),
        (False, "verify must be an ssl.SSLContext or the path of a file of CA certificates"),
        ("", "verify must be an ssl.SSLContext or the path of a file of CA certificates"),
        ("/does/not/exist.pem", "verify cannot be used: No such file or directory"),
        (__file__, r"verify cannot be used: .*no certificate or crl found"),
    ],
)
def test_certificates_that_cannot_be_used_are_rejected(kind: Any, verify: object, message: str) -> None:
    with pytest.raises(InvalidParameter, match=f"^{message}"):
        kind(TOKEN, verify=verify)


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_aiohttp_says_why_it_cannot_connect() -> None:
    async with AsyncClient(TOKEN, base_url="http://127.0.0.1:1", transport=AiohttpTransport(), retries=0) as client:
        with pytest.raises(ConnectionFailed, match="Connect call failed"):
            await client.images.get("crp1")


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_aiohttp_does_not_try_a_bad_certificate_again(authority: Authority) -> None:
    with serving(sending(OK), authority.server) as server:
        async with AsyncClient(TOKEN, base_url=server.url, transport=AiohttpTransport()) as client:
            with pytest.raises(ConnectionFailed, match="CERTIFICATE_VERIFY_FAILED") as raised:
                await client.images.get("crp1")
        assert len(raised.value.attempts) == 1
