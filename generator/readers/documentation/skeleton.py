"""Parses the JSON that shows the structure of a body: `"string"` or `true` for a value, comments for a one-of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn

from attrs import frozen

from generator.errors import InputError, Location

MAXIMUM_DEPTH = 50
"""The deepest nesting allowed: the deepest page has about twenty levels, and paths grow with each."""

TYPES = frozenset({"string", "integer", "number", "boolean", "object"})


@frozen
class SkeletonEntry:
    """A value of the structure: its path in the documentation's notation, its JSON type, its line.

    `empty` is true of `{}`, a message without fields.
    """

    path: str
    type: str
    line: int
    empty: bool = False


_TOKEN = re.compile(r'[ \t]+|\n|//(?P<comment>[^\n]*)|"(?P<text>[^"\\\n]*)"|(?P<mark>[{}\[\]:,])|(?P<word>true|false)')


@frozen
class Skeleton:
    """The structure of a body: its values in their order, and its comments, each with its line."""

    entries: tuple[SkeletonEntry, ...]
    comments: tuple[tuple[str, int], ...]


def parse_skeleton(text: str, start: Location) -> Skeleton:
    """Parse a JSON skeleton that starts at a location.

    Raises InputError for an invalid one, with the line of the first invalid token.
    """
    parser = _SkeletonParser(text, start)
    return Skeleton(tuple(parser.entries()), tuple(parser.comments))


class _SkeletonParser:
    """A recursive-descent parser; its state is the current token and its line."""

    def __init__(self, text: str, start: Location) -> None:
        self.file = start.file
        self.comments: list[tuple[str, int]] = []
        self.tokens = self.scan(text, start.line)
        self.kind, self.value, self.line = next(self.tokens)

    def scan(self, text: str, line: int) -> Iterator[tuple[str, str, int]]:
        position = 0
        while position < len(text):
            token = _TOKEN.match(text, position)
            if token is None:
                raise InputError(
                    f"is invalid in the JSON of a page: {text[position : position + 20]!r}", Location(self.file, line)
                )
            if token.lastgroup == "comment":
                self.comments.append((token["comment"].strip(), line))
            elif token.lastgroup:
                yield token.lastgroup, token[token.lastgroup], line
            line += token[0] == "\n"
            position = token.end()
        yield "end", "", line

    def fail(self, expected: str) -> NoReturn:
        value = self.value if self.value.isprintable() else repr(self.value)
        actual = f"`{value}`" if value else "its end"
        raise InputError(
            f"is invalid in the JSON of a page: {expected} expected, {actual} found", Location(self.file, self.line)
        )

    def advance(self) -> None:
        self.kind, self.value, self.line = next(self.tokens)

    def at(self, mark: str) -> bool:
        return self.kind == "mark" and self.value == mark

    def take(self, mark: str) -> bool:
        if not self.at(mark):
            return False
        self.advance()
        return True

    def expect(self, mark: str) -> None:
        if not self.take(mark):
            self.fail(f"`{mark}`")

    def entries(self) -> Iterator[SkeletonEntry]:
        self.expect("{")
        yield from self.members("", 1)
        if self.kind != "end":
            self.fail("nothing")

    def members(self, path: str, depth: int) -> Iterator[SkeletonEntry]:
        """Parse the members of an object after its opening brace, and its closing brace."""
        if depth > MAXIMUM_DEPTH:
            raise InputError(f"is nested more than {MAXIMUM_DEPTH} levels deep", Location(self.file, self.line))
        while not self.take("}"):
            name, line = self.value, self.line
            if self.kind != "text":
                self.fail("a name")
            self.advance()
            self.expect(":")
            yield from self.member(path + name, line, depth)
            if not self.take(",") and not self.at("}"):
                self.fail("`,` or `}`")

    def member(self, path: str, line: int, depth: int) -> Iterator[SkeletonEntry]:
        if self.take("["):
            yield from self.value_or_object(path + "[]", line, depth)
            self.expect("]")
        else:
            yield from self.value_or_object(path, line, depth)

    def value_or_object(self, path: str, line: int, depth: int) -> Iterator[SkeletonEntry]:
        if self.take("{"):
            yield SkeletonEntry(path, "object", line, empty=self.at("}"))
            yield from self.members(path + ".", depth + 1)
            return
        name = "boolean" if self.kind == "word" else self.value
        if self.kind not in ("text", "word") or name not in TYPES:
            self.fail("a type")
        yield SkeletonEntry(path, name, line)
        self.advance()
