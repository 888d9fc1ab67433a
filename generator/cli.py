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
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser(*arguments[:1]).parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except InputError as problem:
        return _fail(str(problem), EXIT_BAD_INPUT)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what Python still flushes at its end
        return _fail("whoever read the output closed it", CLOSED)
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        return _fail(f"{where}the system says: {problem.strerror or problem}", EXIT_BAD_INPUT)
    except KeyboardInterrupt:
        return _fail("interrupted", INTERRUPTED)
    return status


def _fail(sentence: str, status: int) -> int:
    sys.stderr.write(f"{sentence}\n")
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
