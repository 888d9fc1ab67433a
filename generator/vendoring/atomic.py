"""Puts a whole folder or a file in the place of another in one step, so that nobody ever sees half of it."""

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
"""Nobody else's folder starts so: one that does is removed, wherever the destination is. A file is left alone."""
_AT_FDCWD = -2 if sys.platform == "darwin" else -100
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS have the same value."""

Files = Mapping[str, bytes]
"""Path within a folder -> content."""


def fill(folder: Path, files: Files) -> None:
    """Write files into a folder, which there need not be yet. Raises OSError where the system refuses."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@contextmanager
def staging(destination: Path) -> Generator[Path]:
    """An empty folder beside the destination, gone in the end.

    One at a time: a second one waits, and so knows that what it finds was left by a process that was killed, and
    removes it. Raises InputError where the system refuses to write there, also while the folder is in use.
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
        raise InputError(f"cannot be written: {problem.strerror or problem}", Location(str(destination))) from problem


def tidy(destination: Path) -> None:
    """Remove what a process that was killed has left beside a destination; touch nothing where there is nothing."""
    if _abandoned(destination.parent):
        with staging(destination):
            pass


def _abandoned(parent: Path) -> list[Path]:
    """The folders that killed processes have left in a folder."""
    return [path for path in parent.glob(f"{_STAGING}*") if path.is_dir() and not path.is_symlink()]


def put_in_place(folder: Path, destination: Path) -> None:
    """Exchange a staged folder with the destination: whoever looks sees the old folder or the new one.

    Modes are set whatever the umask. Raises OSError where the system refuses; the old folder stays then.
    """
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
        _sync(path)
    if destination.exists():
        _exchange(folder, destination)
    else:
        folder.rename(destination)


def put_file(data: bytes, path: Path) -> None:
    """Put a file in its place; its mode is set whatever the umask.

    Raises InputError where the system refuses; an old file stays then.
    """
    with staging(path) as scratch:
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


def _exchange(one: Path, other: Path) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    rename = getattr(libc, "renameatx_np" if sys.platform == "darwin" else "renameat2", None)
    if rename is None:
        raise OSError(0, "this system cannot exchange two folders in one step")
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
