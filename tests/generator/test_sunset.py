"""Removals before and after the sunset that the older contract announced."""

from collections.abc import Callable
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

SPECIFICATION = Path(__file__).parents[2] / "spec" / "openapi.yaml"
METHOD = "/container-registry/v1/images/{imageId}"
TOMORROW, ON_THE_DAY = date(2027, 6, 2), date(2027, 6, 1)

Edit = Callable[[dict[str, Any]], None]


def announce(table: dict[str, Any]) -> None:
    table.update({"deprecated": True, "x-sunset": "2027-06-01"})


REMOVALS: dict[str, tuple[Edit, Edit]] = {
    "a field": (
        lambda document: announce(document["components"]["schemas"]["Image"]["properties"]["digest"]),
        lambda document: document["components"]["schemas"]["Image"]["properties"].pop("digest"),
    ),
    "a message": (
        lambda document: announce(document["components"]["schemas"]["Image"]["properties"]["config"]),
        lambda document: document["components"]["schemas"]["Image"]["properties"].pop("config"),
    ),
    "a list": (
        lambda document: announce(document["components"]["schemas"]["Image"]["properties"]["tags"]),
        lambda document: document["components"]["schemas"]["Image"]["properties"].pop("tags"),
    ),
    "a header of a request": (
        lambda document: announce(document["components"]["parameters"]["ClientRequestId"]),
        lambda document: document["paths"][METHOD]["get"]["parameters"].pop(),
    ),
    "a header of a response": (
        lambda document: announce(document["components"]["headers"]["ServerTraceId"]),
        lambda document: document["paths"][METHOD]["get"]["responses"]["200"]["headers"].pop("x-server-trace-id"),
    ),
}
"""The edit that announces the removal of a part, and the one that removes it."""


def edited(file: Path, *edits: Edit) -> tuple[Contract, ...]:
    """Write the specification with edits, and read it."""
    document: dict[str, Any] = yaml.safe_load(SPECIFICATION.read_text(encoding="utf-8"))
    for edit in edits:
        edit(document)
    file.write_text(dumps(document), encoding="utf-8")
    return openapi.read(file)


@pytest.mark.parametrize("removal", REMOVALS.values(), ids=REMOVALS)
def test_a_removal_after_its_sunset_is_announced(removal: tuple[Edit, Edit], tmp_path: Path) -> None:
    announcement, remove = removal
    plain, older = edited(tmp_path / "plain.yaml"), edited(tmp_path / "older.yaml", announcement)
    newer = edited(tmp_path / "newer.yaml", announcement, remove)
    assert {change.rule.id for change in changes(plain, older)} == {"deprecation-changed"}
    assert {change.rule.id for change in changes(older, newer, TOMORROW)} == {"removal-announced"}
    for before, today in ((older, ON_THE_DAY), (older, date.min), (plain, TOMORROW)):
        assert Verdict.BREAKING in {change.verdict for change in changes(before, newer, today)}


@pytest.mark.parametrize(("today", "rule"), [(TOMORROW, "removal-announced"), (ON_THE_DAY, "operation-removed")])
def test_an_operation_is_removed_as_announced(today: date, rule: str, tmp_path: Path) -> None:
    older = edited(tmp_path / "older.yaml", lambda document: announce(document["paths"][METHOD]["get"]))
    removed = [contract for contract in older if contract.operation.url.endswith(METHOD)]
    assert [change.rule.id for change in changes(removed, (), today)] == [rule]


def test_the_commands_compare_with_the_date_of_the_build(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older, newer = tmp_path / "older.yaml", tmp_path / "newer.yaml"
    announcement, remove = REMOVALS["a field"]
    edited(older, announcement)
    edited(newer, remove)
    for today, status, rule in ((TOMORROW, 0, "removal-announced"), (ON_THE_DAY, 1, "field-removed")):
        moment = datetime(today.year, today.month, today.day, tzinfo=UTC)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", f"{moment.timestamp():.0f}")
        done, output, _ = run("changes", str(older), str(newer))
        assert (done, rule in output) == (status, True)


def test_an_invalid_date_of_the_build_is_invalid_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "today")
    status, _, stderr = run("changes")
    assert (status, stderr) == (2, "SOURCE_DATE_EPOCH: is invalid; write seconds since 1970, or unset it\n")
