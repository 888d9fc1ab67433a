"""The error for invalid input, and the location and the options that it names; imports nothing of the project."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

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
    """Invalid input: one sentence with the problem and how to fix it, and its location. Exit status 2.

    `others` are further problems of the same input, so that one run reports all of them.
    """

    def __init__(self, message: str, location: Location, others: Sequence[InputError] = ()) -> None:
        super().__init__(message, location)
        self.message = message
        self.location = location
        self.others = tuple(others)

    def __str__(self) -> str:
        return "\n".join(f"{problem.location}: {problem.message}" for problem in self.problems)

    @property
    def problems(self) -> tuple[InputError, ...]:
        """This problem and the others."""
        return (self, *self.others)


def combine(errors: Iterable[InputError]) -> InputError:
    """Return one error with the problems of several: each once, in the order of their files and lines."""
    problems = {(problem.location, problem.message): problem for error in errors for problem in error.problems}
    first, *others = (problems[key] for key in sorted(problems))
    return InputError(first.message, first.location, others)


def option_name(name: str, value: str = "") -> str:
    """Return an option as its user writes it: `--force`, or `FORCE=1` if `make` called the command."""
    return f"{name.upper()}={value}" if os.environ.get("CALLED_BY_MAKE") else f"--{name}"
