"""Each compatibility rule applies to its case, spares another, and has its mirror."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from attrs import evolve, frozen

from generator.changes.classify import Verdict, family_of
from generator.changes.diff import changes
from generator.changes.rules import RULES, UNDECIDED
from generator.contract.facts import Constraints, Contract, Fact, Field, Operation, Parameter
from generator.contract.keywords import KEYWORDS
from generator.errors import Location
from tests.generator.contracts import URL, contract

NOWHERE = Location("spec.yaml", 1)
Pair = tuple[Contract, Contract]
Statement = tuple[str, Mapping[str, Any]]


def of(subject: str, **keywords: Any) -> Statement:
    """Return a subject, such as ``parameter size``, ``body`` or ``error default``, and its keywords."""
    return subject, {key.replace("x_", "x-").replace("_", "-"): value for key, value in keywords.items()}


def parted(subject: str) -> tuple[str, str]:
    """Part and path: ``response 404 size`` is the field `size` of that answer."""
    match = re.fullmatch(r"(\w+(?: (?:\d{3}|default))?)(?: (\S+))?", subject)
    assert match
    return match[1], match[2] or ""


def spec(*statements: Statement, url: str = URL, method: str = "GET", status: int = 200) -> Contract:
    """A contract that says so, beside what each of these says."""
    whole = contract()
    parameters, fields = list(whole.parameters), {"body": list[Field](), "response": list[Field]()}
    metadata = [Fact("operation", "", "operationId", "boats.get", NOWHERE)]
    for subject, keywords in statements:
        part, path = parted(subject)
        facts = {key: value for key, value in keywords.items() if key in KEYWORDS}
        constraints = Constraints({"type": "string", **facts})
        if part == "parameter":
            parameters.append(Parameter(path, keywords.get("in", "query"), constraints, NOWHERE))
        elif part in fields and path:
            fields[part].append(Field(path, constraints, NOWHERE))
        else:
            facts = {}
        metadata = [fact for fact in metadata if (fact.part, fact.keyword) != (part, next(iter(keywords), None))]
        metadata += [
            Fact(part, path, key, value, NOWHERE) for key, value in keywords.items() if key not in {*facts, "in"}
        ]
    return evolve(
        whole,
        operation=Operation(method, url, NOWHERE),
        parameters=tuple(parameters),
        body=tuple(fields["body"]),
        response=evolve(whole.response, status=status, fields=tuple(fields["response"])),
        operation_metadata=tuple(metadata),
    )


@frozen
class Case:
    """A change that trips a rule, the rule that the change back trips, and a change that the rule spares."""

    older: tuple[Contract, ...]
    newer: tuple[Contract, ...]
    back: str
    spared: Pair


def case(older: Contract | None, newer: Contract | None, back: str, spared: Pair) -> Case:
    return Case((older,) if older else (), (newer,) if newer else (), back, spared)


def of_operation(keyword: str, was: Any, now: Any) -> Pair:
    """Two contracts that say something of the operation as a whole by one keyword; None says nothing."""
    row, other = (spec(*([of("operation", **{keyword: value})] if value else [])) for value in (was, now))
    return row, other


SIZE = "parameter size"
PLAIN = spec()
WITH_PARAMETER, WITH_BODY, WITH_FIELD = (
    spec(of(SIZE)),
    spec(of("body", content=("json",)), of("body size")),
    spec(of("response size")),
)
DEPRECATED_PARAMETER, DEPRECATED_FIELD = spec(of(SIZE, deprecated=True)), spec(of("response size", deprecated=True))
HARMLESS = (WITH_PARAMETER, DEPRECATED_PARAMETER)
"""A change that is harmless to everybody."""


def both(part: str, **keywords: Any) -> Pair:
    """A contract that does not say so, and one that does."""
    return spec(of(part)), spec(of(part, **keywords))


def back(pair: Pair) -> Pair:
    return pair[1], pair[0]


def parameter_change(keyword: str, was: Any, now: Any, part: str = SIZE) -> Pair:
    return spec(of(part, **{keyword: was})), spec(of(part, **{keyword: now}))


def field_change(keyword: str, was: Any, now: Any) -> Pair:
    return parameter_change(keyword, was, now, "response size")


def map_of(part: str) -> Pair:
    """A map of anything, and one of texts."""
    whole = of(part, type="object")
    return spec(whole), spec(whole, of(f"{part}{{}}"))


BODY = of("body", content=("json",))
XML = of("body", content=("json", "xml"))
NO_TOKEN, TOKEN, KEY = (of("operation", security=security) for security in (("none",), ("bearer",), ("bearer", "key")))

CASES: Mapping[str, Case] = {
    "operation-removed": case(PLAIN, None, "operation-added", HARMLESS),
    "operation-added": case(None, PLAIN, "operation-removed", HARMLESS),
    "method-changed": case(PLAIN, spec(method="POST"), "method-changed", (PLAIN, spec(url=f"{URL}/all"))),
    "path-changed": case(PLAIN, spec(url=f"{URL}/all"), "path-changed", (PLAIN, spec(url=URL.replace("s.ex", ".ex")))),
    "server-changed": case(
        PLAIN, spec(url=URL.replace("s.ex", ".ex")), "server-changed", (PLAIN, spec(url=f"{URL}/all"))
    ),
    "operation-renamed": case(*of_operation("operationId", "boats.read", "boats.get"), "operation-renamed", HARMLESS),
    "tag-renamed": case(*of_operation("tags", ("a",), ("b",)), "tag-renamed", HARMLESS),
    "model-renamed": case(*field_change("model", "Boat", "Ship"), "model-renamed", both("response size", model="Boat")),
    "security-dropped": case(spec(TOKEN), spec(NO_TOKEN), "security-tightened", (spec(KEY), spec(TOKEN))),
    "security-tightened": case(spec(NO_TOKEN), spec(TOKEN), "security-dropped", (spec(TOKEN), spec(KEY))),
    "security-widened": case(spec(TOKEN), spec(KEY), "security-tightened", (spec(KEY), spec(TOKEN))),
    "parameter-location-changed": case(
        WITH_PARAMETER,
        spec(of(SIZE, **{"in": "header"})),
        "parameter-location-changed",
        parameter_change("maxLength", 1, 2),
    ),
    "path-parameter-renamed": case(
        PLAIN,
        evolve(spec(url=URL.replace("{boatId}", "{id}")), parameters=(evolve(PLAIN.parameters[0], path="id"),)),
        "path-parameter-renamed",
        (PLAIN, WITH_PARAMETER),
    ),
    "header-parameter-removed": case(
        spec(of(SIZE, **{"in": "header"})), PLAIN, "optional-field-added", (WITH_PARAMETER, PLAIN)
    ),
    "parameter-removed": case(WITH_PARAMETER, PLAIN, "optional-field-added", (WITH_BODY, spec(BODY))),
    "map-restricted": case(*map_of("body size"), "map-opened", map_of("response size")),
    "map-opened": case(*back(map_of("body size")), "map-restricted", (WITH_BODY, spec(BODY))),
    "response-map-restricted": case(*map_of("response size"), "response-map-opened", map_of("body size")),
    "response-map-opened": case(*back(map_of("response size")), "response-map-restricted", (WITH_FIELD, PLAIN)),
    "required-field-added": case(PLAIN, spec(of(SIZE, required=True)), "parameter-removed", (PLAIN, WITH_PARAMETER)),
    "optional-field-added": case(PLAIN, WITH_PARAMETER, "parameter-removed", (PLAIN, spec(of(SIZE, required=True)))),
    "body-removed": case(spec(BODY), PLAIN, "optional-field-added", (WITH_BODY, spec(BODY))),
    "property-removed": case(WITH_BODY, spec(BODY), "optional-field-added", (spec(BODY), PLAIN)),
    "error-removed": case(
        spec(of("response 404", content=())), PLAIN, "field-added", (PLAIN, spec(of("response 404", content=())))
    ),
    "header-removed": case(spec(of("header x-size", type="string")), PLAIN, "field-added", (WITH_FIELD, PLAIN)),
    "field-removed": case(WITH_FIELD, PLAIN, "field-added", (spec(of("header x-size", type="string")), PLAIN)),
    "field-added": case(PLAIN, WITH_FIELD, "field-removed", (PLAIN, WITH_PARAMETER)),
    "status-changed": case(PLAIN, spec(status=201), "status-changed", (PLAIN, WITH_FIELD)),
    "request-media-type-removed": case(spec(XML), spec(BODY), "media-type-added", (spec(BODY), spec(XML))),
    "media-type-removed": case(
        spec(of("response", content=("json", "xml"))),
        spec(of("response", content=("json",))),
        "media-type-added",
        (spec(XML), spec(BODY)),
    ),
    "media-type-added": case(spec(BODY), spec(XML), "request-media-type-removed", (spec(XML), spec(BODY))),
    "request-number-widened": case(
        *parameter_change("type", "integer", "number"),
        "request-type-changed",
        field_change("type", "integer", "number"),
    ),
    "number-narrowed": case(
        *field_change("type", "number", "integer"), "type-changed", parameter_change("type", "number", "integer")
    ),
    "request-type-changed": case(
        *parameter_change("type", "string", "integer"),
        "request-type-changed",
        field_change("type", "string", "integer"),
    ),
    "type-changed": case(
        *field_change("type", "string", "integer"), "type-changed", parameter_change("type", "string", "integer")
    ),
    "request-format-changed": case(
        *both(SIZE, format="int64"), "request-format-changed", both("response size", format="int64")
    ),
    "format-changed": case(*both("response size", format="int64"), "format-changed", both(SIZE, format="int64")),
    "request-nullable": case(*both(SIZE, nullable=True), "request-not-nullable", HARMLESS),
    "request-not-nullable": case(*back(both(SIZE, nullable=True)), "request-nullable", HARMLESS),
    "nullable": case(*both("response size", nullable=True), "not-nullable", HARMLESS),
    "not-nullable": case(*back(both("response size", nullable=True)), "nullable", HARMLESS),
    "request-default-changed": case(
        *parameter_change("default", 1, 2), "request-default-changed", field_change("default", 1, 2)
    ),
    "default-changed": case(*field_change("default", 1, 2), "default-changed", parameter_change("default", 1, 2)),
    "request-required": case(*both(SIZE, required=True), "request-optional", both("response size", required=True)),
    "request-optional": case(*back(both(SIZE, required=True)), "request-required", both(SIZE, required=True)),
    "response-optional": case(
        *back(both("response size", required=True)), "response-required", both(SIZE, required=True)
    ),
    "response-required": case(*both("response size", required=True), "response-optional", both(SIZE, required=True)),
    "request-values-removed": case(
        *parameter_change("enum", ("a", "b"), ("a",)),
        "request-values-added",
        parameter_change("enum", ("a",), ("a", "b")),
    ),
    "request-values-added": case(
        *parameter_change("enum", ("a",), ("a", "b")), "request-values-removed", both(SIZE, enum=("a",))
    ),
    "response-values-replaced": case(
        *field_change("enum", ("a",), ("b",)), "response-values-replaced", field_change("enum", ("a",), ("a", "b"))
    ),
    "response-values-added": case(
        *field_change("enum", ("a",), ("a", "b")), "response-values-removed", field_change("enum", ("a",), ("b",))
    ),
    "response-values-removed": case(
        *field_change("enum", ("a", "b"), ("a",)), "response-values-added", both("response size", enum=("a",))
    ),
    "response-values-listed": case(
        *both("response size", enum=("a",)), "response-values-added", field_change("enum", ("a", "b"), ("a",))
    ),
    "request-narrowed": case(
        *parameter_change("maxLength", 50, 40), "request-widened", parameter_change("minLength", 2, 1)
    ),
    "request-widened": case(
        *parameter_change("minLength", 2, 1), "request-narrowed", parameter_change("pattern", "a", "b")
    ),
    "response-widened": case(*field_change("maxLength", 40, 50), "response-narrowed", field_change("minLength", 1, 2)),
    "response-narrowed": case(*field_change("minLength", 1, 2), "response-widened", field_change("pattern", "a", "b")),
    "direction-changed": case(*both(SIZE, readOnly=True), "direction-changed", HARMLESS),
    "request-exclusive": case(*both(SIZE, x_one_of=("size", "age")), "request-inclusive", HARMLESS),
    "request-inclusive": case(
        *parameter_change("x-one-of", ("size", "age", "name"), ("size", "age")), "request-exclusive", HARMLESS
    ),
    "response-inclusive": case(
        *field_change("x-one-of", ("size", "age", "name"), ("size", "age")), "response-exclusive", HARMLESS
    ),
    "response-exclusive": case(*both("response size", x_one_of=("size", "age")), "response-inclusive", HARMLESS),
    "elements-unique": case(*both(SIZE, uniqueItems=True), "elements-repeatable", HARMLESS),
    "elements-repeatable": case(*back(both(SIZE, uniqueItems=True)), "elements-unique", HARMLESS),
    "response-elements-repeatable": case(
        *back(both("response size", uniqueItems=True)), "response-elements-unique", HARMLESS
    ),
    "response-elements-unique": case(
        *both("response size", uniqueItems=True), "response-elements-repeatable", HARMLESS
    ),
    "request-meaning-changed": case(
        *parameter_change("x-unit", "byte", "kibibyte"), "request-meaning-changed", HARMLESS
    ),
    "meaning-changed": case(*field_change("x-unit", "byte", "kibibyte"), "meaning-changed", HARMLESS),
    "deprecation-changed": case(*HARMLESS, "deprecation-changed", both(SIZE, readOnly=True)),
    "removal-announced": case(
        spec(of(SIZE, deprecated=True, x_sunset="2027-05-31")),
        PLAIN,
        "optional-field-added",
        (spec(of(SIZE, deprecated=True, x_sunset="2027-06-01")), PLAIN),
    ),
}

OWN_MIRROR: Mapping[str, str] = {
    "method-changed": "one method is as good as another",
    "path-changed": "one path is as good as another",
    "server-changed": "one server is as good as another",
    "operation-renamed": "one name is as good as another",
    "tag-renamed": "one name is as good as another",
    "model-renamed": "one name is as good as another",
    "path-parameter-renamed": "one name is as good as another",
    "parameter-location-changed": "one place is as good as another",
    "status-changed": "one status is as good as another",
    "request-type-changed": "no type is the wider one for every caller",
    "type-changed": "no type is the wider one for every caller",
    "request-format-changed": "what a format allows is not in the contract",
    "format-changed": "what a format allows is not in the contract",
    "request-default-changed": "one value is as good as another",
    "default-changed": "one value is as good as another",
    "response-values-replaced": "values go in both directions",
    "direction-changed": "needs review in both directions",
    "request-meaning-changed": "one meaning is as good as another",
    "meaning-changed": "one meaning is as good as another",
    "deprecation-changed": "advice can be given and taken back",
}
"""Rules that judge the change back too, and why that is right."""


def rule_ids(older: tuple[Contract, ...], newer: tuple[Contract, ...]) -> list[str]:
    return [change.rule.id for change in changes(older, newer, date(2027, 6, 1))]


def test_every_rule_has_a_name_of_its_own_and_a_case() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
    assert set(ids) == CASES.keys()


@pytest.mark.parametrize(("rule", "row"), CASES.items(), ids=CASES)
def test_a_rule_trips_on_its_case_and_spares_another(rule: str, row: Case) -> None:
    assert rule_ids(row.older, row.newer) == [rule]
    older, newer = row.spared
    assert older != newer
    assert rule not in rule_ids((older,), (newer,))


@pytest.mark.parametrize(("rule", "row"), CASES.items(), ids=CASES)
def test_a_rule_has_its_mirror(rule: str, row: Case) -> None:
    """The change back is judged by the rule that the case names: another one, or the same for a written reason."""
    assert rule_ids(row.newer, row.older) == [row.back]
    assert (row.back == rule) == (rule in OWN_MIRROR)


def test_what_is_sent_breaks_no_response_and_what_is_received_no_request() -> None:
    """A change of one side of a call gets a verdict for that side; both sides may need review."""
    sent, got = {"parameter", "body"}, {"response", "error", "answer", "header"}
    of_sent = [rule.verdicts.response for rule in RULES if rule.parts <= sent]
    of_got = [rule.verdicts.request for rule in RULES if rule.parts <= got]
    assert of_sent
    assert {*of_sent, *of_got} == {Verdict.COMPATIBLE}


def test_every_reason_is_needed() -> None:
    assert OWN_MIRROR.keys() <= CASES.keys()


def test_every_rule_says_why() -> None:
    assert all(rule.why and rule.why[0].islower() and not rule.why.endswith(".") for rule in (*RULES, UNDECIDED))


@pytest.mark.parametrize("part", [SIZE, "body size", "response size", "response 404 size", "header size"])
@pytest.mark.parametrize("keyword", KEYWORDS)
def test_a_rule_is_about_each_move_of_each_keyword(part: str, keyword: str) -> None:
    """Nothing that can change is left undecided by chance."""
    family = family_of(parted(part)[0])
    for moved in ("added", "removed"):
        assert any(family in rule.parts and keyword in rule.keywords and moved in rule.kinds for rule in RULES), moved
