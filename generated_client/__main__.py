# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Says where this copy of the client came from, and whether it is still whole; needs the standard library alone.

`python -m NAME --check` also answers of a copy that cannot be imported, and so does `python FOLDER --check`.
"""

from __future__ import annotations

import hashlib
import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
"""The file with the origin of the client and the SHA-256 of each of its files."""


def dump(manifest: Mapping[str, Any]) -> bytes:
    """Return the bytes of a manifest file, with a digest that reveals edits."""
    digest = hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()
    return (json.dumps({**manifest, "digest": digest}, indent=1) + "\n").encode()


def read(folder: Traversable) -> dict[str, Any]:
    """Return the manifest of a folder. Raises ValueError if it is missing or was edited."""
    try:
        text = (folder / MANIFEST).read_bytes()
        manifest: dict[str, Any] = json.loads(text)
        del manifest["digest"]
        whole = text == dump(manifest)
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        whole, manifest = False, {}
    if not whole:
        raise ValueError(f"{MANIFEST}: missing or damaged")
    return manifest


def edits(folder: Traversable) -> list[str]:
    """Return a line for each file that was edited, added or removed."""
    try:
        return differences(folder, read(folder)["files"])
    except ValueError as problem:
        return [str(problem)]


def differences(folder: Traversable, known: Mapping[str, str]) -> list[str]:
    """Return a line for each file whose SHA-256 is not the known one; compiled files are ignored."""
    digests = {name: _digest(file) for name, file in _walk(folder) if name != MANIFEST}
    return [
        f"{name}: {'missing' if name not in digests else 'changed' if name in known else 'added'}"
        for name in sorted(known.keys() | digests.keys())
        if known.get(name) != digests.get(name)
    ]


def _walk(folder: Traversable, above: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if not entry.is_dir():
            yield above + entry.name, entry
        elif entry.name != "__pycache__":
            yield from _walk(entry, f"{above}{entry.name}/")


def _digest(file: Traversable) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
    except OSError:
        return ""


def origin(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Yield lines that say what a copy was generated from."""
    contract = manifest["contract"]
    yield f"{contract['title']} {contract['version']}"
    yield f"specification: SHA-256 {contract['sha256']}"
    for key in ("generator", "license", "requires-python", "dependencies"):
        if key in manifest:
            value = manifest[key]
            yield f"{key}: {value if isinstance(value, str) else ', '.join(value)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one question about this copy; 1 where it is not whole."""
    folder = files(__package__) if __package__ else Path(__file__).parent
    parser = ArgumentParser(prog=f"python -m {__package__}" if __package__ else f"python {folder}")
    asked = parser.add_mutually_exclusive_group(required=True)
    for name, (question, answer) in _QUESTIONS.items():
        asked.add_argument(f"--{name}", help=question, dest="answer", action="store_const", const=answer)
    lines, status = parser.parse_args(arguments).answer(folder)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return int(status)


def _check(folder: Traversable) -> tuple[list[str], int]:
    edited = edits(folder)
    return (edited, 1) if edited else (["every file is as it was written"], 0)


def _version(folder: Traversable) -> tuple[list[str], int]:
    try:
        return list(origin(read(folder))), 0
    except ValueError as problem:
        return [str(problem)], 1


_QUESTIONS: Mapping[str, tuple[str, Callable[[Traversable], tuple[list[str], int]]]] = {
    "check": ("is every file as it was written? 0 yes; 1 no, and which is not", _check),
    "version": ("where does it come from?", _version),
}

if __name__ == "__main__":
    sys.exit(main())
