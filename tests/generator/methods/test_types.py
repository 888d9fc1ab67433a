"""A client of more methods passes strict type checkers, and so does the code of its user."""

import shutil
from pathlib import Path

import pytest

from tests.client.type_checks import assert_each_misuse_is_rejected, mypy_findings, pyright_findings, write_misuses

USES = """\
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import assert_type

import fleet


def use(client: fleet.Client) -> None:
    assert_type(client.boats.list(harbour_name="hull"), Iterator[fleet.Boat])
    assert_type(client.boats.list_detailed(harbour_name="hull", page_token=""), fleet.Response[fleet.ListBoatsResponse])
    assert_type(client.boats.delete("h", "b1"), fleet.Operation)
    for boat in client.boats.list(harbour_name="hull", where_states=(fleet.BoatState.AFLOAT, "SUNK"), page_size=10):
        assert_type(boat.state, fleet.BoatState | str)
        assert_type(boat.past_states, list[fleet.BoatState | str])
    voyage = fleet.PlanVoyageRequest(
        name="spring",
        legs=[fleet.Leg(takes=timedelta(hours=1), alternatives=[fleet.Leg()])],
        labels={"sea": "north"},
        berths={"a": fleet.Mast(height=3)},
        chart=b"",
        style="SLOW",
    )
    assert_type(client.voyages.plan(voyage), fleet.Operation)
    assert_type(voyage.legs[0].takes, timedelta | None)
    assert_type(voyage.prices, dict[str, int])
    assert_type(fleet.Watch().sailors, list[fleet.Sailor])
    assert_type(fleet.Operation().metadata, dict[str, object] | None)


async def use_without_blocking(client: fleet.AsyncClient) -> None:
    assert_type(client.boats.list(harbour_name="hull"), AsyncIterator[fleet.Boat])
    async for boat in client.boats.list(harbour_name="hull"):
        assert_type(boat, fleet.Boat)
    assert_type(await client.boats.delete("h", "b1"), fleet.Operation)
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

HEAD = ["from fleet import Boat, BoatState, Client, Leg, Operation, PlanVoyageRequest"]


@pytest.mark.slow
def test_type_checkers_accept_the_client_and_its_uses_and_reject_each_misuse(
    kitchen_sink: Path, tmp_path: Path
) -> None:
    shutil.copytree(kitchen_sink, tmp_path / "fleet", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "uses.py").write_text(USES, "utf-8")
    misuses = write_misuses(tmp_path, HEAD, MISUSES)
    stricter = ("--enable-error-code=redundant-expr", "--enable-error-code=truthy-bool", "--warn-unreachable")
    assert_each_misuse_is_rejected(mypy_findings(tmp_path, *stricter, "."), misuses)
    assert_each_misuse_is_rejected(pyright_findings(tmp_path), misuses)
