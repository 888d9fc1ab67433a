"""Mutants compared with the original in memory: no file is written."""

import json
from functools import cache

from generator.changes.spec_diff import SpecDiff, Specification, diff_specs
from generator.readers import openapi
from generator.yaml_document import loads
from tests.generator.oracles.mutants import Edit, mutant


def specified(edit: Edit, name: str) -> Specification:
    """The specification with one edit, under a name."""
    document = loads(json.dumps(mutant(edit)), name)
    return Specification(name, openapi.parse_specification(document).contracts)


@cache
def original_specification() -> Specification:
    """The specification as it is."""
    return specified(lambda _document: None, "harbour.json")


def diff_mutant(edit: Edit) -> SpecDiff:
    """The change to a mutant."""
    return diff_specs(original_specification(), specified(edit, "later.json"))
