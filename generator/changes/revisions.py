"""Reads a specification from a file or a revision of git, with the files that it refers to."""

from __future__ import annotations

import os
import subprocess
from functools import partial
from pathlib import Path

from generator.errors import InputError, Location
from generator.readers import openapi
from generator.yaml_document import YamlMapping, decode_text, loads

from .spec_diff import Specification


def specification_at(name: str, path: Path) -> Specification:
    """Read the specification in a file, or at `path` in a revision of git, with locations such as ``v1:spec.yaml:12``.

    Raises InputError if there is neither, and as the reader does.
    """
    if Path(name).exists() or name.endswith((".yaml", ".yml", ".json")):
        return Specification(name, openapi.read(Path(name)))
    _check_revision(name)
    return Specification(name, openapi.read(path, partial(_at_revision, name)))


def _check_revision(name: str) -> None:
    process = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if process.returncode:
        raise InputError(
            "is neither a file nor a revision in this repository; fetch the revision or name another", Location(name)
        )


def _at_revision(revision: str, path: Path) -> YamlMapping:
    relative = Path(os.path.relpath(path)).as_posix()
    file = f"{revision}:{relative}"
    process = _git("show", "--no-textconv", "--end-of-options", f"{revision}:./{relative}")
    if process.returncode:
        raise InputError("does not exist in that revision; name another path or revision", Location(file))
    return loads(decode_text(process.stdout, file), file)


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], check=False, capture_output=True)  # noqa: S603, S607  # no user input in the command but a verified revision
    except OSError as problem:
        raise InputError(f"cannot be run: {problem.strerror}; name a file instead", Location("git")) from problem
