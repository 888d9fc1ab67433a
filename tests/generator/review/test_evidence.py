"""Each fact has its statements, its status, and the impact of its edits."""

from pathlib import Path

import pytest

from generator.changes.evidence import Evidence, FactRow, FactStatus, NotStated, collect_evidence
from generator.changes.what_if import EDITS, list_impacts
from generator.contract.check import WitnessContracts, check
from generator.contract.facts import Fact, Value, Witness
from generator.contract.keywords import KEYWORDS
from generator.errors import Location
from generator.readers.witnesses import WitnessPaths, load_witnesses
from tests.generator.contracts import LOCK, contract
from tests.sample import FOLDER, SPECIFICATION, client


def evidence_of(specification: Path, *, with_client: bool = True) -> Evidence:
    witnesses = load_witnesses(WitnessPaths(specification, client() if with_client else None))
    return collect_evidence(witnesses.pairs[0][0].contracts[0], check(witnesses.pairs, witnesses.known_differences))


def row(evidence: Evidence, path: str, keyword: str) -> FactRow:
    rows = [row for subject in evidence.subjects if subject.path == path for row in subject.rows]
    (row,) = (row for row in rows if row.keyword == keyword)
    return row


@pytest.fixture(scope="module")
def own() -> Evidence:
    """The evidence for a specification."""
    return evidence_of(SPECIFICATION)


def edited(folder: Path, old: str, new: str) -> Path:
    """Copy the specification and the files beside it to a folder, with one text replaced."""
    for file in FOLDER.rglob("*.yaml"):
        copy = folder / file.relative_to(FOLDER)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8")
        copy.write_text(text.replace(old, new, 1) if file.name == "openapi.yaml" else text, encoding="utf-8")
    assert old in SPECIFICATION.read_text(encoding="utf-8")
    return folder / "openapi.yaml"


def test_every_fact_of_the_contract_has_one_row(own: Evidence) -> None:
    """And there are no other rows, except for known differences."""
    rows = [
        (subject.part, subject.path, row.keyword) for subject in own.subjects for row in subject.rows if row.keyword
    ]
    assert rows == [(fact.part, fact.path, fact.keyword) for fact in own.contract.facts()]
    assert own.count(FactStatus.KNOWN) == 2
    assert own.count(FactStatus.DIFFERS) == 0


def test_a_field_is_not_taken_for_a_parameter_of_its_name() -> None:
    """The lock has a parameter `boatId`, and no field."""
    ours, locked = contract(boatId={}), contract(LOCK)
    left, right = (WitnessContracts(side.witness, Location(""), (side,)) for side in (ours, locked))
    evidence = collect_evidence(ours, check([(left, right)]))
    rows = [row for subject in evidence.subjects if subject.part == "response" for row in subject.rows]
    (whole,) = (row for row in rows if not row.keyword)
    assert whole.statements[LOCK] is NotStated.NOT_MENTIONED


def test_a_false_fact_differs_in_its_row_alone(tmp_path: Path) -> None:
    """With one difference per witness."""
    evidence = evidence_of(edited(tmp_path, "maxLength: 50", "maxLength: 40"))
    assert evidence.count(FactStatus.DIFFERS) == 1
    assert len(row(evidence, "imageId", "maxLength").differences) == 3


def test_a_field_missing_in_the_contract_has_a_row(tmp_path: Path) -> None:
    """A fact that the contract lost is part of the evidence."""
    evidence = evidence_of(
        edited(tmp_path, "        digest:\n          type: string\n", "        hash:\n          type: string\n")
    )
    assert row(evidence, "digest", "").status is FactStatus.DIFFERS
    assert row(evidence, "digest", "").statements[Witness.SPECIFICATION] is NotStated.NOT_MENTIONED
    assert row(evidence, "hash", "").status is FactStatus.DIFFERS


def test_without_a_client_its_column_says_so() -> None:
    """Its missing statements do not count as agreement."""
    evidence = evidence_of(SPECIFICATION, with_client=False)
    assert row(evidence, "imageId", "maxLength").statements[Witness.CLIENT] is NotStated.NOT_LOADED


def test_every_keyword_has_edits() -> None:
    """A new kind of keyword needs its row."""
    assert KEYWORDS.keys() <= EDITS.keys()


@pytest.mark.parametrize(
    ("part", "keyword", "value", "expected"),
    [
        (
            "parameter",
            "maxLength",
            50,
            {"lowered, such as to 40": "request-narrowed", "raised, such as to 60 or removed": "request-widened"},
        ),
        ("response", "maxLength", 4, {"lowered, such as to 3": "response-narrowed"}),
        ("parameter", "minimum", 0.5, {"raised, such as to 0.6": "request-narrowed"}),
        ("parameter", "enum", ("a", "b"), {"one value removed": "request-values-removed"}),
        ("response", "enum", ("a", "b"), {"one value added or removed": "response-values-added"}),
        ("parameter", "required", True, {"removed": "request-optional"}),
        ("operation", "url", "https://h/p", {"replaced": "path-changed"}),
        ("response", "x-unit", "byte", {"replaced or removed": "meaning-changed"}),
    ],
)
def test_each_edit_is_classified_by_the_rules(part: str, keyword: str, value: Value, expected: dict[str, str]) -> None:
    """Edits with the same rule are merged."""
    edits = {impact.edit: impact.rule.id for impact in list_impacts(Fact(part, "a", keyword, value, Location("")))}
    assert edits.items() >= expected.items()
