"""Notes of a reader beside the facts: unparsed texts, contradictions, undocumented items, the page and its names."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from generator.errors import Location


@frozen
class UnparsedText:
    """A text that looks like a constraint and was not parsed."""

    text: str
    location: Location


@frozen
class Contradiction:
    """Two statements of one witness that cannot both be true, such as a page's JSON and its table."""

    text: str
    location: Location
    other: Location

    def __str__(self) -> str:
        return f"{self.location}: {self.text} [{self.other}]"


@frozen
class UndocumentedItem:
    """Something that a call needs and the documentation lacks: its security, an error response, a header.

    `source` is the URL that documents it; None if the witness names none.
    """

    text: str
    source: str | None
    location: Location


@frozen
class Page:
    """The published page behind a contract: its file name, the SHA-256 of its bytes, and its kind."""

    name: str
    sha256: str
    layout: str
    language: str
    generation: str


@frozen
class Names:
    """Names that are not on the wire, which only a draft needs.

    `operation` is the method's name, such as `get`; `messages` gives the name of a message by part and path of the
    object, whose path is empty for a body itself.
    """

    operation: str = ""
    messages: Mapping[tuple[str, str], str] = field(factory=dict[tuple[str, str], str])
