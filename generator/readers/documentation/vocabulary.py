"""Vocabulary: parses prose into facts by the tables of phrases, and finds constraints that were not understood.

Nothing here depends on the layout of a page or on the field that is described.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from generator.contract.facts import Value

from .constraint_hints import looks_like_constraint
from .phrases import FRAGMENTS, SENTENCES, THIS, Phrases
from .placeholders import PLACEHOLDERS, TIMED, VALUES, target_of, unit_of
from .prose import CODE, Prose, Sentence, sentences

LONGEST_PHRASE = 2000
"""A limit of characters: a longer sentence is not matched, which bounds the cost of matching."""


@frozen
class ParsedSentence:
    """The facts of one sentence; `target` is `value` or `key` if they apply to each value or key of a map."""

    target: str
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
    """A compiled phrase: its placeholders in their order, and its facts."""

    names: tuple[str, ...]
    values: Mapping[str, Value]


class _PhraseTable:
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

    def parsed(self, match: re.Match[str], prose: Prose, line: int) -> ParsedSentence:
        """The sentence of a match; the group that closes last is that of its phrase."""
        group = match.lastindex or 0
        phrase = self.by_group[group]
        groups = zip(phrase.names, match.groups()[group:], strict=False)
        texts = _with_units({name: text for name, text in groups if text is not None})
        values = {keyword: _value(value, texts, prose) for keyword, value in phrase.values.items()}
        if any(name in TIMED and unit_of(text) for name, text in texts.items()):
            values["x-unit"] = "second"
        about = target_of(texts.get("each") or texts.get("of each") or "")
        return ParsedSentence(about, values, prose.restored(match.string), line)


def _with_units(texts: dict[str, str]) -> dict[str, str]:
    """Copy the unit of a range's upper bound to its lower bound, which may leave it out."""
    unit = unit_of(texts.get("most", ""))
    if unit and "least" in texts and not unit_of(texts["least"]):
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


_SENTENCES, _FRAGMENTS = _PhraseTable(SENTENCES), _PhraseTable(FRAGMENTS)


def parse_prose(prose: Prose) -> Iterator[ParsedSentence | UnparsedSentence]:
    """Parse a paragraph, sentence by sentence."""
    for sentence in sentences(_with_numbers(prose)):
        whole = _SENTENCES.pattern.fullmatch(sentence.text) if len(sentence.text) <= LONGEST_PHRASE else None
        if whole is not None:
            yield _SENTENCES.parsed(whole, prose, sentence.line)
        else:
            yield from _parse_fragments(sentence, prose)


_VISIBLE = re.compile(r"-?\d[\d.,]*|(?:key|ключ)[:=](?:value|значение)(?: format)?")


def _with_numbers(prose: Prose) -> Prose:
    """Replace the code spans that phrases and hints look into by their text: numbers, and the form of a map."""
    if not any(map(_VISIBLE.fullmatch, prose.codes)):
        return prose
    return evolve(prose, text=re.sub(CODE, lambda code: _number_or_character(prose.code(code[0]), code[0]), prose.text))


def _number_or_character(code: str, character: str) -> str:
    return code if _VISIBLE.fullmatch(code) else character


def _parse_fragments(sentence: Sentence, prose: Prose) -> Iterator[ParsedSentence | UnparsedSentence]:
    for match in _FRAGMENTS.pattern.finditer(sentence.text):
        yield _FRAGMENTS.parsed(match, prose, sentence.line)
    if looks_like_constraint(_FRAGMENTS.pattern.sub(" ", sentence.text)):
        yield UnparsedSentence(prose.restored(sentence.text), sentence.line)
