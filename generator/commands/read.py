"""The command `read`: prints the facts of documentation pages, locks them, and lists what was not understood."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.contract.facts import Contract
from generator.contract.lock import dump_lock
from generator.contract.serialize import to_dict
from generator.errors import InputError, Location
from generator.readers.documentation.fetch import is_url
from generator.reports.text import contract_table
from generator.vendoring.atomic import write_file
from generator.yaml_document import dumps

from . import EXIT_BAD_INPUT, EXIT_MISMATCH, EXIT_OK, not_empty, print_lines, print_stderr, to_path
from .pages import read_page


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    page = "a documentation page in Markdown, a file or a URL, or a folder of pages"
    parser.add_argument("pages", metavar="PAGE", nargs="+", type=not_empty, help=page)
    parser.add_argument("--format", choices=("json", "yaml", "table"), default="json", help="the output format")
    parser.add_argument(
        "--lock", metavar="FILE", type=to_path, help="write the facts to this lock file instead of printing them"
    )


def run(options: Namespace) -> int:
    """Run the command and return its exit status; a page that cannot be read does not lose the others."""
    pages = [page for address in options.pages for page in _pages_at(address)]
    if options.lock and len(pages) > 1:
        problem = f"locks one page, but {len(pages)} are named; lock each page in a file of its own"
        raise InputError(problem, Location("--lock"))
    contracts, messages, has_error = list[Contract](), list[str](), False
    for page in pages:
        try:
            contract = read_page(page)
        except InputError as problem:
            messages.append(str(problem))
            has_error = True
        else:
            contracts.append(contract)
            messages += _warnings(contract)
    if not options.lock:
        sys.stdout.write(_format(contracts, options.format, is_list=len(pages) > 1))
    elif not messages:
        _lock(contracts[0], options.lock)
    elif not has_error:
        messages.append(f"{options.lock}: not written; resolve the warnings first")
    print_stderr(messages)
    if has_error:
        return EXIT_BAD_INPUT
    return EXIT_MISMATCH if messages else EXIT_OK


def _pages_at(address: str) -> Sequence[str]:
    """Return the page at an address, or those in a folder, sorted by name. Raises InputError if it has none."""
    if is_url(address) or not Path(address).is_dir():
        return [address]
    pages = sorted(Path(address).rglob("*.md"))
    if not pages:
        raise InputError("contains no documentation pages (*.md); name another folder", Location(address))
    return [*map(str, pages)]


def _warnings(contract: Contract) -> Iterator[str]:
    for text in contract.unparsed:
        yield f"{text.location}: not understood: {text.text}"
    yield from map(str, contract.contradictions)


def _lock(contract: Contract, file: Path) -> None:
    write_file(dump_lock(contract).encode(), file)
    print_lines([f"{file}: locked {len([*contract.facts()])} facts"])


def _format(contracts: Sequence[Contract], style: str, *, is_list: bool) -> str:
    """Format the facts of all readable pages: one object for one page, a list for several."""
    if style == "table":
        return "\n".join(map(contract_table, contracts))
    if not contracts and not is_list:
        return ""
    plain = [*map(to_dict, contracts)]
    data = plain if is_list else plain[0]
    return dumps(data) if style == "yaml" else json.dumps(data, indent=2, ensure_ascii=False) + "\n"
