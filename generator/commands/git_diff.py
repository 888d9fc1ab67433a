"""The command `git-diff`: prints the changes of a specification if `git diff` calls it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from generator.changes.revisions import diff_files
from generator.errors import InputError
from generator.reports.text import changes_table

from . import EXIT_OK, today


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command, which git appends; only an unmerged file comes alone."""
    parser.add_argument("path", metavar="PATH", help="the path of the specification in the repository")
    parser.add_argument("sides", metavar="OLD HEX MODE NEW HEX MODE", nargs="*", help="the files to compare")


def run(options: Namespace) -> int:
    """Run the command. The exit status is always 0, because git gives up at any other."""
    if not options.sides:
        sys.stdout.write(f"{options.path}: has merge conflicts; resolve them first\n")
        return EXIT_OK
    old, _, _, new, *_ = options.sides
    try:
        sys.stdout.write(changes_table(diff_files(Path(options.path), old, new, today())))
    except InputError as problem:
        sys.stdout.write(f"{problem}\n")
    return EXIT_OK
