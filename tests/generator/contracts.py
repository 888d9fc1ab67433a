"""Small contracts for tests of what is done with contracts."""

from collections.abc import Mapping, Sequence
from typing import Any

from generator.contract.difference import Difference
from generator.contract.facts import Constraints, Contract, Field, Operation, Parameter, ResponseFacts, Value, Witness
from generator.errors import Location

URL = "https://boats.example/boats/{boatId}"
SOURCE = "https://example.com/where"
SPECIFICATION, LOCK, CLIENT, DESCRIPTORS = (Witness.SPECIFICATION, Witness.LOCK, Witness.CLIENT, Witness.DESCRIPTORS)


def constraints(values: Mapping[str, Value], sources: Mapping[str, str] | None = None) -> Constraints:
    return Constraints({"type": "string", **values}, sources=sources or {})


def contract(witness: Witness = SPECIFICATION, **fields: Mapping[str, Value] | Constraints) -> Contract:
    """A contract with a parameter, and the fields given by name."""
    file = f"{witness.name.lower()}.yaml"
    return Contract(
        witness=witness,
        operation=Operation("GET", URL, Location(file, 1)),
        parameters=(Parameter("boatId", "path", constraints({"required": True}), Location(file, 2)),),
        body=(),
        response=ResponseFacts(
            200,
            tuple(
                Field(name, facts if isinstance(facts, Constraints) else constraints(facts), Location(file, line))
                for line, (name, facts) in enumerate(fields.items(), 4)
            ),
            Location(file, 3),
        ),
    )


def summarize(differences: Sequence[Difference]) -> list[tuple[Any, ...]]:
    """Return id, path, keyword and both values of each difference."""
    return [
        (difference.id, difference.path, difference.keyword, difference.left.value, difference.right.value)
        for difference in differences
    ]
