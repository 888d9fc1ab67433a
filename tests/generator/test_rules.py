"""Each compatibility rule applies to its case, spares those of others, and has its mirror."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from generator.changes.classify import Verdict
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
    """Return a subject, such as ``parameter:size``, ``body`` or ``response 404``, and its keywords."""
    return subject, {key.replace("x_", "x-").replace("_", "-"): value for key, value in keywords.items()}


def spec(*statements: Statement, url: str = URL, method: str = "GET", status: int = 200) -> Contract:
    """A contract that says so, beside what each of these says."""
    whole = contract()
    parameters, fields = list(whole.parameters), {"body": list[Field](), "response": list[Field]()}
    metadata = [Fact("operation", "", "operationId", "boats.get", NOWHERE)]
    for subject, keywords in statements:
        part, _, path = subject.partition(":")
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


def change(subject: str, keyword: str, was: Any, now: Any) -> Pair:
    """Two contracts that say something of a subject by one keyword."""
    return spec(of(subject, **{keyword: was})), spec(of(subject, **{keyword: now}))


def both(part: str, **keywords: Any) -> Pair:
    """A contract that does not say so, and one that does."""
    return spec(of(part)), spec(of(part, **keywords))


def back(pair: Pair) -> Pair:
    return pair[1], pair[0]


def map_of(part: str) -> Pair:
    """A map of anything, and one of texts."""
    whole = of(part, type="object")
    return spec(whole), spec(whole, of(f"{part}{{}}"))


SIZE, FIELD = "parameter:size", "response:size"
BODY = of("body", content=("json",))
XML = of("body", content=("json", "xml"))
NO_TOKEN, TOKEN, KEY = (of("operation", security=security) for security in (("none",), ("bearer",), ("bearer", "key")))

PLAIN = spec()
RENAMED = evolve(spec(url=URL.replace("{boatId}", "{id}")), parameters=(evolve(PLAIN.parameters[0], path="id"),))

CASES: Mapping[str, tuple[Pair | tuple[Contract, None] | tuple[None, Contract], str]] = {
    "operation-removed": ((PLAIN, None), "operation-added"),
    "operation-added": ((None, PLAIN), "operation-removed"),
    "method-changed": ((PLAIN, spec(method="POST")), "method-changed"),
    "path-changed": ((PLAIN, spec(url=f"{URL}/all")), "path-changed"),
    "server-changed": ((PLAIN, spec(url=URL.replace("s.ex", ".ex"))), "server-changed"),
    "operation-renamed": (change("operation", "operationId", "boats.read", "boats.get"), "operation-renamed"),
    "tag-renamed": (change("operation", "tags", ("a",), ("b",)), "tag-renamed"),
    "model-renamed": (change(FIELD, "model", "Boat", "Ship"), "model-renamed"),
    "security-dropped": ((spec(TOKEN), spec(NO_TOKEN)), "security-tightened"),
    "security-tightened": ((spec(NO_TOKEN), spec(TOKEN)), "security-dropped"),
    "security-widened": ((spec(TOKEN), spec(KEY)), "security-tightened"),
    "parameter-location-changed": (change(SIZE, "in", "query", "header"), "parameter-location-changed"),
    "path-parameter-renamed": ((PLAIN, RENAMED), "path-parameter-renamed"),
    "header-parameter-removed": ((spec(of(SIZE, **{"in": "header"})), PLAIN), "optional-field-added"),
    "parameter-removed": ((spec(of(SIZE)), PLAIN), "optional-field-added"),
    "map-restricted": (map_of("body:size"), "map-opened"),
    "map-opened": (back(map_of("body:size")), "map-restricted"),
    "response-map-restricted": (map_of(FIELD), "response-map-opened"),
    "response-map-opened": (back(map_of(FIELD)), "response-map-restricted"),
    "required-field-added": ((PLAIN, spec(of(SIZE, required=True))), "parameter-removed"),
    "optional-field-added": ((PLAIN, spec(of(SIZE))), "parameter-removed"),
    "body-removed": ((spec(BODY), PLAIN), "optional-field-added"),
    "property-removed": ((spec(BODY, of("body:size")), spec(BODY)), "optional-field-added"),
    "error-removed": ((spec(of("response 404", content=())), PLAIN), "field-added"),
    "header-removed": ((spec(of("header:x-size", type="string")), PLAIN), "field-added"),
    "field-removed": ((spec(of(FIELD)), PLAIN), "field-added"),
    "field-added": ((PLAIN, spec(of(FIELD))), "field-removed"),
    "status-changed": ((PLAIN, spec(status=201)), "status-changed"),
    "request-media-type-removed": ((spec(XML), spec(BODY)), "media-type-added"),
    "media-type-removed": (change("response", "content", ("json", "xml"), ("json",)), "media-type-added"),
    "media-type-added": ((spec(BODY), spec(XML)), "request-media-type-removed"),
    "request-number-widened": (change(SIZE, "type", "integer", "number"), "request-type-changed"),
    "number-narrowed": (change(FIELD, "type", "number", "integer"), "type-changed"),
    "request-type-changed": (change(SIZE, "type", "string", "integer"), "request-type-changed"),
    "type-changed": (change(FIELD, "type", "string", "integer"), "type-changed"),
    "request-format-changed": (both(SIZE, format="int64"), "request-format-changed"),
    "format-changed": (both(FIELD, format="int64"), "format-changed"),
    "request-nullable": (both(SIZE, nullable=True), "request-not-nullable"),
    "request-not-nullable": (back(both(SIZE, nullable=True)), "request-nullable"),
    "nullable": (both(FIELD, nullable=True), "not-nullable"),
    "not-nullable": (back(both(FIELD, nullable=True)), "nullable"),
    "request-default-changed": (change(SIZE, "default", 1, 2), "request-default-changed"),
    "default-changed": (change(FIELD, "default", 1, 2), "default-changed"),
    "request-required": (both(SIZE, required=True), "request-optional"),
    "request-optional": (back(both(SIZE, required=True)), "request-required"),
    "response-optional": (back(both(FIELD, required=True)), "response-required"),
    "response-required": (both(FIELD, required=True), "response-optional"),
    "request-values-removed": (change(SIZE, "enum", ("a", "b"), ("a",)), "request-values-added"),
    "request-values-added": (change(SIZE, "enum", ("a",), ("a", "b")), "request-values-removed"),
    "response-values-replaced": (change(FIELD, "enum", ("a",), ("b",)), "response-values-replaced"),
    "response-values-added": (change(FIELD, "enum", ("a",), ("a", "b")), "response-values-removed"),
    "response-values-removed": (change(FIELD, "enum", ("a", "b"), ("a",)), "response-values-added"),
    "response-values-listed": (both(FIELD, enum=("a",)), "response-values-added"),
    "request-narrowed": (change(SIZE, "maxLength", 50, 40), "request-widened"),
    "request-widened": (change(SIZE, "minLength", 2, 1), "request-narrowed"),
    "response-widened": (change(FIELD, "maxLength", 40, 50), "response-narrowed"),
    "response-narrowed": (change(FIELD, "minLength", 1, 2), "response-widened"),
    "direction-changed": (both(SIZE, readOnly=True), "direction-changed"),
    "request-exclusive": (both(SIZE, x_one_of=("size", "age")), "request-inclusive"),
    "request-inclusive": (change(SIZE, "x-one-of", ("size", "age", "name"), ("size", "age")), "request-exclusive"),
    "response-inclusive": (change(FIELD, "x-one-of", ("size", "age", "name"), ("size", "age")), "response-exclusive"),
    "response-exclusive": (both(FIELD, x_one_of=("size", "age")), "response-inclusive"),
    "elements-unique": (both(SIZE, uniqueItems=True), "elements-repeatable"),
    "elements-repeatable": (back(both(SIZE, uniqueItems=True)), "elements-unique"),
    "response-elements-repeatable": (back(both(FIELD, uniqueItems=True)), "response-elements-unique"),
    "response-elements-unique": (both(FIELD, uniqueItems=True), "response-elements-repeatable"),
    "request-meaning-changed": (change(SIZE, "x-unit", "byte", "kibibyte"), "request-meaning-changed"),
    "meaning-changed": (change(FIELD, "x-unit", "byte", "kibibyte"), "meaning-changed"),
    "deprecation-changed": (both(SIZE, deprecated=True), "deprecation-changed"),
    "removal-announced": ((spec(of(SIZE, deprecated=True, x_sunset="2027-05-31")), PLAIN), "optional-field-added"),
}
"""Rule -> a change that trips it, and the rule that the change back trips. Each rule spares the cases of the others."""

OWN_MIRROR: Mapping[str, str] = {
    "method-changed path-changed server-changed parameter-location-changed": "one place is as good as another",
    "operation-renamed tag-renamed model-renamed path-parameter-renamed": "one name is as good as another",
    "status-changed request-default-changed default-changed": "one value is as good as another",
    "request-type-changed type-changed": "no type is the wider one for every caller",
    "request-format-changed format-changed": "what a format allows is not in the contract",
    "response-values-replaced": "values go in both directions",
    "direction-changed": "needs review in both directions",
    "request-meaning-changed meaning-changed": "one meaning is as good as another",
    "deprecation-changed": "advice can be given and taken back",
}
"""Rules that judge the change back too, and why that is right."""


def rule_ids(older: Contract | None, newer: Contract | None) -> list[str]:
    before, after = ([side] if side else [] for side in (older, newer))
    return [change.rule.id for change in changes(before, after, date(2027, 6, 1))]


def test_every_rule_has_a_name_of_its_own_a_case_and_a_reason() -> None:
    assert sorted(rule.id for rule in RULES) == sorted(CASES)
    assert all(rule.why and rule.why[0].islower() and not rule.why.endswith(".") for rule in (*RULES, UNDECIDED))


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_trips_on_its_case_and_another_one_on_the_change_back(rule: str) -> None:
    (older, newer), mirror = CASES[rule]
    assert rule_ids(older, newer) == [rule]
    assert rule_ids(newer, older) == [mirror]


def test_a_rule_is_its_own_mirror_for_a_written_reason() -> None:
    own = {rule for rule, (_, mirror) in CASES.items() if mirror == rule}
    assert {rule for rules in OWN_MIRROR for rule in rules.split()} == own


def test_what_is_sent_breaks_no_response_and_what_is_received_no_request() -> None:
    """A change of one side of a call gets a verdict for that side; both sides may need review."""
    sent, got = {"parameter", "body"}, {"response", "error", "header"}
    of_sent = [rule.verdicts.response for rule in RULES if rule.parts <= sent]
    of_got = [rule.verdicts.request for rule in RULES if rule.parts <= got]
    assert of_sent
    assert {*of_sent, *of_got} == {Verdict.COMPATIBLE}


@pytest.mark.parametrize("family", ["parameter", "body", "response", "error", "header"])
def test_a_rule_is_about_each_move_of_each_keyword(family: str) -> None:
    """Nothing that can change is left undecided by chance."""
    undecided = [
        (keyword, kind)
        for keyword in KEYWORDS
        for kind in ("added", "removed")
        if not any(family in rule.parts and keyword in rule.keywords and kind in rule.kinds for rule in RULES)
    ]
    assert undecided == []
