"""`page-history` lists the facts that were added and removed between the editions of a page."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from attrs import evolve

from generator import cli
from generator.contract.facts import Contract, Operation, Value
from generator.contract.keywords import KEYWORDS
from generator.contract.reader_notes import Page
from generator.errors import Location
from generator.extras.page_history import format_history
from tests.contract.pages import page_of
from tests.generator.contracts import LOCK, contract
from tests.sample import locks

PATTERN = "[a-z][a-z0-9-]{1,61}[a-z0-9]"


def _edition(file: str, generation: str = "O3", /, **fields: Mapping[str, Value]) -> Contract:
    operation = Operation("GET", "https://harbour.example/boats/{boatId}", Location(file, 1))
    page = Page(file, "", "pipe-table", "en", generation)
    return evolve(contract(LOCK, **fields), operation=operation, page=page)


def test_a_fact_that_came_or_went_has_a_row() -> None:
    """A column for each edition; what all of them say alike has none."""
    table = format_history(
        [
            _edition("2020.md", id={}, name={"maxLength": 50}),
            _edition(
                "2021.md", id={"readOnly": True}, name={"maxLength": 63, "pattern": "[a-z][a-z0-9-]{1,61}[a-z0-9]"}
            ),
            _edition("2023.md", id={"readOnly": True}, size={}),
        ]
    )
    assert table == (
        "1  2020.md  O3, en\n"
        "2  2021.md  O3, en\n"
        "3  2023.md  O3, en\n"
        "\n"
        "GET /boats/{boatId}\n"
        "                             1       2                         3\n"
        "    response name type       string  string                    -\n"
        "    response name maxLength  50      63                        -\n"
        "    response id readOnly     -       true                      true\n"
        "    response name pattern    -       [a-z][a-z0-9-]{1,61}[a-…  -\n"
        "    response size type       -       -                         string\n"
    )


def test_what_a_kind_of_page_leaves_out_did_not_go() -> None:
    """A question mark in a row of which other editions differ."""
    fuller, other = _edition("1.md", id={"maxLength": 50}), _edition("3.md", id={"maxLength": 63})
    silent = evolve(_edition("2.md", "N1", id={}), supported_keywords=frozenset(KEYWORDS) - {"maxLength"})
    assert format_history([fuller, silent]).endswith("    the same facts\n")
    assert format_history([fuller, silent, other]).splitlines()[-1].split() == [
        "response",
        "id",
        "maxLength",
        "50",
        "?",
        "63",
    ]


def test_each_method_has_a_table() -> None:
    """With the numbers of its own editions."""
    other = _edition("b.md", id={})
    other = evolve(other, operation=evolve(other.operation, method="DELETE"))
    table = format_history([_edition("a.md", id={}), other, _edition("c.md", name={})])
    assert [line for line in table.splitlines() if line and line[0] in "GD"] == [
        "GET /boats/{boatId}",
        "DELETE /boats/{boatId}",
    ]
    assert "                        1       3\n" in table
    assert table.endswith("DELETE /boats/{boatId}\n    the same facts\n")


def test_the_command_prints_the_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Of pages, the oldest first."""
    older, newer = tmp_path / "older.md", tmp_path / "newer.md"
    older.write_text(page_of(locks()[0], "en"), encoding="utf-8")
    newer.write_text(page_of(locks()[0], "ru").replace("50", "40"), encoding="utf-8")
    assert cli.main(["page-history", str(older), str(newer)]) == 0
    out, _ = capsys.readouterr()
    assert out.splitlines()[-1].split() == ["parameter", "imageId", "maxLength", "50", "40"]
