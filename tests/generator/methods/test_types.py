"""A client of more methods under type checkers at their strictest, as the code of its user meets it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

USES = """\
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import assert_type

from fleet import (
    AsyncClient,
    Boat,
    BoatState,
    Client,
    Leg,
    ListBoatsResponse,
    Mast,
    Operation,
    PlanVoyageRequest,
    Response,
    Sailor,
    Watch,
)


def use(client: Client) -> None:
    assert_type(client.boats.list(harbour_name="hull"), Iterator[Boat])
    assert_type(client.boats.list_detailed(harbour_name="hull", page_token="two"), Response[ListBoatsResponse])
    assert_type(client.boats.delete("h", "b1"), Operation)
    for boat in client.boats.list(harbour_name="hull", where_states=(BoatState.AFLOAT, "SUNK"), page_size=10):
        assert_type(boat.state, BoatState | str)
        assert_type(boat.past_states, list[BoatState | str])
    voyage = PlanVoyageRequest(
        name="spring",
        legs=[Leg(takes=timedelta(hours=1), alternatives=[Leg()])],
        labels={"sea": "north"},
        berths={"a": Mast(height=3)},
        chart=b"",
        style="SLOW",
    )
    assert_type(client.voyages.plan(voyage), Operation)
    assert_type(voyage.legs[0].takes, timedelta | None)
    assert_type(voyage.prices, dict[str, int])
    assert_type(Watch().sailors, list[Sailor])
    assert_type(Operation().metadata, dict[str, object] | None)


async def use_without_blocking(client: AsyncClient) -> None:
    assert_type(client.boats.list(harbour_name="hull"), AsyncIterator[Boat])
    async for boat in client.boats.list(harbour_name="hull"):
        assert_type(boat, Boat)
    assert_type(await client.boats.delete("h", "b1"), Operation)
"""

MISUSES = (
    "client.boats.list()",
    'client.boats.list("hull")',
    "client.boats.list(harbour_name=7)",
    'client.boats.list(harbour_name="hull", page_size="10")',
    'client.boats.list(harbour_name="hull")[0]',
    'client.boats.list(harbour_name="hull").boats',
    'client.boats.delete("h", "b1").parsed',
    'client.voyages.plan({"name": "spring"})',
    "client.voyages.plan()",
    'PlanVoyageRequest(takes="1h")',
    'Leg(takes="3600s")',
    "Leg(takes=3600)",
    "PlanVoyageRequest(labels={7: 8})",
    "PlanVoyageRequest(labels=[])",
    'PlanVoyageRequest(chart="a")',
    "PlanVoyageRequest(legs=[Boat()])",
    "BoatState.SUNK",
    "Operation().metadata.keys()",
)
"""Lines that a type checker must reject."""

HEAD = ["from fleet import Boat, BoatState, Client, Leg, Operation, PlanVoyageRequest", "", ""]
HEAD.append("def misuse(client: Client) -> None:")
WRONG_LINES = [("misuses.py", number) for number in range(len(HEAD) + 1, len(HEAD) + len(MISUSES) + 1)]


@pytest.fixture
def application(kitchen_sink: Path, tmp_path: Path) -> Path:
    """A folder with the client, the right uses of it, and the wrong ones."""
    shutil.copytree(kitchen_sink, tmp_path / "fleet", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "uses.py").write_text(USES, "utf-8")
    (tmp_path / "misuses.py").write_text("\n".join([*HEAD, *(f"    {line}" for line in MISUSES), ""]), "utf-8")
    return tmp_path


def run(folder: Path, *command: str) -> str:
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    ).stdout


def wrong(found: list[tuple[str, int, str]]) -> list[tuple[str, int]]:
    """Return the lines with errors, each once; fail with their messages if others than the misuses have any."""
    assert [error for error in found if error[:2] not in WRONG_LINES] == []
    return sorted({(file, line) for file, line, _ in found})


@pytest.mark.slow
def test_mypy_passes_the_client_and_its_uses_and_stops_every_misuse(application: Path) -> None:
    settings = ("--strict", "--no-incremental", "--cache-dir", os.devnull, "--explicit-package-bases")
    stricter = ("--enable-error-code=redundant-expr", "--enable-error-code=truthy-bool", "--warn-unreachable")
    output = run(application, "mypy", *settings, *stricter, "--output=json", ".")
    found = [json.loads(line) for line in output.splitlines()]
    assert wrong([(Path(error["file"]).name, error["line"], error["message"]) for error in found]) == WRONG_LINES


@pytest.mark.slow
def test_pyright_passes_the_client_and_its_uses_and_stops_every_misuse(application: Path) -> None:
    settings = {"typeCheckingMode": "strict", "reportUnusedExpression": "none", "pythonVersion": "3.11"}
    (application / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    output = json.loads(run(application, "pyright", "--outputjson", "--pythonpath", sys.executable))
    found = [
        (Path(error["file"]).name, error["range"]["start"]["line"] + 1, error["message"])
        for error in output["generalDiagnostics"]
    ]
    assert wrong(found) == WRONG_LINES
