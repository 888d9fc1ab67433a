"""The command line: parses arguments, calls a command, and returns its exit status."""

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
"""Exit statuses that shells report for a program ended by SIGINT or SIGPIPE."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 holds, 1 does not hold, 2 invalid input."""
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
        return _fail("the reader of the output closed it", CLOSED)
    except OSError as problem:
        if problem.filename is not None:  # a user's file is an InputError where it is opened: this one is a bug
            raise
        return _fail(f"cannot write the output: {problem.strerror or problem}", EXIT_BAD_INPUT)
    except KeyboardInterrupt:
        return _fail("interrupted", INTERRUPTED)
    return status


def _open_streams() -> None:
    """Replace streams that the shell closed (`>&-`) by the null device, and escape unencodable characters."""
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison]  # not by its type
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # open until the program ends
    if sys.stderr is None:  # pyright: ignore[reportUnnecessaryComparison]
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _fail(sentence: str, status: int) -> int:
    """Print the reason for ending. A stream that fails is replaced, so that the flush at exit does not fail again."""
    for stream, text in ((sys.stdout, ""), (sys.stderr, f"{sentence}\n")):
        try:
            stream.write(text)
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return status


def _parser(word: str = "") -> ArgumentParser:
    """Build the argument parser; only the module of the called command is imported."""
    parser = ArgumentParser(
        prog="python -m generator",
        description="Generate a typed client from an OpenAPI file, and compare both with the documentation.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        if name == word:
            module = import_module(f"{__package__}.commands.{name.replace('-', '_')}")
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    return parser
