"""The table of rules: each trips on its case, spares another, and has its mirror."""

import re
from collections.abc import Mapping
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
Said = tuple[str, Mapping[str, Any]]


def of(subject: str, **said: Any) -> Said:
    """Return a subject, such as ``parameter size``, ``body`` or ``error default``, and its keywords."""
    return subject, {key.replace("x_", "x-").replace("_", "-"): value for key, value in said.items()}


def parted(subject: str) -> tuple[str, str]:
    """Part and path: ``response 404 size`` is the field `size` of that answer."""
    found = re.fullmatch(r"(\w+(?: (?:\d{3}|default))?)(?: (\S+))?", subject)
    assert found
    return found[1], found[2] or ""


def spec(*stated: Said, url: str = URL, method: str = "GET", status: int = 200) -> Contract:
    """A contract that says so, beside what each of these says."""
    whole = contract()
    parameters, fields = list(whole.parameters), {"body": list[Field](), "response": list[Field]()}
    besides = [Fact("operation", "", "operationId", "boats.get", NOWHERE)]
    for subject, keywords in stated:
        part, path = parted(subject)
        facts = {key: value for key, value in keywords.items() if key in KEYWORDS}
        constraints = Constraints({"type": "string", **facts})
        if part == "parameter":
            parameters.append(Parameter(path, keywords.get("in", "query"), constraints, NOWHERE))
        elif part in fields and path:
            fields[part].append(Field(path, constraints, NOWHERE))
        else:
            facts = {}
        besides = [fact for fact in besides if (fact.part, fact.keyword) != (part, next(iter(keywords), None))]
        besides += [
            Fact(part, path, key, value, NOWHERE) for key, value in keywords.items() if key not in {*facts, "in"}
        ]
    return evolve(
        whole,
        operation=Operation(method, url, NOWHERE),
        parameters=tuple(parameters),
        body=tuple(fields["body"]),
        response=evolve(whole.response, status=status, fields=tuple(fields["response"])),
        operation_metadata=tuple(besides),
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
    one, other = (spec(*([of("operation", **{keyword: value})] if value else [])) for value in (was, now))
    return one, other


SIZE = "parameter size"
PLAIN = spec()
ASKED, GIVEN, ANSWERED = spec(of(SIZE)), spec(of("body", content=("json",)), of("body size")), spec(of("response size"))
ASKED_DEPRECATED, ANSWERED_DEPRECATED = spec(of(SIZE, deprecated=True)), spec(of("response size", deprecated=True))
NOTED = (ASKED, ASKED_DEPRECATED)
"""A change that is harmless to everybody."""


def both(part: str, **said: Any) -> Pair:
    """A contract that does not say so, and one that does."""
    return spec(of(part)), spec(of(part, **said))


def back(pair: Pair) -> Pair:
    return pair[1], pair[0]


def asked(keyword: str, was: Any, now: Any, part: str = SIZE) -> Pair:
    return spec(of(part, **{keyword: was})), spec(of(part, **{keyword: now}))


def answered(keyword: str, was: Any, now: Any) -> Pair:
    return asked(keyword, was, now, "response size")


def map_of(part: str) -> Pair:
    """A map of anything, and one of texts."""
    whole = of(part, type="object")
    return spec(whole), spec(whole, of(f"{part}{{}}"))


BODY = of("body", content=("json",))
XML = of("body", content=("json", "xml"))
NO_TOKEN, TOKEN, KEY = (of("operation", security=security) for security in (("none",), ("bearer",), ("bearer", "key")))

CASES: Mapping[str, Case] = {
    "operation-removed": case(PLAIN, None, "operation-added", NOTED),
    "operation-added": case(None, PLAIN, "operation-removed", NOTED),
    "method-changed": case(PLAIN, spec(method="POST"), "method-changed", (PLAIN, spec(url=f"{URL}/all"))),
    "path-changed": case(PLAIN, spec(url=f"{URL}/all"), "path-changed", (PLAIN, spec(url=URL.replace("s.ex", ".ex")))),
    "server-changed": case(
        PLAIN, spec(url=URL.replace("s.ex", ".ex")), "server-changed", (PLAIN, spec(url=f"{URL}/all"))
    ),
    "operation-renamed": case(*of_operation("operationId", "boats.read", "boats.get"), "operation-renamed", NOTED),
    "tag-renamed": case(*of_operation("tags", ("a",), ("b",)), "tag-renamed", NOTED),
    "model-renamed": case(*answered("model", "Boat", "Ship"), "model-renamed", both("response size", model="Boat")),
    "security-dropped": case(spec(TOKEN), spec(NO_TOKEN), "security-tightened", (spec(KEY), spec(TOKEN))),
    "security-tightened": case(spec(NO_TOKEN), spec(TOKEN), "security-dropped", (spec(TOKEN), spec(KEY))),
    "security-widened": case(spec(TOKEN), spec(KEY), "security-tightened", (spec(KEY), spec(TOKEN))),
    "parameter-location-changed": case(
        ASKED, spec(of(SIZE, **{"in": "header"})), "parameter-location-changed", asked("maxLength", 1, 2)
    ),
    "path-parameter-renamed": case(
        PLAIN,
        evolve(spec(url=URL.replace("{boatId}", "{id}")), parameters=(evolve(PLAIN.parameters[0], path="id"),)),
        "path-parameter-renamed",
        (PLAIN, ASKED),
    ),
    "header-parameter-removed": case(spec(of(SIZE, **{"in": "header"})), PLAIN, "optional-field-added", (ASKED, PLAIN)),
    "parameter-removed": case(ASKED, PLAIN, "optional-field-added", (GIVEN, spec(BODY))),
    "map-restricted": case(*map_of("body size"), "map-opened", map_of("response size")),
    "map-opened": case(*back(map_of("body size")), "map-restricted", (GIVEN, spec(BODY))),
    "response-map-restricted": case(*map_of("response size"), "response-map-opened", map_of("body size")),
    "response-map-opened": case(*back(map_of("response size")), "response-map-restricted", (ANSWERED, PLAIN)),
    "required-field-added": case(PLAIN, spec(of(SIZE, required=True)), "parameter-removed", (PLAIN, ASKED)),
    "optional-field-added": case(PLAIN, ASKED, "parameter-removed", (PLAIN, spec(of(SIZE, required=True)))),
    "body-removed": case(spec(BODY), PLAIN, "optional-field-added", (GIVEN, spec(BODY))),
    "property-removed": case(GIVEN, spec(BODY), "optional-field-added", (spec(BODY), PLAIN)),
    "error-removed": case(
        spec(of("response 404", content=())), PLAIN, "field-added", (PLAIN, spec(of("response 404", content=())))
    ),
    "header-removed": case(spec(of("header x-size", type="string")), PLAIN, "field-added", (ANSWERED, PLAIN)),
    "field-removed": case(ANSWERED, PLAIN, "field-added", (spec(of("header x-size", type="string")), PLAIN)),
    "field-added": case(PLAIN, ANSWERED, "field-removed", (PLAIN, ASKED)),
    "status-changed": case(PLAIN, spec(status=201), "status-changed", (PLAIN, ANSWERED)),
    "request-media-type-removed": case(spec(XML), spec(BODY), "media-type-added", (spec(BODY), spec(XML))),
    "media-type-removed": case(
        spec(of("response", content=("json", "xml"))),
        spec(of("response", content=("json",))),
        "media-type-added",
        (spec(XML), spec(BODY)),
    ),
    "media-type-added": case(spec(BODY), spec(XML), "request-media-type-removed", (spec(XML), spec(BODY))),
    "request-number-widened": case(
        *asked("type", "integer", "number"), "request-type-changed", answered("type", "integer", "number")
    ),
    "number-narrowed": case(*answered("type", "number", "integer"), "type-changed", asked("type", "number", "integer")),
    "request-type-changed": case(
        *asked("type", "string", "integer"), "request-type-changed", answered("type", "string", "integer")
    ),
    "type-changed": case(*answered("type", "string", "integer"), "type-changed", asked("type", "string", "integer")),
    "request-format-changed": case(
        *both(SIZE, format="int64"), "request-format-changed", both("response size", format="int64")
    ),
    "format-changed": case(*both("response size", format="int64"), "format-changed", both(SIZE, format="int64")),
    "request-default-changed": case(*asked("default", 1, 2), "request-default-changed", answered("default", 1, 2)),
    "default-changed": case(*answered("default", 1, 2), "default-changed", asked("default", 1, 2)),
    "request-required": case(*both(SIZE, required=True), "request-optional", both("response size", required=True)),
    "request-optional": case(*back(both(SIZE, required=True)), "request-required", both(SIZE, required=True)),
    "response-optional": case(
        *back(both("response size", required=True)), "response-required", both(SIZE, required=True)
    ),
    "response-required": case(*both("response size", required=True), "response-optional", both(SIZE, required=True)),
    "request-values-removed": case(
        *asked("enum", ("a", "b"), ("a",)), "request-values-added", asked("enum", ("a",), ("a", "b"))
    ),
    "request-values-added": case(*asked("enum", ("a",), ("a", "b")), "request-values-removed", both(SIZE, enum=("a",))),
    "response-values-replaced": case(
        *answered("enum", ("a",), ("b",)), "response-values-replaced", answered("enum", ("a",), ("a", "b"))
    ),
    "response-values-added": case(
        *answered("enum", ("a",), ("a", "b")), "response-values-removed", answered("enum", ("a",), ("b",))
    ),
    "response-values-removed": case(
        *answered("enum", ("a", "b"), ("a",)), "response-values-added", both("response size", enum=("a",))
    ),
    "response-values-listed": case(
        *both("response size", enum=("a",)), "response-values-added", answered("enum", ("a", "b"), ("a",))
    ),
    "request-narrowed": case(*asked("maxLength", 50, 40), "request-widened", asked("minLength", 2, 1)),
    "request-widened": case(*asked("minLength", 2, 1), "request-narrowed", asked("pattern", "a", "b")),
    "response-widened": case(*answered("maxLength", 40, 50), "response-narrowed", answered("minLength", 1, 2)),
    "response-narrowed": case(*answered("minLength", 1, 2), "response-widened", answered("pattern", "a", "b")),
    "direction-changed": case(*both(SIZE, readOnly=True), "direction-changed", NOTED),
    "request-exclusive": case(*both(SIZE, x_one_of=("size", "age")), "request-inclusive", NOTED),
    "request-inclusive": case(*asked("x-one-of", ("size", "age", "name"), ("size", "age")), "request-exclusive", NOTED),
    "response-inclusive": case(
        *answered("x-one-of", ("size", "age", "name"), ("size", "age")), "response-exclusive", NOTED
    ),
    "response-exclusive": case(*both("response size", x_one_of=("size", "age")), "response-inclusive", NOTED),
    "elements-unique": case(*both(SIZE, uniqueItems=True), "elements-repeatable", NOTED),
    "elements-repeatable": case(*back(both(SIZE, uniqueItems=True)), "elements-unique", NOTED),
    "response-elements-repeatable": case(
        *back(both("response size", uniqueItems=True)), "response-elements-unique", NOTED
    ),
    "response-elements-unique": case(*both("response size", uniqueItems=True), "response-elements-repeatable", NOTED),
    "request-meaning-changed": case(*asked("x-unit", "byte", "kibibyte"), "request-meaning-changed", NOTED),
    "meaning-changed": case(*answered("x-unit", "byte", "kibibyte"), "meaning-changed", NOTED),
    "deprecation-changed": case(*NOTED, "deprecation-changed", both(SIZE, readOnly=True)),
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


def judged(older: tuple[Contract, ...], newer: tuple[Contract, ...]) -> list[str]:
    return [change.rule.id for change in changes(older, newer)]


def test_every_rule_has_a_name_of_its_own_and_a_case() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
    assert set(ids) == CASES.keys()


@pytest.mark.parametrize(("rule", "one"), CASES.items(), ids=CASES)
def test_a_rule_trips_on_its_case_and_spares_another(rule: str, one: Case) -> None:
    assert judged(one.older, one.newer) == [rule]
    older, newer = one.spared
    assert older != newer
    assert rule not in judged((older,), (newer,))


@pytest.mark.parametrize(("rule", "one"), CASES.items(), ids=CASES)
def test_a_rule_has_its_mirror(rule: str, one: Case) -> None:
    """The change back is judged by the rule that the case names: another one, or the same for a written reason."""
    assert judged(one.newer, one.older) == [one.back]
    assert (one.back == rule) == (rule in OWN_MIRROR)


def test_what_is_sent_breaks_no_answer_and_what_is_answered_no_request() -> None:
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
