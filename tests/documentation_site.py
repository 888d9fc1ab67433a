"""A documentation site on loopback that serves the pages of a test."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager

from attrs import define, field, frozen

from tests.client.server import Exchange, WireRequest, sending, serving


@frozen
class Served:
    """A response of the site. An endless one goes on until the reader hangs up; a silent one never begins."""

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

    def put(self, path: str, served: Served | str) -> str:
        """Serve a response, or a page in Markdown, and return its URL."""
        self.responses[path] = Served(served.encode()) if isinstance(served, str) else served
        return f"{self.url}{path}"

    def handle(self, exchange: Exchange) -> bool:
        path = WireRequest.parse(exchange.request).path
        self.requested.append(path)
        served = self.responses.get(path, Served(status=404))
        if served.silent:
            return exchange.wait_for_hang_up()
        length = {} if served.endless else {"content-length": len(served.content)}
        lines = [f"{name}: {value}\r\n" for name, value in {**served.headers, **length}.items()]
        exchange.send(f"HTTP/1.1 {served.status} \r\n{''.join(lines)}\r\n".encode("latin-1") + served.content)
        while served.endless:
            exchange.send(b"x" * 65536)
        return False


@contextmanager
def documentation_site() -> Generator[DocumentationSite]:
    """Run a site until the block ends."""
    with serving(sending()) as server:
        site = DocumentationSite(server.url)
        server.behave = site.handle
        yield site
