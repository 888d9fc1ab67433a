"""Writes the lock of a page's facts, in one step: whoever looks sees the old lock or the new one."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from generator.contract.facts import Contract
from generator.contract.lock import text_of
from generator.contract.places import Place, Unreadable


def write(contract: Contract, path: Path) -> None:
    """Lock the facts of a page. Raises Unreadable where the file cannot be written; the old one stays then."""
    try:
        _replace(path, text_of(contract).encode())
    except OSError as problem:
        raise Unreadable(f"cannot be written: {problem.strerror}", Place(str(path))) from problem


def _replace(path: Path, data: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            temporary.chmod(0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink()
            raise
