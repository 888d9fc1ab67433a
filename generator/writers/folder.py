"""Puts a whole folder in the place of another in one step, so that nobody ever sees half of it."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from generator.contract.places import Place, Unreadable

_STAGING = ".staging-"
_AT_FDCWD = -2 if sys.platform == "darwin" else -100
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS have the same value."""


@contextmanager
def staging(destination: Path) -> Generator[Path]:
    """An empty folder beside the destination, gone in the end; one that a killed process left is removed too.

    Raises Unreadable where no folder can be made there.
    """
    parent = destination.resolve().parent
    for left in parent.glob(f"{_STAGING}*"):
        if not _is_alive(left.name.removeprefix(_STAGING).partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"{_STAGING}{os.getpid()}-", dir=parent))
    except OSError as problem:
        raise Unreadable(f"cannot be written beside: {problem.strerror}", Place(str(destination))) from problem
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_in_place(folder: Path, destination: Path) -> None:
    """Exchange a staged folder with the destination: whoever looks sees the old folder or the new one.

    Modes are set whatever the umask. Raises Unreadable where that fails; the old folder stays then.
    """
    try:
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
            _sync(path)
        if destination.exists():
            _exchange(folder, destination)
        else:
            folder.rename(destination)
    except OSError as problem:
        raise Unreadable(f"cannot be written: {problem.strerror}", Place(str(destination))) from problem


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


def _is_alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
