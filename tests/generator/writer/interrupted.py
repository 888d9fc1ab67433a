"""Generations that are killed, and ones that the system refuses to write: prints what became of the client, as JSON.

    python -m tests.generator.writer.interrupted FOLDER

Each runs in a process forked from this one, in which everything is imported, so that it takes a blink.
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
"""What Python tells an audit hook of before it is done: the moments at which a generation is killed."""

STEP = 29
"""Of so many moments one is tried."""

LIMITS = (0, 1, 300, 1_000, 3_000, 6_000)
"""Bytes that a file may have, which refuses what a full disk does, earlier and later."""


def forked(specification: Path, client: Path, *, dies_at: int = 0, limit: int = -1) -> int:
    """The status of a process that generates a client: 2 where one sentence says why it cannot, -9 for a killed one."""
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
    """One line for each generation, and one for the folder after a last one that nothing disturbs."""
    client = folder / "client"
    specifications = {"kilograms": BOATS, "tons": folder / "tons.yaml"}
    specifications["tons"].write_text(BOATS.read_text(encoding="utf-8").replace("kilogram", "ton"), encoding="utf-8")
    whole: dict[str, object] = {}
    for name, specification in specifications.items():
        generate(specification, client)
        whole[name] = state(client)

    def found() -> str:
        now = state(client)
        return next((name for name, files in whole.items() if files == now), "broken")

    for limit in LIMITS:
        before = found()
        status = forked(BOATS, client, limit=limit)
        yield {"kept": found() == before, "status": status, "left": left(folder)}
    for moment in count(1, STEP):
        before = found()
        wanted = "tons" if before == "kilograms" else "kilograms"
        if forked(specifications[wanted], client, dies_at=moment) == 0:
            break
        yield {"killed": {before: "old", wanted: "new"}.get(found(), "broken"), "left": left(folder)}
    generate(BOATS, client)
    yield {"whole": found() == "kilograms", "left": left(folder)}


def left(folder: Path) -> list[str]:
    """What stands in the folder besides the client and its specification."""
    return sorted({one.name for one in folder.iterdir()} - {"client", "tons.yaml"})


if __name__ == "__main__":
    for line in main(Path(sys.argv[1])):
        print(json.dumps(line), flush=True)  # noqa: T201  # it is what the test reads
