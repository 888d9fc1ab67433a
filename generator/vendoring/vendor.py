"""Copies the client into the tree of a consumer, renews a copy there, and says how one stands to the contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from generator.changes.describe import judged
from generator.changes.diff import changes
from generator.changes.releases import Version, is_breaking, of_client
from generator.errors import InputError, Location
from generator.runtime.__main__ import MANIFEST, edits, read
from generator.yaml_document import bytes_in

from . import install
from .atomic import tidy
from .bundle import Source


@frozen
class Outcome:
    """What was done or found, line by line, and whether it is as asked."""

    lines: tuple[str, ...]
    holds: bool = True


def vendor(source: Source, target: Path, *, force: bool = False) -> Outcome:
    """Put a copy in its place, or renew it; what would be lost by that is refused without `force`, and told with it.

    Raises InputError for a target that holds anything but a copy, and where it cannot be written.
    """
    files = source.contents()
    current = source.generated()
    if not install.hold(target, source.client):
        install.put(files, target)
        return Outcome((f"{target}: version {current.number}, {len(files)} files",))
    copied, lost = _copied(target), install.lost(target, files)
    if copied and copied.order > current.order:
        lost.append(f"version {copied.number}, which is newer than {current.number}")
    if lost and not force:
        return Outcome((f"{target}: not renewed; with --force is lost:", *lost), holds=False)
    if not lost and bytes_in(target / MANIFEST) == files[MANIFEST]:
        tidy(target)
        return Outcome((f"{target}: nothing new, version {current.number}; nothing was written",))
    install.put(files, target)
    return Outcome((*_step(target, copied, current), *(f"lost: {one}" for one in lost)))


def check(source: Source, target: Path) -> Outcome:
    """How a copy stands: is it whole, is it what `vendor` would write now, and what has changed since it did.

    Raises InputError where there is no copy.
    """
    if not install.hold(target, source.client):
        raise InputError("holds no copy of the client; make one by `vendor`", Location(str(target)))
    edited, copied = edits(target), _copied(target)
    if copied is None:
        return Outcome((*edited, f"{target}: of no version that can be read; renew it by `vendor`"), holds=False)
    stale = list(_stale(source, target, copied))
    whole = edited or ["every file is as it was written"]
    return Outcome((*whole, *(stale or [f"version {copied.number} is current"])), not edited and not stale)


def _copied(target: Path) -> Version | None:
    """The version of a copy; None where its manifest is damaged, or of another make."""
    try:
        read(target)
        return of_client(target / MANIFEST)
    except (ValueError, InputError):
        return None


def _stale(source: Source, target: Path, copied: Version) -> Iterator[str]:
    """Why a copy is not what `vendor` would write now."""
    current = source.versions.specified()
    if copied.order > current.order:
        yield f"{target}: version {copied.number} is newer than {current.number}, which is current here"
        return
    if copied.sha256 != current.sha256:
        yield from _step(target, copied, current)
    elif bytes_in(target / MANIFEST) != source.contents()[MANIFEST]:
        yield f"{target}: version {copied.number} is current, but its code is older"
    else:
        return
    yield "renew it by `vendor`"


def _step(target: Path, older: Version | None, newer: Version) -> Iterator[str]:
    """What lies between two versions."""
    if older is None:
        yield f"{target}: version {newer.number}, in the place of one that cannot be read"
        return
    found = changes(older.contracts, newer.contracts)
    verdict = "no fact changed" if not found else "breaking" if is_breaking(found) else "not breaking"
    yield f"{target}: version {older.number} -> {newer.number}, {verdict}"
    yield from (f"    {change.operation}: {judged(change)}" for change in found)
