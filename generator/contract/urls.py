"""Splits a URL into its origin and its path."""

from __future__ import annotations

import re


def path_of(url: str) -> str:
    """A URL without its scheme and host."""
    return re.sub(r"^\w+://[^/]*", "", url)


def server_of(url: str) -> str:
    """The scheme and host of a URL, which may be empty."""
    return url.removesuffix(path_of(url))
