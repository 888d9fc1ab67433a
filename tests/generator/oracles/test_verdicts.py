"""Each kind of change has the agreed verdicts for requests, responses and Python source."""

from collections.abc import Sequence

import pytest

from generator.changes.classify import Verdict, Verdicts
from generator.changes.rules import RULES
from tests.generator.oracles.verdicts import diff_named_mutant

SIGNS = {Verdict.BREAKING: "B", Verdict.REVIEW: "?", Verdict.COMPATIBLE: "-"}

AGREED = (
    ("field removed from the answer", "- B B"),
    ("field renamed in the answer", "- B B"),
    ("field of an error removed", "- B B"),
    ("field removed from the body", "? - B"),
    ("field added to the answer", "- - -"),
    ("field added to the body", "- - -"),
    ("required field added to the body", "B - B"),
    ("field of the body required", "B - B"),
    ("field of the answer required", "- - -"),
    ("field of the body optional", "- - -"),
    ("field of the answer optional", "- B -"),  # and not source: the client has a default for every field
    ("sent in the body: text maxLength 40", "B - -"),
    ("sent in the query: any maxLength 60", "B - -"),
    ("answered: text maxLength 40", "- - -"),
    ("sent in the body: text maxLength 60", "- - -"),
    ("sent in the body: text maxLength left out", "- - -"),
    ("answered: text maxLength 60", "- B -"),
    ("answered: text maxLength left out", "- B -"),
    ("sent in the query: any pattern [a-z]+", "B - -"),
    ("sent in the query: text pattern [a-z]+", "B - -"),
    ("sent in the query: text pattern left out", "- - -"),
    ("answered: any pattern [a-z]+", "- - -"),
    ("answered: text pattern [a-z]+", "- B -"),
    ("answered: text pattern left out", "- B -"),
    ("sent in the body: kind enum ['SAIL', 'MOTOR', 'OAR']", "- - -"),
    ("answered: kind enum ['SAIL', 'MOTOR', 'OAR']", "- B -"),
    ("sent in the body: kind enum ['SAIL']", "B - B"),
    ("answered: kind enum ['SAIL']", "- - B"),
    ("sent in the body: number type string", "B - B"),
    ("answered: number type string", "- B B"),
    ("sent in the body: number type number", "- - -"),  # what was taken is taken
    ("answered: number type number", "- B B"),
    ("type in an error", "- B B"),
    ("sent in the body: day format date-time", "? - B"),
    ("answered: day format left out", "- B B"),
    ("sent in the query: number default 30", "B - B"),
    ("answered: number default 30", "- ? -"),  # needs review: what is left out of an answer stands for the default
    ("read-only", "? ? -"),  # and not source: the client keeps the field
    ("write-only", "? ? -"),
    ("values of a map", "- B B"),
    ("map of anything", "- B B"),
    ("required parameter added", "B - B"),
    ("optional parameter added", "- - -"),
    ("parameter removed", "B - B"),
    ("parameter in a header", "B - B"),
    ("header parameter removed", "B - -"),  # and not source: no argument is about a header
    ("header parameter required", "B - B"),
    ("path parameter renamed", "- - B"),
    ("path removed", "B B B"),
    ("operation removed", "B B B"),
    ("operation added", "- - -"),
    ("path renamed", "B B -"),  # and not source: the method is called after the operationId
    ("method changed", "B B -"),
    ("operation renamed", "- - B"),
    ("tag renamed", "- - B"),
    ("schema renamed", "- - B"),
    ("body not required", "- - -"),
    ("body removed", "B - B"),
    ("body added", "B - B"),
    ("another good status", "- B -"),  # and not source: the method gives the same class
    ("error removed", "- B -"),  # and not source: all errors are of one class
    ("default error removed", "- B -"),
    ("error added", "- - -"),
    ("answer header removed", "- B -"),
    ("answer header added", "- - -"),
    ("type of an answer header", "- B B"),
    ("security of another kind", "B - B"),
    ("security with both at once", "B - B"),
    ("security with one alternative less", "B - B"),
    ("security added", "- - -"),
    ("security removed", "- - ?"),
    ("security optional", "- - ?"),
    ("another server", "B - -"),  # and not source: an address has no type
    ("unit", "- B -"),
    ("answered: colours uniqueItems left out", "- B -"),
    ("sent in the body: colours uniqueItems left out", "- - -"),
    ("answered: any deprecated True", "- - -"),
)
"""A mutant, and its verdicts; where they are not what was proposed at first, the reason."""


OF_RULES = {
    "server-changed": "B - -",
    "map-restricted": "B - B",
    "map-opened": "- - B",
    "response-map-restricted": "- - B",
    "number-narrowed": "- - -",
    "response-values-replaced": "- B B",
    "response-values-listed": "- - -",
    "request-exclusive": "B - -",
    "request-inclusive": "- - -",
    "response-inclusive": "- B -",
    "response-exclusive": "- - -",
    "elements-unique": "B - -",  # and no review: it refuses lists as any limit does
    "response-elements-unique": "- - -",
    "request-meaning-changed": "? - -",
}
"""The same for rules that no mutant trips."""


@pytest.mark.parametrize(("name", "signs"), AGREED, ids=[name for name, _ in AGREED])
def test_each_kind_of_change_has_the_verdicts_agreed_on(name: str, signs: str) -> None:
    verdicts = [change.rule.verdicts for change in diff_named_mutant(name).changes]
    assert _signs(verdicts) == signs


def _signs(verdicts: Sequence[Verdicts]) -> str:
    """The worst for requests, answers and source."""
    worst = (
        min((getattr(verdict, axis) for verdict in verdicts), key=list(Verdict).index)
        for axis in ("request", "response", "source")
    )
    return " ".join(SIGNS[verdict] for verdict in worst)


def test_a_rule_that_no_mutant_trips_has_the_verdicts_agreed_on_too() -> None:
    rules = {rule.id: rule.verdicts for rule in RULES}
    assert {name: _signs([rules[name]]) for name in OF_RULES} == OF_RULES
