"""Prose without markup, and its sentences: the layout's output, and the vocabulary's input."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

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


_CODE = re.compile(CODE)
_END = re.compile(r"(?<=[.!?…])[ \n]+|\n(?=[A-ZА-ЯЁ])")
"""The possible ends of a sentence: after a full stop, or before a line that starts with a capital, since the
comments that pages are made of leave that full stop out."""

ABBREVIATIONS = frozenset({"т.", "е.", "д.", "п.", "см.", "др.", "напр.", "i.e.", "e.g.", "etc.", "vs."})
"""Words whose full stop ends a sentence only if a capital follows."""


def sentences(text: Prose) -> Iterator[tuple[str, int]]:
    """Yield the sentences of a paragraph, each with its first line: white space as single spaces, no full stop."""
    position, line = 0, text.line
    for end in (*_ends(text.text), len(text.text)):
        source = text.text[position:end]
        if words := source.split():
            start = len(source) - len(source.lstrip())
            yield " ".join(words).rstrip(" ."), line + source.count("\n", 0, start)
        line += source.count("\n")
        position = end


def _ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        before = text[max(0, match.start() - 10) : match.start()].lower().replace("(", " ").split()
        if before[-1:] and before[-1] in ABBREVIATIONS and not text[match.end() : match.end() + 1].isupper():
            continue
        yield match.end()


_MARKUP = re.compile(r"[`<\[\\*&]")
_TOKEN = re.compile(
    r"(?P<run>`+)"
    r"|<code>(?P<code>[^<]*)</code>"
    r"|<a\b[^<>]*>|</(?:a|b|i|em|strong|code)>|<(?:b|i|em|strong)>"
    r"|\[(?P<label>[^\[\]]*)\]\([^()\n]*\)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|\*\*"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});)"
)


def parse_markup(source: str, line: int) -> Prose:
    """Parse one paragraph of Markdown with the HTML that pages use; `line` is its first line."""
    if not _MARKUP.search(source):
        return Prose(source, (), line)
    codes: list[str] = []
    return Prose("".join(_pieces(source, codes)), tuple(codes), line)


def _pieces(source: str, codes: list[str]) -> Iterator[str]:
    closings = _code_span_ends(source)
    position = 0
    for token in _TOKEN.finditer(source):
        if token.start() < position:
            continue
        yield source[position : token.start()]
        position = token.end()
        if token["run"]:
            closing = closings.get(token.start())
            if closing is None:
                yield token[0]
                continue
            yield _placeholder(_trimmed(source[position : closing[0]]), codes)
            position = closing[1]
        elif token["code"] is not None:
            yield _placeholder(unescape(token["code"]), codes)
        else:
            yield _plain(token)
    yield source[position:]


def _plain(token: re.Match[str]) -> str:
    if token["entity"]:
        return _CODE.sub("\ufffd", unescape(token["entity"]))
    label = token["label"]
    return (label if label is not None else token["escaped"]) or ""


def _code_span_ends(source: str) -> dict[int, tuple[int, int]]:
    """The extent of the run of backticks that closes each code span: the next run of the same length."""
    closings: dict[int, tuple[int, int]] = {}
    next_of_length: dict[int, tuple[int, int]] = {}
    for run in reversed(list(re.finditer("`+", source))):
        length = run.end() - run.start()
        if length in next_of_length:
            closings[run.start()] = next_of_length[length]
        next_of_length[length] = run.span()
    return closings


def _trimmed(code: str) -> str:
    """Remove one space from both ends if both have one and the rest is not blank, as CommonMark does."""
    code = code.replace("\n", " ")
    if len(code) > 2 and code[0] == code[-1] == " " and code.strip():
        return code[1:-1]
    return code


def _placeholder(code: str, codes: list[str]) -> str:
    """Return the character that replaces a code span; the span itself if a text has thousands of them."""
    if FIRST_CODE + len(codes) > LAST_CODE:
        return f"`{code}`"
    codes.append(code)
    return chr(FIRST_CODE + len(codes) - 1)
