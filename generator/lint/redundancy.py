"""Finds facts that a description repeats: those of a keyword beside it, and other texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.contract.keywords import KEYWORDS
from generator.errors import Location
from generator.readers.openapi.grammar import Visited
from generator.yaml_document import References, YamlMapping, YamlSequence

Violation = tuple[Location, str]


def repeated_facts(visited: Visited) -> Iterator[Violation]:
    """Yield the descriptions that repeat a keyword."""
    table = visited.table
    yield from _in_description(table, _facts(table, visited.references))
    properties, required = table.get("properties"), table.get("required")
    if isinstance(properties, YamlMapping) and isinstance(required, YamlSequence):
        for child in (properties[name] for name in required if isinstance(properties.get(name), YamlMapping)):
            yield from _in_description(child, {"required": True})


def _in_description(table: YamlMapping, facts: Mapping[str, Any]) -> Iterator[Violation]:
    description = table.get("description")
    if not isinstance(description, str):
        return
    for keyword, value in facts.items():
        words = re.search(_words(keyword, value), description, re.IGNORECASE)
        if words:
            sentence = f"the description repeats `{keyword}: {_json(value)}` with {words[0]!r}"
            yield table.location_of("description"), sentence


def _words(keyword: str, value: Any) -> str:
    """Return the pattern of whole words that repeat a keyword; a bound of 0 or 1 is not searched as a number."""
    plain = re.escape(str(value))
    pattern = KEYWORDS[keyword].words.replace("{}", plain if plain not in {"0", "1", ""} else r"[^\s\S]")
    return rf"(?<![\w.-])(?:{pattern})(?![\w-]|\.\d)"


def _json(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _facts(table: YamlMapping, references: References, depth: int = 2) -> dict[str, Any]:
    """Return the keywords that apply to a description: of the table, behind its `$ref`s, of its schema and items."""
    facts: dict[str, Any] = {}
    for step, seen_from in references.resolve_chain(table):
        if isinstance(step, YamlMapping):
            inner = [step[keyword] for keyword in ("schema", "items") if isinstance(step.get(keyword), YamlMapping)]
            facts = _own_facts(step) | facts
            for node in inner if depth else ():
                facts = _facts(node, seen_from, depth - 1) | facts
    return facts


def _own_facts(table: YamlMapping) -> dict[str, Any]:
    """Return the keywords of a table that words can repeat; a list of required properties is about those."""
    return {
        keyword: value
        for keyword, value in table.items()
        if keyword in KEYWORDS and KEYWORDS[keyword].words and value is not False and not isinstance(value, list)
    }


def repeated_texts(visited: Visited) -> Iterator[Violation]:
    """Yield a description that repeats the summary, the title or the name."""
    table = visited.table
    description = table.get("description")
    for keyword in ("summary", "title", "name"):
        text = table.get(keyword)
        if isinstance(text, str) and isinstance(description, str) and _plain(text) == _plain(description):
            yield table.location_of("description"), f"the description repeats the {keyword}"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
