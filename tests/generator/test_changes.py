"""Changes of the contract have texts and verdicts, and require a version number."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from generator.changes.classify import Verdict
from generator.changes.describe import describe
from generator.changes.diff import changes
from generator.changes.releases import dump_release, parse_notes, parse_release, version_from_dict
from generator.changes.version_number import Version, VersionProblem, version_problem
from generator.contract.facts import Contract, Field, Operation, Parameter
from generator.contract.serialize import to_dict
from generator.errors import InputError, Location
from generator.reports.changelog import changelog
from generator.yaml_document import loads
from tests.generator.contracts import SPECIFICATION, constraints, contract

B, R, C = Verdict.BREAKING, Verdict.REVIEW, Verdict.COMPATIBLE
NOWHERE = Location("spec.yaml")
A: Mapping[str, Any] = {"type": "string"}
"""Says nothing besides that there is one."""


def parameter(**values: Any) -> Contract:
    """A contract with one more parameter in the query; without values, it is left out."""
    extra = [Parameter("size", "query", constraints(values), NOWHERE)] if values else []
    return evolve(contract(), parameters=(*contract().parameters, *extra))


def response(**values: Any) -> Contract:
    """A contract with one field of the response; without values, none."""
    return contract(size=values) if values else contract()


def body(**values: Any) -> Contract:
    """A contract with one field of the body; without values, none."""
    return evolve(contract(), body=(Field("size", constraints(values), NOWHERE),) if values else ())


def at(method: str, url: str) -> Contract:
    return evolve(contract(), operation=Operation(method, url, NOWHERE))


NESTED = contract(SPECIFICATION, **{"size": {"type": "object"}, "size.width": A})
LIST, IN_QUERY = contract(SPECIFICATION, **{"sizes[]": A}), evolve(contract().parameters[0], in_="query")
SHIPS = at("GET", "https://boats.example/ships")


@pytest.mark.parametrize(
    ("older", "newer", "text", "verdict"),
    [
        (None, contract(), "added: operation", C),
        (contract(), None, "removed: operation", B),
        (response(**A), response(format="int64"), "added: response `size` format, `int64`", B),
        (response(**A), response(readOnly=True), "added: response `size` readOnly", R),
        (body(), body(required=True), "added: body `size`, `string`", B),
        (parameter(), parameter(**A), "added: parameter `size`, `string`", C),
        (response(**A), response(), "removed: response `size`, `string`", B),
        (parameter(default=1), parameter(**A), "removed: parameter `size` default, `1`", B),
        (
            contract(),
            evolve(contract(), parameters=(IN_QUERY,)),
            "changed: parameter `boatId` in, `path` -> `query`",
            B,
        ),
        (contract(sizes=A), LIST, "changed: response `sizes` type, `string` -> `list of string`", B),
        (
            LIST,
            contract(sizes={"type": "integer"}),
            "changed: response `sizes` type, `list of string` -> `integer`",
            B,
        ),
        (NESTED, response(**A), "changed: response `size` type, `object` -> `string`", B),
        (parameter(enum=("a", "b")), parameter(enum=("a",)), "changed: parameter `size` enum, `a | b` -> `a`", B),
        (response(maxLength=50), response(maxLength=40), "changed: response `size` maxLength, `50` -> `40`", C),
    ],
)
def test_a_change_has_a_text_and_a_verdict(
    older: Contract | None, newer: Contract | None, text: str, verdict: Verdict
) -> None:
    """Each kind of text; test_rules.py has the verdict of each kind of change."""
    before, after = ([side] if side else [] for side in (older, newer))
    (change,) = changes(before, after)
    assert (change.operation, describe(change), change.verdict) == ("GET /boats/{boatId}", text, verdict)
    assert changes(after, after) == ()


def test_an_operation_that_is_alone_on_both_sides_has_moved() -> None:
    """Both contracts have only one: so a client of an older generator is compared with the new one."""
    moved = at("POST", "https://boats.example/ships/{boatId}")
    assert [describe(change) for change in changes([contract()], [moved])] == [
        "changed: operation method, `GET` -> `POST`",
        "changed: operation path, `/boats/{boatId}` -> `/ships/{boatId}`",
    ]


def version(number: str, *contracts: Contract) -> Version:
    return Version(number, "0" * 64, contracts)


NOTES = parse_notes("# Notes\n\nOf versions.\n\n## 3.0.0\n\n## 2.0.0, of long sizes\n\nShorten what you give.\n")
OLD, WIDER, NARROWER = parameter(maxLength=50), parameter(maxLength=60), parameter(maxLength=40)


def test_the_changelog_says_what_each_version_brought() -> None:
    """The newest first, its note before its changes, breaking changes marked, one whose facts did not change too."""
    released = [version("1.0.0", OLD), version("1.1.0", WIDER), version("1.1.1", WIDER)]
    assert changelog(released, version("2.0.0", NARROWER), NOTES) == (
        "# Changes of the contract\n\n"
        "The newest version comes first; each line is a changed fact, found by comparing with the version before.\n\n"
        "## 2.0.0\n\nShorten what you give.\n\n`GET /boats/{boatId}`\n\n"
        "- changed: parameter `size` maxLength, `60` -> `40` (breaking)\n\n"
        "## 1.1.1\n\nNo fact changed.\n\n"
        "## 1.1.0\n\n`GET /boats/{boatId}`\n\n"
        "- changed: parameter `size` maxLength, `50` -> `60`\n\n"
        "## 1.0.0\n\nThe first version: 9 facts of `GET https://boats.example/boats/{boatId}`.\n"
    )
    assert changelog(released[:1], version("1.0.0", OLD), {}).count("## 1.0.0") == 1
    assert "## 1.0.0, not released\n" in changelog(released[:1], version("1.0.0", WIDER), {})


def problem_of(last: Version, current: Version, notes: Mapping[str, str]) -> VersionProblem | None:
    return version_problem(last, current, changes(last.contracts, current.contracts), notes, Path("spec/CHANGELOG.md"))


BREAKS, NARROWED = "breaks callers of 1.2.3; ", ": changed: parameter `size` maxLength, `50` -> `40`"


@pytest.mark.parametrize(
    ("number", "newer", "text"),
    [
        ("1.2.3", OLD, None),
        ("1.2.4", OLD, None),
        ("1.10.0", OLD, None),
        ("1.3.0", WIDER, None),
        ("2.0.0", NARROWER, None),
        ("3.0.0", NARROWER, f"{BREAKS}tell them what to do under `## 3.0.0` in spec/CHANGELOG.md{NARROWED}"),
        ("1.3.0", NARROWER, f"{BREAKS}set version 2.0.0{NARROWED}"),
        (
            "1.2.3",
            WIDER,
            "version 1.2.3 is released; set version 1.3.0: changed: parameter `size` maxLength, `50` -> `60`",
        ),
        ("1.2.2", OLD, "version 1.2.2 is older than the released 1.2.3; set version 1.2.3"),
    ],
)
def test_the_number_of_a_version_says_what_it_does_to_callers(number: str, newer: Contract, text: str | None) -> None:
    problem = problem_of(version("1.2.3", OLD), version(number, newer), NOTES)
    assert (problem and problem.sentence) == text
    assert problem is None or problem.is_blocking == ("is released" not in problem.reason)


def test_a_version_problem_names_the_operation_that_was_added_or_removed() -> None:
    added = problem_of(version("1.0.0", OLD), version("1.0.0", OLD, SHIPS), NOTES)
    removed = problem_of(version("1.0.0", OLD, SHIPS), version("2.0.0", OLD), {})
    assert [problem and problem.evidence for problem in (added, removed)] == [
        "added: operation `GET /ships`",
        "removed: operation `GET /ships`",
    ]


def released(number: str = "1.0.0") -> str:
    return dump_release({"title": "Boats", "version": number, "sha256": "0" * 64, "operations": [to_dict(OLD)]})


def test_a_release_is_read_back_as_it_was_written() -> None:
    release = parse_release(loads(released(), "1.0.0.yaml"))
    assert (release.number, release.sha256, release.contracts) == ("1.0.0", "0" * 64, (OLD,))
    with pytest.raises(InputError, match="was edited after the release; revert the edit"):
        parse_release(loads(released().replace("maxLength: 50", "maxLength: 40"), "1.0.0.yaml"))


@pytest.mark.parametrize("number", ["1.0", "1.0.0-beta", "01.0.0", "one", "1.0.0\n", "١.0.0", ""])
def test_a_version_that_cannot_be_ordered_is_refused(number: str) -> None:
    with pytest.raises(InputError, match=r"write it as MAJOR\.MINOR\.PATCH"):
        version_from_dict(loads(released(number), "1.0.0.yaml"))


def test_what_describes_no_version_is_refused() -> None:
    with pytest.raises(InputError, match="does not describe a version of the contract"):
        version_from_dict(loads("title: Boats", "manifest.json"))
