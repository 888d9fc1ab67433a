"""`check` pairs operations, sets known differences aside, and reports the others with both locations."""

from typing import Any

import pytest
from attrs import evolve

from generator.contract.check import WitnessContracts, check
from generator.contract.difference import ABSENT
from generator.contract.facts import Contract, Operation, Witness
from generator.contract.known_differences import KnownDifference, parse_known_differences
from generator.errors import InputError, Location
from generator.reports.json import report_data
from generator.yaml_document import loads
from tests.generator.contracts import CLIENT, DESCRIPTORS, LOCK, SOURCE, SPECIFICATION, contract, summarize


def claims(*contracts: Contract, witness: Witness = SPECIFICATION, complete: bool = True) -> WitnessContracts:
    return WitnessContracts(witness, Location(f"{witness.name.lower()}s"), contracts, complete)


def at(operation: str, witness: Witness = SPECIFICATION) -> Contract:
    method, url = operation.split()
    return evolve(contract(witness), operation=Operation(method, url, Location(witness.name.lower(), 1)))


def test_operations_are_paired_by_method_and_path() -> None:
    """Their order does not matter; an operation that one side lacks is reported with the location on the other."""
    left = claims(*map(at, ("GET /a", "GET /b", "POST /b")))
    right = claims(*(at(key, LOCK) for key in ("POST /b", "GET /a", "GET /c", "GET /d")), witness=LOCK)
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
    report = check([(claims(at("GET /a")), claims(at("POST /a", LOCK), witness=LOCK))])
    assert summarize(report.differences) == [("value-differs", "", "method", "GET", "POST")]


def test_a_page_is_not_missed_for_what_it_is_not_about() -> None:
    """One page is no statement on other operations; one on an operation that nobody describes is a difference."""
    page = claims(at("GET /c", Witness.DOCUMENTATION), witness=Witness.DOCUMENTATION, complete=False)
    report = check([(claims(at("GET /a"), at("GET /b")), page)])
    assert summarize(report.others) == [("operation-missing", "", "", ABSENT, "GET /c")]


def test_two_locks_of_one_operation_are_both_compared() -> None:
    locks = claims(at("GET /a", LOCK), evolve(at("GET /a", LOCK), parameters=()), witness=LOCK)
    assert len(check([(claims(at("GET /a")), locks)]).comparisons) == 2


KNOWN = KnownDifference(
    "field-missing", CLIENT, "GET /boats/{boatId}", "response", "name", "", "Why.", SOURCE, Location("known", 2)
)
PAIR = claims(contract(id={})), claims(contract(CLIENT, id={}, name={}), witness=CLIENT)


def test_a_known_difference_is_set_aside() -> None:
    """It is still reported as known."""
    report = check([PAIR], [KNOWN])
    assert report.differences == ()
    assert report.comparisons[0].accepted == (KNOWN,)


@pytest.mark.parametrize(
    "other",
    [{"path": "id"}, {"part": "body"}, {"keyword": "type"}, {"operation": "GET /boats"}, {"id": "fact-missing"}],
)
def test_a_known_difference_excuses_nothing_else(other: dict[str, Any]) -> None:
    """An entry is exact; one that does not occur is stale, and the real difference stays."""
    report = check([PAIR], [evolve(KNOWN, **other)])
    assert [difference.id for difference in report.differences] == ["field-missing", "stale-exception"]


def test_a_known_difference_of_a_witness_that_is_not_there_is_not_stale() -> None:
    """Nobody can tell, because the descriptors are not installed."""
    entry = evolve(KNOWN, witness=DESCRIPTORS)
    assert [difference.id for difference in check([PAIR], [entry]).differences] == ["field-missing"]


ENTRY = """\
known:
  - difference: field-missing
    witness: descriptors
    operation: GET /boats/{boatId}
    part: response
    path: urls[]
    reason: The page is older.
    source: https://example.com/where
"""


def test_an_entry_of_the_known_differences_is_read() -> None:
    """With the line where it starts; its keyword is empty unless a single fact is meant."""
    (entry,) = parse_known_differences(loads(ENTRY, "known.yaml"))
    assert (entry.id, entry.witness.value, entry.path, entry.keyword) == ("field-missing", "descriptors", "urls[]", "")
    assert str(entry.location) == "known.yaml:2"
    assert parse_known_differences(loads("known: []\n", "known.yaml")) == ()


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ("known:\n", "known: {}\nolder:\n", "must have one key, `known`, with a list under it", 1),
        ("known:\n", "expected:\n", "must have one key, `known`, with a list under it", 1),
        ("known:\n", "known:\n  - urls\n", "an entry must be a mapping with difference, ", 2),
        ("    reason: The page is older.\n", "", "this entry lacks `reason`; it takes difference, ", 2),
        ("    part:", "    since: '2020'\n    part:", "this entry has the unknown key `since`", 2),
        ("The page is older.", "1", "`reason` must be a string", 7),
        ("field-missing", "field-gone", "unknown difference 'field-gone'; choose from: ", 2),
        ("descriptors", "gossip", "unknown witness 'gossip'; choose from: documentation", 3),
        ("https://example.com/where", "the wiki", "`source` must be an https:// URL", 8),
    ],
)
def test_an_invalid_list_of_known_differences_is_rejected(old: str, new: str, message: str, line: int) -> None:
    assert old in ENTRY
    with pytest.raises(InputError) as rejected:
        parse_known_differences(loads(ENTRY.replace(old, new, 1), "known.yaml"))
    assert rejected.value.message.startswith(message)
    assert rejected.value.location.line == line


def test_a_report_for_machines_says_what_is_not_said() -> None:
    """Absence is `says: false`, which no value can be taken for."""
    data = report_data(check([(claims(contract(id={})), claims(contract(CLIENT), witness=CLIENT))], [KNOWN]), {})
    assert data["holds"] is False
    (difference,) = data["comparisons"][0]["differences"]
    assert difference["left"]["value"] == "string"
    assert difference["right"] == {"witness": "client", "says": False, "place": {"file": "client.yaml", "line": 3}}
    assert [difference["id"] for difference in data["others"]] == ["stale-exception"]
