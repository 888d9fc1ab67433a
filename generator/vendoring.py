"""Carries the client to its consumers: into their tree, as a wheel, and says how a copy stands to the contract."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from .contract.changes import changes
from .contract.history import Version, changelog, is_breaking, judged, number_at, objection, text_of
from .contract.places import Place, Unreadable
from .document import bytes_in, load, text_in
from .readers import openapi, versions
from .runtime.__main__ import MANIFEST, edits, read
from .writers import released, vendored, wheels
from .writers.folder import Files, tidy

_ROOT = Path(__file__).parents[1]
"""Where the project's own metadata and license are."""

_EXTRA = "client-"
"""What the names of dependency groups start with that are extras of the client."""


@frozen
class Outcome:
    """What was done or found, line by line, and whether it is as asked."""

    lines: tuple[str, ...]
    holds: bool = True


@frozen
class Source:
    """What is carried: a specification, with its released versions beside it, and the client generated from it."""

    specification: Path
    client: Path

    @property
    def releases(self) -> Path:
        """The folder of the released versions."""
        return self.specification.parent / "released"

    def released(self) -> tuple[Version, ...]:
        """The released versions of the contract."""
        return versions.released(self.releases)

    def notes(self) -> Mapping[str, str]:
        """What people have written of the versions."""
        return versions.notes(self.specification.parent / "CHANGELOG.md")

    def specified(self) -> Version:
        """The version that the specification describes now."""
        info = load(self.specification)["info"]
        number = number_at(info["version"], info.at("version"))
        return Version(number, self._digest(), openapi.read(self.specification))

    def generated(self) -> Version:
        """The version of the client. Raises Unreadable where it was generated from another specification."""
        found = versions.of_client(self.client / MANIFEST)
        if found.sha256 != self._digest():
            sentence = f"is not what {self.specification} generates; write it anew by `make generate`"
            raise Unreadable(sentence, Place(str(self.client)))
        return found

    def contents(self) -> Files:
        """The files of a copy. Raises Unreadable where the client is not as it was generated."""
        history = changelog(self.released(), self.generated(), self.notes())
        documents = {"CHANGELOG.md": history.encode(), "LICENSE": bytes_in(_ROOT / "LICENSE")}
        return vendored.contents(self.client, _about(), documents)

    def _digest(self) -> str:
        return hashlib.sha256(bytes_in(self.specification)).hexdigest()


def _about() -> Mapping[str, Any]:
    """What a copy needs and who made it, under the names that project metadata has for it."""
    whole = tomllib.loads(text_in(_ROOT / "pyproject.toml"))
    project, groups = whole["project"], whole["dependency-groups"]
    return {
        "generator": f"{project['name']} {project['version']}",
        "license": project["license"],
        "requires-python": project["requires-python"],
        "dependencies": groups["client"],
        "optional-dependencies": {
            name.removeprefix(_EXTRA): needed for name, needed in groups.items() if name.startswith(_EXTRA)
        },
    }


def vendor(source: Source, target: Path, *, force: bool = False) -> Outcome:
    """Put a copy in its place, or renew it; what would be lost by that is refused without `force`, and told with it.

    Raises Unreadable for a target that holds anything but a copy, and where it cannot be written.
    """
    files = source.contents()
    current = source.generated()
    if not vendored.hold(target, source.client):
        vendored.put(files, target)
        return Outcome((f"{target}: version {current.number}, {len(files)} files",))
    copied, lost = _copied(target), vendored.lost(target, files)
    if copied and copied.order > current.order:
        lost.append(f"version {copied.number}, which is newer than {current.number}")
    if lost and not force:
        return Outcome((f"{target}: not renewed; with --force is lost:", *lost), holds=False)
    if not lost and bytes_in(target / MANIFEST) == files[MANIFEST]:
        tidy(target)
        return Outcome((f"{target}: nothing new, version {current.number}; nothing was written",))
    vendored.put(files, target)
    return Outcome((*_step(target, copied, current), *(f"lost: {one}" for one in lost)))


def check(source: Source, target: Path) -> Outcome:
    """How a copy stands: is it whole, is it what `vendor` would write now, and what has changed since it did.

    Raises Unreadable where there is no copy.
    """
    if not vendored.hold(target, source.client):
        raise Unreadable("holds no copy of the client; make one by `vendor`", Place(str(target)))
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
        return versions.of_client(target / MANIFEST)
    except (ValueError, Unreadable):
        return None


def _stale(source: Source, target: Path, copied: Version) -> Iterator[str]:
    """Why a copy is not what `vendor` would write now."""
    current = source.specified()
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


def wheel(source: Source, destination: Path) -> Outcome:
    """Build wheel and sdist of the client into a folder. Raises Unreadable where that fails."""
    return Outcome(tuple(map(str, wheels.build(source.contents(), destination))))


def release(source: Source) -> Outcome:
    """Lock the facts of the contract's version, for those after it to be held against.

    Raises Unreadable where the lock cannot be written.
    """
    earlier, current = source.released(), source.generated()
    wrong = objection(earlier, current, source.notes())
    if wrong:
        return Outcome((f"{source.specification}: {wrong}",), holds=False)
    file = source.releases / f"{current.number}.yaml"
    if file.exists():
        return Outcome((f"{file}: is released already; nothing was written",))
    released.write(text_of(read(source.client)["contract"]), file)
    return Outcome((f"{file}: version {current.number} is released",))
