"""`check` pairs operations, sets known differences aside, and reports the others with both locations."""

import pytest
from attrs import evolve

from generator.contract import check as agreement
from generator.contract.check import Report, check
from generator.contract.difference import ABSENT
from generator.contract.facts import Contract, Operation, Witness
from generator.contract.known_differences import KnownDifference
from generator.contract.reader_notes import Page
from generator.errors import Location
from generator.reports.json import report_data
from generator.reports.text import report_table
from tests.generator.contracts import CLIENT, DESCRIPTORS, LOCK, SOURCE, SPECIFICATION, contract, summarize


def claims_of(
    *contracts: Contract, witness: Witness = SPECIFICATION, complete: bool = True
) -> agreement.WitnessContracts:
    return agreement.WitnessContracts(witness, Location(f"{witness.name.lower()}s"), contracts, complete)


def at(method: str, url: str, witness: Witness = SPECIFICATION) -> Contract:
    return evolve(contract(witness), operation=Operation(method, url, Location(witness.name.lower(), 1)))


def test_operations_are_paired_by_method_and_path() -> None:
    """Their order does not matter; an operation that one side lacks is reported with the location on the other."""
    left = claims_of(at("GET", "/a"), at("GET", "/b"), at("POST", "/b"))
    right = claims_of(
        at("POST", "/b", LOCK), at("GET", "/a", LOCK), at("GET", "/c", LOCK), at("GET", "/d", LOCK), witness=LOCK
    )
    report = check([(left, right)])
    assert [comparison.operation for comparison in report.comparisons] == ["GET /a", "POST /b"]
    assert summarize(report.others) == [
        ("operation-missing", "", "", "GET /b", ABSENT),
        ("operation-missing", "", "", ABSENT, "GET /c"),
        ("operation-missing", "", "", ABSENT, "GET /d"),
    ]
    assert str(report.others[0].right.location) == "locks"


def test_a_single_operation_on_each_side_is_one_that_differs() -> None:
    """So a wrong method or URL is reported as such."""
    report = check([(claims_of(at("GET", "/a")), claims_of(at("POST", "/a", LOCK), witness=LOCK))])
    assert summarize(report.differences) == [("value-differs", "", "method", "GET", "POST")]


def test_a_page_is_not_missed_for_what_it_is_not_about() -> None:
    """One page is no statement on other operations; one on an operation that nobody describes is a difference."""
    page = claims_of(at("GET", "/c", Witness.DOCUMENTATION), witness=Witness.DOCUMENTATION, complete=False)
    report = check([(claims_of(at("GET", "/a"), at("GET", "/b")), page)])
    assert summarize(report.others) == [("operation-missing", "", "", ABSENT, "GET /c")]


def test_two_locks_of_one_operation_are_both_held() -> None:
    """None hides behind the other."""
    locks = claims_of(at("GET", "/a", LOCK), evolve(at("GET", "/a", LOCK), parameters=()), witness=LOCK)
    assert len(check([(claims_of(at("GET", "/a")), locks)]).comparisons) == 2


KNOWN = KnownDifference(
    "field-missing", CLIENT, "GET /boats/{boatId}", "response", "name", "", "Why.", SOURCE, Location("known", 2)
)


def test_a_known_difference_is_set_aside() -> None:
    """It is still reported as known."""
    report = check([(claims_of(contract(id={})), claims_of(contract(CLIENT, id={}, name={}), witness=CLIENT))], [KNOWN])
    assert report.differences == ()
    assert report.comparisons[0].accepted == (KNOWN,)


@pytest.mark.parametrize(
    "other",
    [
        evolve(KNOWN, path="id"),
        evolve(KNOWN, part="body"),
        evolve(KNOWN, keyword="type"),
        evolve(KNOWN, operation="GET /boats"),
        evolve(KNOWN, id="fact-missing"),
    ],
)
def test_a_known_difference_excuses_nothing_else(other: KnownDifference) -> None:
    """An entry is exact; one that does not occur is stale, and the real difference stays."""
    report = check([(claims_of(contract(id={})), claims_of(contract(CLIENT, id={}, name={}), witness=CLIENT))], [other])
    assert [difference.id for difference in report.differences] == ["field-missing", "stale-exception"]


def test_a_known_difference_of_a_witness_that_is_not_there_is_not_stale() -> None:
    """Nobody can tell, because the descriptors are not installed."""
    entry = evolve(KNOWN, witness=DESCRIPTORS)
    claims = [(claims_of(contract(id={})), claims_of(contract(CLIENT, id={}), witness=CLIENT))]
    assert check(claims, [entry]).differences == ()


def _differing() -> Report:
    left = contract(id={"maxLength": 9}, tags={})
    right = evolve(contract(LOCK, id={"maxLength": 8}, tags={}), page=Page("page.md", "00", "pipe-table", "en", "O3"))
    return check([(claims_of(left), claims_of(right, witness=LOCK))])


def test_a_report_for_people_names_both_values_and_both_places() -> None:
    """Each difference starts with file, line and id, as tools can follow it."""
    assert report_table(_differing(), {}) == (
        "GET /boats/{boatId}: specification [specification.yaml] = documented facts [lock.yaml]: "
        "8 facts hold, 1 differ\n"
        "specification.yaml:4: value-differs: response id maxLength\n"
        "    specification     9  [specification.yaml:4]\n"
        "    documented facts  8  [lock.yaml:4]\n"
        "    the values differ; correct the wrong one, or list this in spec/known-differences.yaml\n"
        "1 difference\n"
    )


def test_a_report_for_machines_says_what_is_not_said() -> None:
    """Absence is `says: false`, which no value can be taken for."""
    data = report_data(check([(claims_of(contract(id={})), claims_of(contract(CLIENT), witness=CLIENT))], [KNOWN]), {})
    assert data["holds"] is False
    (difference,) = data["comparisons"][0]["differences"]
    assert difference["left"]["value"] == "string"
    assert difference["right"] == {"witness": "client", "says": False, "place": {"file": "client.yaml", "line": 3}}
    assert [difference["id"] for difference in data["others"]] == ["stale-exception"]
