"""Replaces a folder or a file in one step: a reader sees the old one or the new one, never a part."""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from generator.errors import InputError, Location
from generator.yaml_document import real_path

_STAGING = ".container-registry-client-"
"""Prefix of our staging folders: an unlocked folder with it is removed; a file is kept."""
_AT_FDCWD = -2 if sys.platform == "darwin" else -100
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS have the same value."""

Files = Mapping[str, bytes]
"""Path within a folder -> content."""


def write_files(folder: Path, files: Files) -> None:
    """Write files into a folder, which is created if it is missing. Raises OSError if the system refuses."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@contextmanager
def staging_dir(destination: Path) -> Generator[Path]:
    """Yield an empty folder beside the destination, and remove it at the end.

    Only one process at a time has one; a second process waits. Any other staging folder was left by a killed process
    and is removed. Raises InputError if the system refuses to write, also to the code that uses the folder; an error of
    that code with another file, such as a missing template, is its own.
    """
    parent = real_path(destination).parent
    try:
        lock = os.open(parent, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for abandoned in _abandoned(parent):
                shutil.rmtree(abandoned)
            folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=parent))
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(lock)
    except OSError as problem:
        if isinstance(problem.filename, str) and not real_path(Path(problem.filename)).is_relative_to(parent):
            raise
        raise InputError(f"cannot be written: {problem.strerror or problem}", Location(str(destination))) from problem


def clean_stale(destination: Path) -> None:
    """Remove staging folders that killed processes left beside a destination."""
    if _abandoned(destination.parent):
        with staging_dir(destination):
            pass


def _abandoned(parent: Path) -> list[Path]:
    """Return the staging folders in a folder."""
    return [path for path in parent.glob(f"{_STAGING}*") if path.is_dir() and not path.is_symlink()]


def swap_dirs(folder: Path, destination: Path) -> None:
    """Exchange a staged folder with the destination atomically.

    File modes do not depend on the umask. Raises OSError if the system refuses; the old folder is kept.
    """
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
        _sync(path)
    if destination.exists():
        _exchange(folder, destination)
    else:
        folder.rename(destination)


def make_parent(path: Path) -> None:
    """Create the folder of a file if it is missing. Raises InputError if the system refuses."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(f"cannot be written: {problem.strerror}", Location(str(path))) from problem


def write_file(data: bytes, path: Path) -> None:
    """Write a file atomically; its mode does not depend on the umask.

    Raises InputError if the system refuses; an old file is kept.
    """
    with staging_dir(path) as scratch:
        file = scratch / path.name
        file.write_bytes(data)
        file.chmod(0o644)
        _sync(file)
        file.replace(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _exchange(first: Path, second: Path) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    rename = getattr(libc, "renameatx_np" if sys.platform == "darwin" else "renameat2", None)
    if rename is None:
        raise OSError(0, "this system cannot exchange two folders in one step")
    if rename(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _EXCHANGE):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
