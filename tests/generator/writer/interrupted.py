"""Kills generations and limits the size of their files: prints the state of the client after each, as JSON.

    python -m tests.generator.writer.interrupted FOLDER

Each runs in a process forked from this one, so that the imports are already done.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from generator.commands.generate import generate
from generator.errors import InputError
from tests.generator.writer.rendering import BOATS, state

EVENTS = frozenset({"open", "os.chmod", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "subprocess.Popen"})
"""Audit events at which a generation is killed."""

STEP = 29
"""One of so many moments is tried."""

LIMITS = (0, 1, 300, 1_000, 3_000, 6_000)
"""Greatest size of a file in bytes: it fails like a full disk, earlier or later."""


def forked(specification: Path, client: Path, *, dies_at: int = 0, limit: int = -1) -> int:
    """Return the exit status of a process that generates a client: 2 for an InputError, -9 if it was killed."""
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    status, moments = 1, count(1)

    def die(event: str, _arguments: object) -> None:
        if event in EVENTS and next(moments) == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        sys.addaudithook(die)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        generate(specification, client)
        status = 0
    except InputError as problem:
        status = 2 if "\n" not in problem.message else 1
    finally:
        os._exit(status)


def main(folder: Path) -> Iterator[dict[str, object]]:
    """Yield one line for each generation, and one for the folder after an undisturbed last one."""
    client = folder / "client"
    specifications = {"kilograms": BOATS, "tons": folder / "tons.yaml"}
    specifications["tons"].write_text(BOATS.read_text(encoding="utf-8").replace("kilogram", "ton"), encoding="utf-8")
    whole: dict[str, object] = {}
    for name, specification in specifications.items():
        generate(specification, client)
        whole[name] = state(client)

    def current() -> str:
        now = state(client)
        return next((name for name, files in whole.items() if files == now), "broken")

    for limit in LIMITS:
        before = current()
        status = forked(BOATS, client, limit=limit)
        yield {"kept": current() == before, "status": status, "left": leftovers(folder)}
    for moment in count(1, STEP):
        before = current()
        wanted = "tons" if before == "kilograms" else "kilograms"
        if forked(specifications[wanted], client, dies_at=moment) == 0:
            break
        yield {"killed": {before: "old", wanted: "new"}.get(current(), "broken"), "left": leftovers(folder)}
    generate(BOATS, client)
    yield {"whole": current() == "kilograms", "left": leftovers(folder)}


def leftovers(folder: Path) -> list[str]:
    """Return the other entries of the folder of the client and its specification."""
    return sorted({path.name for path in folder.iterdir()} - {"client", "tons.yaml"})


if __name__ == "__main__":
    for line in main(Path(sys.argv[1])):
        print(json.dumps(line), flush=True)  # noqa: T201  # it is what the test reads
