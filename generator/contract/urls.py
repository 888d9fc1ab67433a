"""Splits a URL into its origin and its path."""

from __future__ import annotations

import re


def url_path(url: str) -> str:
    """Return a URL without its scheme and host."""
    return re.sub(r"^\w+://[^/]*", "", url)


def url_origin(url: str) -> str:
    """Return the scheme and host of a URL; empty if it has none."""
    return url.removesuffix(url_path(url))
