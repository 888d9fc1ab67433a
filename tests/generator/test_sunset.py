"""Removals before and after the sunset that the older contract announced."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.changes.classify import Verdict
from generator.changes.diff import changes
from generator.contract.facts import Contract
from generator.readers import openapi
from generator.yaml_document import dumps
from tests.commands import Run
from tests.sample import SPECIFICATION

TOMORROW, ON_THE_DAY = date(2027, 6, 2), date(2027, 6, 1)
GET = ("paths", "/container-registry/v1/images/{imageId}", "get")
IMAGE = ("components", "schemas", "Image", "properties")
Place = Sequence[str | int]

REMOVALS: Mapping[str, tuple[Place, Place]] = {
    "a field": ((*IMAGE, "digest"), (*IMAGE, "digest")),
    "a message": ((*IMAGE, "config"), (*IMAGE, "config")),
    "a list": ((*IMAGE, "tags"), (*IMAGE, "tags")),
    "a header of a request": (("components", "parameters", "ClientRequestId"), (*GET, "parameters", 1)),
    "a header of a response": (
        ("components", "headers", "ServerTraceId"),
        (*GET, "responses", "200", "headers", "x-server-trace-id"),
    ),
}
"""The place of a part, and the place that removes it."""


def edited(file: Path, announced: Place = (), removed: Place = ()) -> tuple[Contract, ...]:
    """Write the specification in which a part is announced to be removed, and one is removed; read it."""
    document: Any = yaml.safe_load(SPECIFICATION.read_text(encoding="utf-8"))
    if announced:
        at(document, announced).update({"deprecated": True, "x-sunset": "2027-06-01"})
    if removed:
        at(document, removed[:-1]).pop(removed[-1])
    file.write_text(dumps(document), encoding="utf-8")
    return openapi.read(file)


def at(node: Any, place: Place) -> Any:
    for key in place:
        node = node[key]
    return node


@pytest.mark.parametrize(("part", "removed"), REMOVALS.values(), ids=REMOVALS)
def test_a_removal_after_its_sunset_is_announced(part: Place, removed: Place, tmp_path: Path) -> None:
    plain, older = edited(tmp_path / "plain.yaml"), edited(tmp_path / "older.yaml", part)
    newer = edited(tmp_path / "newer.yaml", part, removed)
    assert {change.rule.id for change in changes(plain, older)} == {"deprecation-changed"}
    assert {change.rule.id for change in changes(older, newer, TOMORROW)} == {"removal-announced"}
    for before, today in ((older, ON_THE_DAY), (older, date.min), (plain, TOMORROW)):
        assert Verdict.BREAKING in {change.verdict for change in changes(before, newer, today)}


def test_an_operation_is_removed_as_announced(tmp_path: Path) -> None:
    older = edited(tmp_path / "older.yaml", GET)
    for today, rule in ((TOMORROW, "removal-announced"), (ON_THE_DAY, "operation-removed")):
        assert [change.rule.id for change in changes(older, (), today)] == [rule]


def test_the_commands_compare_with_the_date_of_the_build(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older, newer = tmp_path / "older.yaml", tmp_path / "newer.yaml"
    edited(older, REMOVALS["a field"][0])
    edited(newer, removed=REMOVALS["a field"][1])
    for today, status, rule in ((TOMORROW, 0, "removal-announced"), (ON_THE_DAY, 1, "field-removed")):
        moment = datetime(today.year, today.month, today.day, tzinfo=UTC)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", f"{moment.timestamp():.0f}")
        done, output, _ = run("changes", older, newer)
        assert (done, rule in output) == (status, True)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "today")
    problem = "SOURCE_DATE_EPOCH: is invalid; write seconds since 1970, or unset it\n"
    assert run("changes", older, newer) == (2, "", problem)
