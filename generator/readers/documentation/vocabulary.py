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
from .placeholders import PLACEHOLDERS, TIMED, target_of, unit_of
from .prose import CODE, Prose, sentences

LONGEST_PHRASE = 2000
"""A limit of characters: a longer sentence is not matched, which bounds the cost of matching."""


@frozen
class Sentence:
    """A sentence with its facts; one without facts looks like a constraint and was not understood.

    `target` is `value` or `key` if the facts apply to each value or key of a map.
    """

    text: str
    line: int
    facts: Mapping[str, Value] = {}
    target: str = ""


class _PhraseTable:
    """A table of phrases, compiled into one pattern in which each phrase is a group."""

    def __init__(self, phrases: Phrases) -> None:
        self.by_group: dict[int, tuple[list[str], Mapping[str, Value]]] = {}
        parts: list[str] = []
        groups = 0
        for text, facts in phrases:
            names: list[str] = _PLACEHOLDER.findall(text)
            self.by_group[groups + 1] = names, facts
            groups += 1 + len(names)
            parts.append(f"({pattern_of(text)})")
        self.pattern = re.compile("|".join(parts))

    def parsed(self, match: re.Match[str], prose: Prose, line: int) -> Sentence:
        """The sentence of a match; the group that closes last is that of its phrase."""
        group = match.lastindex or 0
        names, phrase_facts = self.by_group[group]
        groups = zip(names, match.groups()[group:], strict=False)
        texts = _with_units({name: text for name, text in groups if text is not None})
        facts = {keyword: _value(value, texts, prose) for keyword, value in phrase_facts.items()}
        if any(name in TIMED and unit_of(text) for name, text in texts.items()):
            facts["x-unit"] = "second"
        target = target_of(texts.get("each") or texts.get("of each") or "")
        return Sentence(prose.restored(match.string), line, facts, target)


def _with_units(texts: dict[str, str]) -> dict[str, str]:
    """Copy the unit of a range's upper bound to its lower bound, which may leave it out."""
    unit = unit_of(texts.get("most", ""))
    if unit and "least" in texts and not unit_of(texts["least"]):
        return {**texts, "least": f"{texts['least']} {unit}"}
    return texts


_PLACEHOLDER = re.compile(r"\{([a-z ]+)\}")


def pattern_of(text: str) -> str:
    """The regular expression of a phrase: its placeholders as groups, the dashes around them as any dash."""
    pattern = _PLACEHOLDER.sub(lambda match: f"({PLACEHOLDERS[match[1]].pattern})", text)
    return pattern.replace(" — ", " [—–-] ").replace(")-(", ") ?[-–—] ?(").replace(")(?:-|", ")(?: ?[-–—] ?|")


def _value(value: Value, texts: Mapping[str, str], prose: Prose) -> Value:
    if not isinstance(value, str) or not value.startswith("{") or value == THIS:
        return value
    name = value[1:-1]
    return PLACEHOLDERS[name].value(texts[name], prose)


_SENTENCES, _FRAGMENTS = _PhraseTable(SENTENCES), _PhraseTable(FRAGMENTS)


def parse_prose(prose: Prose) -> Iterator[Sentence]:
    """Parse a paragraph, sentence by sentence."""
    for text, line in sentences(_with_numbers(prose)):
        whole = _SENTENCES.pattern.fullmatch(text) if len(text) <= LONGEST_PHRASE else None
        if whole is not None:
            yield _SENTENCES.parsed(whole, prose, line)
            continue
        for match in _FRAGMENTS.pattern.finditer(text):
            yield _FRAGMENTS.parsed(match, prose, line)
        if looks_like_constraint(_FRAGMENTS.pattern.sub(" ", text)):
            yield Sentence(prose.restored(text), line)


_VISIBLE = re.compile(r"-?\d[\d.,]*|(?:key|ключ)[:=](?:value|значение)(?: format)?")


def _with_numbers(prose: Prose) -> Prose:
    """Replace the code spans that phrases and hints look into by their text: numbers, and the form of a map."""
    if not any(map(_VISIBLE.fullmatch, prose.codes)):
        return prose

    def visible(match: re.Match[str]) -> str:
        code = prose.code(match[0])
        return code if _VISIBLE.fullmatch(code) else match[0]

    return evolve(prose, text=re.sub(CODE, visible, prose.text))
