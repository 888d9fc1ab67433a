"""A killed `generate` or `vendor` leaves the old files or the new ones.

    python -m tests.generator.test_killed generate|vendor FOLDER PROJECT PROJECT

kills processes that write a folder at random moments, and prints the state of the folder as JSON lines. The folder is a
client or a copy of one. Each process is forked from this one, in which everything is imported. A moment is any at which
the process asks something of the system that Python announces: a file opened, renamed or removed.
"""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from generator.commands.generate import generate
from generator.vendoring.atomic import clean_stale
from generator.vendoring.bundle import ClientBundle
from generator.vendoring.vendor import vendor
from tests.generator.folders import contents
from tests.generator.vendored.sources import NEXT, ROOT, WIDER, source

NEVER = -1
LAST = 120
"""Every other moment is chosen among the last ones, when the folder is put in its place."""

Write = Callable[[Path, Path], object]
"""Writes a target from a project."""

COMMANDS: Mapping[str, tuple[int, Write]] = {
    "generate": (20, lambda project, target: generate(project / "spec" / "openapi.yaml", target)),
    "vendor": (
        100,
        lambda project, target: vendor(
            ClientBundle(project / "spec" / "openapi.yaml", project / "client"), target, force=True
        ),
    ),
}
"""Command -> how often it is killed, and its function."""


def forked(write: Write, project: Path, target: Path, moment: int) -> int:
    """Write in a forked process that is killed at a moment; return the number of moments it lived."""
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
        write(project, target)
    finally:
        os._exit(0)


def main(command: str, folder: Path, projects: list[Path]) -> Iterator[dict[str, object]]:
    """Yield the state of the target after each killed process, and after a last one that finished."""
    kills, write = COMMANDS[command]
    target, whole, moments = folder / "images", list[dict[str, bytes | str]](), list[int]()
    write(projects[1], target)
    for project in projects:
        moments.append(forked(write, project, target, NEVER))
        whole.append(contents(target))
    chance, current = random.Random(4), 1
    for turn in range(kills):
        newer = 1 - current
        clean_stale(target)  # it would take moments that were not counted
        forked(write, projects[newer], target, moments[newer] - 1 - chance.randrange((moments[newer], LAST)[turn % 2]))
        now = contents(target)
        state = "newer" if now == whole[newer] else "older" if now == whole[current] else "broken"
        yield {"target": state, **_beside(folder)}
        current = whole.index(now)
    write(projects[0], target)
    yield {"target": "newer" if contents(target) == whole[0] else "broken", **_beside(folder)}


def _beside(folder: Path) -> dict[str, object]:
    return {"beside": [path.name for path in folder.iterdir() if path.name != "images"]}


BASE = Path(__file__).with_name("base.yaml").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_a_killed_command_leaves_the_old_files_or_the_new_ones(tmp_path: Path, command: str) -> None:
    """At random moments; the next run removes what is left beside them."""
    first, second = source(tmp_path / "first"), source(tmp_path / "second", NEXT, WIDER, code="\n# Version two.\n")
    if command == "generate":
        first.specification.write_text(BASE, encoding="utf-8")
        second.specification.write_text(BASE.replace("boatId", "shipId"), encoding="utf-8")
    (tmp_path / "target").mkdir()
    program = [sys.executable, "-m", "tests.generator.test_killed", command]
    folders = [str(tmp_path / name) for name in ("target", "first", "second")]
    done = subprocess.run([*program, *folders], cwd=ROOT, capture_output=True, text=True, check=True)
    *killed, last = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(killed) == COMMANDS[command][0]
    assert {state["target"] for state in killed} == {"older", "newer"}
    assert any(state["beside"] for state in killed), "no process was killed while writing"
    assert last == {"target": "newer", "beside": []}


if __name__ == "__main__":
    # A process that is killed takes nothing with it that the system has.
    os.fsync = lambda fd: None  # noqa: ARG005  # as the system calls it
    for line in main(sys.argv[1], Path(sys.argv[2]), [Path(path) for path in sys.argv[3:]]):
        print(json.dumps(line), flush=True)  # noqa: T201  # it is what the test reads
