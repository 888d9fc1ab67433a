"""The HTTP server of the fake server, on the loopback interface."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from http.client import responses

from ._messages import Disconnect, FakeResponse, ReceivedRequest, Respond

HOST = "127.0.0.1"
"""Only loopback: the fake server accepts any token."""

_LOGGER = logging.getLogger(__package__)

_END = b"\r\n\r\n"


@contextmanager
def listening(respond: Respond, port: int = 0) -> Generator[str]:
    """Serve on a port of the loopback interface (0: a free one), in a thread, and yield the URL.

    It stops with the context at once, and cuts unfinished responses. Raises OSError if the port cannot be bound.
    """
    with socket.create_server((HOST, port), backlog=128) as listener:
        listener.settimeout(0)
        loop = asyncio.SelectorEventLoop()
        task = loop.create_task(_serve(listener, respond))
        thread = threading.Thread(target=_run, args=(loop, task), name="fake-server", daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{listener.getsockname()[1]}"
        finally:
            loop.call_soon_threadsafe(task.cancel)
            thread.join()


def _run(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None]) -> None:
    with closing(loop), suppress(asyncio.CancelledError):
        loop.run_until_complete(task)


async def _serve(listener: socket.socket, respond: Respond) -> None:
    loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as conversations:  # It ends all of them when it is cancelled.

        def accept() -> None:
            with suppress(BlockingIOError):
                connection, _ = listener.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # A slow body leaves byte by byte.
                conversation = conversations.create_task(_converse(connection, respond))
                conversation.add_done_callback(lambda _: connection.close())  # Even if it never began.

        loop.add_reader(listener, accept)
        try:
            await loop.create_future()
        finally:
            loop.remove_reader(listener)


async def _converse(connection: socket.socket, respond: Respond) -> None:
    reader, writer = await asyncio.open_connection(sock=connection)
    try:
        while await _exchange(reader, writer, respond):
            pass
        writer.close()
        await writer.wait_closed()
    except (OSError, EOFError):
        pass  # The peer is gone.
    except Exception:
        _LOGGER.exception("a request failed in the fake server")
    finally:
        writer.transport.abort()


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, respond: Respond) -> bool:
    """Respond to the next request; return True if another one may follow."""
    try:
        request = await _request(reader)
    except (ValueError, asyncio.LimitOverrunError):
        writer.write(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
        return False
    response = respond(request)
    await asyncio.sleep(response.delay)
    if response.cut is not Disconnect.BEFORE_HEADERS:
        writer.write(_head(response))
        for piece in response.pieces if request.method != "HEAD" else ():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(response.pause)
    return response.cut is Disconnect.NEVER and (request.header("connection") or "").lower() != "close"


async def _request(reader: asyncio.StreamReader) -> ReceivedRequest:
    """Read the next request. Raises EOFError if there is none, ValueError and LimitOverrunError if it is invalid.

    A body is as long as its content-length says: the client sends none in chunks.
    """
    line, *lines = (await reader.readuntil(_END)).removesuffix(_END).decode("latin-1").split("\r\n")
    method, target, _ = line.split(" ")
    headers = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    length = int(dict(headers).get("content-length", 0))
    path, _, query = target.partition("?")
    return ReceivedRequest(method, path, query, tuple(headers), await reader.readexactly(length))


def _head(response: FakeResponse) -> bytes:
    headers = (*response.headers, ("content-length", str(len(response.body))))
    lines = [
        f"HTTP/1.1 {response.status} {responses.get(response.status, '')}",
        *(f"{name}: {value}" for name, value in headers),
    ]
    return "\r\n".join(lines).encode("latin-1") + _END
