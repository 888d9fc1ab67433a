"""Reads documentation pages, many at once, prints their facts, locks them, and says what was not understood."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from attrs import frozen

from generator.contract.facts import Contract
from generator.contract.lock import text_of
from generator.contract.serialize import to_notation
from generator.errors import InputError, Location
from generator.readers import documentation
from generator.reports.text import contract_table
from generator.vendoring.atomic import put_file
from generator.yaml_document import dumps

from . import EXIT_BAD_INPUT, EXIT_MISMATCH, EXIT_OK, print_stderr

TABLE, YAML, JSON = STYLES = ("table", "yaml", "json")
"""How facts are printed."""

_OF_ONE_PROCESS = 16
"""So many pages are read in the time in which another process begins."""


@frozen
class Reading:
    """What came of a page: its facts in the form that is to be printed, a line for each doubt, or why it has none."""

    facts: Any = None
    doubts: tuple[str, ...] = ()
    refusal: str = ""


def pages_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The pages that are named, and those in the folders that are named, by their names.

    Raises InputError for a folder without one.
    """
    found: list[Path] = []
    for path in paths:
        pages = sorted(path.rglob("*.md")) if path.is_dir() else [path]
        if not pages:
            raise InputError("holds no page; those of the documentation end in .md", Location(str(path)))
        found += pages
    return tuple(found)


def read(pages: Sequence[Path], style: str, lock_file: Path | None = None) -> list[Reading]:
    """What came of each page, in their order; one that cannot be read is among them with its sentence.

    Many are read by all cores; on a terminal a bar on standard error shows how far it is. A single one is locked in
    a file if that is named and nothing of it is in doubt. Raises InputError for a lock that cannot be written, or is
    of several pages.
    """
    if lock_file and len(pages) > 1:
        raise InputError(f"locks one page, not {len(pages)}; name a file for each", Location("--lock"))
    workers = min(os.cpu_count() or 1, len(pages) // _OF_ONE_PROCESS)
    found = _by_many(pages, style, workers) if workers > 1 else (_reading(one, style, lock_file) for one in pages)
    return list(_shown(found, len(pages)))


def _by_many(pages: Sequence[Path], style: str, workers: int) -> Iterator[Reading]:
    """Each page by the next process that is free."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    pool = ProcessPoolExecutor(workers, mp_context=context)
    try:
        with _interrupts_held_back():
            readings = pool.map(partial(_reading, style=style), pages, chunksize=4)
        yield from readings
    except BrokenProcessPool as problem:
        sentence = "ended while it read a page, perhaps for lack of memory; read fewer pages at once"
        raise InputError(sentence, Location("a process")) from problem
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_held_back() -> Generator[None]:
    """Let SIGINT wait; processes started meanwhile never get it, for whoever started them ends them in order."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _shown(found: Iterator[Reading], total: int) -> Iterator[Reading]:
    """The same, and on a terminal how many there are already."""
    if total == 1 or not sys.stderr.isatty():
        yield from found
        return
    from rich.console import Console  # noqa: PLC0415  # a tenth of a second, for people alone
    from rich.progress import track  # noqa: PLC0415  # takes a while, and is for a terminal alone

    yield from track(found, "Reading", total, console=Console(stderr=True), transient=True)


def _reading(page: Path, style: str, lock_file: Path | None = None) -> Reading:
    try:
        contract = documentation.read(page)
    except InputError as problem:
        return Reading(refusal=str(problem))
    doubts = tuple(troubles(contract))
    if lock_file and doubts:
        doubts = (*doubts, f"{lock_file}: not written, for what is in doubt on the page")
    elif lock_file:
        put_file(text_of(contract).encode(), lock_file)
    return Reading(contract_table(contract) if style == TABLE else to_notation(contract), doubts)


def troubles(contract: Contract) -> Iterator[str]:
    """A line for each thing on a page that is in doubt."""
    for unread in contract.unread:
        yield f"{unread.place}: not understood: {unread.text}"
    yield from map(str, contract.disagreements)


def printed(readings: Sequence[Reading], style: str) -> str:
    """The facts of the pages that have any; of one page its own form, of several a list of them."""
    facts = [one.facts for one in readings if not one.refusal]
    if style == TABLE or not (facts or len(readings) > 1):
        return "\n".join(facts)
    plain = facts[0] if len(readings) == 1 else facts
    return dumps(plain) if style == YAML else json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    page = "a page of the documentation, in Markdown, or a folder of them"
    parser.add_argument("pages", metavar="PAGE", nargs="+", type=Path, help=page)
    parser.add_argument("--format", choices=("json", "yaml", "table"), default="json", help="how to print the facts")
    parser.add_argument(
        "--lock", metavar="FILE", type=Path, help="write the facts of the page there, to be held against"
    )


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    readings = read(pages_in(options.pages), options.format, options.lock)
    sys.stdout.write(printed(readings, options.format))
    said = [line for one in readings for line in (one.refusal, *one.doubts) if line]
    print_stderr(said)
    if any(one.refusal for one in readings):
        return EXIT_BAD_INPUT
    return EXIT_MISMATCH if said else EXIT_OK
