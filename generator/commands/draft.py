"""The command `draft`: writes a first OpenAPI file from documentation pages of methods, or adds them to one."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, Namespace

from generator.contract.text import pluralize

from . import EXIT_MISMATCH, EXIT_OK, add_specification, not_empty, print_stderr, to_path
from .pages import read_page


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_specification(parser)
    parser.add_argument(
        "pages", metavar="PAGE", nargs="+", type=not_empty, help="a documentation page in Markdown, a file or a URL"
    )
    target = parser.add_mutually_exclusive_group()
    target.add_argument(
        "--patch", action="store_true", help="print a diff that adds the methods to the spec, its locks and differences"
    )
    target.add_argument(
        "--output",
        metavar="FOLDER",
        type=to_path,
        help="a new folder for the OpenAPI file and the locked facts of the pages",
    )


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    from generator.extras.draft.from_pages import draft_pages, write_draft  # noqa: PLC0415  # all else works without the extras
    from generator.extras.draft.verification import check_client  # noqa: PLC0415
    from generator.extras.patch.new_methods import merge_methods  # noqa: PLC0415

    draft = draft_pages([*map(read_page, options.pages)], options.spec)
    check_client(draft.document, draft.pages)
    warnings = draft.warnings
    if options.patch:
        patch = merge_methods(draft, options.spec)
        sys.stdout.write(patch.diff)
        warnings += patch.unresolved
        summary = f"printed a diff for {options.spec.parent}; {_todos(patch.diff)}; `git apply` adds it"
    elif options.output:
        files = write_draft(draft, options.output)
        merging = f"`draft --patch` prints a diff for {options.spec} instead"
        summary = f"wrote {', '.join(files)} to {options.output}; {_todos(*files.values())}; {merging}"
    else:
        sys.stdout.write(draft.document)
        summary = f"printed a specification; {_todos(draft.document)}"
    print_stderr([*warnings, summary])
    return EXIT_MISMATCH if warnings else EXIT_OK


def _todos(*texts: str) -> str:
    count = sum(len(re.findall(r"\bTODO\b", line)) for text in texts for line in text.splitlines() if line[:1] != "#")
    return f"{pluralize(count, 'text is', 'texts are')} left to write, marked TODO"
