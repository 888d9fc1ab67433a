"""Where a thing is said, and the error for an input that cannot be read."""

from __future__ import annotations

from attrs import field, frozen


@frozen(order=True)
class Place:
    """A line of a file; `line` counts from 1, and 0 stands for the file as a whole.

    `origin` is where the file has it from, such as the line of a page that a lock of facts names; `pointer` is the
    JSON pointer of what stands there, where the file is YAML or JSON.
    """

    file: str
    line: int = 0
    origin: Place | None = field(default=None, eq=False)
    pointer: str = field(default="", eq=False)

    def __str__(self) -> str:
        shown = f"{self.file}:{self.line}" if self.line else self.file
        return f"{shown} (from {self.origin})" if self.origin else shown


def below(pointer: str, token: str) -> str:
    """The JSON pointer of what stands under a key or an index."""
    return f"{pointer}/{token.replace('~', '~0').replace('/', '~1')}"


def key_of(token: str) -> str:
    """The key that a token of a JSON pointer names."""
    return token.replace("~1", "/").replace("~0", "~")


class Unreadable(Exception):
    """An input that cannot be read: one sentence that says what, where and what to do. Exit status 2."""

    def __init__(self, sentence: str, place: Place) -> None:
        super().__init__(sentence, place)
        self.sentence = sentence
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"
