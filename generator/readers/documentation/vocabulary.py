"""Vocabulary: prose to facts by the table of phrases, and what looks like a constraint and was not understood.

Nothing here knows how a page is laid out or which field is described.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import frozen

from generator.contract.facts import Value

from .constraint_hints import smells
from .phrases import FRAGMENTS, SENTENCES, THIS, Phrases
from .placeholders import PLACEHOLDERS, TIMED, VALUES, whose
from .prose import Prose, Sentence, statements

LONGEST_PHRASE = 2000
"""A longer sentence is no phrase: it is not tried, which bounds what matching can cost."""


@frozen
class ParsedSentence:
    """The facts of one sentence; `whose` is `value` or `key` where it is about each of these, else empty."""

    whose: str
    values: Mapping[str, Value]
    text: str
    line: int


@frozen
class UnparsedSentence:
    """A sentence that looks like a constraint and was not understood."""

    text: str
    line: int


@frozen
class _Phrase:
    """A phrase as compiled: its placeholders in their order, and the facts that it means."""

    names: tuple[str, ...]
    values: Mapping[str, Value]


class _Table:
    """A table of phrases, compiled into one pattern in which each phrase is a group."""

    def __init__(self, phrases: Phrases) -> None:
        self.by_group: dict[int, _Phrase] = {}
        parts: list[str] = []
        groups = 0
        for text, values in phrases:
            names = tuple(_PLACEHOLDER.findall(text))
            self.by_group[groups + 1] = _Phrase(names, values)
            groups += 1 + len(names)
            parts.append(f"({pattern_of(text)})")
        self.pattern = re.compile("|".join(parts))

    def said(self, match: re.Match[str], prose: Prose, line: int) -> ParsedSentence:
        """What a match of the pattern says; the group that closes last is its phrase's."""
        group = match.lastindex or 0
        phrase = self.by_group[group]
        texts = _with_units(dict(zip(phrase.names, match.groups()[group:], strict=False)))
        values = {keyword: _value(value, texts, prose) for keyword, value in phrase.values.items()}
        if any(name in TIMED and " " in text for name, text in texts.items()):
            values["x-unit"] = "second"
        about = whose(texts.get("each") or texts.get("of each") or "")
        return ParsedSentence(about, values, prose.shown(match.string), line)


def _with_units(texts: dict[str, str]) -> dict[str, str]:
    """The texts of a phrase; the unit of a range's upper bound is that of its lower one too, which may leave it out."""
    unit = texts.get("most", "").partition(" ")[2]
    if unit and " " not in texts.get("least", " "):
        return {**texts, "least": f"{texts['least']} {unit}"}
    return texts


_PLACEHOLDER = re.compile(r"\{([a-z ]+)\}")


def pattern_of(text: str) -> str:
    """The regular expression of a phrase: its placeholders as groups, the dashes around them as any dash."""
    pattern = _PLACEHOLDER.sub(lambda match: f"({PLACEHOLDERS[match[1]]})", text)
    return pattern.replace(" — ", " [—–-] ").replace(")-(", ") ?[-–—] ?(").replace(")(?:-|", ")(?: ?[-–—] ?|")


def _value(value: Value, texts: Mapping[str, str], prose: Prose) -> Value:
    if not isinstance(value, str) or not value.startswith("{") or value == THIS:
        return value
    name = value[1:-1]
    return VALUES[name](texts[name], prose)


_SENTENCES, _FRAGMENTS = _Table(SENTENCES), _Table(FRAGMENTS)


def understand(prose: Prose) -> Iterator[ParsedSentence | UnparsedSentence]:
    """What a paragraph says, sentence by sentence, and what of it was not understood."""
    for statement in statements(prose):
        whole = _SENTENCES.pattern.fullmatch(statement.text) if len(statement.text) <= LONGEST_PHRASE else None
        if whole is not None:
            yield _SENTENCES.said(whole, prose, statement.line)
        else:
            yield from _partly(statement, prose)


def _partly(statement: Sentence, prose: Prose) -> Iterator[ParsedSentence | UnparsedSentence]:
    for found in _FRAGMENTS.pattern.finditer(statement.text):
        yield _FRAGMENTS.said(found, prose, statement.line)
    if smells(_FRAGMENTS.pattern.sub(" ", statement.text)):
        yield UnparsedSentence(prose.shown(statement.text), statement.line)
