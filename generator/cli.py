"""The one command line: parses, calls, and gives the exit status. What a command does is elsewhere."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from io import TextIOWrapper

from .commands import COMMANDS, UNREADABLE
from .contract.places import Unreadable

INTERRUPTED, CLOSED = 130, 141
"""Exit statuses as a shell gives them to a program that SIGINT or SIGPIPE ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status: 0 it holds, 1 it does not, 2 an input could not be read."""
    _open_streams()
    try:
        try:
            options = _parser().parse_args(arguments)
            status: int = options.run(options)
        finally:
            sys.stdout.flush()
    except Unreadable as problem:
        return _fail(str(problem), UNREADABLE)
    except BrokenPipeError:
        return _fail("whoever read the output closed it", CLOSED)
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        return _fail(f"{where}the system says: {problem.strerror or problem}", UNREADABLE)
    except KeyboardInterrupt:
        return _fail("interrupted", INTERRUPTED)
    return status


def _open_streams() -> None:
    """Write to nowhere what the shell has closed (`>&-`), and escape what the terminal cannot show."""
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison]  # not by its type
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # open until the program ends
    if sys.stderr is None:  # pyright: ignore[reportUnnecessaryComparison]
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _fail(sentence: str, status: int) -> int:
    """Print why the program ends. A stream that takes nothing more gets nothing at the very end either."""
    for stream, text in ((sys.stdout, ""), (sys.stderr, f"{sentence}\n")):
        try:
            stream.write(text)
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
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
