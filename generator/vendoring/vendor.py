"""Copies the client into a consumer's tree, updates a copy, and compares a copy with the contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from attrs import frozen

from generator.changes.describe import describe_with_verdict
from generator.changes.diff import changes
from generator.changes.releases import client_version
from generator.changes.version_number import Version, is_breaking
from generator.errors import InputError, Location, option_name
from generator.reports.text import version_line
from generator.runtime import _manifest
from generator.runtime._manifest import MANIFEST, local_edits
from generator.yaml_document import load_bytes

from . import install
from .atomic import clean_stale
from .bundle import ClientBundle
from .http_library import library_of


@frozen
class CommandResult:
    """The lines to print, and `holds`: False for exit status 1."""

    lines: tuple[str, ...]
    holds: bool = True


def vendor(bundle: ClientBundle, target: Path, *, http: str | None = None, force: bool = False) -> CommandResult:
    """Write or update a copy, which keeps its HTTP library unless `http` names one.

    Local edits and a newer version are listed, and discarded only with `force`. A version that breaks callers is copied
    only if it is released. Raises InputError for a target that is not a copy, or that cannot be written.
    """
    is_update = install.holds_copy(target, bundle.client)
    files, current = bundle.files(http or library_of(target)), bundle.generated_version()
    if problem := bundle.release_problem():
        return CommandResult((version_line(str(bundle.specification), problem),), holds=False)
    if not is_update:
        install.replace_copy(files, target)
        return CommandResult((f"{target}: version {current.number}, {len(files)} files",))
    copied, losses = _copied_version(target), install.discarded_edits(target, files)
    if copied and copied.order > current.order:
        losses.append(f"version {copied.number}, which is newer than {current.number}")
    if losses and not force:
        refusal = f"{target}: not updated; {option_name('force', '1')} would discard:"
        return CommandResult((refusal, *losses), holds=False)
    if not losses and load_bytes(target / MANIFEST) == files[MANIFEST]:
        clean_stale(target)
        return CommandResult((f"{target}: up to date, version {current.number}; nothing written",))
    install.replace_copy(files, target)
    return CommandResult(
        (*_version_step(target, copied, current, bundle.today), *(f"discarded: {loss}" for loss in losses))
    )


def check(bundle: ClientBundle, target: Path, *, http: str | None = None) -> CommandResult:
    """List local edits of a copy, the changes since it was written, and an HTTP library other than `http`.

    Raises InputError if there is no copy.
    """
    if not install.holds_copy(target, bundle.client):
        hint = f"create one without {option_name('check', '1')}"
        raise InputError(f"contains no copy of the client; {hint}", Location(str(target)))
    edited, copied = local_edits(target), _copied_version(target)
    if copied is None:
        unreadable = f"{target}: its version cannot be read; replace it with {option_name('force', '1')}"
        return CommandResult((*edited, unreadable), holds=False)
    stale = list(_stale(bundle, target, copied, http))
    lines = (*(edited or ["no local edits"]), *(stale or [f"version {copied.number} is current"]))
    return CommandResult(lines, holds=not edited and not stale)


def _copied_version(target: Path) -> Version | None:
    """Return the version of a copy; None if its manifest is damaged or of another format."""
    try:
        _manifest.load(target)
        return client_version(target / MANIFEST)
    except (ValueError, InputError):
        return None


def _stale(bundle: ClientBundle, target: Path, copied: Version, http: str | None) -> Iterator[str]:
    """Yield the differences between a copy and what `vendor` would write now."""
    current, used = bundle.versions.specified(), library_of(target)
    if copied.order > current.order:
        yield f"{target}: version {copied.number} is newer than {current.number}, the current version here"
        return
    if copied.sha256 != current.sha256:
        yield from _version_step(target, copied, current, bundle.today)
    elif http not in (None, used):
        yield f"{target}: version {copied.number} is current, but it uses {used}, not {http}"
    elif load_bytes(target / MANIFEST) != bundle.files(used)[MANIFEST]:
        yield f"{target}: version {copied.number} is current, but its code is out of date"
    else:
        return
    yield f"update it without {option_name('check', '1')}"


def _version_step(target: Path, older: Version | None, newer: Version, today: date) -> Iterator[str]:
    """Yield the two versions, and each change between them."""
    if older is None:
        yield f"{target}: version {newer.number}, replacing a version that cannot be read"
        return
    between = changes(older.contracts, newer.contracts, today)
    verdict = "no fact changed" if not between else "breaking" if is_breaking(between) else "not breaking"
    yield f"{target}: version {older.number} -> {newer.number}, {verdict}"
    yield from (f"    {change.operation}: {describe_with_verdict(change)}" for change in between)
