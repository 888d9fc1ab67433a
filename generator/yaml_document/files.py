"""Files as bytes and text: regular ones of a bounded size, and no others."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from generator.errors import InputError, Location

MAXIMUM_BYTES = 16_000_000
"""The size of the largest file: no page and no specification needs more, and a device has no end."""


def real_path(path: Path) -> Path:
    """Resolve the links in a path; unlike `Path.resolve`, without an error for a circle, which opening it reports."""
    return Path(os.path.realpath(path))


def load_text(path: Path) -> str:
    """Read the text in a file. Raises InputError for a file that cannot be read or is not UTF-8."""
    return decode_text(load_bytes(path), str(path))


def load_bytes(path: Path) -> bytes:
    """Read a regular file of at most MAXIMUM_BYTES; the project reads every file of a user this way.

    Raises InputError for a larger file, for a pipe, a device or a folder, and if the system refuses.
    """
    location = Location(str(path))
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:  # a Path takes no opener
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise InputError("is not a regular file; save its content in one", location)
            content = file.read(MAXIMUM_BYTES + 1)
    except OSError as problem:
        raise InputError(f"cannot be read: {problem.strerror}", location) from problem
    _check_size(content, str(path))
    return content


def _open_without_waiting(path: str, flags: int) -> int:
    """Open a file without blocking, as a pipe without a writer would."""
    return os.open(path, flags | os.O_NONBLOCK)


def _check_size(content: bytes, file: str) -> None:
    if len(content) > MAXIMUM_BYTES:
        raise InputError(f"is larger than {MAXIMUM_BYTES} bytes; split it, or name another file", Location(file))


def decode_text(content: bytes, file: str) -> str:
    """Decode the content of a file. Raises InputError if it is too large or not UTF-8."""
    _check_size(content, file)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise InputError(f"is not UTF-8 (byte {problem.start}); save it as UTF-8", Location(file)) from problem
