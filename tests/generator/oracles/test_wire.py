"""The rules on requests and responses agree with a JSON Schema validator."""

from collections.abc import Sequence

import pytest
from jsonschema_rs import validator_for

from generator.changes.classify import Verdict
from tests.generator.oracles.mutants import OF_VALUES, VALUES, Edit, Json, Node, holder_of, mutant, original, say
from tests.generator.oracles.verdicts import diff_mutant

ASIDE = {"default", "format", "deprecated"}
VALIDATED = [row for row in OF_VALUES if row[1] not in ASIDE and row != ("text", "pattern", "[a-z]+")]
"""Changes that a validator can judge. It cannot tell which of two patterns allows more, and neither can the rules."""

POOL: Sequence[Json] = (
    *("a" * length for length in range(70)),
    *("a b", "A", "AB", "a1", "b", "SAIL", "MOTOR", "OAR", "1"),
    *range(-3, 120),
    *(0.5, 1.5, 99.5, None, True, {}),
    *([*map(str, range(length))] for length in range(9)),
    *(["a"] * length for length in range(2, 9)),
)
"""Values on both sides of every limit."""


def _allowed(document: Node, pointer: str) -> set[int]:
    holder, key = holder_of(document, pointer)
    validator = validator_for(holder[key])
    return {index for index, value in enumerate(POOL) if validator.is_valid(value)}


@pytest.mark.parametrize(
    "row", VALIDATED, ids=[f"{value} {keyword} {replacement}" for value, keyword, replacement in VALIDATED]
)
@pytest.mark.parametrize(("place", "axis"), [("sent in the body", "request"), ("answered", "response")])
def test_the_rules_say_of_the_wire_what_a_validator_says(row: tuple[str, str, object], place: str, axis: str) -> None:
    """A request breaks where a value that could be sent is refused, an answer where one comes that could not."""
    value, keyword, replacement = row
    pointer = VALUES[place][value]
    edit: Edit = say(f"{pointer}/{keyword}", replacement)
    before, after = _allowed(original(), pointer), _allowed(mutant(edit), pointer)
    assert before != after
    verdicts = [change.rule.verdicts for change in diff_mutant(edit).changes]
    lost, other = (before - after, "response") if axis == "request" else (after - before, "request")
    assert (Verdict.BREAKING in {getattr(verdict, axis) for verdict in verdicts}) == bool(lost)
    assert {getattr(verdict, other) for verdict in verdicts} == {Verdict.COMPATIBLE}
