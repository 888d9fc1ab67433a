"""Prose without markup, and its sentences: the layout's output, and the vocabulary's input."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

CODE = "[\ue000-\uf8ff]"
"""A regular expression for the character that replaces a code span in `Prose.text`."""

FIRST_CODE, LAST_CODE = 0xE000, 0xF8FF
"""The code points that `CODE` matches: private ones, which `source.decode` lets no page use itself."""


@frozen
class Prose:
    """Text without markup; characters of `CODE` stand for the code spans in `codes`."""

    text: str
    codes: tuple[str, ...]
    line: int

    def code(self, character: str) -> str:
        """The text of the code span of a character."""
        return self.codes[ord(character) - FIRST_CODE]

    def restored(self, text: str) -> str:
        """A part of the text with its code spans restored, for a person to read."""
        if not self.codes:
            return text
        return _CODE.sub(lambda match: f"`{self.code(match[0])}`", text)


@frozen
class Sentence:
    """A sentence of prose, white space as single spaces, without its full stop."""

    text: str
    line: int


_CODE = re.compile(CODE)
_END = re.compile(r"(?<=[.!?…])[ \n]+|\n(?=[A-ZА-ЯЁ])")
"""The possible ends of a sentence: after a full stop, or before a line that starts with a capital, since the
comments that pages are made of leave that full stop out."""

ABBREVIATIONS = frozenset({"т.", "е.", "д.", "п.", "см.", "др.", "напр.", "i.e.", "e.g.", "etc.", "vs."})
"""Words whose full stop ends a sentence only if a capital follows."""


def sentences(text: Prose) -> Iterator[Sentence]:
    """The sentences of a paragraph, each with its first line."""
    position, line = 0, text.line
    for end in (*_ends(text.text), len(text.text)):
        source = text.text[position:end]
        if words := source.split():
            start = len(source) - len(source.lstrip())
            yield Sentence(" ".join(words).rstrip(" ."), line + source.count("\n", 0, start))
        line += source.count("\n")
        position = end


def _ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        before = text[max(0, match.start() - 10) : match.start()].lower().replace("(", " ").split()
        if before[-1:] and before[-1] in ABBREVIATIONS and not text[match.end() : match.end() + 1].isupper():
            continue
        yield match.end()
