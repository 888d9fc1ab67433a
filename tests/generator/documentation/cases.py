"""Cases in Markdown: a title, a page and the facts it must give, between lines with a full stop alone."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.contract.facts import Constraints, Contract, Value
from generator.errors import InputError
from generator.readers.documentation import read_bytes

FIXTURES = Path(__file__).parent / "fixtures"
SHARED = Path(__file__).parents[3].parent / "shared"
SAMPLE = sorted((SHARED / "pages").glob("*__*.md"))
"""The published pages; none if they do not lie beside the project's own checkout."""

PHRASES = {
    "«most»": "The maximum string length in characters",
    "«least»": "The minimum string length in characters",
    "«length»": "The string length in characters must",
    "«each key»": "for each key must",
    "«match»": "must match the regular expression",
    "«no more»": "less than or equal to",
    "«no less»": "greater than or equal to",
    "«count»": "The number of elements",
    "«наибольшая»": "Максимальная длина строки в символах",
    "«наименьшая»": "Минимальная длина строки в символах",
    "«длина»": "Длина строки в символах",
    "«должно»": "должно соответствовать регулярному выражению",
    "«должен»": "должен соответствовать регулярному выражению",
    "«количество»": "Количество элементов",
}
"""Beginnings of sentences that the provider's generator writes, so that no test repeats a whole one of them."""


def spelled(text: str) -> str:
    """A text with the beginnings of sentences spelled out."""
    return re.sub("«[^»]*»", lambda match: PHRASES[match[0]], text)


class Case(NamedTuple):
    """One case of a fixture."""

    title: str
    page: str
    expected: str


def cases(name: str) -> list[Case]:
    """The cases of a fixture, in its order."""
    parts = (FIXTURES / name).read_text(encoding="utf-8").split("\n.\n")
    return [
        Case(title.strip().removeprefix("# "), spelled(page), spelled(expected).strip())
        for title, page, expected in zip(parts[::3], parts[1::3], parts[2::3], strict=False)
    ]


CASES = [*cases("older.md"), *cases("newer.md")]


def read_or_error(page: bytes) -> Contract | InputError:
    """The contract of a page, or the reason why it has none."""
    try:
        return read_bytes(page, "page.md")
    except InputError as problem:
        return problem


def rendered(contract: Contract) -> str:
    """A contract as a person would write it down: a line for each thing said, with the line of the page."""
    return "\n".join(_lines(contract))


def _lines(contract: Contract) -> Iterator[str]:
    assert contract.page is not None
    yield f"{contract.page.layout}, {contract.page.language}, {contract.page.generation}"
    yield f"{contract.operation.method} {contract.operation.url} @{contract.operation.location.line}"
    for parameter in contract.parameters:
        yield _subject(f"{parameter.in_} {parameter.path}", parameter.constraints, parameter.location.line)
    for field in contract.body:
        yield _subject(f"body {field.path}", field.constraints, field.location.line)
    yield f"{contract.response.status} @{contract.response.location.line}"
    for field in contract.response.fields:
        yield _subject(f"response {field.path}", field.constraints, field.location.line)
    for unparsed in contract.unparsed:
        yield f"unread @{unparsed.location.line}: {unparsed.text}"
    for contradiction in contract.contradictions:
        yield f"contradiction @{contradiction.location.line} @{contradiction.other.line}: {contradiction.text}"


def _subject(name: str, constraints: Constraints, line: int) -> str:
    facts = (_fact(keyword, value, constraints.lines.get(keyword)) for keyword, value in constraints.values.items())
    return " ".join([name, *facts, f"@{line}"])


def _fact(keyword: str, value: Value, line: int | None) -> str:
    shown = ",".join(map(str, value)) if isinstance(value, tuple) else value
    text = keyword if value is True else f"{keyword}={shown}"
    return text if line is None else f"{text}@{line}"
