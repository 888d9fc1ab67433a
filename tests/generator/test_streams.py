"""The command line gives no traceback if it is interrupted, or if its streams are closed, broken or full."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.contract.witnesses import ROOT

INTERRUPTING = """\
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
signal.raise_signal(signal.SIGINT)
"""
CHANGES, WRONG = "changes spec/openapi.yaml spec/openapi.yaml", "lint none.yaml"
CLOSED = "the reader of the output closed it\n"
FULL = "cannot write the output: No space left on device\n"


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a shell line; `$generator` is the command line and `$pipe` a pipe without a reader."""
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


@pytest.mark.parametrize("module", ["argparse", "yaml"])
def test_an_interrupt_during_the_imports_is_one_sentence(tmp_path: Path, module: str) -> None:
    """During imports of every command, and of one command: status 130, as shells report it."""
    (tmp_path / f"{module}.py").write_text(INTERRUPTING, encoding="utf-8")
    completed = shell("$generator lint", PYTHONPATH=str(tmp_path))
    assert (completed.returncode, completed.stdout, completed.stderr) == (130, "", "interrupted\n")


STREAMS: Mapping[str, tuple[str, int, str]] = {
    "a closed standard output is ignored": (f"$generator {CHANGES} >&-", 0, ""),
    "without any stream the status is kept": (f"$generator {WRONG} <&- >&- 2>&-", 2, ""),
    "a closed reader gives SIGPIPE's status": (f"$generator {CHANGES} >&$pipe", 141, CLOSED),
    "also for the help": ("$generator --help >&$pipe", 141, CLOSED),
    "also if standard error is closed too": (f"$generator {CHANGES} >&$pipe 2>&1", 141, ""),
    "a full disk is an error": (f"$generator {CHANGES} >/dev/full", 2, FULL),
}


@pytest.mark.parametrize(("command", "status", "message"), STREAMS.values(), ids=STREAMS)
def test_a_stream_that_fails_gives_no_traceback(command: str, status: int, message: str) -> None:
    completed = shell(command)
    assert (completed.returncode, completed.stdout, completed.stderr) == (status, "", message)
