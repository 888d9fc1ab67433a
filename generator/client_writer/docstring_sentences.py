"""Writes facts as sentences of a docstring."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator.contract.keywords import KEYWORDS, KeywordKind

_NOUNS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("minLength", "maxLength"): ("character", "characters"),
    ("minItems", "maxItems"): ("element", "elements"),
    ("minProperties", "maxProperties"): ("entry", "entries"),
}
"""The keywords of a least and a greatest number, which share a sentence -> the noun counted, singular and plural."""

_BYTES = ("byte", "bytes")


def sentences(values: Mapping[str, Any]) -> list[str]:
    """Return the sentences for the constraints of one value, in the order of the keywords."""
    texts = (_sentence(keyword, values[keyword]) for keyword in KEYWORDS if keyword in values)
    nouns = {**_NOUNS} | ({("minLength", "maxLength"): _BYTES} if values.get("format") == "byte" else {})
    counts = (_count(values.get(least) or 0, values.get(most), noun) for (least, most), noun in nouns.items())
    return [*filter(None, texts), *filter(None, counts)]


def sentences_of_entries(keys: Mapping[str, Any], values: Mapping[str, Any]) -> list[str]:
    """Return the sentences for the constraints of a map's keys and values."""
    parts = (("Keys:", sentences(keys)), ("Values:", sentences(values)))
    return [text for introduction, texts in parts if texts for text in (introduction, *texts)]


def _sentence(keyword: str, value: Any) -> str:
    match KEYWORDS[keyword].kind:
        case KeywordKind.FLAG if not value:
            return ""
        case KeywordKind.NAMES:
            text = ", ".join(f"`{name}`" for name in value)
        case KeywordKind.ANY:
            text = f"`{_text(value)}`"
        case _:
            text = _text(value)
    return KEYWORDS[keyword].sentence.format(text)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _count(least: int, most: int | None, nouns: tuple[str, str]) -> str:
    noun = nouns[(least if most is None else most) != 1]
    if most is None:
        return f"At least {least} {noun}." if least else ""
    if least == most:
        return f"Exactly {most} {noun}."
    return f"{least} to {most} {noun}." if least else f"At most {most} {noun}."
