"""The line from the specification to the client in its place; reads as a table of contents."""

from __future__ import annotations

import difflib
import hashlib
import json
import subprocess
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generator import runtime
from generator.errors import InputError, Location
from generator.runtime.__main__ import MANIFEST, written
from generator.vendoring.atomic import staging_dir, swap_dirs
from generator.yaml_document import load, load_bytes, real_path

from . import copy_runtime as parts
from . import fake_service as double
from . import syntax
from .build_view import build_view
from .opc import build, parse, reject_skipped

Facts = Sequence[Mapping[str, Any]]
"""The contracts of a specification in their notation."""

Files = Mapping[str, bytes]
"""Path within the client -> content."""

_NAMED = 10
"""How many files an error names."""

_GENERATOR = Path(runtime.__file__).parents[1]


def render(specification: Path, facts: Facts, scratch: Path) -> Files:
    """The files of the client that a specification gives, written into the empty folder `scratch`.

    `facts` are what its reader has found in it. Raises InputError for a specification that the client could not
    keep whole.
    """
    document = load(specification)
    data = parse(document)
    view = build_view(document)
    reject_skipped(document, data)
    build(data, view, scratch)
    syntax.check(scratch)
    _format(scratch)
    (scratch / "py.typed").touch()
    parts.copy_runtime(scratch)
    double.write(document, view, scratch / "testing")
    digest = hashlib.sha256(load_bytes(specification)).hexdigest()
    contract = {"title": view.title, "version": view.version, "sha256": digest, "operations": facts}
    files = _files(scratch)
    manifest = {"contract": contract, "files": {name: hashlib.sha256(one).hexdigest() for name, one in files.items()}}
    (scratch / MANIFEST).write_bytes(written(manifest))
    return _files(scratch)


def generate(specification: Path, facts: Facts, destination: Path) -> bool:
    """Put the client of a specification in its place; whether anything changed.

    The old client stays whole until the new one takes its place in one step. Raises InputError, besides for
    what `render` does, where the destination cannot be written or holds what no generation put there.
    """
    _hold_ours(destination)
    with staging_dir(destination) as scratch:
        files = render(specification, facts, scratch)
        if destination.exists() and files == _files(destination):
            return False
        swap_dirs(scratch, destination)
    return True


def check(specification: Path, facts: Facts, destination: Path) -> str:
    """The difference between the client in its place and what the specification gives; empty where there is none."""
    _hold_ours(destination)
    with TemporaryDirectory() as scratch:
        expected = render(specification, facts, Path(scratch))
    found = _files(destination)
    return "".join(
        line
        for name in sorted(expected.keys() | found.keys())
        if expected.get(name) != found.get(name)
        for line in _diff(str(destination / name), found.get(name), expected.get(name))
    )


def _diff(name: str, found: bytes | None, expected: bytes | None) -> Sequence[str]:
    before, after = ((one or b"").decode("utf-8", "replace").splitlines(keepends=True) for one in (found, expected))
    labels = [name if one is not None else "/dev/null" for one in (found, expected)]
    return list(difflib.unified_diff(before, after, labels[0], labels[1]))


def _hold_ours(destination: Path) -> None:
    """Refuse a destination in which anything would be lost that is no client."""
    location = Location(str(destination))
    if real_path(destination).is_relative_to(_GENERATOR):
        raise InputError("is part of the generator; name another folder", location)
    if destination.is_symlink() or (destination.exists() and not destination.is_dir()):
        raise InputError("is no folder; name the folder of the client", location)
    known = _known(destination)
    foreign = [name for name, path in _paths(destination).items() if name not in known or path.is_symlink()]
    if foreign:
        more = f" and {len(foreign) - _NAMED} more" if len(foreign) > _NAMED else ""
        names = ", ".join(foreign[:_NAMED]) + more
        raise InputError(f"holds what the generator did not write: {names}; move it elsewhere", location)


def _known(destination: Path) -> set[str]:
    try:
        return {*json.loads(load_bytes(destination / MANIFEST))["files"], MANIFEST}
    except (InputError, ValueError, LookupError, TypeError):
        return set()


def _paths(folder: Path) -> Mapping[str, Path]:
    """All but the folders in a folder, and what Python compiled there."""
    found = ((path.relative_to(folder), path) for path in sorted(folder.rglob("*")))
    return {
        name.as_posix(): path
        for name, path in found
        if "__pycache__" not in name.parts and (path.is_symlink() or not path.is_dir())
    }


def _files(folder: Path) -> Files:
    return {name: load_bytes(path) for name, path in _paths(folder).items()}


def _format(folder: Path) -> None:
    ruff = str(Path(sysconfig.get_path("scripts"), "ruff"))
    settings = ["--isolated", "--no-cache", "--quiet", "--target-version=py311", "--line-length=120"]
    fix = ["check", "--fix-only"]
    for command in ([*fix, "--select=F401"], [*fix, "--select=I,RUF022"], ["format"]):
        try:
            done = subprocess.run([ruff, *command, *settings, "."], cwd=folder, check=False, capture_output=True)  # noqa: S603  # our own words
        except OSError as problem:
            raise InputError(
                f"cannot be run: {problem.strerror}; `make setup` installs it", Location(ruff)
            ) from problem
        if done.returncode:
            said = " ".join(done.stderr.decode("utf-8", "replace").split())
            raise InputError(f"could not lay out the client: {said or done.returncode}", Location(ruff))
