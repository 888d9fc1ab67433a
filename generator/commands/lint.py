"""The command `lint`: checks the specification against the style rules."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from generator.lint.linter import lint_file
from generator.reports.text import format_findings

from . import EXIT_MISMATCH, EXIT_OK, SPECIFICATION, to_path


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    default = SPECIFICATION
    parser.add_argument(
        "specification",
        metavar="SPEC",
        nargs="?",
        type=to_path,
        default=default,
        help=f"the OpenAPI file ({default})",
    )


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    findings = lint_file(options.specification)
    sys.stdout.write(format_findings(findings, options.specification))
    return EXIT_MISMATCH if findings else EXIT_OK
