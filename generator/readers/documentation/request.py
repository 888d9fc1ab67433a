"""Parses the request line of a page: its method, and its URL with the documentation's own variables resolved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from generator.contract.facts import Operation
from generator.contract.reader_notes import UnparsedText
from generator.errors import InputError, Location

from .blocks import Block, Code, Paragraph
from .sections import NOT_REST

VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        "api-host": "api.cloud.yandex.net",
        "api-host-mdb": "mdb.api.cloud.yandex.net",
        "api-host-kms": "kms.api.cloud.yandex.net",
        "api-host-lockbox": "lockbox.api.cloud.yandex.net",
        "api-host-lockbox-payload": "payload.lockbox.api.cloud.yandex.net",
    }
)
"""Variable of the documentation -> its value; the hosts are those of https://api.cloud.yandex.net/endpoints."""

DOMAIN = "api.cloud.yandex.net"
"""The domain of the provider's REST interfaces; a page with another domain is read, with a warning."""

_METHODS = "GET|POST|PUT|PATCH|DELETE|HEAD"
_REQUEST = re.compile(rf"(?P<method>{_METHODS})[ ]+(?P<url>\S[^\n]*)")
_HEADER = re.compile(r"[A-Za-z-]+:(?!//)")
_VARIABLE = re.compile(r"\{\{ *([\w-]+) *\}\}")
_HOST = re.compile(r"https?://([^/]*)(/.*)?")


def request_lines(blocks: Sequence[Block]) -> list[tuple[str, int]]:
    """The request lines of a section, each with its line: a code block, or a paragraph in backticks."""
    return [
        (line.strip().strip("`"), block.line + offset)
        for block in blocks
        if isinstance(block, Code) or (isinstance(block, Paragraph) and block.text.startswith("`"))
        for offset, line in enumerate(block.text.split("\n"))
        if line.strip()
    ]


def parse_operation(lines: Sequence[tuple[str, int]], heading: Location) -> tuple[Operation, tuple[UnparsedText, ...]]:
    """Parse the request lines of a page into its operation, and warnings about its URL.

    Raises InputError unless there is exactly one request, and for an invalid URL.
    """
    if not lines:
        raise InputError("names no HTTP method and URL; a request such as `GET https://…` must follow", heading)
    text, line = lines[0]
    location = Location(heading.file, line)
    if len(lines) > 1:
        problem = "names a second request; a page describes one method"
        if _HEADER.match(lines[1][0]):
            problem = f"is a header of the request; {NOT_REST}"
        raise InputError(problem, Location(heading.file, lines[1][1]))
    request = _REQUEST.fullmatch(text)
    if request is None:
        raise InputError(f"is an invalid request, unlike `GET https://…`: {text[:80]!r}", location)
    url = resolve_url(request["url"], location)
    return Operation(request["method"], url, location), tuple(_url_warnings(url, location))


def resolve_url(text: str, location: Location) -> str:
    """Resolve the known variables of a URL. Raises InputError for an invalid URL."""
    if text.startswith("undefined"):
        raise InputError("names a URL that starts with `undefined`; the page was published broken", location)
    url = _VARIABLE.sub(lambda match: VARIABLES.get(match[1], f"{{{{{match[1]}}}}}"), text)
    if " " in url or not url.startswith(("https://", "http://", "/")):
        raise InputError(f"names an invalid URL: {url[:80]!r}", location)
    return url


def _url_warnings(url: str, location: Location) -> list[UnparsedText]:
    if unknown := _VARIABLE.search(url):
        return [UnparsedText(f"the URL holds a variable that is not known: {unknown[1]}", location)]
    host = _HOST.fullmatch(url)
    if host is None or host[1] == DOMAIN or host[1].endswith(f".{DOMAIN}"):
        return []
    return [UnparsedText(f"the URL is on another domain than {DOMAIN}: {host[1]}", location)]
