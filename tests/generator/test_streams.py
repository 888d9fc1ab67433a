"""The command line as a process: interrupted while it starts, and with streams that take nothing."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.contract.witnesses import ROOT

INTERRUPTING = "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n"
CHANGES, WRONG = "changes spec/openapi.yaml spec/openapi.yaml", "lint none.yaml"
MISSING = "none.yaml: cannot be read: No such file or directory\n"
CLOSED = "whoever read the output closed it\n"
FULL = "the system says: No space left on device\n"


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell, in which `$generator` is the command line and `$pipe` a pipe that nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    names = {"generator": f"{sys.executable} -m generator", "pipe": str(writer)}
    try:
        return subprocess.run(
            ["bash", "-c", command],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "", **names, **environment},
            pass_fds=[writer],
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        os.close(writer)


@pytest.mark.parametrize("module", ["argparse", "attrs", "yaml"])
def test_an_interrupt_during_the_imports_is_one_sentence(tmp_path: Path, module: str) -> None:
    """Standard library, what every command imports, and what one command imports: status 130, as a shell has it."""
    (tmp_path / f"{module}.py").write_text(INTERRUPTING, encoding="utf-8")
    ended = shell("$generator lint", PYTHONPATH=str(tmp_path))
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "interrupted\n")


STREAMS: Mapping[str, tuple[str, int, str]] = {
    "no standard output is one that nobody reads": (f"$generator {CHANGES} >&-", 0, ""),
    "nor does it hide a failure": (f"$generator {WRONG} >&-", 2, MISSING),
    "no standard error keeps the status": (f"$generator {WRONG} 2>&-", 2, ""),
    "no stream at all keeps it too": (f"$generator {WRONG} <&- >&- 2>&-", 2, ""),
    "a reader that has gone is SIGPIPE's status": (f"$generator {CHANGES} >&$pipe", 141, CLOSED),
    "also for the help": ("$generator --help >&$pipe", 141, CLOSED),
    "also if it read standard error too": (f"$generator {CHANGES} >&$pipe 2>&1", 141, ""),
    "a full disk is an error": (f"$generator {CHANGES} >/dev/full", 2, FULL),
}


@pytest.mark.parametrize(("command", "status", "says"), STREAMS.values(), ids=STREAMS)
def test_a_stream_that_takes_nothing_is_no_traceback(command: str, status: int, says: str) -> None:
    ended = shell(command)
    assert (ended.returncode, ended.stdout, ended.stderr) == (status, "", says)
