"""A client of each kind, called alike: sync, async on asyncio, async on trio."""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal
from attrs import frozen

from generated_client import AsyncClient, Client, Image

TOKEN = "t1.made-up"


@frozen
class Caller:
    """An open client; the calls of an AsyncClient run in the event loop of another thread."""

    client: Client | AsyncClient
    _run: Callable[[Callable[[], Any]], Any]

    def get(self, image_id: str = "crp1", **settings: Any) -> Image:
        image: Image = self._run(partial(self.client.images.get, image_id, **settings))
        return image

    def close(self) -> None:
        self._run(self.client.close)


Opening = Callable[..., AbstractContextManager[Caller]]
"""What opens a caller for a `with` block; takes the arguments of a client."""


@contextmanager
def opened(*, trusting: ssl.SSLContext | None = None, **arguments: Any) -> Generator[Caller]:
    """A caller through a Client; by a transport of its user where that trusts somebody else."""
    if trusting is not None:
        arguments["transport"] = httpx.HTTPTransport(verify=trusting)
    arguments.setdefault("token", TOKEN)
    with Client(**arguments) as client:
        yield Caller(client, lambda call: call())


@contextmanager
def opened_async(
    portal: BlockingPortal, *, trusting: ssl.SSLContext | None = None, **arguments: Any
) -> Generator[Caller]:
    """A caller through an AsyncClient, whose event loop a portal keeps."""
    if trusting is not None:
        arguments["transport"] = httpx.AsyncHTTPTransport(verify=trusting)
    arguments.setdefault("token", TOKEN)
    client = AsyncClient(**arguments)
    with portal.wrap_async_context_manager(client):
        yield Caller(client, partial(portal.call, _await))


async def _await(call: Callable[[], Awaitable[Any]]) -> Any:
    return await call()
