"""Kills processes that write a copy at random moments, and prints the state of the copy as JSON lines.

    python -m tests.generator.vendored.killed FOLDER SOURCE SOURCE

Each is written by a process forked from this one, in which everything is imported. A moment is any at which the
process asks something of the system that Python announces: a file opened, renamed or removed, a mode set.
"""

import json
import os
import random
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.vendoring.atomic import clean_stale
from generator.vendoring.bundle import ClientBundle
from generator.vendoring.vendor import vendor
from tests.generator.vendored.sources import contents

KILLED, NEVER = 100, -1
LAST = 120
"""Every other moment is chosen among the last ones, when the copy is put in its place."""
Contents = dict[str, bytes | str]


def forked(source: ClientBundle, target: Path, moment: int) -> int:
    """Write a copy in a forked process that is killed at a moment; return the number of moments it lived."""
    reader, writer = os.pipe()
    process = os.fork()
    if process:
        os.close(writer)
        os.waitpid(process, 0)
        with os.fdopen(reader, "rb") as pipe:
            return len(pipe.read())
    passed = 0

    def count(_event: str, _arguments: tuple[object, ...]) -> None:
        nonlocal passed
        if passed == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        passed += 1
        os.write(writer, b".")

    try:
        sys.addaudithook(count)
        vendor(source, target, force=True)
    finally:
        os._exit(0)


def main(folder: Path, sources: Sequence[ClientBundle]) -> Iterator[dict[str, object]]:
    """Yield the state of the copy after each killed process, and after a last one that finished."""
    target, whole, moments = folder / "images", list[Contents](), list[int]()
    vendor(sources[1], target)
    for source in sources:
        moments.append(forked(source, target, NEVER))
        whole.append(contents(target))
    chance, stands = random.Random(4), 1
    for turn in range(KILLED):
        newer = 1 - stands
        clean_stale(target)  # it would take moments that were not counted
        among = (moments[newer], LAST)[turn % 2]
        forked(sources[newer], target, moments[newer] - 1 - chance.randrange(among))
        now = contents(target)
        yield {
            "copy": "newer" if now == whole[newer] else "older" if now == whole[stands] else "broken",
            **_beside(folder),
        }
        stands = whole.index(now)
    vendor(sources[0], target, force=True)
    yield {"copy": "newer" if contents(target) == whole[0] else "broken", **_beside(folder)}


def _beside(folder: Path) -> dict[str, object]:
    return {"beside": [path.name for path in folder.iterdir() if path.name != "images"]}


if __name__ == "__main__":
    # A process that is killed takes nothing with it that the system has.
    os.fsync = lambda fd: None  # noqa: ARG005  # as the system calls it
    bundles = [ClientBundle(Path(path, "spec", "openapi.yaml"), Path(path, "client")) for path in sys.argv[2:]]
    for line in main(Path(sys.argv[1]), bundles):
        print(json.dumps(line), flush=True)  # noqa: T201  # it is what the test reads
