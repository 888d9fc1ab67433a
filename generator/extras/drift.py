"""Compares published documentation pages with their locks and the specification, and proposes a diff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from generator.contract.check import Comparison, Report, WitnessContracts, check
from generator.contract.facts import Contract, Witness
from generator.contract.lock import dump_lock, read_lock
from generator.contract.match import operation_key
from generator.errors import InputError, Location
from generator.readers import openapi
from generator.readers.witnesses import WitnessPaths
from generator.yaml_document import YamlMapping, load, load_text

from .patch.diffs import diff_of
from .patch.spec_patch import Proposal, propose_patch


@frozen
class Drift:
    """The comparison of the specification and the locks with the published pages, and the diff of both that follows."""

    report: Report
    proposal: Proposal


def page_urls(specification: Path) -> Mapping[Path, str]:
    """Return the URL of each documented page, by the path of its lock.

    They are in `pages.yaml` beside the specification. Raises InputError for a lock without a URL, and for a URL without
    a lock.
    """
    paths = WitnessPaths(specification)
    document = load(paths.pages)
    urls = document.get("pages")
    if document.keys() != {"pages"} or not isinstance(urls, YamlMapping):
        raise InputError("must have one key, `pages`, with a mapping of locks to URLs under it", document.location)
    for lock in paths.locks:
        if lock.name not in urls:
            raise InputError(f"has no URL for {lock.name}; add the address of the page's Markdown", urls.location)
    for name, url in urls.items():
        location = urls.location_of(name)
        if paths.documented / str(name) not in paths.locks:
            raise InputError(f"the lock {name} is missing in {paths.documented}; remove this line", location)
        if not isinstance(url, str):
            raise InputError("the address of a page must be a string", location)
    return {lock: urls[lock.name] for lock in paths.locks}


def find_drift(specification: Path, pages: Mapping[Path, Contract]) -> Drift:
    """Compare published pages, by their locks, with these and with the specification.

    Known differences from the documentation are set aside. Entries that do not occur in any page are reported if there
    is a page for each lock. Raises InputError as `propose_patch` does.
    """
    paths = WitnessPaths(specification)
    accepted = [entry for entry in paths.read_known_differences() if entry.witness is Witness.DOCUMENTATION]
    complete = len(pages) == len(paths.locks)
    documented = _contracts(Witness.DOCUMENTATION, paths.pages, [*pages.values()], complete=complete)
    specified = _contracts(Witness.SPECIFICATION, specification, openapi.read(specification), complete=False)
    locked = _contracts(Witness.LOCK, paths.documented, [read_lock(path) for path in pages], complete=False)
    report = check([(specified, documented), (locked, documented)], accepted)
    proposal = propose_patch(specification, [*pages.values()], accepted)
    changed = {each.operation for each in report.comparisons if _outdates_lock(each)}
    lock_diffs = [_lock_diff(lock, page) for lock, page in pages.items() if operation_key(page) in changed]
    return Drift(report, Proposal("".join((proposal.diff, *lock_diffs)), proposal.unresolved))


def _outdates_lock(comparison: Comparison) -> bool:
    """Return True if the page of a comparison has to be locked again; not by a diff if some of it is not followed."""
    is_readable = not (comparison.right.unparsed or comparison.right.contradictions)
    is_of_lock = comparison.left.witness is Witness.LOCK
    return is_of_lock and is_readable and bool(comparison.differences) and not comparison.accepted


def _lock_diff(lock: Path, page: Contract) -> str:
    return diff_of(lock, load_text(lock), dump_lock(page))


def _contracts(witness: Witness, path: Path, contracts: Sequence[Contract], *, complete: bool) -> WitnessContracts:
    return WitnessContracts(witness, Location(str(path)), tuple(contracts), complete=complete)
