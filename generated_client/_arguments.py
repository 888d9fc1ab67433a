# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Checks of arguments, before anything is sent."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode, urlsplit

from ._patterns import matches
from .errors import InvalidParameter

QueryValue = str | float | Sequence[str | float] | None
"""Values of a query parameter: a list for a repeated one, None for one that is not sent."""

_IMAGE_REFERENCE = re.compile(
    r"\s*(?:(?:https?|docker)://)?(?:"
    r"(?:[\w-]+(?:\.[\w-]+)+(?::\d+)?|[\w-]+:\d+)/[\w./-]+(?::[\w.-]+)?(?:@sha256:\w*)?"  # cr.yandex/crp1/web:2
    r"|[\w./-]+:[\w.-]+(?:@sha256:\w*)?"  # crp1/web:2
    r"|(?:[\w./-]+@)?sha256:\w+"
    r")\s*"
)

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

_LONGEST_WAIT = 1_000_000
"""Seconds: the system's calls take little more than twice as many."""


def check_string(
    name: str, value: object, *, min_length: int = 0, max_length: int | None = None, pattern: str | None = None
) -> str:
    """Return the value if it is a string whose length, in characters, and whose text are allowed.

    Raises InvalidParameter.
    """
    if not isinstance(value, str):
        raise InvalidParameter(name, f"must be a str, not {type(value).__name__}")
    if len(value) < min_length:
        raise InvalidParameter(
            name, "must not be empty" if not value else f"must have at least {min_length} characters"
        )
    if max_length is not None and len(value) > max_length:
        _reject_reference(name, value)
        raise InvalidParameter(name, f"must have at most {max_length} characters, not {len(value)}")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidParameter(name, "contains a lone surrogate, which is not a character") from None
    if pattern is not None and not matches(pattern, value):
        raise InvalidParameter(name, f"must match {pattern}")
    return value


def path_segment(name: str, value: str) -> str:
    """Return a path parameter as one percent-encoded segment of the path. Raises InvalidParameter.

    A proxy may decode a path before it passes it on, so an encoded `..` or slash would reach another resource.
    """
    if value in {"", ".", ".."}:
        raise InvalidParameter(name, f"must not be {value!r}, which cannot be a segment of a path")
    if "/" in value:
        _reject_reference(name, value)
        raise InvalidParameter(name, "must not contain a slash")
    if value.rstrip("\r\n") not in {value, ""}:
        raise InvalidParameter(name, "must not end with a line break")
    if any(unicodedata.category(character) == "Cc" for character in value):
        raise InvalidParameter(name, "must not contain a control character")
    return quote(value, safe="")


def _reject_reference(name: str, value: str) -> None:
    """Raise the clearer error for an invalid identifier that is an image reference."""
    if name.endswith("id") and _IMAGE_REFERENCE.fullmatch(value):
        raise InvalidParameter(name, "is an image reference, not an id")


def query_string(values: Mapping[str, QueryValue]) -> str:
    """Return the percent-encoded query of a URL with its question mark; empty if nothing is sent."""
    pairs = [
        (name, str(item).lower() if isinstance(item, bool) else item)
        for name, value in values.items()
        for item in ([] if value is None else [value] if isinstance(value, str | int | float) else value)
    ]
    return f"?{urlencode(pairs, quote_via=quote, safe='')}" if pairs else ""


def check_seconds(name: str, value: object) -> float:
    """Return the value if it is a number of seconds that a call can wait. Raises InvalidParameter."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= _LONGEST_WAIT:
        raise InvalidParameter(name, f"must be a number of seconds above 0 and up to {_LONGEST_WAIT}")
    return float(value)


def check_count(name: str, value: object) -> int:
    """Return the value if it is an integer of zero or more. Raises InvalidParameter."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidParameter(name, "must be a whole number, zero or more")
    return value


def check_uuid(name: str, value: object) -> str:
    """Return the value if it is the text of a UUID. Raises InvalidParameter."""
    text = check_string(name, value)
    if not _UUID.fullmatch(text):
        raise InvalidParameter(name, "must be a UUID such as 5a9c2f1e-7f0b-4a35-9a54-3d1f6f0f9b0c")
    return text


def check_url(name: str, value: object) -> str:
    """Return the value if a token may be sent to that URL: https, or http on this machine.

    Raises InvalidParameter.
    """
    text = check_string(name, value)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    if not host or port == 0 or not text.isascii() or not text.isprintable() or set(text) & set(" ?#@\\"):
        raise InvalidParameter(name, "must be a URL such as https://host, with a path at the most")
    if not (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))):
        raise InvalidParameter(name, "must be https, since a token would travel in the open; http is for loopback")
    return f"{parts.scheme}{text[len(parts.scheme) :]}".rstrip("/")


def parse_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the IP address that a host is; None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_loopback(host: str) -> bool:
    """Return True if a host is this machine."""
    address = parse_address(host)
    return address.is_loopback if address else host == "localhost"


def check_agent(name: str, value: object) -> str:
    """Return the value if it can be a part of the user agent. Raises InvalidParameter."""
    text = check_string(name, value)
    if not text.isascii() or (text and not text.isprintable()):
        raise InvalidParameter(name, "must be printable ASCII")
    return text
