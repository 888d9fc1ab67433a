"""Servers that the benchmarks call, each in a process of its own, so that the client's CPU time is the client's alone.

Run as `python servers.py http BODY-FILE`, `python servers.py https BODY-FILE CERTIFICATE-CHAIN` or `python servers.py
grpc MESSAGE-FILE`: prints its port and serves until its standard input ends.
"""

from __future__ import annotations

import asyncio
import importlib
import ssl
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any


class Fixed(asyncio.Protocol):
    """Send the same bytes in response to each request; if `fault` is not None, send that to each tenth."""

    def __init__(self, response: bytes, fault: bytes | None) -> None:
        self.response, self.fault = response, fault
        self.transport: Any = None
        self.count = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        for _ in range(data.count(b"\r\n\r\n")):
            self.count += 1
            self.transport.write(self.fault if self.fault and self.count % 10 == 0 else self.response)


def response(status: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def serve_http(body: bytes, chain: str | None, *, faulty: bool) -> None:
    loop = asyncio.get_running_loop()
    fault = response("503 Service Unavailable", b'{"code": 14, "message": "busy"}') if faulty else None
    context = None
    if chain is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain)
    ok = response("200 OK", body)
    server = await loop.create_server(lambda: Fixed(ok, fault), "127.0.0.1", 0, backlog=1024, ssl=context)
    _print_port(server.sockets[0].getsockname()[1])
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


def _print_port(port: int) -> None:
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()


def serve_grpc(message: bytes) -> None:
    grpc = importlib.import_module("grpc")

    def behaviour(_request: bytes, _context: object) -> bytes:
        return message

    handler = grpc.unary_unary_rpc_method_handler(behaviour)
    service = grpc.method_handlers_generic_handler("yandex.cloud.containerregistry.v1.ImageService", {"Get": handler})
    server = grpc.server(ThreadPoolExecutor(4))
    server.add_generic_rpc_handlers((service,))
    _print_port(server.add_insecure_port("127.0.0.1:0"))
    server.start()
    threading.Thread(target=sys.stdin.read).run()
    server.stop(None)


if __name__ == "__main__":
    kind, content = sys.argv[1], Path(sys.argv[2]).read_bytes()
    if kind == "grpc":
        serve_grpc(content)
    else:
        chain = sys.argv[3] if kind == "https" else None
        asyncio.run(serve_http(content, chain, faulty=kind == "faulty"))
