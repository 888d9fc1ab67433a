"""Each fact with what every witness says of it, and what would happen if it were another one."""

from pathlib import Path

import pytest

from generator.changes.classify import Verdict
from generator.changes.what_if import MOVES, list_impacts
from generator.contract import check as agreement
from generator.contract.check import check
from generator.contract.facts import KEYWORDS, Fact, Value, Witness
from generator.errors import Location
from generator.readers.witnesses import WitnessPaths, load_witnesses
from generator.reports.html.evidence import WITNESSES, Evidence, FactRow, FactStatus, NotStated, evidence
from tests.generator.contracts import LOCK, contract

ROOT = Path(__file__).parents[3]


def found(specification: Path, client: Path | None = ROOT / "generated_client") -> Evidence:
    called = load_witnesses(WitnessPaths(specification, client))
    return evidence(called.pairs[0][0].contracts[0], check(called.pairs, called.known_differences))


def row(gathered: Evidence, path: str, keyword: str) -> FactRow:
    (one,) = (
        one for subject in gathered.subjects if subject.path == path for one in subject.rows if one.keyword == keyword
    )
    return one


@pytest.fixture(scope="module")
def own() -> Evidence:
    """The evidence for the project's own specification."""
    return found(ROOT / "spec" / "openapi.yaml")


def edited(folder: Path, old: str, new: str) -> Path:
    """The specification in a folder with a text in the place of another, and what stands beside it."""
    for file in (ROOT / "spec").rglob("*.yaml"):
        copy = folder / file.relative_to(ROOT / "spec")
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8")
        copy.write_text(text.replace(old, new, 1) if file.name == "openapi.yaml" else text, encoding="utf-8")
    assert old in (ROOT / "spec" / "openapi.yaml").read_text(encoding="utf-8")
    return folder / "openapi.yaml"


def test_every_fact_of_the_contract_has_one_row(own: Evidence) -> None:
    """And no row is of anything else, but for what is known to differ."""
    rows = [(one.part, one.path, row.keyword) for one in own.subjects for row in one.rows if row.keyword]
    assert rows == [(fact.part, fact.path, fact.keyword) for fact in own.contract.facts()]
    assert own.count(FactStatus.KNOWN) == 2
    assert own.count(FactStatus.DIFFERS) == 0


def test_a_row_says_who_says_it_and_where(own: Evidence) -> None:
    """Where `maxLength: 50` comes from: a line of the page, of the contract, of the client, and the descriptors."""
    said = row(own, "imageId", "maxLength").said
    assert [getattr(said[one], "value", None) for one in WITNESSES] == [50, 50, 50, 50]
    places = [str(getattr(said[one], "location", "")).rpartition("/")[2] for one in WITNESSES]
    assert places[0].startswith("image.get.yaml:")
    assert places[0].endswith(".md:22)")
    assert places[1].startswith("openapi.yaml:")
    assert places[2].startswith("__init__.py:")
    assert places[3] == "image_service.proto"


def test_what_the_page_does_not_say_stands_with_its_source(own: Evidence) -> None:
    """An addition is no fact that was agreed."""
    least = row(own, "imageId", "minLength")
    assert (least.status, least.said[Witness.LOCK]) == (FactStatus.SOURCED, NotStated.NOTHING)
    assert str(least.source).startswith("https://")


def test_a_witness_that_has_no_word_for_it_is_told_from_one_that_says_nothing(own: Evidence) -> None:
    """Descriptors know no units."""
    assert row(own, "compressedSize", "x-unit").said[Witness.DESCRIPTORS] is NotStated.CANNOT
    assert row(own, "imageId", "minLength").said[Witness.DESCRIPTORS] is NotStated.NOTHING


def test_a_field_is_not_taken_for_a_parameter_of_its_name() -> None:
    """The lock has a parameter `boatId`, and no field."""
    ours, locked = contract(boatId={}), contract(LOCK)
    left, right = (agreement.WitnessContracts(one.witness, Location(""), (one,)) for one in (ours, locked))
    gathered = evidence(ours, check([(left, right)]))
    (whole,) = (row for one in gathered.subjects if one.part == "response" for row in one.rows if not row.keyword)
    assert whole.said[LOCK] is NotStated.NOTHING


def test_a_false_fact_differs_in_its_row_alone(tmp_path: Path) -> None:
    """With the difference from each witness."""
    gathered = found(edited(tmp_path, "maxLength: 50", "maxLength: 40"))
    assert gathered.count(FactStatus.DIFFERS) == 1
    assert len(row(gathered, "imageId", "maxLength").differences) == 3


def test_a_field_that_others_know_has_a_row_too(tmp_path: Path) -> None:
    """What the contract lost is among the evidence."""
    gathered = found(
        edited(tmp_path, "        digest:\n          type: string\n", "        hash:\n          type: string\n")
    )
    assert row(gathered, "digest", "").status is FactStatus.DIFFERS
    assert row(gathered, "digest", "").said[Witness.SPECIFICATION] is NotStated.NOTHING
    assert row(gathered, "hash", "").status is FactStatus.DIFFERS


def test_without_a_client_its_column_says_so() -> None:
    """Nobody takes its silence for agreement."""
    gathered = found(ROOT / "spec" / "openapi.yaml", client=None)
    assert row(gathered, "imageId", "maxLength").said[Witness.CLIENT] is NotStated.NOT_CALLED


def test_every_keyword_can_be_moved() -> None:
    """But for one that only says where else a fact stands; a new keyword needs its line."""
    assert KEYWORDS.keys() - MOVES.keys() == {"x-same-as"}


@pytest.mark.parametrize(
    ("part", "keyword", "value", "expected"),
    [
        (
            "parameter",
            "maxLength",
            50,
            {"lowered, such as to 40": "request-narrowed", "raised, such as to 60 or taken out": "request-widened"},
        ),
        ("response", "maxLength", 4, {"lowered, such as to 3": "response-narrowed"}),
        ("parameter", "minimum", 0.5, {"raised, such as to 0.6": "request-narrowed"}),
        ("parameter", "enum", ("a", "b"), {"a value less": "request-values-removed"}),
        ("response", "enum", ("a", "b"), {"a value more or taken out": "response-values-added"}),
        ("parameter", "required", True, {"taken out": "request-optional"}),
        ("operation", "url", "https://h/p", {"another one": "path-changed"}),
        ("response", "x-unit", "byte", {"another one or taken out": "meaning-changed"}),
    ],
)
def test_each_move_is_judged_by_the_table_of_rules(
    part: str, keyword: str, value: Value, expected: dict[str, str]
) -> None:
    """Moves that one rule judges are told as one."""
    told = {one.edit: one.rule.id for one in list_impacts(Fact(part, "a", keyword, value, Location("")))}
    assert told.items() >= expected.items()


def test_a_tighter_bound_breaks_those_who_send_and_a_looser_one_nobody(own: Evidence) -> None:
    """What a newcomer asks of `maxLength: 50`."""
    lower, higher = (one.rule.verdicts for one in row(own, "imageId", "maxLength").impacts)
    assert (lower.request, lower.response, lower.source) == (
        Verdict.BREAKING,
        Verdict.COMPATIBLE,
        Verdict.COMPATIBLE,
    )
    assert higher.overall is Verdict.COMPATIBLE
