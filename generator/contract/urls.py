"""Splits a URL into its origin and its path, and finds the address of a line."""

from __future__ import annotations

import re


def url_path(url: str) -> str:
    """Return a URL without its scheme and host."""
    return re.sub(r"^\w+://[^/]*", "", url)


def url_origin(url: str) -> str:
    """Return the scheme and host of a URL; empty if it has none."""
    return url.removesuffix(url_path(url))


def line_url(url: str, line: int) -> str:
    """Return the address of a line of a file; that of the file itself if its host cannot show lines."""
    raw = re.fullmatch(r"https://raw\.githubusercontent\.com/([^/]+/[^/]+)/(.+)", url)
    return f"https://github.com/{raw[1]}/blob/{raw[2]}?plain=1#L{line}" if raw else url
