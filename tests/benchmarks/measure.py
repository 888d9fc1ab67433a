"""Measure the client beside others and writes docs/benchmarks.md: `make bench`.

Every figure is a ratio within one run on loopback: the median of the rounds, and in brackets the bounds of the middle
half of them. Absolute times say more about a machine than about a client, so none is given.
"""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.workloads import calls, crowds, imports, memory, parts, readings, soak

REPORT = Path(__file__).parents[2] / "docs" / "benchmarks.md"
MEASURED = ("attrs", "httpx", "httpx2", "httpx-aiohttp", "openapi-python-client", "requests", "grpcio")

_HEAD = """# Benchmarks

Written by `make bench`. Each figure is a ratio within one run on loopback, ours to theirs: the median of the rounds,
in brackets the bounds of the middle half. Less is better except in rows that say *times as many*.

A goal that is missed is missed for clearness: the rows that begin with *of it* show what the reading of layers is spent
with, and the larger parts are what every checked reading does in Python. To read all values of a field at once, by
functions written in C, was tried: 0.3 less for 127 layers, nothing less for 24, and more for fewer, which most images
have; it was left out. What an import costs more than that of httpx goes to `attrs`, `anyio` and the classes made with
them.

"""


def main() -> None:
    """Run each workload, print its rows as they come, and write the report."""
    rows = [
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, "
        + ", ".join(f"{name} {version(name)}" for name in MEASURED)
        + ".",
        "",
        "| workload | baseline | goal | measured |",
        "|---|---|---|---|",
    ]
    for workload in (readings, parts, calls, crowds, imports, memory, soak):
        for row in workload():
            rows.append("| " + " | ".join(row) + " |")
            sys.stderr.write(f"{rows[-1]}\n")
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(_HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
