"""Chooses the HTTP library of a copy: httpx, or its successor httpx2, which renames the two packages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from packaging.requirements import Requirement

from generator.runtime import _manifest
from generator.yaml_document import load_bytes

HTTPX, HTTPX2 = "httpx", "httpx2"

_MODULE = "_http.py"
"""The module of the client that imports the library; the others import its names from there."""

_IMPORT = re.compile(rb"^from \.+(_http import| import _http$)", re.MULTILINE)
_NAMES = re.compile(rb"\bhttp(x|core)\b(?!-)")
"""The names of httpx and httpcore, but not httpx-aiohttp."""


def library_of(target: Path) -> str:
    """Return the library of a copy, from its manifest or, if that is damaged, from its code; httpx if there is none."""
    module = target / _MODULE
    try:
        return str(_manifest.load(target).get("http", HTTPX))
    except ValueError:
        return HTTPX2 if module.is_file() and b"import httpx2" in load_bytes(module) else HTTPX


def rename(name: str, module: bytes, library: str) -> bytes:
    """Return a module of the client for a library; only a module that uses httpx differs."""
    uses_http = name == _MODULE or _IMPORT.search(module)
    return _NAMES.sub(rb"\g<0>2", module) if uses_http and library == HTTPX2 else module


def requirements(groups: Mapping[str, Sequence[str]], group: str, library: str) -> list[str]:
    """Return a dependency group for a library: a requirement of the group `httpx2` replaces its counterpart."""
    replaced = {Requirement(text).name.removesuffix("2"): text for text in groups[HTTPX2] if library == HTTPX2}
    return [replaced.get(Requirement(text).name, text) for text in groups[group]]
