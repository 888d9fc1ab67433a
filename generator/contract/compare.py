"""Compares two contracts and returns their differences as values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from attrs import evolve, frozen

from generator.errors import Location

from .difference import ABSENT, Absence, Difference, Statement
from .facts import Contract, Fact, Field, Parameter, Value, Witness
from .patterns import anchored
from .urls import url_path

DOCUMENTED = frozenset({Witness.DOCUMENTATION, Witness.LOCK})
"""Witnesses of the documentation: everything else that the specification states needs a source."""

EVIDENCE = DOCUMENTED | {Witness.DESCRIPTORS}
"""Witnesses that may lack what the specification has from a named source."""


Subject = tuple[str, str]
"""Part and path of a parameter or field."""


@frozen
class _ContractIndex:
    """An index of a contract: facts by subject and keyword, locations, parameters and fields by subject."""

    contract: Contract
    facts: Mapping[Subject, Mapping[str, Fact]]
    locations: Mapping[Subject, Location]
    subjects: Mapping[Subject, Parameter | Field]

    def supports(self, subject: Subject, keyword: str) -> bool:
        """Return True if the absence of a keyword of a subject would be a statement."""
        return self.contract.supports(keyword, self.subjects.get(subject))

    def statement(self, subject: Subject, keyword: str) -> Statement:
        """Return the statement on a keyword of a subject; an empty keyword stands for the whole subject."""
        facts = self.facts.get(subject, {})
        whole = keyword == "" and subject in self.facts
        fact = facts.get("type") if whole else facts.get(keyword)
        value: Value | Absence = fact.value if fact else "stated" if whole else ABSENT
        location = self.nearest_location(*subject) if whole or fact is None else fact.location
        return Statement(self.contract.witness, value, location)

    def nearest_location(self, part: str, path: str) -> Location:
        """Return the location of a subject, or of the innermost known object around it."""
        known = self.locations.get((part, path))
        if known or not path:
            return known or self.contract.operation.location
        return self.nearest_location(part, path.rpartition(".")[0])


def compare(left: Contract, right: Contract) -> tuple[Difference, ...]:
    """Return the differences between two witnesses of one operation, in the order of the left one.

    Only keywords that both can express count, and operation metadata only if both have it. A missing parameter or
    field is one difference. EVIDENCE may lack what the left one has from a named source; anything else that a
    specification states beyond the documentation is an addition without a source.
    """
    if not (left.operation_metadata and right.operation_metadata):
        left, right = evolve(left, operation_metadata=()), evolve(right, operation_metadata=())
    ours, theirs = _index(left), _index(right)
    return (
        *_self_contradictions(left),
        *_self_contradictions(right),
        *_of_facts(ours, theirs),
        *(_of_sources(ours, theirs) if _needs_sources(left, right) else ()),
    )


def inexpressible_facts(left: Contract, right: Contract) -> tuple[Fact, ...]:
    """Return the facts of the left witness that the right one cannot express."""
    theirs = _index(right)
    return tuple(fact for fact in left.facts() if not theirs.supports((fact.part, fact.path), fact.keyword))


def matching_facts(left: Contract, right: Contract) -> tuple[Fact, ...]:
    """Return the facts of the left witness that the right one states too."""
    theirs = _index(right)
    return tuple(
        fact
        for fact in left.facts()
        if (other := theirs.facts.get((fact.part, fact.path), {}).get(fact.keyword))
        and _same(_in_json_schema(fact, left.witness), other)
    )


def _index(contract: Contract) -> _ContractIndex:
    facts: dict[Subject, dict[str, Fact]] = {}
    locations: dict[Subject, Location] = {
        ("operation", ""): contract.operation.location,
        ("response", ""): contract.response.location,
    }
    subjects: dict[Subject, Parameter | Field] = {}
    for part, subject in contract.subjects():
        facts.setdefault((part, subject.path), {})
        locations.setdefault((part, subject.path), subject.location)
        subjects.setdefault((part, subject.path), subject)
    for fact in (*contract.facts(), *contract.operation_metadata):
        comparable = _in_json_schema(fact, contract.witness)
        facts.setdefault((fact.part, fact.path), {}).setdefault(fact.keyword, comparable)
        locations.setdefault((fact.part, fact.path), fact.location)
    return _ContractIndex(contract, facts, locations, subjects)


def _in_json_schema(fact: Fact, witness: str) -> Fact:
    """Return a fact in the terms of JSON Schema: only its patterns are searched for."""
    is_whole = fact.keyword == "pattern" and witness in EVIDENCE
    return evolve(fact, value=anchored(str(fact.value))) if is_whole else fact


def _self_contradictions(contract: Contract) -> Iterator[Difference]:
    """Yield the unparsed texts, contradictions and duplicates of one witness."""

    def at(location: Location, value: Value | Absence) -> Statement:
        return Statement(contract.witness, value, location)

    for text in contract.unparsed:
        yield Difference("unread", "", "", "", at(text.location, text.text), at(text.location, ABSENT))
    for contradiction in contract.contradictions:
        sides = (at(location, contradiction.text) for location in (contradiction.location, contradiction.other))
        yield Difference("disagreement", "", "", "", *sides)
    first: dict[Subject, Location] = {}
    for part, subject in contract.subjects():
        if (part, subject.path) in first:
            sides = (at(location, "stated") for location in (first[part, subject.path], subject.location))
            yield Difference("said-twice", part, subject.path, "", *sides)
        first.setdefault((part, subject.path), subject.location)


def _of_facts(left: _ContractIndex, right: _ContractIndex) -> Iterator[Difference]:
    for subject in {**left.facts, **right.facts}:
        for keyword, id_ in _ids(left, right, subject):
            yield Difference(
                id_, *subject, keyword, left.statement(subject, keyword), right.statement(subject, keyword)
            )


def _ids(left: _ContractIndex, right: _ContractIndex, subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield keyword and id of each difference in a subject; the keyword is empty if a side lacks the subject."""
    whole = "parameter-missing" if subject[0] == "parameter" else "field-missing"
    ours, theirs = left.facts.get(subject), right.facts.get(subject)
    if subject[1].endswith("{key}") and not ours and not theirs:
        return  # The keys of a map are a subject only if something is stated of them.
    if ours is None:
        yield "", whole
    elif theirs is None:
        yield from (("", id_) for id_ in _undocumented_id(left, right, ours.values(), whole))
    else:
        for keyword in {**ours, **theirs}:
            if not (left.supports(subject, keyword) and right.supports(subject, keyword)):
                continue
            if keyword not in ours:
                yield keyword, "fact-missing"
            elif keyword not in theirs:
                ids = _undocumented_id(left, right, [ours[keyword]], "fact-missing")
                yield from ((keyword, id_) for id_ in ids)
            elif not _same(ours[keyword], theirs[keyword]):
                yield keyword, "value-differs"


def _undocumented_id(
    left: _ContractIndex, right: _ContractIndex, facts: Collection[Fact], otherwise: str
) -> Iterator[str]:
    """Yield the id for facts that only the left witness states, if that is a difference."""
    sourced = bool(facts) and all(fact.source for fact in facts)
    if not (sourced and right.contract.witness in EVIDENCE):
        yield "addition-without-source" if _needs_sources(left.contract, right.contract) else otherwise


def _needs_sources(left: Contract, right: Contract) -> bool:
    return left.witness is Witness.SPECIFICATION and right.witness in DOCUMENTED


def _same(fact: Fact, other: Fact) -> bool:
    if fact.keyword == "url":
        urls = [str(value) for value in (fact.value, other.value)]
        known = all("://" in url for url in urls)
        return len({url if known else url_path(url) for url in urls}) == 1
    return _strict(fact.value) == _strict(other.value)


def _strict(value: Value) -> object:
    """Return a value that equals another one only if JSON's would; the order of a list does not count."""
    return frozenset(map(_strict, value)) if isinstance(value, tuple) else (isinstance(value, bool), value)


def _of_sources(left: _ContractIndex, right: _ContractIndex) -> Iterator[Difference]:
    """Yield additions without a source, and sources of something documented or absent."""
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
