"""The published page itself, where it is at hand: each statement of it, falsified in its text, is caught."""

import re
from collections.abc import Iterator, Mapping

import pytest

from generator.contract.compare import compare
from generator.contract.facts import Contract
from generator.errors import InputError
from generator.readers.documentation import read_bytes
from tests.contract.mutations import subjects
from tests.contract.pages import PHRASES
from tests.contract.witnesses import PUBLISHED_PAGE, locks, sentence

EDITS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "type": ((r"\*\*(string|object)\*\*", "**number**"), (r"\*\*(string|object)\*\*", "**boolean**")),
    "format": ((r"\((int64|date-time)\)", "(int32)"),),
    "required": ((PHRASES["ru"]["required"], ""), (PHRASES["ru"]["required"], PHRASES["ru"]["deprecated"])),
    "readOnly": ((PHRASES["ru"]["readOnly"], ""), (PHRASES["ru"]["readOnly"], PHRASES["ru"]["writeOnly"])),
    "maxLength": ((r"— 50", "— 49"), (r"— 50", "— 51"), (r"[^.]*— 50\.", ""), (r"— 50", "— много")),
    "x-unit": ((r"в байтах", ""), (r"в байтах", "в секундах"), (r"в байтах", "в килобайтах")),
    "x-unique-within": ((r"[^.>]*[Уу]ник[^.]*\.", ""), (r"(реестра|репозитория)", "каталога")),
    "uniqueItems": ((r"[^.>]*[Уу]ник[^.]*\.", ""),),
    "method": (("GET ", "POST "), ("GET ", "")),
    "url": (
        ("images", "image"),
        ("/v1/", "/v2/"),
        ("https", "http"),
        (r"\{imageId\}", "{id}"),
        (r"registry\.api", "api"),
    ),
    "status": ((r"200", "201"), (r"200", "404"), (r"HTTP.*", "")),
    "in": ((r"imageId", "imageID"),),
}
"""Keyword -> a pattern in the line that says it, and what it becomes."""

ADDED = ("required", "readOnly", "writeOnly", "deprecated", "maxLength", "pattern", "x-unit", "maxItems", "default")


def _edited(lines: list[str], line: int, pattern: str, replacement: str) -> str:
    changed, count = re.subn(pattern, replacement, lines[line - 1], count=1)
    assert count, f"nothing like {pattern!r} in line {line}"
    return "\n".join([*lines[: line - 1], changed, *lines[line:]])


def _mutants(text: str, page: Contract) -> Iterator[tuple[str, str]]:
    """Each falsified page with a name for it."""
    lines = text.splitlines()
    for fact in page.facts():
        for pattern, replacement in EDITS[fact.keyword] if fact.path != "imageId" or fact.keyword != "type" else ():
            yield (
                f"{sentence(fact)}: {pattern} -> {replacement}",
                _edited(lines, fact.location.line, pattern, replacement),
            )
    for _, subject in subjects(page):
        line, name = subject.location.line, subject.path.rpartition(".")[2]
        yield f"{subject.path} left out", "\n".join([*lines[: line - 1], *lines[line:]])
        yield f"{subject.path} called otherwise", _edited(lines, line, re.escape(name), f"other{name}")
        for keyword in (keyword for keyword in ADDED if keyword not in subject.constraints.values):
            phrase = PHRASES["ru"][keyword].format("3")
            yield f"{subject.path}: {phrase}", _edited(lines, line, r"(</p>|50\.)", rf"\1 <p>{phrase}</p>")
    start, end = lines.index("```json ") + 1, len(lines) - 1 - lines[::-1].index("```")
    for line in range(start + 1, end):
        if '"' in lines[line - 1]:
            yield f"JSON without {lines[line - 1].strip()}", "\n".join([*lines[: line - 1], *lines[line:]])
            yield f"JSON with another {lines[line - 1].strip()}", _edited(lines, line, r'"(\w+)"', r'"\1x"')


@pytest.mark.skipif(not PUBLISHED_PAGE.exists(), reason="the published page is kept beside the checkout, not in it")
def test_every_false_statement_on_the_published_page_is_caught() -> None:
    """The lock has the facts of the page, and no changed page passes for it."""
    lock = next(contract for contract in locks() if contract.page and contract.page.name == PUBLISHED_PAGE.name)
    text = PUBLISHED_PAGE.read_text(encoding="utf-8")
    page = read_bytes(text.encode(), PUBLISHED_PAGE.name)
    assert compare(lock, page) == ()
    mutants = dict(_mutants(text, page))
    assert [name for name, mutant in mutants.items() if not _is_caught(mutant, lock)] == []
    assert len(mutants) >= 150


def _is_caught(mutant: str, lock: Contract) -> bool:
    try:
        return bool(compare(lock, read_bytes(mutant.encode(), PUBLISHED_PAGE.name)))
    except InputError:
        return True
