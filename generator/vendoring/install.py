"""Writes the client as a package into a consumer's tree: whole, marked as a copy, and in one step."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from keyword import iskeyword
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.errors import InputError, Location
from generator.runtime.__main__ import MANIFEST, differences, edits, read, written
from generator.yaml_document import bytes_in, real_path

from .atomic import Files, fill, put_in_place, staging

_HEAD = b"# fmt: off\n# isort: skip_file\n# flake8: noqa\n"
"""What keeps black, isort and flake8, which know no settings of a folder, from rewriting a module."""

_SIGN = b"this copy of the client"
"""What the module that reads the manifest says of itself."""

MARKERS: Files = MappingProxyType(
    {
        "ruff.toml": b'# The settings of the project around it do not count here.\nexclude = ["*"]\nlint.select = []\n',
        ".gitattributes": b"# The bytes stay what the manifest says.\n* -text\n",
    }
)
"""What keeps other tools from rewriting the folder."""


def contents(client: Path, about: Mapping[str, Any], documents: Files) -> Files:
    """The files of a copy of a client: its own, marked, the documents, and a manifest that says `about` too.

    Raises InputError for a client that is not as it was generated.
    """
    found = edits(client)
    if found:
        sentence = f"is not as it was generated ({'; '.join(found)}); write it anew by `make generate`"
        raise InputError(sentence, Location(str(client)))
    generated = read(client)
    copied = {name: _marked(name, bytes_in(client / name)) for name in generated["files"]}
    files = {**copied, **MARKERS, **documents}
    hashes = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
    return {**files, MANIFEST: written({"contract": generated["contract"], **about, "files": hashes})}


def _marked(name: str, data: bytes) -> bytes:
    return _HEAD + data if name.endswith(".py") else data


def target_of(destination: Path, name: str | None) -> Path:
    """The folder of the copy: the destination, or the package of that name in it, `a.b` or `a/b` where it is deep.

    Raises InputError for a name that Python cannot import.
    """
    names = re.split(r"[./]", name) if name else []
    path = Path(os.path.abspath(destination), *names)  # noqa: PTH100  # follows no link
    if not all(one.isidentifier() and not iskeyword(one) for one in names or [path.name]):
        sentence = "is no name that Python imports; let the path end in one, such as `images`, or give one by --name"
        raise InputError(sentence, Location(name or str(destination)))
    return real_path(path.parent) / path.name


def hold(target: Path, client: Path) -> bool:
    """Whether a copy stands in the target; nothing does otherwise. Raises InputError for anything else."""
    place, source = Location(str(target)), real_path(client)
    if target.is_relative_to(source) or source.is_relative_to(target):
        raise InputError("overlaps with the client that is copied; name a folder beside it", place)
    if target.is_symlink():
        raise InputError("is a link; name the folder that it leads to", place)
    if target.exists() and not target.is_dir():
        raise InputError("is no folder; name one", place)
    manifest = target / MANIFEST
    if manifest.exists() and not manifest.is_file():
        raise InputError("is not a regular file; remove it", Location(str(manifest)))
    found = sorted(path.name for path in target.iterdir()) if target.exists() else []
    if found and not _is_copy(target):
        named = ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
        sentence = (
            f"holds what is no copy of the client ({named}); name a new folder, or a package in this one by --name"
        )
        raise InputError(sentence, place)
    return bool(found)


def _is_copy(folder: Path) -> bool:
    """Whether `vendor` wrote a folder, which the manifest or else the module that reads it can tell."""
    try:
        manifest = json.loads(bytes_in(folder / MANIFEST))
        return all(isinstance(manifest[key], dict) for key in ("contract", "files"))
    except (InputError, ValueError, LookupError, TypeError, RecursionError):
        module = folder / "__main__.py"
        return module.is_file() and _SIGN in bytes_in(module)


def lost(target: Path, files: Files) -> list[str]:
    """A line for each file of a copy that was edited; with a damaged manifest, for each that is not one of `files`."""
    try:
        read(target)
    except ValueError as damaged:
        return [str(damaged), *differences(target, json.loads(files[MANIFEST])["files"])]
    return edits(target)


def put(files: Files, target: Path) -> None:
    """Put a copy in its place in one step, with the folders above that are missing.

    Raises InputError where it cannot be written; what stood there stands then.
    """
    top = next((one for one in reversed([target, *target.parents]) if not one.exists()), target)
    with staging(top) as scratch:
        if top != target and top.exists():
            raise InputError("was made by another program in the meantime; try again", Location(str(top)))
        fill(scratch / target.relative_to(top), files)
        put_in_place(scratch, top)
