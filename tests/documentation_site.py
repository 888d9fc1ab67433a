"""A documentation site on loopback that serves what a test puts there."""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from attrs import define, field, frozen


@frozen
class Served:
    """A response of the site. One without an end goes on until the reader hangs up; a silent one never begins."""

    content: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = {"content-type": "text/markdown; charset=utf-8"}
    endless: bool = False
    silent: bool = False


@define(eq=False)
class DocumentationSite:
    """The address of the site, its responses by path, and the paths that were requested."""

    url: str
    responses: dict[str, Served] = field(factory=dict[str, Served])
    requested: list[str] = field(factory=list[str])
    stopped: threading.Event = field(factory=threading.Event)

    def put(self, path: str, served: Served | str) -> str:
        """Serve a response, or a page in Markdown, and return its URL."""
        self.responses[path] = Served(served.encode()) if isinstance(served, str) else served
        return f"{self.url}{path}"


@contextmanager
def documentation_site() -> Generator[DocumentationSite]:
    """Run a site until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.requested.append(self.path)
            served = site.responses.get(self.path, Served(status=404))
            if served.silent:
                site.stopped.wait()
                return
            with suppress(ConnectionError):
                self._send(served)

        def _send(self, served: Served) -> None:
            self.send_response(served.status)
            for name, value in served.headers.items():
                self.send_header(name, value)
            if not served.endless:
                self.send_header("content-length", str(len(served.content)))
            self.send_header("connection", "close")
            self.end_headers()
            self.wfile.write(served.content)
            while served.endless and not site.stopped.is_set():
                self.wfile.write(b"x" * 65536)
            self.close_connection = True

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # its name in the base class
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site = DocumentationSite(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield site
        finally:
            site.stopped.set()
            server.shutdown()
            thread.join()
