"""Writes the client as a package into a consumer's tree: complete, marked as a copy, and in one step."""

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

from generator.errors import InputError, Location, option_name
from generator.runtime import _manifest
from generator.runtime._manifest import MANIFEST, local_edits
from generator.yaml_document import load_bytes, real_path

from .atomic import Files, staging_dir, swap_dirs, write_files
from .http_library import rename
from .sbom import SBOM, sbom

_ORIGIN = "Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make {}`."
CLIENT_HEADER = f"# {_ORIGIN}\n".format("generate").encode()
"""The first line of a module of the client."""
_COPY_HEADER = f"# {_ORIGIN}\n".format("vendor").encode()
"""The first line of a file of a copy. Only files without comments lack it: JSON, `py.typed`; and the license."""
MARKDOWN_HEADER = f"<!-- {_ORIGIN} -->\n".format("vendor")
"""The same in a document."""

_NO_FORMATTING = b"# fmt: off\n# isort: skip_file\n# flake8: noqa\n"
"""Keeps black, isort and flake8, which have no settings per folder, from rewriting a module."""

_SIGNATURE = b"this copy of the client"
"""A phrase in the docstring of the module that reads the manifest."""

MARKERS: Files = MappingProxyType(
    {
        "ruff.toml": _COPY_HEADER + b'exclude = ["*"]\nlint.select = []\n',
        ".gitattributes": _COPY_HEADER + b"* -text linguist-generated\n",
    }
)
"""Files that keep ruff and git from rewriting the folder, and GitHub from showing its differences."""


def copy_files(client: Path, metadata: Mapping[str, Any], documents: Files) -> Files:
    """Return the files of a copy: the marked client, the documents, the SBOM, and a manifest with the metadata.

    Raises InputError for a client that was edited after generation.
    """
    edited = local_edits(client)
    if edited:
        raise InputError(f"was edited after generation ({'; '.join(edited)}); run `make generate`", _at(client))
    generated = _manifest.load(client)
    copied = {name: _copied(name, load_bytes(client / name), metadata["http"]) for name in generated["files"]}
    files = {**copied, **MARKERS, **documents, SBOM: sbom(generated["contract"], metadata)}
    hashes = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
    return {**files, MANIFEST: _manifest.dump({"contract": generated["contract"], **metadata, "files": hashes})}


def _copied(name: str, data: bytes, http: str) -> bytes:
    if not name.endswith(".py"):
        return data
    return _COPY_HEADER + _NO_FORMATTING + rename(name, data.removeprefix(CLIENT_HEADER), http)


def target_folder(destination: Path, name: str | None) -> Path:
    """Return the folder of the copy: the destination, or the package `name` in it, nested as `a.b` or `a/b`.

    Raises InputError for a name that Python cannot import.
    """
    parts = re.split(r"[./]", name) if name else []
    path = Path(os.path.abspath(destination), *parts)  # noqa: PTH100  # follows no link
    if not all(part.isidentifier() and not iskeyword(part) for part in parts or [path.name]):
        path_hint = f"end the path with one, such as `images`, or add {option_name('name', 'images')}"
        hint = "choose one such as `images` or `_vendor.images`" if name else path_hint
        problem = f"is not an importable package name; {hint}"
        raise InputError(problem, Location(name or str(destination)))
    return real_path(path.parent) / path.name


def holds_copy(target: Path, client: Path) -> bool:
    """Return True if the target is a copy, False if it is missing or empty. Raises InputError for anything else."""
    source = real_path(client)
    if target.is_relative_to(source) or source.is_relative_to(target):
        raise InputError("overlaps with the client that is copied; name a folder outside it", _at(target))
    if target.is_symlink():
        raise InputError("is a symbolic link; name the folder that it points to", _at(target))
    if target.exists() and not target.is_dir():
        raise InputError("is not a folder; name a folder", _at(target))
    manifest = target / MANIFEST
    if manifest.exists() and not manifest.is_file():
        raise InputError("is not a regular file; remove it", _at(manifest))
    names = _names(target)
    if names and not _is_copy(target):
        shown = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
        hint = f"name a new folder, or a package in it with {option_name('name', 'images')}"
        raise InputError(f"is not a copy of the client but contains {shown}; {hint}", _at(target))
    return bool(names)


def _names(target: Path) -> list[str]:
    """Return the names in a folder, which may be missing. Raises InputError if the system refuses."""
    try:
        return sorted(path.name for path in target.iterdir()) if target.exists() else []
    except OSError as problem:
        raise InputError(f"cannot be read: {problem.strerror}", _at(target)) from problem


def _is_copy(folder: Path) -> bool:
    """Return True if `vendor` wrote the folder, judging by its manifest or else by the module that reads it."""
    try:
        manifest = json.loads(load_bytes(folder / MANIFEST))
        return all(isinstance(manifest[key], dict) for key in ("contract", "files"))
    except (InputError, ValueError, LookupError, TypeError, RecursionError):
        module = folder / "__main__.py"
        return module.is_file() and _SIGNATURE in load_bytes(module)


def discarded_edits(target: Path, files: Files) -> list[str]:
    """Return the edits that an update would discard; without an intact manifest, what differs from `files`."""
    try:
        _manifest.load(target)
    except ValueError as damaged:
        return [str(damaged), *_manifest.compare(target, json.loads(files[MANIFEST])["files"])]
    return local_edits(target)


def replace_copy(files: Files, target: Path) -> None:
    """Write a copy in one step, together with missing parent folders.

    Raises InputError if it cannot be written; the previous copy is kept.
    """
    top = next((folder for folder in reversed([target, *target.parents]) if not folder.exists()), target)
    with staging_dir(top) as scratch:
        if top != target and top.exists():
            raise InputError("was created by another program in the meantime; try again", _at(top))
        write_files(scratch / target.relative_to(top), files)
        swap_dirs(scratch, top)


def _at(path: Path) -> Location:
    return Location(str(path))
