"""The request line of a page: its method, and its URL with the documentation's own variables resolved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from generator.contract.facts import Operation, UnparsedText
from generator.errors import InputError, Location

from .blocks import Block, Code, Paragraph

VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        "api-host": "api.cloud.yandex.net",
        "api-host-mdb": "mdb.api.cloud.yandex.net",
        "api-host-kms": "kms.api.cloud.yandex.net",
        "api-host-lockbox": "lockbox.api.cloud.yandex.net",
        "api-host-lockbox-payload": "payload.lockbox.api.cloud.yandex.net",
    }
)
"""What the documentation's variables stand for; the hosts are those of https://api.cloud.yandex.net/endpoints."""

DOMAIN = "api.cloud.yandex.net"
"""Where the provider's REST interfaces are; a page that names another domain is read, and says so."""

_METHODS = "GET|POST|PUT|PATCH|DELETE|HEAD"
_REQUEST = re.compile(rf"(?P<method>{_METHODS})[ ]+(?P<url>\S[^\n]*)")
_VARIABLE = re.compile(r"\{\{ *([\w-]+) *\}\}")
_HOST = re.compile(r"https?://([^/]*)(/.*)?")


def requests(blocks: Sequence[Block]) -> list[tuple[str, int]]:
    """The request lines of a section, each with its line: a code block, or a paragraph in backticks."""
    return [
        (line.strip().strip("`"), block.line + offset)
        for block in blocks
        if isinstance(block, Code) or (isinstance(block, Paragraph) and block.text.startswith("`"))
        for offset, line in enumerate(block.text.split("\n"))
        if line.strip()
    ]


def operation(lines: Sequence[tuple[str, int]], heading: Location) -> tuple[Operation, tuple[UnparsedText, ...]]:
    """The operation that the request lines of a page name, and what is odd about its URL.

    Raises InputError where there is not exactly one request, and for a URL that cannot be one.
    """
    if not lines:
        raise InputError("names no HTTP method and URL; a request such as `GET https://…` must follow", heading)
    text, line = lines[0]
    location = Location(heading.file, line)
    if len(lines) > 1:
        raise InputError("names a second request; a page describes one method", Location(heading.file, lines[1][1]))
    request = _REQUEST.fullmatch(text)
    if request is None:
        raise InputError(f"is no request such as `GET https://…`: {text[:80]!r}", location)
    url = resolved(request["url"], location)
    return Operation(request["method"], url, location), tuple(_oddities(url, location))


def resolved(text: str, location: Location) -> str:
    """A URL with the variables resolved that are known. Raises InputError for what is no URL."""
    if text.startswith("undefined"):
        raise InputError("names a URL that starts with `undefined`; the page was published broken", location)
    url = _VARIABLE.sub(lambda match: VARIABLES.get(match[1], f"{{{{{match[1]}}}}}"), text)
    if " " in url or not url.startswith(("https://", "http://", "/")):
        raise InputError(f"names a URL that is none: {url[:80]!r}", location)
    return url


def _oddities(url: str, location: Location) -> list[UnparsedText]:
    if unknown := _VARIABLE.search(url):
        return [UnparsedText(f"the URL holds a variable that is not known: {unknown[1]}", location)]
    host = _HOST.fullmatch(url)
    if host is None or host[1] == DOMAIN or host[1].endswith(f".{DOMAIN}"):
        return []
    return [UnparsedText(f"the URL is on another domain than {DOMAIN}: {host[1]}", location)]
