"""Writes facts as sentences of a docstring, and reads them back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from .facts import Value
from .keywords import KEYWORDS, KeywordKind


def _scalar_text(value: Value) -> str:
    """Format a scalar between backticks; a text that reads as another scalar is quoted."""
    return f"`{value if isinstance(value, str) and _scalar(value) == value else json.dumps(value)}`"


def _scalar(text: str) -> Value:
    try:
        value = json.loads(text.strip("`"))
    except ValueError:
        return text.strip("`")
    return value if isinstance(value, str | int | float | bool) else text.strip("`")


def _names_text(names: Value) -> str:
    return ", ".join(f"`{name}`" for name in cast("Sequence[str]", names))


def _names(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"`([^`]+)`", text))


_Codec = tuple[Callable[[Value], str], Callable[[str], Value]]
_NUMBER: _Codec = (json.dumps, _scalar)
_CODECS: Mapping[KeywordKind, _Codec] = {
    KeywordKind.LOWER: _NUMBER,
    KeywordKind.UPPER: _NUMBER,
    KeywordKind.TEXT: (str, str),
    KeywordKind.NAMES: (_names_text, _names),
    KeywordKind.ANY: (_scalar_text, _scalar),
}
"""Kind of a keyword -> how its value is written in a sentence, and read from it; a flag has no value there."""

_SENTENCES = {name: keyword.sentence for name, keyword in KEYWORDS.items() if keyword.sentence}
_BYTES = ("byte", "bytes")

BOUNDS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("minLength", "maxLength"): ("character", "characters"),
    ("minItems", "maxItems"): ("element", "elements"),
    ("minProperties", "maxProperties"): ("entry", "entries"),
}
"""The keywords of a least and a greatest number, which share a sentence -> the noun counted, singular and plural."""

_PATTERNS = {
    keyword: re.compile(r"(?:^|(?<=\s))" + re.escape(sentence).replace(r"\{\}", "(.+?)") + r"(?=\s|$)")
    for keyword, sentence in _SENTENCES.items()
}
_COUNTED = {
    bounds: re.compile(
        r"(?:^|(?<=\s))(?:Exactly (?P<exactly>\d+)|(?P<from>\d+) to (?P<to>\d+)|At least (?P<least>\d+)"
        rf"|At most (?P<most>\d+)) (?:{'|'.join((*nouns, *_BYTES) if bounds[0] == 'minLength' else nouns)})\.(?=\s|$)"
    )
    for bounds, nouns in BOUNDS.items()
}


def sentences(values: Mapping[str, Any]) -> list[str]:
    """Return the sentences for the constraints of one value, in the order of the keywords."""
    texts = (_sentence(keyword, values[keyword]) for keyword in _SENTENCES if keyword in values)
    nouns = {**BOUNDS} | ({("minLength", "maxLength"): _BYTES} if values.get("format") == "byte" else {})
    counts = (_count(values.get(least) or 0, values.get(most), noun) for (least, most), noun in nouns.items())
    return [*filter(None, texts), *filter(None, counts)]


def sentences_of_entries(keys: Mapping[str, Any], values: Mapping[str, Any]) -> list[str]:
    """Return the sentences for the constraints of a map's keys and values."""
    parts = (("Keys:", sentences(keys)), ("Values:", sentences(values)))
    return [text for introduction, texts in parts if texts for text in (introduction, *texts)]


def parse_facts(text: str) -> dict[str, Value]:
    """Return the facts whose sentences a text contains, however its lines are wrapped."""
    line = " ".join(text.split())
    matches = {keyword: pattern.search(line) for keyword, pattern in _PATTERNS.items()}
    facts = {keyword: _value(keyword, match) for keyword, match in matches.items() if match}
    for (least, most), pattern in _COUNTED.items():
        if match := pattern.search(line):
            counts = {
                least: match["exactly"] or match["from"] or match["least"],
                most: match["exactly"] or match["to"] or match["most"],
            }
            facts |= {keyword: int(number) for keyword, number in counts.items() if number}
    return facts


def _sentence(keyword: str, value: Any) -> str:
    if KEYWORDS[keyword].kind is KeywordKind.FLAG:
        return _SENTENCES[keyword] if value else ""
    return "" if value is None else _SENTENCES[keyword].format(_CODECS[KEYWORDS[keyword].kind][0](value))


def _value(keyword: str, match: re.Match[str]) -> Value:
    return _CODECS[KEYWORDS[keyword].kind][1](match[1]) if match.groups() else True


def _count(least: int, most: int | None, nouns: tuple[str, str]) -> str:
    noun = nouns[(least if most is None else most) != 1]
    if most is None:
        return f"At least {least} {noun}." if least else ""
    if least == most:
        return f"Exactly {most} {noun}."
    return f"{least} to {most} {noun}." if least else f"At most {most} {noun}."
