"""Facts as sentences for a person, most of which can be read back from a docstring."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .facts import Value

SENTENCES: Mapping[str, str] = {
    "readOnly": "Set by the service alone.",
    "uniqueItems": "No element occurs twice.",
    "x-unique-within": "Unique within the {}.",
    "x-unit": "Unit: {}.",
}
"""Keyword -> its sentence; `{}` stands for the value, and a sentence without it says `true`."""

_PATTERNS = {
    keyword: re.compile(r"(?:^|(?<=\s))" + re.escape(sentence).replace(r"\{\}", r"([\w ]+?)"))
    for keyword, sentence in SENTENCES.items()
}


def sentences(values: Mapping[str, Value]) -> list[str]:
    """The sentences for what is said of one value, in the table's order; then the bounds of its length."""
    said = [sentence.format(values[keyword]) for keyword, sentence in SENTENCES.items() if values.get(keyword)]
    return [*said, *_length(values.get("minLength", 0), values.get("maxLength"))]


def _length(least: Value, most: Value | None) -> list[str]:
    if most is not None:
        return [f"{least} to {most} characters."]
    return [f"{least} characters or more."] if least else []


def facts_in(text: str) -> dict[str, Value]:
    """The facts whose sentences stand in a text."""
    found = {keyword: pattern.search(text) for keyword, pattern in _PATTERNS.items()}
    return {keyword: _value(match) for keyword, match in found.items() if match is not None}


def _value(match: re.Match[str]) -> Value:
    if not match.groups():
        return True
    return int(match[1]) if match[1].isdecimal() else match[1]
