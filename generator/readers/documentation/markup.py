"""Layout: removes the markup of running text and replaces its code spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from .prose import CODE, FIRST_CODE, LAST_CODE, Prose

_PRIVATE = re.compile(CODE)
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
        return _PRIVATE.sub("\ufffd", unescape(token["entity"]))
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
