"""Reads documentation pages, prints their facts, locks them, and says what was not understood."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from .contract.facts import Contract
from .contract.notation import as_table, to_notation
from .contract.places import Place, Unreadable
from .document import dumps
from .readers import documentation
from .writers import lock


def read(pages: Sequence[Path], lock_file: Path | None = None) -> tuple[Contract, ...]:
    """The contracts of pages; a single one is locked in a file if that is named and nothing of it is in doubt.

    Raises Unreadable for a page that cannot be read, a lock that cannot be written, and a lock of several pages.
    """
    if lock_file and len(pages) > 1:
        raise Unreadable(f"locks one page, not {len(pages)}; name a file for each", Place("--lock"))
    contracts = tuple(documentation.read(page) for page in pages)
    if lock_file and not list(troubles(contracts[0])):
        lock.write(contracts[0], lock_file)
    return contracts


def troubles(contract: Contract) -> Iterator[str]:
    """A line for each thing on a page that is in doubt."""
    for unread in contract.unread:
        yield f"{unread.place}: not understood: {unread.text}"
    for one in contract.disagreements:
        yield f"{one.place}: {one.text} [{one.other}]"


def printed(contracts: Sequence[Contract], style: str) -> str:
    """The facts as `json`, `yaml` or `table`; of one page its own form, of several a list of them."""
    if style == "table":
        return "\n".join(map(as_table, contracts))
    notations = [to_notation(contract) for contract in contracts]
    plain = notations[0] if len(notations) == 1 else notations
    return dumps(plain) if style == "yaml" else json.dumps(plain, indent=2, ensure_ascii=False) + "\n"
