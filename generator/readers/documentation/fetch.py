"""Fetches a documentation page from its URL: its Markdown source, within a deadline and a size limit."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from attrs import frozen

from generator.errors import InputError, Location
from generator.runtime._arguments import is_loopback
from generator.runtime._clock import Deadline
from generator.runtime._exchange import MAX_RESPONSE_BYTES, HttpRequest, RawResponse
from generator.runtime._transport import Transport
from generator.runtime.errors import InvalidParameter

TIMEOUT = 30.0
"""Seconds that fetching a page may take, redirects included."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAXIMUM_REDIRECTS = 5


@frozen
class FetchedPage:
    """A page as it was fetched: the URL that it was asked for, its bytes and the time."""

    url: str
    content: bytes
    time: datetime

    def __str__(self) -> str:
        """Return one line for the log: URL, time, size and SHA-256."""
        digest = hashlib.sha256(self.content).hexdigest()
        return f"{self.url}: fetched at {self.time:%Y-%m-%dT%H:%M:%SZ}, {len(self.content)} bytes, sha256 {digest}"


def is_url(address: str) -> bool:
    """Return True for the address of a page on the network, False for a path."""
    return address.casefold().startswith(("https://", "http://"))


def fetch(url: str) -> FetchedPage:
    """Fetch a page.

    Raises InputError for a URL without TLS that is not on loopback, if the page cannot be fetched in TIMEOUT seconds or
    is longer than MAX_RESPONSE_BYTES, for a redirect to another origin, and for HTML.
    """
    _check_url(url)
    deadline, target = Deadline(TIMEOUT), url
    for _ in range(_MAXIMUM_REDIRECTS + 1):
        response = _get(target, url, deadline)
        if response.status_code not in _REDIRECTS:
            _check_response(response, url)
            return FetchedPage(url, response.content, datetime.now(UTC))
        target = _redirected(target, response, url)
    raise _error(url, f"redirects more than {_MAXIMUM_REDIRECTS} times; name the address of the page itself")


def _get(target: str, url: str, deadline: Deadline) -> RawResponse:
    headers = {"accept": "text/markdown, text/plain;q=0.9", "accept-encoding": "identity"}
    try:
        request = HttpRequest("GET", target, headers)
        transport = Transport(target, transport=None, proxy=None, verify=None)
        try:
            return transport.exchange(request, deadline)
        finally:
            transport.close()
    except TimeoutError:
        raise _error(url, f"was not fetched within {TIMEOUT:g} seconds; try again later, or name a file") from None
    except (InvalidParameter, OSError) as problem:
        raise _error(url, f"cannot be fetched: {problem}") from None


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as problem:
        raise _error(url, f"is not a valid URL: {problem}") from None
    if not host:
        raise _error(url, "is not a valid URL; it must name a host")
    if parts.username is not None:
        raise InputError("must not contain a user or a password; remove them", Location(f"{parts.scheme}://{host}"))
    if parts.scheme.casefold() != "https" and not is_loopback(host):
        raise _error(url, "is fetched over https only; write https://")


def _redirected(target: str, response: RawResponse, url: str) -> str:
    """Return the address that a redirect names, if it has the same origin."""
    location = response.headers.get("location", "")
    if not location:
        raise _error(url, "redirects without an address; name the address of the page itself")
    try:
        address = urljoin(target, location)
        if urlsplit(address)[:2] == urlsplit(target)[:2]:
            return address
    except ValueError:
        pass
    raise _error(url, f"redirects to another host ({location[:200]!r}); name that address if you trust it")


def _check_response(response: RawResponse, url: str) -> None:
    if response.status_code != 200:
        raise _error(url, f"cannot be fetched: the server responded with status {response.status_code}")
    if len(response.content) > MAX_RESPONSE_BYTES:
        raise _error(url, f"is larger than {MAX_RESPONSE_BYTES} bytes, which no page is")
    if response.headers.get("content-encoding", "identity").casefold() != "identity":
        raise _error(url, "was sent compressed although that was not requested; save it in a file and name the file")
    start = response.content[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if media_type == "text/html" or start.startswith((b"<!doctype html", b"<html")):
        raise _error(url, "is an HTML page; name the address of its Markdown source, which ends in .md")


def _error(url: str, problem: str) -> InputError:
    return InputError(problem, Location(url))
