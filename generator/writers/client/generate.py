"""The line from the specification to the client in its place; reads as a table of contents."""

from __future__ import annotations

import difflib
import hashlib
import json
import shutil
import subprocess
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve

from generator import runtime
from generator.contract.places import Place, Unreadable
from generator.document import load
from generator.writers.folder import put_in_place, staging

from . import syntax
from .decide import decide
from .source import with_pointer
from .upstream import build, parse

MANIFEST = "manifest.json"
"""What the client was generated from: the contract with its facts, and the SHA-256 of each file."""

Files = Mapping[str, bytes]
"""Path within the client -> content."""


def render(specification: Path, facts: Sequence[Mapping[str, Any]], scratch: Path) -> Files:
    """The files of the client that a specification gives, written into the empty folder `scratch`.

    `facts` are the contracts of the specification in their notation. Raises Unreadable for a specification
    that the client could not keep whole.
    """
    document = load(specification)
    with with_pointer(document):
        data, config = parse(document)
        view = decide(document, data)
    build(data, evolve(config, output_path=scratch), view)
    (scratch / "py.typed").touch()
    _format(scratch)
    syntax.check(scratch)
    _copy_runtime(scratch)
    digest = hashlib.sha256(specification.read_bytes()).hexdigest()
    contract = {"title": view.title, "version": view.version, "sha256": digest, "operations": facts}
    files = _files(scratch)
    manifest = {"contract": contract, "files": {name: hashlib.sha256(one).hexdigest() for name, one in files.items()}}
    (scratch / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return _files(scratch)


def generate(specification: Path, facts: Sequence[Mapping[str, Any]], destination: Path) -> bool:
    """Put the client of a specification in its place; whether anything changed.

    The old client stays whole until the new one takes its place in one step. Raises Unreadable, besides for
    what `render` does, where the destination holds files that no generation put there.
    """
    _refuse_foreign(destination)
    with staging(destination) as scratch:
        files = render(specification, facts, scratch)
        if destination.exists() and files == _files(destination):
            return False
        put_in_place(scratch, destination)
    return True


def check(specification: Path, facts: Sequence[Mapping[str, Any]], destination: Path) -> str:
    """The difference between the client in its place and what the specification gives; empty where there is none."""
    with staging(destination) as scratch:
        expected = render(specification, facts, scratch)
    found = _files(destination)
    return "".join(
        line
        for name in sorted(expected.keys() | found.keys())
        if expected.get(name) != found.get(name)
        for line in _diff(name, found.get(name), expected.get(name))
    )


def _diff(name: str, found: bytes | None, expected: bytes | None) -> Sequence[str]:
    before, after = ((one or b"").decode("utf-8", "replace").splitlines(keepends=True) for one in (found, expected))
    labels = [name if one is not None else "/dev/null" for one in (found, expected)]
    return list(difflib.unified_diff(before, after, labels[0], labels[1]))


def _refuse_foreign(destination: Path) -> None:
    if not destination.exists() and not destination.is_symlink():
        return
    if destination.is_symlink() or not destination.is_dir():
        raise Unreadable("is no folder; name the folder of the client", Place(str(destination)))
    foreign = sorted(_files(destination).keys() - _known(destination))
    if foreign:
        raise Unreadable(
            f"holds what the generator did not write: {', '.join(foreign[:5])}; move it elsewhere",
            Place(str(destination)),
        )


def _known(destination: Path) -> set[str]:
    try:
        return {*json.loads((destination / MANIFEST).read_bytes())["files"], MANIFEST}
    except (OSError, ValueError, LookupError, TypeError):
        return set()


def _files(folder: Path) -> Files:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink())
    names = {path.relative_to(folder).as_posix(): path for path in found if "__pycache__" not in path.parts}
    return {name: path.read_bytes() for name, path in names.items()}


def _copy_runtime(destination: Path) -> None:
    for module in sorted(Path(runtime.__file__).parent.glob("*.py")):
        if module.name != "__init__.py":
            shutil.copyfile(module, destination / module.name)


def _format(folder: Path) -> None:
    settings = ["--isolated", "--no-cache", "--quiet", "--target-version=py311", "--line-length=120"]
    ruff = str(Path(sysconfig.get_path("scripts"), "ruff"))
    for command in (["check", "--fix-only", "--select=I,RUF022"], ["format"]):
        subprocess.run([ruff, *command, *settings, str(folder)], check=True, capture_output=True)  # noqa: S603  # our own words
