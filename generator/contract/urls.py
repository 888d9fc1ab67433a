"""Splits a URL into its origin and its path."""

from __future__ import annotations

import re


def url_path(url: str) -> str:
    """A URL without its scheme and host."""
    return re.sub(r"^\w+://[^/]*", "", url)


def url_origin(url: str) -> str:
    """The scheme and host of a URL, which may be empty."""
    return url.removesuffix(url_path(url))
