"""The one command line: parses, calls, and gives the exit status. What a command does is elsewhere."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

from .commands import COMMANDS, EXIT_BAD_INPUT
from .errors import InputError

INTERRUPTED, CLOSED = 130, 141
"""Exit statuses as a shell gives them to a program that SIGINT or SIGPIPE ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status: 0 it holds, 1 it does not, 2 an input could not be read."""
    _open_streams()
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        try:
            options = _parser(*arguments[:1]).parse_args(arguments)
            status: int = options.run(options)
        finally:
            sys.stdout.flush()
    except InputError as problem:
        return _fail(str(problem), EXIT_BAD_INPUT)
    except BrokenPipeError:
        return _fail("whoever read the output closed it", CLOSED)
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        return _fail(f"{where}the system says: {problem.strerror or problem}", EXIT_BAD_INPUT)
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


def _parser(word: str = "") -> ArgumentParser:
    """The parser of the command line; of the commands only the one that is called is imported."""
    parser = ArgumentParser(
        prog="python -m generator", description="From a contract to a client, held to its witnesses."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        if name == word:
            module = import_module(f"{__package__}.commands.{name.replace('-', '_')}")
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    return parser
