"""Two contracts in, their differences out: as values, which others print."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from types import MappingProxyType

from attrs import frozen

from generator.errors import Location

from .facts import KEYWORDS, PARTS, Contract, Fact, Value, Witness
from .urls import url_path


class Absence(Enum):
    """What a witness says that says nothing; None would be a JSON value."""

    ABSENT = "says nothing"


ABSENT = Absence.ABSENT

HINTS: Mapping[str, str] = MappingProxyType(
    {
        "value-differs": "one of the two is wrong; correct it",
        "fact-missing": "one of the two does not say it; let both say it, or neither",
        "field-missing": "one of the two lacks the field; one that was renamed is missing on both sides",
        "parameter-missing": "one of the two lacks the parameter; one that was renamed is missing on both sides",
        "addition-without-source": "say by `x-source` where it is known from, or take it out",
        "stale-source": "take the `x-source` out: it names what is documented, or what is not there",
        "said-twice": "say it once",
        "unread": "teach the reader the phrase, or correct the source",
        "disagreement": "the source contradicts itself; find out which of the two is true",
        "operation-missing": "one of the two lacks the operation; describe it there, or take it out of the other",
        "stale-exception": "take the entry out: that difference does not occur",
    }
)
"""Every kind of difference by its stable id, with what to do about it."""

_OF_FACTS = frozenset(
    {"value-differs", "fact-missing", "field-missing", "parameter-missing", "addition-without-source"}
)

DOCUMENTED = frozenset({Witness.DOCUMENTATION, Witness.LOCK})
"""Witnesses beyond which everything needs a source."""

EVIDENCE = DOCUMENTED | {Witness.DESCRIPTORS}
"""Witnesses that may be silent on what another one has from a named source."""


@frozen
class Statement:
    """What one witness says of one thing, and where; for what is absent, where it would stand."""

    witness: str
    value: Value | Absence
    location: Location


@frozen
class Difference:
    """One thing on which two witnesses differ.

    `id` is a key of HINTS; `part` and `path` name the thing as a Fact does; `keyword` is empty where it is the
    whole parameter, field or operation.
    """

    id: str
    part: str
    path: str
    keyword: str
    left: Statement
    right: Statement

    @property
    def hint(self) -> str:
        """What to do about it."""
        return HINTS[self.id]

    @property
    def changes_fact(self) -> bool:
        """Whether it is a fact's which came, went or changed."""
        return self.id in _OF_FACTS and self.part in PARTS

    @property
    def subject(self) -> str:
        """What it is about, in words: `response config.size format`."""
        return " ".join(filter(None, (self.part, self.path, self.keyword)))


Subject = tuple[str, str]
"""Part and path of what facts are said of."""


@frozen
class _ContractIndex:
    """An index of a contract: facts by subject and keyword, locations and omitted keywords by subject."""

    contract: Contract
    facts: Mapping[Subject, Mapping[str, Fact]]
    locations: Mapping[Subject, Location]
    omitted_keywords: Mapping[Subject, frozenset[str]]

    def supports(self, subject: Subject, keyword: str) -> bool:
        """Whether its silence on a keyword of a subject would be a statement."""
        left_out = keyword in self.omitted_keywords.get(subject, ()) and keyword not in self.facts[subject]
        return keyword not in KEYWORDS or (keyword in self.contract.supported_keywords and not left_out)

    def statement(self, subject: Subject, keyword: str) -> Statement:
        """What it says by a keyword of a subject; an empty keyword asks for the subject as a whole."""
        facts = self.facts.get(subject, {})
        whole = keyword == "" and subject in self.facts
        fact = facts.get("type") if whole else facts.get(keyword)
        value: Value | Absence = fact.value if fact else "stated" if whole else ABSENT
        location = self.nearest_location(*subject) if whole or fact is None else fact.location
        return Statement(self.contract.witness, value, location)

    def nearest_location(self, part: str, path: str) -> Location:
        """Where a subject stands, or would: at the innermost of what it would stand in."""
        known = self.locations.get((part, path))
        if known or not path:
            return known or self.contract.operation.location
        return self.nearest_location(part, path.rpartition(".")[0])


def compare(left: Contract, right: Contract) -> tuple[Difference, ...]:
    """What two witnesses of one operation do not agree on, in the order of the left one.

    Only keywords that both can express count, and operation metadata only if both have it. A parameter or
    field that one of them lacks is one difference.
    What the left one has from a named source may be absent from evidence (EVIDENCE); anything else that a
    specification says beyond the documentation is an addition without a source.
    """
    both = bool(left.operation_metadata) and bool(right.operation_metadata)
    ours, theirs = _index(left, with_metadata=both), _index(right, with_metadata=both)
    return (
        *_self_contradictions(left),
        *_self_contradictions(right),
        *_of_facts(ours, theirs),
        *(_of_sources(ours, theirs) if _needs_sources(left, right) else ()),
    )


def inexpressible_facts(left: Contract, right: Contract) -> tuple[Fact, ...]:
    """Return the facts of the left witness that the right one cannot express."""
    theirs = _index(right, with_metadata=False)
    return tuple(fact for fact in left.facts() if not theirs.supports((fact.part, fact.path), fact.keyword))


def matching_facts(left: Contract, right: Contract) -> tuple[Fact, ...]:
    """The facts of the left witness that the right one states too."""
    theirs = _index(right, with_metadata=False)
    return tuple(
        fact
        for fact in left.facts()
        if (other := theirs.facts.get((fact.part, fact.path), {}).get(fact.keyword)) and _same(fact, other)
    )


def _index(contract: Contract, *, with_metadata: bool) -> _ContractIndex:
    facts: dict[Subject, dict[str, Fact]] = {}
    locations: dict[Subject, Location] = {
        ("operation", ""): contract.operation.location,
        ("response", ""): contract.response.location,
    }
    omitted: dict[Subject, frozenset[str]] = {}
    for part, subject in contract.subjects():
        facts.setdefault((part, subject.path), {})
        locations.setdefault((part, subject.path), subject.location)
        omitted.setdefault((part, subject.path), subject.constraints.omitted_keywords)
    for fact in (*contract.facts(), *(contract.operation_metadata if with_metadata else ())):
        facts.setdefault((fact.part, fact.path), {}).setdefault(fact.keyword, fact)
        locations.setdefault((fact.part, fact.path), fact.location)
    return _ContractIndex(contract, facts, locations, omitted)


def _self_contradictions(contract: Contract) -> Iterator[Difference]:
    """What is wrong with one witness alone."""

    def at(location: Location, value: Value | Absence) -> Statement:
        return Statement(contract.witness, value, location)

    for text in contract.unparsed:
        said = at(text.location, text.text)
        yield Difference("unread", "", "", "", said, at(text.location, ABSENT))
    for one in contract.contradictions:
        yield Difference("disagreement", "", "", "", at(one.location, one.text), at(one.other, one.text))
    first: dict[Subject, Location] = {}
    for part, subject in contract.subjects():
        if (part, subject.path) in first:
            said = at(first[part, subject.path], "stated")
            yield Difference("said-twice", part, subject.path, "", said, at(subject.location, "stated"))
        first.setdefault((part, subject.path), subject.location)


def _of_facts(left: _ContractIndex, right: _ContractIndex) -> Iterator[Difference]:
    for subject in {**left.facts, **right.facts}:
        for keyword, found in _kinds(left, right, subject):
            yield Difference(
                found, *subject, keyword, left.statement(subject, keyword), right.statement(subject, keyword)
            )


def _kinds(left: _ContractIndex, right: _ContractIndex, subject: Subject) -> Iterator[tuple[str, str]]:
    """Keyword and id of each difference in a subject; the keyword is empty where a side lacks all of it."""
    whole = "parameter-missing" if subject[0] == "parameter" else "field-missing"
    if subject not in left.facts:
        yield "", whole
    elif subject not in right.facts:
        yield from (("", found) for found in _undocumented_kind(left, right, left.facts[subject].values(), whole))
    else:
        ours, theirs = left.facts[subject], right.facts[subject]
        for keyword in (
            one for one in {**ours, **theirs} if left.supports(subject, one) and right.supports(subject, one)
        ):
            if keyword not in ours:
                yield keyword, "fact-missing"
            elif keyword not in theirs:
                yield from (
                    (keyword, found) for found in _undocumented_kind(left, right, [ours[keyword]], "fact-missing")
                )
            elif not _same(ours[keyword], theirs[keyword]):
                yield keyword, "value-differs"


def _undocumented_kind(
    left: _ContractIndex, right: _ContractIndex, facts: Collection[Fact], otherwise: str
) -> Iterator[str]:
    """The id for facts that the left witness alone states, if that is a difference."""
    sourced = bool(facts) and all(fact.source for fact in facts)
    if not (sourced and right.contract.witness in EVIDENCE):
        yield "addition-without-source" if _needs_sources(left.contract, right.contract) else otherwise


def _needs_sources(left: Contract, right: Contract) -> bool:
    return left.witness is Witness.SPECIFICATION and right.witness in DOCUMENTED


def _same(one: Fact, other: Fact) -> bool:
    if one.keyword == "url":
        urls = [str(fact.value) for fact in (one, other)]
        known = all("://" in url for url in urls)
        return len({url if known else url_path(url) for url in urls}) == 1
    return _strict(one.value) == _strict(other.value)


def _strict(value: Value) -> object:
    """A value that equals another one only where JSON's would; the order of a list of values says nothing."""
    return frozenset(map(_strict, value)) if isinstance(value, tuple) else (isinstance(value, bool), value)


def _of_sources(left: _ContractIndex, right: _ContractIndex) -> Iterator[Difference]:
    """Additions that name no source, and sources of what is no addition."""
    contract, nowhere = left.contract, right.contract.operation.location
    for addition in contract.undocumented:
        if not addition.source:
            ours = Statement(contract.witness, addition.text, addition.location)
            theirs = Statement(right.contract.witness, ABSENT, nowhere)
            yield Difference("addition-without-source", "addition", addition.text, "", ours, theirs)
    for part, subject in contract.subjects():
        key = part, subject.path
        for keyword, source in subject.constraints.sources.items():
            if keyword in right.facts.get(key, {}) or keyword not in left.facts[key]:
                ours = Statement(contract.witness, f"x-source: {source}", left.statement(key, keyword).location)
                yield Difference("stale-source", *key, keyword, ours, right.statement(key, keyword))
