"""What a rule of compatibility is: how a fact moved, in which part, and the verdicts on that."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from attrs import field, frozen

from generator.contract.compare import ABSENT
from generator.contract.facts import NO_SECURITY

from .diff import Change


class Verdict(StrEnum):
    """What a change does to somebody."""

    BREAKING = "breaking"
    REVIEW = "needs review"
    COMPATIBLE = "compatible"

    @property
    def rank(self) -> int:
        """Its number among the verdicts, of which 0 is the worst."""
        return list(Verdict).index(self)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of several; of none, that it is compatible."""
    return min(verdicts, key=lambda one: one.rank, default=Verdict.COMPATIBLE)


@frozen
class Verdicts:
    """What a change does to whom: to what callers send, to what they get, and to Python source over the client."""

    request: Verdict
    response: Verdict
    source: Verdict

    @property
    def overall(self) -> Verdict:
        """The worst of the three."""
        return worst(self.each)

    @property
    def each(self) -> tuple[Verdict, Verdict, Verdict]:
        """The three: on the request, on the response, on the source."""
        return self.request, self.response, self.source

    @property
    def by_axis(self) -> tuple[tuple[str, Verdict], ...]:
        """The three, each with the name of its axis."""
        return tuple(zip(("request", "response", "source"), self.each, strict=True))


class ChangeKind(StrEnum):
    """How a fact moved."""

    ADDED = "added"
    REMOVED = "removed"
    NARROWED = "narrowed"
    WIDENED = "widened"
    CHANGED = "changed"


UPPER = frozenset({"maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties"})
LOWER = frozenset({"minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties"})


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split()) or frozenset({""})


def _verdicts(text: str) -> Verdicts:
    """The verdicts behind ``request? source``: what is named breaks, with a question mark a person decides."""
    said = text.split()

    def of(axis: str) -> Verdict:
        asked = Verdict.REVIEW if f"{axis}?" in said else Verdict.COMPATIBLE
        return Verdict.BREAKING if axis in said else asked

    return Verdicts(of("request"), of("response"), of("source"))


@frozen
class Rule:
    """Verdicts with their stable id, on changes of keywords in families of parts, and why.

    Families, keywords and kinds are lists of words; the keyword of a whole parameter, field, answer or operation
    is empty. `verdicts` names what breaks: request, response, source; with a question mark, what a person decides.
    """

    id: str
    parts: frozenset[str] = field(converter=_words)
    keywords: frozenset[str] = field(converter=_words)
    kinds: frozenset[str] = field(converter=_words)
    verdicts: Verdicts = field(converter=_verdicts)
    why: str
    condition: Callable[[Change], bool] = lambda _change: True

    def matches(self, change: Change) -> bool:
        """Whether it is about a change."""
        return (
            family_of(change.difference.part) in self.parts
            and change.difference.keyword in self.keywords
            and classify(change) in self.kinds
            and self.condition(change)
        )


def family_of(part: str) -> str:
    """The family of a part: `response 404` and `response default` are errors, `response 202` another answer."""
    word, _, status = part.partition(" ")
    if not status or word == "header":
        return word
    return "answer" if status.startswith("2") else "error"


def classify(change: Change) -> ChangeKind:
    """How the fact moved that a change is about."""
    keyword, was, now = change.difference.keyword, change.difference.left.value, change.difference.right.value
    if was is ABSENT or now is ABSENT:
        return ChangeKind.ADDED if was is ABSENT else ChangeKind.REMOVED
    if isinstance(was, tuple) and isinstance(now, tuple):
        fewer, more = set(now) < set(was), set(now) > set(was)
    elif keyword == "type":
        fewer, more = (was, now) == ("number", "integer"), (was, now) == ("integer", "number")
    elif keyword in UPPER | LOWER and isinstance(was, int | float) and isinstance(now, int | float):
        fewer, more = (now < was, now > was) if keyword in UPPER else (now > was, now < was)
    else:
        fewer = more = False
    return ChangeKind.NARROWED if fewer else ChangeKind.WIDENED if more else ChangeKind.CHANGED


def is_required(change: Change) -> bool:
    """Whether the newer contract demands it."""
    return change.required


def is_header(change: Change) -> bool:
    """Whether it is about a header of the request, which no method of the client takes as an argument."""
    return change.in_ == "header"


def forbids_unknown(change: Change) -> bool:
    """Whether it stands in an object that allows nothing else than what is described."""
    return change.closed


def is_whole(change: Change) -> bool:
    """Whether it is about all of a body, an answer or an error."""
    return not change.difference.path


def is_of_map(change: Change) -> bool:
    """Whether it is about the keys or values of a map."""
    return change.difference.path.endswith(("{}", "{key}"))


def loses_alternative(change: Change) -> bool:
    """Whether a list of alternatives lost one."""
    was, now = _alternatives(change)
    return not was <= now


def allows_anonymous(change: Change) -> bool:
    """Whether a call needs no credentials any more."""
    return NO_SECURITY in _alternatives(change)[1]


def _alternatives(change: Change) -> tuple[set[str], set[str]]:
    was, now = (
        {str(one) for one in value} if isinstance(value, tuple) else set[str]()
        for value in (change.difference.left.value, change.difference.right.value)
    )
    return was, now
