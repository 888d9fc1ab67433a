"""Layout: the markup of running text as plain prose, its code spans apart."""

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


def prose(source: str, line: int) -> Prose:
    """The prose of one paragraph of Markdown with the HTML that pages use; `line` is that of its start."""
    if not _MARKUP.search(source):
        return Prose(source, (), line)
    codes: list[str] = []
    return Prose("".join(_pieces(source, codes)), tuple(codes), line)


def _pieces(source: str, codes: list[str]) -> Iterator[str]:
    closings = _closings(source)
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
            yield _stand_in(_trimmed(source[position : closing[0]]), codes)
            position = closing[1]
        elif token["code"] is not None:
            yield _stand_in(unescape(token["code"]), codes)
        else:
            yield _plain(token)
    yield source[position:]


def _plain(token: re.Match[str]) -> str:
    if token["entity"]:
        return _PRIVATE.sub("\ufffd", unescape(token["entity"]))
    label = token["label"]
    return (label if label is not None else token["escaped"]) or ""


def _closings(source: str) -> dict[int, tuple[int, int]]:
    """Where each run of backticks that opens a code span is closed: by the next run of its own length."""
    closings: dict[int, tuple[int, int]] = {}
    next_of_length: dict[int, tuple[int, int]] = {}
    for run in reversed(list(re.finditer("`+", source))):
        length = run.end() - run.start()
        if length in next_of_length:
            closings[run.start()] = next_of_length[length]
        next_of_length[length] = run.span()
    return closings


def _trimmed(code: str) -> str:
    """CommonMark's rule: one space goes from both ends where both have one and more than spaces is there."""
    code = code.replace("\n", " ")
    if len(code) > 2 and code[0] == code[-1] == " " and code.strip():
        return code[1:-1]
    return code


def _stand_in(code: str, codes: list[str]) -> str:
    """The character that stands for a code span; the span itself where a text has thousands of them."""
    if FIRST_CODE + len(codes) > LAST_CODE:
        return f"`{code}`"
    codes.append(code)
    return chr(FIRST_CODE + len(codes) - 1)
