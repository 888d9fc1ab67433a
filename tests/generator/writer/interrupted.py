"""Generations that are killed, and ones that the system refuses to write: prints what became of the client, as JSON.

    python -m tests.generator.writer.interrupted FOLDER

Each runs in a process forked from this one, in which everything is imported, so that it takes a blink.
"""

import json
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from generator.contract.places import Unreadable
from generator.generation import generate
from tests.generator.writer.rendering import BOATS, state

KILLED = 16
LIMITS = (0, 1, 300, 1_000, 3_000, 6_000)
"""Bytes that a file may have, which refuses what a full disk does, earlier and later."""


def forked(specification: Path, client: Path, limit: int = -1) -> int:
    """The id of a process that generates a client, and exits with 2 where one sentence says why it cannot."""
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        generate(specification, client)
        status = 0
    except Unreadable as problem:
        status = 2 if "\n" not in problem.sentence else 1
    finally:
        os._exit(status)


def main(folder: Path) -> Iterator[dict[str, object]]:
    """One line for each generation, and one for the folder after a last one that nothing disturbs."""
    client, chance = folder / "client", random.Random(1)
    specifications = {"kilograms": BOATS, "tons": folder / "tons.yaml"}
    specifications["tons"].write_text(BOATS.read_text(encoding="utf-8").replace("kilogram", "ton"), encoding="utf-8")
    whole: dict[str, object] = {}
    started = time.monotonic()
    for name, specification in specifications.items():
        generate(specification, client)
        whole[name] = state(client)
    took = (time.monotonic() - started) / 2

    def found() -> str:
        now = state(client)
        return next((name for name, files in whole.items() if files == now), "broken")

    for limit in LIMITS:
        before = found()
        _, status = os.waitpid(forked(BOATS, client, limit), 0)
        yield {"kept": found() == before, "status": os.waitstatus_to_exitcode(status), "left": left(folder)}
    for _ in range(KILLED):
        wanted = "tons" if found() == "kilograms" else "kilograms"
        process = forked(specifications[wanted], client)
        time.sleep(chance.uniform(0, took * 1.1))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        yield {"done": found() == wanted, "whole": found() != "broken", "left": left(folder)}
    generate(BOATS, client)
    yield {"whole": found() == "kilograms", "left": left(folder)}


def left(folder: Path) -> list[str]:
    """What stands in the folder besides the client and its specification."""
    return sorted({one.name for one in folder.iterdir()} - {"client", "tons.yaml"})


if __name__ == "__main__":
    for line in main(Path(sys.argv[1])):
        print(json.dumps(line), flush=True)  # noqa: T201  # it is what the test reads
