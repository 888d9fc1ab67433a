"""Compatibility rules and verdicts, and the kinds of change that rules match."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from attrs import field, frozen

from generator.contract.difference import ABSENT, Difference
from generator.contract.facts import NO_SECURITY
from generator.contract.keywords import KeywordKind, keywords_of


class Verdict(StrEnum):
    """The effect of a change on callers."""

    BREAKING = "breaking"
    REVIEW = "needs review"
    COMPATIBLE = "compatible"

    @property
    def rank(self) -> int:
        """The position among the verdicts; 0 is the worst."""
        return list(Verdict).index(self)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the worst of several verdicts; `compatible` if there is none."""
    return min(verdicts, key=lambda verdict: verdict.rank, default=Verdict.COMPATIBLE)


@frozen
class Verdicts:
    """The verdicts on what callers send, on what they receive, and on Python source that uses the client."""

    request: Verdict
    response: Verdict
    source: Verdict

    @property
    def overall(self) -> Verdict:
        """The worst of the three verdicts."""
        return worst(self.each)

    @property
    def each(self) -> tuple[Verdict, Verdict, Verdict]:
        """The verdicts on request, response and source."""
        return self.request, self.response, self.source

    @property
    def by_axis(self) -> tuple[tuple[str, Verdict], ...]:
        """The verdicts, each with the name of its axis."""
        return tuple(zip(("request", "response", "source"), self.each, strict=True))


class ChangeKind(StrEnum):
    """The direction in which a fact changed."""

    ADDED = "added"
    REMOVED = "removed"
    NARROWED = "narrowed"
    WIDENED = "widened"
    CHANGED = "changed"


UPPER = frozenset(keywords_of(KeywordKind.UPPER))
LOWER = frozenset(keywords_of(KeywordKind.LOWER))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split()) or frozenset({""})


def _verdicts(text: str) -> Verdicts:
    """Parse verdicts such as ``request? source``: a named axis breaks, with a question mark it needs review."""
    words = text.split()

    def of(axis: str) -> Verdict:
        default = Verdict.REVIEW if f"{axis}?" in words else Verdict.COMPATIBLE
        return Verdict.BREAKING if axis in words else default

    return Verdicts(of("request"), of("response"), of("source"))


@frozen
class Circumstances:
    """The rest that rules need about the subject of a difference.

    `required` is true if the newer contract requires it, `announced` if its sunset has passed; `in_` is the location of
    a parameter.
    """

    required: bool = False
    in_: str = ""
    announced: bool = False


NO_CIRCUMSTANCES = Circumstances()

Condition = Callable[[Difference, Circumstances], bool]


@frozen
class Rule:
    """The verdicts on some kinds of change of some keywords in some families of parts, with a stable id and a reason.

    Families, keywords and kinds are lists of words; the keyword of a whole parameter, field, response or operation
    is empty. `verdicts` names the axes that break (request, response, source); a question mark means review.
    """

    id: str
    parts: frozenset[str] = field(converter=_words)
    keywords: frozenset[str] = field(converter=_words)
    kinds: frozenset[str] = field(converter=_words)
    verdicts: Verdicts = field(converter=_verdicts)
    why: str
    condition: Condition = lambda _difference, _circumstances: True

    def matches(self, difference: Difference, circumstances: Circumstances) -> bool:
        """Return True if the rule applies to a difference from an older contract to a newer one."""
        return (
            family_of(difference.part) in self.parts
            and difference.keyword in self.keywords
            and classify(difference) in self.kinds
            and self.condition(difference, circumstances)
        )


def family_of(part: str) -> str:
    """Return the family of a part: `error` for `response 404`."""
    word, _, status = part.partition(" ")
    return "error" if status and word == "response" else word


def classify(difference: Difference) -> ChangeKind:
    """Return the direction in which a fact changed."""
    keyword, was, now = difference.keyword, difference.left.value, difference.right.value
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


def is_required(_difference: Difference, circumstances: Circumstances) -> bool:
    """Return True if the newer contract requires the parameter or field."""
    return circumstances.required


def is_header(_difference: Difference, circumstances: Circumstances) -> bool:
    """Return True for a request header; client methods take none."""
    return circumstances.in_ == "header"


def is_announced(_difference: Difference, circumstances: Circumstances) -> bool:
    """Return True if the older contract announced the removal, and the date has passed."""
    return circumstances.announced


def is_whole(difference: Difference, _circumstances: Circumstances) -> bool:
    """Return True for a whole body, response or error."""
    return not difference.path


def is_of_map(difference: Difference, _circumstances: Circumstances) -> bool:
    """Return True for the keys or values of a map."""
    return difference.path.endswith(("{}", "{key}"))


def loses_alternative(difference: Difference, _circumstances: Circumstances) -> bool:
    """Return True if a list of alternatives lost one."""
    was, now = _alternatives(difference)
    return not was <= now


def allows_anonymous(difference: Difference, _circumstances: Circumstances) -> bool:
    """Return True if the newer contract allows calls without credentials."""
    return NO_SECURITY in _alternatives(difference)[1]


def _alternatives(difference: Difference) -> tuple[set[str], set[str]]:
    was, now = (
        {str(alternative) for alternative in value} if isinstance(value, tuple) else set[str]()
        for value in (difference.left.value, difference.right.value)
    )
    return was, now
