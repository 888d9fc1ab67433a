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
    keyword: re.compile(r"(?:^|(?<=\s))" + re.escape(sentence).replace(r"\{\}", "(.+?)") + r"(?=\s|$)")
    for keyword, sentence in SENTENCES.items()
}


def sentences(values: Mapping[str, Value]) -> list[str]:
    """The sentences for what is said of one value, in the table's order; then the bounds of its length."""
    said = [sentence.format(values[keyword]) for keyword, sentence in SENTENCES.items() if values.get(keyword)]
    return [*said, *_length(values.get("minLength", 0), values.get("maxLength"))]


def _length(least: Value, most: Value | None) -> list[str]:
    bounds = f"{least} to {most}" if least and most else f"At least {least}" if least else f"At most {most}"
    return [f"{bounds} character{'' if (most or least) == 1 else 's'}."] if least or most else []


def facts_in(text: str) -> dict[str, Value]:
    """The facts whose sentences stand in a text, however its lines are wrapped."""
    found = {keyword: pattern.search(" ".join(text.split())) for keyword, pattern in _PATTERNS.items()}
    return {keyword: match[1] if match.groups() else True for keyword, match in found.items() if match}
