"""The smallest parts of the review page: badges, notes with links, and statements of witnesses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from attrs import frozen
from markupsafe import Markup

from generator.changes.classify import Rule, Verdict
from generator.changes.spec_diff import Decision
from generator.contract.text import escape_control
from generator.errors import Location

from .values import Review


@frozen
class Badge:
    """A text with the sign before it, the CSS class of its colour, and the target of its link."""

    sign: str
    words: str
    tone: str
    href: str = ""


@frozen
class Note:
    """A small text under a value, and the target of its link; empty for no link."""

    text: str
    href: str = ""


@frozen
class StatementCell:
    """A statement of a witness; `missing` if there is none, `differs` if it contradicts the contract."""

    value: str
    notes: tuple[Note, ...] = ()
    missing: bool = False
    differs: bool = False


GOOD, BAD, OPEN, PLAIN = "good", "bad", "open", "plain"

VERDICT_BADGES: Mapping[Verdict, Badge] = {
    Verdict.BREAKING: Badge("✗", "breaking", BAD),
    Verdict.REVIEW: Badge("?", "needs review", OPEN),
    Verdict.COMPATIBLE: Badge("✓", "compatible", GOOD),
}

DECISION_BADGES: Mapping[Decision, Badge] = {
    Decision.DO_NOT_MERGE: Badge("✗", Decision.DO_NOT_MERGE, BAD),
    Decision.HUMAN_DECISION: Badge("?", Decision.HUMAN_DECISION, OPEN),
    Decision.COMPATIBLE: Badge("✓", Decision.COMPATIBLE, GOOD),
}

AXES = ("requests", "responses", "Python source")


def safe_href(url: str | None) -> str:
    """Return an HTTPS URL as it is, and an empty text for any other one."""
    return url if url and url.startswith("https://") else ""


def with_code(text: str) -> Markup:
    """Format the code spans of a text of ours as elements, and escape everything else."""
    return Markup("").join(  # nothing is unescaped
        Markup("<code>{}</code>").format(escape_control(part)) if index % 2 else escape_control(part)
        for index, part in enumerate(text.split("`"))
    )


def location_note(review: Review, location: Location) -> Note:
    """Format a location, with a link if it is a line of the listing on the page."""
    name = PurePath(location.file).name
    text = f"{name}:{location.line}" if location.line else name
    return Note(text, f"#L{location.line}" if location.file == review.file and location.line else "")


def rule_badge(rule: Rule) -> Badge:
    """Summarise the three verdicts of a rule."""
    broken, open_ = (
        [axis for axis, verdict in zip(AXES, rule.verdicts.each, strict=True) if verdict is listed]
        for listed in (Verdict.BREAKING, Verdict.REVIEW)
    )
    words = [f"breaks {joined(broken)}"] if broken else []
    words += [f"needs review for {joined(open_)}"] if open_ else []
    badge = VERDICT_BADGES[rule.verdicts.overall]
    return Badge(badge.sign, "; ".join(words) or badge.words, badge.tone)


def joined(words: Sequence[str]) -> str:
    """Join words as `a, b and c`."""
    return ", ".join(words[:-1]) + (" and " if words[1:] else "") + "".join(words[-1:])
