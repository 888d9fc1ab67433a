"""The one command line: parses, calls, and gives the exit status. What a command does is elsewhere."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from io import TextIOWrapper

from .commands import COMMANDS, UNREADABLE
from .errors import InputError

INTERRUPTED, CLOSED = 130, 141
"""Exit statuses as a shell gives them to a program that SIGINT or SIGPIPE ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status: 0 it holds, 1 it does not, 2 an input could not be read."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except InputError as problem:
        return _fail(str(problem), UNREADABLE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what Python still flushes at its end
        return _fail("whoever read the output closed it", CLOSED)
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        return _fail(f"{where}the system says: {problem.strerror or problem}", UNREADABLE)
    except KeyboardInterrupt:
        return _fail("interrupted", INTERRUPTED)
    return status


def _fail(sentence: str, status: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return status


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m generator", description="From a contract to a client, held to its witnesses."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        one = commands.add_parser(name, help=command.summary, description=command.summary)
        command.arguments(one)
        one.set_defaults(run=command.run)
    return parser
