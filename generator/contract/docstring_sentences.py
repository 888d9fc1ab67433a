"""Facts as sentences for a person, which can be read back from a docstring."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import frozen

from .facts import Value


@frozen
class SentenceTemplate:
    """The sentence of a keyword: `{}` stands for its value; one without it says `true`."""

    sentence: str
    says: Callable[[Any], str] = str
    reads: Callable[[str], Value] = str

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds the sentence in a text of one line."""
        return re.compile(r"(?:^|(?<=\s))" + re.escape(self.sentence).replace(r"\{\}", "(.+?)") + r"(?=\s|$)")


def _plain(value: Value) -> str:
    """A scalar between backticks; a text that could be taken for another scalar is quoted."""
    return f"`{value if isinstance(value, str) and _scalar(value) == value else json.dumps(value)}`"


def _scalar(text: str) -> Value:
    try:
        value = json.loads(text.strip("`"))
    except ValueError:
        return text.strip("`")
    return value if isinstance(value, str | int | float | bool) else text.strip("`")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{one}`" for one in names)


def _names(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"`([^`]+)`", text))


_NUMBER = (json.dumps, _scalar)

SENTENCES: Mapping[str, SentenceTemplate] = {
    "required": SentenceTemplate("Required."),
    "deprecated": SentenceTemplate("Deprecated."),
    "readOnly": SentenceTemplate("Set by the service alone."),
    "writeOnly": SentenceTemplate("Set by the caller alone."),
    "uniqueItems": SentenceTemplate("No element occurs twice."),
    "x-unique-within": SentenceTemplate("Unique within the {}."),
    "x-unit": SentenceTemplate("Unit: {}."),
    "default": SentenceTemplate("Default: {}.", _plain, _scalar),
    "minimum": SentenceTemplate("Not less than {}.", *_NUMBER),
    "exclusiveMinimum": SentenceTemplate("Greater than {}.", *_NUMBER),
    "maximum": SentenceTemplate("Not greater than {}.", *_NUMBER),
    "exclusiveMaximum": SentenceTemplate("Less than {}.", *_NUMBER),
    "pattern": SentenceTemplate("Matches `{}`."),
    "x-one-of": SentenceTemplate("At most one of {} is set.", _listed, _names),
}
"""Keyword -> its sentence."""

_BYTES = ("byte", "bytes")

BOUNDS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("minLength", "maxLength"): ("character", "characters"),
    ("minItems", "maxItems"): ("element", "elements"),
    ("minProperties", "maxProperties"): ("entry", "entries"),
}
"""The keywords of a least and a greatest number, which one sentence says -> what is counted: one, and several."""

WORDED = frozenset(SENTENCES) | {keyword for bounds in BOUNDS for keyword in bounds}
"""Every keyword that a sentence says."""

_PATTERNS = {keyword: one.pattern for keyword, one in SENTENCES.items()}
_COUNTED = {
    bounds: re.compile(
        r"(?:^|(?<=\s))(?:Exactly (?P<exactly>\d+)|(?P<from>\d+) to (?P<to>\d+)|At least (?P<least>\d+)"
        rf"|At most (?P<most>\d+)) (?:{'|'.join((*nouns, *_BYTES) if bounds[0] == 'minLength' else nouns)})\.(?=\s|$)"
    )
    for bounds, nouns in BOUNDS.items()
}

_OF_ENTRIES = {"Keys:": "{key}", "Values:": "{}"}
"""What introduces the sentences on the keys and the values of a map -> what stands for them in a path."""


def sentences(values: Mapping[str, Any]) -> list[str]:
    """The sentences for what is said of one value, in the tables' order."""
    said = [one.sentence.format(one.says(values[key])) for key, one in SENTENCES.items() if _is_said(key, values)]
    nouns = {**BOUNDS} | ({("minLength", "maxLength"): _BYTES} if values.get("format") == "byte" else {})
    counts = (_count(values.get(least) or 0, values.get(most), noun) for (least, most), noun in nouns.items())
    return [*said, *filter(None, counts)]


def sentences_of_entries(keys: Mapping[str, Any], values: Mapping[str, Any]) -> list[str]:
    """The sentences for what is said of the keys of a map and of its values."""
    parts = zip(_OF_ENTRIES, (sentences(keys), sentences(values)), strict=True)
    return [one for introduction, said in parts if said for one in (introduction, *said)]


def parse_facts(text: str) -> dict[str, Value]:
    """The facts whose sentences stand in a text, however its lines are wrapped."""
    line = " ".join(text.split())
    found = {keyword: pattern.search(line) for keyword, pattern in _PATTERNS.items()}
    facts = {keyword: _value(keyword, match) for keyword, match in found.items() if match}
    for (least, most), pattern in _COUNTED.items():
        if match := pattern.search(line):
            found_least = match["exactly"] or match["from"] or match["least"]
            found_most = match["exactly"] or match["to"] or match["most"]
            counts = {least: found_least, most: found_most}
            facts |= {keyword: int(number) for keyword, number in counts.items() if number}
    return facts


def parse_entry_facts(text: str) -> dict[str, dict[str, Value]]:
    """The facts in a text on a map: of itself by the empty text, of its keys and values by what follows its path."""
    *_, whole = parts = re.split(r"(?:^|(?<=\s))(Keys:|Values:)(?=\s)", " ".join(text.split()))
    named = dict(zip(parts[1::2], parts[2::2], strict=True))
    found = {suffix: parse_facts(named.get(introduction, "")) for introduction, suffix in _OF_ENTRIES.items()}
    return {"": parse_facts(parts[0] if named else whole), **found}


def _is_said(keyword: str, values: Mapping[str, Any]) -> bool:
    return keyword in values and values[keyword] is not (None if "{}" in SENTENCES[keyword].sentence else False)


def _value(keyword: str, match: re.Match[str]) -> Value:
    return SENTENCES[keyword].reads(match[1]) if match.groups() else True


def _count(least: int, most: int | None, nouns: tuple[str, str]) -> str:
    noun = nouns[(least if most is None else most) != 1]
    if most is None:
        return f"At least {least} {noun}." if least else ""
    if least == most:
        return f"Exactly {most} {noun}."
    return f"{least} to {most} {noun}." if least else f"At most {most} {noun}."
