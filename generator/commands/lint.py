"""The command `lint`: checks the specification against the style rules."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from generator.lint.linter import lint_file
from generator.reports.results import findings_results

from . import EXIT_MISMATCH, EXIT_OK, SPECIFICATION, add_path
from .output import add_format, print_results


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_path(parser, "specification", "SPEC", SPECIFICATION, "the OpenAPI file")
    add_format(parser)


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    findings = lint_file(options.specification)
    print_results(findings_results(findings, options.specification), options)
    return EXIT_MISMATCH if findings else EXIT_OK
