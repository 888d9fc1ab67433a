"""The manifest of a client: its origin, and the SHA-256 of each file. Needs only the standard library."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Any

MANIFEST = "manifest.json"
"""The name of the file."""


def dump(manifest: Mapping[str, Any]) -> bytes:
    """Return the bytes of a manifest file, with a digest that reveals edits."""
    digest = hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()
    return (json.dumps({**manifest, "digest": digest}, indent=1) + "\n").encode()


def load(folder: Traversable) -> dict[str, Any]:
    """Return the manifest of a folder. Raises ValueError if it is missing or was edited."""
    try:
        text = (folder / MANIFEST).read_bytes()
        manifest: dict[str, Any] = json.loads(text)
        del manifest["digest"]
        intact = text == dump(manifest)
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        intact, manifest = False, {}
    if not intact:
        raise ValueError(f"{MANIFEST}: missing or damaged")
    return manifest


def local_edits(folder: Traversable) -> list[str]:
    """Return a line for each file that was edited, added or removed."""
    try:
        return compare(folder, load(folder)["files"])
    except ValueError as problem:
        return [str(problem)]


def compare(folder: Traversable, expected: Mapping[str, str]) -> list[str]:
    """Return a line for each file whose SHA-256 is not the expected one; compiled files are ignored."""
    digests = {name: _digest(file) for name, file in _walk(folder) if name != MANIFEST}
    return [
        f"{name}: {'missing' if name not in digests else 'changed' if name in expected else 'added'}"
        for name in sorted(expected.keys() | digests.keys())
        if expected.get(name) != digests.get(name)
    ]


def describe_origin(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Yield lines that say what a client was generated from."""
    contract = manifest["contract"]
    yield f"{contract['title']} {contract['version']}"
    yield f"specification: SHA-256 {contract['sha256']}"
    for key in ("generator", "license", "requires-python", "dependencies"):
        if key in manifest:
            value = manifest[key]
            yield f"{key}: {value if isinstance(value, str) else ', '.join(value)}"


def _walk(folder: Traversable, parents: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if not entry.is_dir():
            yield parents + entry.name, entry
        elif entry.name != "__pycache__":
            yield from _walk(entry, f"{parents}{entry.name}/")


def _digest(file: Traversable) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
    except OSError:
        return ""
