"""Reads documentation pages that a command line names, from files and URLs."""

from __future__ import annotations

from pathlib import Path

from generator.contract.facts import Contract
from generator.readers.documentation import read, read_bytes
from generator.readers.documentation.fetch import fetch, is_url

from . import print_stderr


def read_page(address: str) -> Contract:
    """Read the page at a path or URL, and print what was fetched to standard error. Raises InputError."""
    if not is_url(address):
        return read(Path(address))
    page = fetch(address)
    print_stderr([str(page)])
    return read_bytes(page.content, page.url)
