"""The error for invalid input, and the location and the options that it names; imports nothing of the project."""

from __future__ import annotations

import os

from attrs import field, frozen


@frozen(order=True)
class Location:
    """A line of a file; `line` counts from 1, and 0 stands for the whole file.

    `origin` is the location that the file was written from, such as the line of a page behind a line of its lock.
    `pointer` is the JSON pointer (RFC 6901) of a node of a YAML or JSON file.
    """

    file: str
    line: int = 0
    origin: Location | None = field(default=None, eq=False)
    pointer: str = field(default="", eq=False)

    def __str__(self) -> str:
        shown = f"{self.file}:{self.line}" if self.line else self.file
        return f"{shown} (from {self.origin})" if self.origin else shown


def join_pointer(pointer: str, token: str) -> str:
    """Append a key or an index to a JSON pointer."""
    return f"{pointer}/{token.replace('~', '~0').replace('/', '~1')}"


def unescape_token(token: str) -> str:
    """Return the key that a token of a JSON pointer stands for."""
    return token.replace("~1", "/").replace("~0", "~")


class InputError(Exception):
    """Invalid input: one sentence with the problem and how to fix it, and its location. Exit status 2."""

    def __init__(self, message: str, location: Location) -> None:
        super().__init__(message, location)
        self.message = message
        self.location = location

    def __str__(self) -> str:
        return f"{self.location}: {self.message}"


def option_name(name: str, value: str = "") -> str:
    """Return an option as its user writes it: `--force`, or `FORCE=1` if `make` called the command."""
    return f"{name.upper()}={value}" if os.environ.get("CALLED_BY_MAKE") else f"--{name}"
