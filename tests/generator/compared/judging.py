"""Mutants judged in memory: no file is written, and what was judged once is remembered."""

import json
from functools import cache
from pathlib import Path

from generator.changes.spec_diff import Judgement, Specification, judge
from generator.readers import openapi
from generator.yaml_document import Table, loads
from tests.generator.compared.mutants import MUTANTS, Edit, mutant


def specified(edit: Edit, name: str) -> Specification:
    """The specification with one edit, under a name."""

    def load(_path: Path) -> Table:
        return loads(json.dumps(mutant(edit)), name)

    return Specification(name, openapi.described(Path(name), load))


@cache
def harbour() -> Specification:
    """The specification as it is."""
    return specified(lambda _document: None, "harbour.json")


def judged(edit: Edit) -> Judgement:
    """The change to a mutant."""
    return judge(harbour(), specified(edit, "later.json"))


@cache
def judged_by_name(name: str) -> Judgement:
    """The change to a mutant of the table."""
    return judged(MUTANTS[name])
