"""Generates the client from a specification and installs it in one step."""

from __future__ import annotations

import difflib
import hashlib
import json
import subprocess
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from generator import runtime
from generator.contract.serialize import to_dict
from generator.errors import InputError, Location
from generator.readers.openapi import ParsedSpecification
from generator.runtime._manifest import MANIFEST, dump
from generator.vendoring.atomic import Files, staging_dir, swap_dirs
from generator.vendoring.install import CLIENT_HEADER
from generator.yaml_document import load_bytes, real_path

from .build_view import build_view
from .copy_runtime import copy_runtime
from .fake_service import write_service
from .opc import write_modules

_SHOWN_FILES = 10
"""Number of files that an error lists."""

_FORMAT = ["format", "--config=format.docstring-code-format=true"]

_GENERATOR = Path(runtime.__file__).parents[1]


def render(specification: ParsedSpecification, folder: Path) -> Files:
    """Write the client of a specification into an empty folder and return its files.

    Raises InputError for a specification that the client cannot express.
    """
    view = build_view(specification)
    write_modules(specification.document, view, folder)
    _format(folder)
    (folder / "py.typed").touch()
    copy_runtime(folder)
    for path in folder.rglob("*.py"):
        path.write_bytes(CLIENT_HEADER + load_bytes(path))
    write_service(specification, view, folder / "testing")
    contract = {
        "title": view.title,
        "version": view.version,
        "sha256": specification.sha256,
        "operations": _without_lines([*map(to_dict, specification.contracts)]),
    }
    files = _files(folder)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = dump({"contract": contract, "files": digests})
    (folder / MANIFEST).write_bytes(manifest)
    return {**files, MANIFEST: manifest}


def generate(specification: ParsedSpecification, destination: Path) -> bool:
    """Generate the client of a specification at a destination; return True if anything changed.

    The old client stays whole until the new one replaces it in one step. Raises InputError as `render` does, and for
    a destination that cannot be written or contains other files.
    """
    _check_destination(destination)
    with staging_dir(destination) as staged:
        files = render(specification, staged)
        if files == _files(destination):
            return False
        swap_dirs(staged, destination)
    return True


def check(specification: ParsedSpecification, destination: Path) -> str:
    """Return a unified diff from the client at a destination to the generated one; empty if they are equal."""
    _check_destination(destination)
    with TemporaryDirectory() as scratch:
        expected = render(specification, Path(scratch))
    actual = _files(destination)
    return "".join(
        line
        for name in sorted(expected.keys() | actual.keys())
        if expected.get(name) != actual.get(name)
        for line in _diff(str(destination / name), actual.get(name), expected.get(name))
    )


def _without_lines(node: Any) -> Any:
    """Return a serialised contract without line numbers, so that a moved line does not change the client."""
    if isinstance(node, dict):
        table = cast("dict[str, Any]", node)
        return {key: _without_lines(value) for key, value in table.items() if key != "line"}
    return [*map(_without_lines, cast("list[object]", node))] if isinstance(node, list) else node


def _diff(name: str, actual: bytes | None, expected: bytes | None) -> Sequence[str]:
    before, after = (
        (content or b"").decode("utf-8", "replace").splitlines(keepends=True) for content in (actual, expected)
    )
    old, new = (name if content is not None else "/dev/null" for content in (actual, expected))
    # An empty file has no lines that differ.
    return [*difflib.unified_diff(before, after, old, new)] or [f"--- {old}\n", f"+++ {new}\n"]


def _check_destination(destination: Path) -> None:
    """Raise InputError for a destination with files that no generation wrote."""
    location = Location(str(destination))
    if real_path(destination).is_relative_to(_GENERATOR):
        raise InputError("is part of the generator; name another folder", location)
    if destination.is_symlink() or (destination.exists() and not destination.is_dir()):
        raise InputError("is not a folder; name the folder of the client", location)
    known = _known_files(destination)
    foreign = [name for name, path in _paths(destination).items() if name not in known or path.is_symlink()]
    if foreign:
        more = f" and {len(foreign) - _SHOWN_FILES} more" if len(foreign) > _SHOWN_FILES else ""
        names = ", ".join(foreign[:_SHOWN_FILES]) + more
        raise InputError(f"contains files that the generator did not write: {names}; move them elsewhere", location)


def _known_files(destination: Path) -> set[str]:
    try:
        return {*json.loads(load_bytes(destination / MANIFEST))["files"], MANIFEST}
    except (InputError, ValueError, LookupError, TypeError):
        return set()


def _paths(folder: Path) -> Mapping[str, Path]:
    """Return the files in a folder, without compiled modules."""
    paths = ((path.relative_to(folder), path) for path in sorted(folder.rglob("*")))
    return {
        name.as_posix(): path
        for name, path in paths
        if "__pycache__" not in name.parts and (path.is_symlink() or not path.is_dir())
    }


def _files(folder: Path) -> Files:
    return {name: load_bytes(path) for name, path in _paths(folder).items()}


def _format(folder: Path) -> None:
    ruff = str(Path(sysconfig.get_path("scripts"), "ruff"))
    settings = ["--isolated", "--no-cache", "--quiet", "--target-version=py311", "--line-length=120"]
    fix = ["check", "--fix-only"]
    for command in ([*fix, "--select=F401"], [*fix, "--select=I,RUF022"], _FORMAT):
        try:
            done = subprocess.run([ruff, *command, *settings, "."], cwd=folder, check=False, capture_output=True)  # noqa: S603  # fixed arguments
        except OSError as problem:
            raise InputError(
                f"cannot be run: {problem.strerror}; `make setup` installs it", Location(ruff)
            ) from problem
        if done.returncode:
            reason = " ".join(done.stderr.decode("utf-8", "replace").split())
            raise InputError(f"failed to format the client: {reason or done.returncode}", Location(ruff))
