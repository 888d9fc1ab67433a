"""The command `lint`: holds the specification to the rules of its style."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from generator.lint.linter import as_text, findings_in

from . import EXIT_MISMATCH, EXIT_OK, SPECIFICATION


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    default = SPECIFICATION
    parser.add_argument(
        "specification", metavar="SPEC", nargs="?", type=Path, default=default, help=f"the specification ({default})"
    )


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    findings = findings_in(options.specification)
    sys.stdout.write(as_text(findings, options.specification))
    return EXIT_MISMATCH if findings else EXIT_OK
