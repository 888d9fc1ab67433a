"""The smallest parts of the page: a verdict in words, a note with its link, what one witness says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from attrs import frozen

from generator.changes.classify import Rule, Verdict
from generator.errors import Location

from .values import Review


@frozen
class Badge:
    """A verdict in words with the sign that stands before it, the name of its colour, and where it leads."""

    sign: str
    words: str
    tone: str
    href: str = ""


@frozen
class Note:
    """A small text under a value, with where it leads, if anywhere."""

    text: str
    href: str = ""


@frozen
class StatementCell:
    """What one witness says, or that it says nothing; `differs` where it contradicts the contract."""

    value: str
    notes: tuple[Note, ...] = ()
    silent: bool = False
    differs: bool = False


GOOD, BAD, OPEN, PLAIN = "good", "bad", "open", "plain"

MARKS: Mapping[Verdict, Badge] = {
    Verdict.BREAKING: Badge("✗", "breaks", BAD),
    Verdict.REVIEW: Badge("?", "needs review", OPEN),
    Verdict.COMPATIBLE: Badge("✓", "unharmed", GOOD),
}

AXES = ("requests", "answers", "Python source")


def safe_href(url: str | None) -> str:
    """A URL that a link may lead to: of the web alone."""
    return url if url and url.startswith("https://") else ""


def note(review: Review, location: Location) -> Note:
    """A location, which is a link where it is a line of the listing."""
    name = PurePath(location.file).name
    text = f"{name}:{location.line}" if location.line else name
    return Note(text, f"#L{location.line}" if location.file == review.file and location.line else "")


def combined_badge(rule: Rule) -> Badge:
    """The three verdicts of a rule in a few words."""
    broken, open_ = (
        [axis for axis, verdict in zip(AXES, rule.verdicts.each, strict=True) if verdict is one]
        for one in (Verdict.BREAKING, Verdict.REVIEW)
    )
    words = [f"breaks {joined(broken)}"] if broken else []
    words += [f"a person decides about {joined(open_)}"] if open_ else []
    mark = MARKS[rule.verdicts.overall]
    return Badge(mark.sign, "; ".join(words) or "breaks nobody", mark.tone)


def joined(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return ", ".join(words[:-1]) + (" and " if words[1:] else "") + "".join(words[-1:])
