"""Compares published documentation pages with their locks and the specification, and proposes a diff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from generator.contract.check import Comparison, Report, WitnessContracts, check
from generator.contract.compare import compare
from generator.contract.facts import Contract, Witness
from generator.contract.lock import dump_lock, read_lock
from generator.contract.match import operation_key
from generator.errors import Location
from generator.readers.witnesses import WitnessPaths
from generator.yaml_document import load_text

from .patch.diffs import diff_of
from .patch.spec_patch import Proposal, propose_patch


@frozen
class Drift:
    """The comparison of the specification and the locks with the published pages, and the diff of both that follows."""

    report: Report
    proposal: Proposal


def find_drift(specification: Path, pages: Mapping[Path, Contract]) -> Drift:
    """Compare published pages, by their locks, with these and with the specification.

    Known differences from the documentation are set aside. Entries that do not occur in any page are reported if there
    is a page for each lock and one of them says something else than its lock: an entry tells of newer pages. Raises
    InputError as `propose_patch` does.
    """
    paths = WitnessPaths(specification)
    accepted = [entry for entry in paths.read_known_differences() if entry.witness is Witness.DOCUMENTATION]
    locks = {path: read_lock(path) for path in pages}
    is_newer = any(compare(locks[path], page) for path, page in pages.items())
    complete = is_newer and len(pages) == len(paths.locks)
    documented = _contracts(Witness.DOCUMENTATION, paths.pages, [*pages.values()], complete=complete)
    proposal = propose_patch(specification, [page for page in pages.values() if not page.contradictions], accepted)
    specified = _contracts(Witness.SPECIFICATION, specification, proposal.contracts, complete=False)
    locked = _contracts(Witness.LOCK, paths.documented, [*locks.values()], complete=False)
    report = check([(specified, documented), (locked, documented)], accepted)
    changed = {comparison.operation for comparison in report.comparisons if _outdates_lock(comparison)}
    lock_diffs = [
        diff_of(lock, load_text(lock), dump_lock(page))
        for lock, page in pages.items()
        if operation_key(page) in changed
    ]
    files = (page.operation.location.file for page in pages.values() if page.contradictions)
    without_diff = (f"{file}: contradicts itself, so no diff is proposed; read the page" for file in files)
    unresolved = (*proposal.unresolved, *without_diff)
    return Drift(report, evolve(proposal, diff="".join((proposal.diff, *lock_diffs)), unresolved=unresolved))


def _outdates_lock(comparison: Comparison) -> bool:
    """Return True if the page of a comparison has to be locked again; not by a diff if some of it is not followed."""
    is_readable = not (comparison.right.unparsed or comparison.right.contradictions)
    is_of_lock = comparison.left.witness is Witness.LOCK
    return is_of_lock and is_readable and bool(comparison.differences) and not comparison.accepted


def _contracts(witness: Witness, path: Path, contracts: Sequence[Contract], *, complete: bool) -> WitnessContracts:
    return WitnessContracts(witness, Location(str(path)), tuple(contracts), complete=complete)
