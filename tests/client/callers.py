"""A client of each kind, called alike: sync, async on asyncio, async on trio."""

from __future__ import annotations

import pickle
from collections.abc import Awaitable, Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any, TypeVar

import anyio
import pytest
from anyio.from_thread import BlockingPortal
from attrs import frozen

from generated_client import AsyncClient, Client, Image, Response
from generated_client.errors import ResponseError

Error = TypeVar("Error", bound=Exception)

TOKEN = "t1.made-up"

EVENT_LOOPS: dict[str, dict[str, Any]] = {
    "asyncio": {"backend": "asyncio"},
    "uvloop": {"backend": "asyncio", "backend_options": {"use_uvloop": True}},
    "trio": {"backend": "trio"},
}
"""Event loop -> how anyio runs it."""


@frozen
class Caller:
    """An open client; the calls of an AsyncClient run in the event loop of another thread.

    An argument is of any type here, so that the wrong ones can be passed too.
    """

    client: Client | AsyncClient
    run: Callable[[Callable[[], Any]], Any]
    """Calls a function, which is async for an AsyncClient."""

    def get(self, image_id: Any = "crp1", **options: Any) -> Image:
        image: Image = self.run(partial(self.client.images.get, image_id, **options))
        return image

    def get_detailed(self, image_id: Any = "crp1", **options: Any) -> Response[Image]:
        response: Response[Image] = self.run(partial(self.client.images.get_detailed, image_id, **options))
        return response

    def error_of(self, kind: type[Error], image_id: Any = "crp1", **options: Any) -> Error:
        """Return the error of a call that must fail like this."""
        with pytest.raises(kind) as raised:
            self.get(image_id, **options)
        assert_reportable(raised.value)
        return raised.value

    def close(self) -> None:
        self.run(self.client.close)


async def call_at_once(client: AsyncClient, number: int) -> None:
    """Call `images.get` in as many tasks."""
    async with anyio.create_task_group() as group:
        for _ in range(number):
            group.start_soon(client.images.get, "crp1")


def assert_reportable(error: Exception) -> None:
    """Fail unless an error is short, can be printed and pickled, and keeps no more than 2,000 bytes of a response."""
    text = str(error)
    assert len(text) < 2000
    assert text.isprintable()
    assert str(pickle.loads(pickle.dumps(error))) == text
    assert not isinstance(error, ResponseError) or len(error.body) <= 2000


ClientFactory = Callable[..., AbstractContextManager[Caller]]
"""Opens a client for a `with` block; takes its arguments."""


@contextmanager
def open_sync(**arguments: Any) -> Generator[Caller]:
    """Open a Client."""
    arguments.setdefault("token", TOKEN)
    with Client(**arguments) as client:
        yield Caller(client, lambda call: call())


@contextmanager
def open_async(portal: BlockingPortal, **arguments: Any) -> Generator[Caller]:
    """Open an AsyncClient in the event loop of a portal."""
    arguments.setdefault("token", TOKEN)
    client = AsyncClient(**arguments)
    with portal.wrap_async_context_manager(client):
        yield Caller(client, partial(portal.call, _await))


async def _await(call: Callable[[], Awaitable[Any]]) -> Any:
    return await call()
