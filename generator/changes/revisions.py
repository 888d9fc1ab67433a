"""Reads the specifications that `changes` and `review` compare: files, revisions of git, the last release."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from attrs import evolve, frozen

from generator.readers.openapi import ParsedSpecification, parse_specification
from generator.yaml_document import References, load_text, loads

from .diff import Change
from .releases import Versions, specified_version
from .spec_diff import SpecDiff, Specification, diff_specs
from .trees import WORKING_TREE, revision_tree
from .version_number import Version


@frozen
class Revision:
    """A specification in a file or in a revision of git, and the versions beside it."""

    name: str
    parsed: ParsedSpecification
    versions: Versions

    @property
    def specification(self) -> Specification:
        """The contracts with their name."""
        return Specification(self.name, self.parsed.contracts)


def read_revision(name: str, path: Path, today: date = date.min) -> Revision:
    """Read the specification in a file, or at `path` in a revision of git, with the files that it refers to.

    Raises InputError if there is neither, and as the reader does.
    """
    file, tree = Path(name), WORKING_TREE
    if (file.is_dir() or not file.exists()) and file.suffix not in {".yaml", ".yml", ".json"}:
        file, tree = path, revision_tree(name)
    document = tree.load(file)
    parsed = parse_specification(document, References.of(document, file, tree.load))
    return Revision(name, parsed, Versions(file, tree, today))


def diff_since(base: str | None, revision: Revision) -> SpecDiff | None:
    """Compare a revision with a file or a revision of git; without a base, with its last release.

    Returns None if no version is released. Raises InputError as `read_revision` does.
    """
    released = revision.versions.released()
    if base is not None:
        older = read_revision(base, revision.versions.specification).specification
    elif released:
        older = Specification(f"{released[-1].number}, the last release", released[-1].contracts)
    else:
        return None
    diff = diff_specs(older, revision.specification, today=revision.versions.today)
    since_last = diff.changes if base is None else revision.versions.since_last(revision.parsed.contracts, released)
    return _with_version(diff, revision, released, since_last)


def diff_files(path: Path, old: str, new: str, today: date = date.min) -> SpecDiff:
    """Compare two files with older and newer contents of the specification at a path; the null device has none.

    Raises InputError as `parse_specification` does, with the locations that `git diff` shows.
    """
    before, after = (_read_side(name, file, path, today) for name, file in ((f"a/{path}", old), (f"b/{path}", new)))
    older, newer = (side.specification if side else Specification(os.devnull, ()) for side in (before, after))
    diff = diff_specs(older, newer, today=today)
    if after is None:
        return diff
    released = after.versions.released()
    return _with_version(diff, after, released, after.versions.since_last(after.parsed.contracts, released))


def _read_side(name: str, file: str, path: Path, today: date) -> Revision | None:
    if file == os.devnull:
        return None
    return Revision(name, parse_specification(loads(load_text(Path(file)), name)), Versions(path, today=today))


def _with_version(
    diff: SpecDiff, revision: Revision, released: Sequence[Version], since_last: Sequence[Change]
) -> SpecDiff:
    """Add the number of the newer specification and the note on it, or what is wrong with them, after a release."""
    if not released:
        return diff
    current = specified_version(revision.parsed)
    problem = revision.versions.problem_of(current, released, since_last)
    return evolve(
        diff,
        version_problem=problem,
        version_location=revision.parsed.document["info"].location_of("version"),
        allowed_by="" if problem else current.number,
        note=revision.versions.notes().get(current.number, ""),
    )
