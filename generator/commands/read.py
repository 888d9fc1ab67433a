"""The command `read`: prints the facts of documentation pages, locks them, and lists what was not understood."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from attrs import frozen

from generator.contract.facts import Contract
from generator.contract.lock import dump_lock
from generator.contract.serialize import to_dict
from generator.errors import InputError, Location
from generator.readers.documentation.fetch import is_url
from generator.reports.text import contract_table
from generator.vendoring.atomic import write_file
from generator.yaml_document import dumps

from . import EXIT_BAD_INPUT, EXIT_MISMATCH, EXIT_OK, not_empty, print_stderr, to_path
from .pages import read_page


@frozen
class PageResult:
    """The contract of a page and a line for each warning; or, if it cannot be read, None and the error."""

    contract: Contract | None = None
    warnings: tuple[str, ...] = ()
    error: str = ""


def pages_in(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return the named pages, and those in the named folders sorted by name.

    Raises InputError for a folder without pages.
    """
    pages: list[str] = []
    for address in addresses:
        if is_url(address) or not Path(address).is_dir():
            pages.append(address)
            continue
        pages_of_folder = sorted(Path(address).rglob("*.md"))
        if not pages_of_folder:
            raise InputError("contains no documentation pages (*.md); name another folder", Location(address))
        pages += map(str, pages_of_folder)
    return tuple(pages)


def read(pages: Sequence[str], lock_file: Path | None = None) -> list[PageResult]:
    """Read each page; a page that cannot be read gives a result with its error.

    A single page is locked in `lock_file` unless it has warnings. Raises InputError if the lock cannot be written, or
    if there are several pages for it.
    """
    if lock_file and len(pages) > 1:
        problem = f"locks one page, but {len(pages)} are named; lock each page in a file of its own"
        raise InputError(problem, Location("--lock"))
    return [_read_page(page, lock_file) for page in pages]


def _read_page(page: str, lock_file: Path | None) -> PageResult:
    try:
        contract = read_page(page)
    except InputError as problem:
        return PageResult(error=str(problem))
    warnings = tuple(_warnings(contract))
    if lock_file and warnings:
        warnings = (*warnings, f"{lock_file}: not written; resolve the warnings first")
    elif lock_file:
        write_file(dump_lock(contract).encode(), lock_file)
    return PageResult(contract, warnings)


def _warnings(contract: Contract) -> Iterator[str]:
    for text in contract.unparsed:
        yield f"{text.location}: not understood: {text.text}"
    yield from map(str, contract.contradictions)


def format_results(results: Sequence[PageResult], style: str) -> str:
    """Format the facts of all readable pages: one object for one page, a list for several."""
    contracts = [result.contract for result in results if result.contract]
    if style == "table":
        return "\n".join(map(contract_table, contracts))
    if not contracts and len(results) == 1:
        return ""
    plain = [*map(to_dict, contracts)]
    data = plain[0] if len(results) == 1 else plain
    return dumps(data) if style == "yaml" else json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    page = "a documentation page in Markdown, a file or a URL, or a folder of pages"
    parser.add_argument("pages", metavar="PAGE", nargs="+", type=not_empty, help=page)
    parser.add_argument("--format", choices=("json", "yaml", "table"), default="json", help="the output format")
    parser.add_argument(
        "--lock", metavar="FILE", type=to_path, help="write the facts to this lock file instead of printing them"
    )


def _locked(results: Sequence[PageResult], lock_file: Path) -> str:
    """Return a line on the lock that was written; none if there was a problem."""
    contracts = [result.contract for result in results if result.contract and not result.warnings]
    return "".join(f"{lock_file}: locked {len([*contract.facts()])} facts\n" for contract in contracts)


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    results = read(pages_in(options.pages), options.lock)
    sys.stdout.write(_locked(results, options.lock) if options.lock else format_results(results, options.format))
    messages = [line for result in results for line in (result.error, *result.warnings) if line]
    print_stderr(messages)
    if any(result.error for result in results):
        return EXIT_BAD_INPUT
    return EXIT_MISMATCH if messages else EXIT_OK
