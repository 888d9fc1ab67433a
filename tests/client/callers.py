"""A client of either kind, called alike, so that one test holds for both."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any

from anyio.from_thread import BlockingPortal
from attrs import frozen

from generated_client import AsyncClient, Client, Image, Response

TOKEN = "t1.made-up"

SETTINGS: dict[str, Any] = {"retries": 0}
"""What every client of the tests is open_caller with besides: one place for what would make it send a call twice."""


@frozen
class Caller:
    """An open client; the calls of an AsyncClient run in the event loop of another thread.

    An argument is of any type here, so that the wrong ones can be passed too.
    """

    client: Client | AsyncClient
    _result: Callable[[Any, Any], Any]

    def get(self, image_id: Any, **settings: Any) -> Image:
        image: Image = self._result(partial(self.client.images.get, **settings), image_id)
        return image

    def get_detailed(self, image_id: Any) -> Response[Image]:
        response: Response[Image] = self._result(self.client.images.get_detailed, image_id)
        return response


ClientFactory = Callable[..., AbstractContextManager[Caller]]
"""What opens a caller for a `with` block; takes the arguments of a client."""


@contextmanager
def open_caller(**arguments: Any) -> Generator[Caller]:
    """A caller through a Client."""
    with Client(**_settings(arguments)) as client:
        yield Caller(client, _call)


@contextmanager
def open_caller_async(portal: BlockingPortal, **arguments: Any) -> Generator[Caller]:
    """A caller through an AsyncClient, whose event loop a portal keeps."""
    client = AsyncClient(**_settings(arguments))
    with portal.wrap_async_context_manager(client):
        yield Caller(client, partial(portal.call, _await))


def _settings(arguments: dict[str, Any]) -> dict[str, Any]:
    return {"token": TOKEN, **SETTINGS, **arguments}


def _call(method: Callable[[Any], Any], image_id: Any) -> Any:
    return method(image_id)


async def _await(method: Callable[[Any], Awaitable[Any]], image_id: Any) -> Any:
    return await method(image_id)
