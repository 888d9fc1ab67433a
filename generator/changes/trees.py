"""Reads files of the working tree or of a revision of git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from attrs import frozen

from generator.errors import InputError, Location
from generator.yaml_document import YamlMapping, decode_text, load, load_text, loads


@frozen
class Tree:
    """The files of a revision of git; without a revision, those of the working tree."""

    revision: str = ""

    def load(self, path: Path) -> YamlMapping:
        """Load a YAML file, with locations such as ``v1:spec.yaml:12``. Raises InputError as `loads` does."""
        return loads(self.text(path), self._name(path)) if self.revision else load(path)

    def text(self, path: Path) -> str:
        """Return the text of a file. Raises InputError if it cannot be read."""
        if not self.revision:
            return load_text(path)
        process = _git("show", "--no-textconv", "--end-of-options", self._object(path))
        if process.returncode:
            raise InputError(
                "does not exist in that revision; name another path or revision", Location(self._name(path))
            )
        return decode_text(process.stdout, self._name(path))

    def files(self, folder: Path) -> frozenset[Path]:
        """Return the paths in a folder; none if it is missing."""
        if not self.revision:
            return frozenset(folder.iterdir() if folder.is_dir() else ())
        process = _git("ls-tree", "-z", "--name-only", self._object(folder))
        return frozenset(folder / os.fsdecode(name) for name in process.stdout.split(b"\0") if name)

    def _object(self, path: Path) -> str:
        return f"{self.revision}:./{_relative(path)}"

    def _name(self, path: Path) -> str:
        return f"{self.revision}:{_relative(path)}"


WORKING_TREE = Tree()


def revision_tree(name: str) -> Tree:
    """Return the files of a revision. Raises InputError for an unknown one."""
    if _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").returncode:
        raise InputError(
            "is neither a file nor a revision in this repository; fetch the revision or name another", Location(name)
        )
    return Tree(name)


def _relative(path: Path) -> str:
    return Path(os.path.relpath(path)).as_posix()


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], check=False, capture_output=True)  # noqa: S603, S607  # no user input in the command but a verified revision
    except OSError as problem:
        raise InputError(f"cannot be run: {problem.strerror}; name a file instead", Location("git")) from problem
