"""Redundant facts: stated by two keywords, or by a keyword and in words. Undecidable cases are ignored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.contract.docstring_sentences import parse_facts
from generator.errors import Location
from generator.readers.openapi.grammar import Visited
from generator.yaml_document import References, YamlMapping, YamlSequence

Violation = tuple[Location, str]

WORDS: Mapping[str, str] = {
    "type": "an? {}",
    "format": r"{}|RFC ?3339|ISO ?8601|64-bit",
    "required": r"required|mandatory|must be (?:given|set)",
    "deprecated": r"deprecated|obsolete",
    "readOnly": r"read-only|output only|(?:given|set|assigned|generated) by the (?:service|server)",
    "writeOnly": r"write-only|input only",
    "default": r"by default|defaults? (?:to|is|value)",
    "minLength": r"not empty|non-empty|{}",
    "maxLength": "{}",
    "pattern": r"match(?:es)? the|regular expression",
    "minimum": "{}",
    "maximum": "{}",
    "exclusiveMinimum": "{}",
    "exclusiveMaximum": "{}",
    "minItems": "at least one|{}",
    "maxItems": "{}",
    "minProperties": "{}",
    "maxProperties": "{}",
    "uniqueItems": "unique|distinct|duplicates?|twice",
    "x-unique-within": "unique",
    "x-unit": "{}s?",
}
"""Keyword -> the words of a description that repeat it; `{}` stands for its value."""

IMPLIED: Mapping[str, frozenset[str]] = {
    "enum": frozenset({"minLength", "maxLength", "pattern", "minimum", "maximum"}),
    "format": frozenset({"pattern", "minLength", "maxLength"}),
    "exclusiveMinimum": frozenset({"minimum"}),
    "exclusiveMaximum": frozenset({"maximum"}),
}
"""Keyword -> the sibling keywords that it makes redundant."""


_OF_ANY_LENGTH = ("byte",)
"""Formats that do not limit the length of a text."""


def in_words(visited: Visited) -> Iterator[Violation]:
    """Yield the descriptions that repeat a keyword."""
    table = visited.table
    yield from _in_description(table, _stated(table, visited.references))
    properties, required = table.get("properties"), table.get("required")
    if isinstance(properties, YamlMapping) and isinstance(required, YamlSequence):
        for child in (properties[name] for name in required if isinstance(properties.get(name), YamlMapping)):
            yield from _in_description(child, {"required": True})


def _in_description(table: YamlMapping, stated: Mapping[str, Any]) -> Iterator[Violation]:
    description = table.get("description")
    if not isinstance(description, str):
        return
    sentences = parse_facts(description)
    for keyword, value in stated.items():
        words = re.search(_words(keyword, value), description, re.IGNORECASE)
        if keyword in sentences or words:
            words_found = words[0] if words else str(sentences[keyword])
            yield (
                table.location_of("description"),
                f"the description says {words_found!r}, and so does `{keyword}: {_json(value)}`",
            )


def _words(keyword: str, value: Any) -> str:
    """Return a pattern of the words that repeat a keyword; a bound of 0 or 1 matches no number."""
    plain = re.escape(str(value))
    pattern = WORDS[keyword].replace("{}", plain if plain not in {"0", "1", ""} else r"[^\s\S]")
    return rf"(?<![\w.-])(?:{pattern})(?![\w-]|\.\d)"


def _json(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _stated(table: YamlMapping, references: References, deeper: int = 2) -> dict[str, Any]:
    """Collect the keywords that apply to a description: behind references, of its schema, of its items."""
    stated: dict[str, Any] = {}
    for step, seen_from in references.resolve_chain(table):
        if isinstance(step, YamlMapping):
            below = [step[keyword] for keyword in ("schema", "items") if isinstance(step.get(keyword), YamlMapping)]
            inner = [_stated(part, seen_from, deeper - 1) for part in below if deeper]
            for keywords in (_own_keywords(step), *inner):
                stated = {**keywords, **stated}
    return stated


def _own_keywords(table: YamlMapping) -> dict[str, Any]:
    """Select the keywords with words; a list of required properties belongs to those."""
    return {
        keyword: value
        for keyword, value in table.items()
        if keyword in WORDS and value is not False and not isinstance(value, list)
    }


def by_keywords(visited: Visited) -> Iterator[Violation]:
    """Yield the keywords that a sibling makes redundant."""
    table = visited.table
    for keyword, repeated in IMPLIED.items():
        for other in table:
            if keyword in table and other in repeated and table[keyword] not in (False, *_OF_ANY_LENGTH):
                sentence = f"`{keyword}: {_json(table[keyword])}` leaves nothing for `{other}` to say"
                yield table.location_of(other), sentence


def by_texts(visited: Visited) -> Iterator[Violation]:
    """Yield a description that repeats the summary, the title or the name."""
    table = visited.table
    description = table.get("description")
    for keyword in ("summary", "title", "name"):
        text = table.get(keyword)
        if isinstance(text, str) and isinstance(description, str) and _plain(text) == _plain(description):
            yield table.location_of("description"), f"the description is the {keyword} again"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
