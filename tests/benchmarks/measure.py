"""Measure the client beside others and writes docs/benchmarks.md: `make bench`.

Every figure is a ratio within one run on loopback: the median of the rounds, and in brackets the bounds of the middle
half of them. Absolute times say more about a machine than about a client, so none is given.
"""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.processes import cold_start, commands, growth
from tests.benchmarks.workloads import calls, crowds, memory, parts, readings, shares, soak

REPORT = Path(__file__).parents[2] / "docs" / "benchmarks.md"
MEASURED = ("attrs", "httpx", "httpx2", "httpx-aiohttp", "openapi-python-client", "requests", "grpcio")

_HEAD = """# Benchmarks

Written by `make bench`. Each figure is a ratio within one run on loopback, ours to theirs: the median of the rounds,
in brackets the bounds of the middle half. Less is better except in rows that say *times as many*.

Rows that miss their goal, and what was tried:

- Reading: a model takes its fields from the parsed object in one step and checks them in line. The rows *of 127 layers*
  show the parts; every checked reading in Python has them. A pattern (`match`), a copy of the object and a call of the
  class were slower. To read all layers in one loop of the model saves 0.1 more, and was left out for clearness.
- A program with one call by https also imports httpx, for the certificates that it trusts. With a context of the
  standard library it took 1.2 times the CPU; the rest is attrs and our own modules. That did not reach the goal either,
  and would state twice which certificates are trusted.
- Calls in flight beside raw httpx2: a connection of httpcore without its pool saved an eighth. The rows *of 20 calls in
  flight* show what is left: h11, httpcore, anyio and asyncio take more than our own code with its reading.
- `generate`: to import openapi-python-client, which `generate` needs too, takes most of its own time. The other parts
  are the imports and the three runs of Ruff; one run of Ruff less gave other code. To skip the work if nothing changed
  was left out: `--check` would trust a digest instead of the code.

No faster parser is used. orjson and msgspec read some inputs otherwise than `json`, as this command shows. To orjson,
an integer of 30 digits is a float. msgspec only rejects more (NaN, lone surrogates, UTF-16), so that each response
that it rejects would have to be parsed again:

```sh
.venv/bin/python -m uv run --no-project --with orjson --with msgspec python tests/benchmarks/parsers.py
```

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
    for workload in (cold_start, readings, parts, calls, crowds, shares, memory, soak, commands, growth):
        for row in workload():
            rows.append("| " + " | ".join(row) + " |")
            sys.stderr.write(f"{rows[-1]}\n")
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(_HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
