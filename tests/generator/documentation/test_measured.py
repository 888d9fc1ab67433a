"""The published sample against the provider's descriptors: fields found, constraints right, wrong and silent.

A page can be older than the descriptors, and some generations leave constraints out. Every such difference has
its reason here, one that no longer occurs fails, and the rest are the reader's faults, of which there are none.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.contract.facts import Contract, Field, Parameter, Value
from generator.errors import InputError
from generator.readers import documentation, protobuf
from generator.readers.documentation import generations as kinds

PAGES = Path(__file__).parents[3].parent / "shared" / "pages"

pytestmark = [
    pytest.mark.skipif(not PAGES.exists(), reason="the published pages lie beside the project's own checkout"),
    pytest.mark.skipif(not protobuf.is_installed(), reason="yandexcloud is a test dependency"),
]

FLOORS = {"found": 881, "right": 322}
"""Fields that page and descriptors both have, and constraints on which they agree: no fewer than these."""

RAISED = "a bound that was raised after the page"
ADDED = "a value or a field that was added after the page"
PROSE = "a rule that the descriptors have and the page never printed"
AS_STRING = "a map that this generation shows as a string"

REASONS: Mapping[str, tuple[str, ...]] = {
    RAISED: (
        "dns__DnsZone dnsZoneId maxLength",
        "dns__DnsZone recordSets[].data[] maxLength",
        "dns__DnsZone deletions[].data[] maxLength",
        "dns__DnsZone merges[].data[] maxLength",
        "dns__DnsZone replacements[].data[] maxLength",
        "dns__DnsZone privateVisibility.networkIds[] maxItems",
        "iam__Role roleId maxLength",
        "container-registry__Registry resourceId maxLength",
        "container-registry__Registry pageToken maxLength",
        "container-registry__Registry accessBindings[].roleId maxLength",
        "resource-manager__Folder name pattern",
        "triggers__Trigger description maxLength",
        "triggers__Trigger rule.messageQueue.batchSettings.size maximum",
    ),
    ADDED: (
        "speechkit__Stt config.specification.audioEncoding enum",
        "vision__Vision analyzeSpecs[].features[].type enum",
        "vision__Vision analyzeSpecs[].content x-one-of",
        "vision__Vision results[].results[].textDetection x-one-of",
        "vision__Vision results[].results[].classification x-one-of",
        "vision__Vision results[].results[].faceDetection x-one-of",
        "triggers__Trigger rule.timer x-one-of",
        "triggers__Trigger rule.messageQueue x-one-of",
        "triggers__Trigger rule.iotMessage x-one-of",
        "triggers__Trigger rule.objectStorage x-one-of",
        "triggers__Trigger rule.timer.invokeFunction x-one-of",
        "triggers__Trigger rule.timer.invokeFunction deprecated",
        "triggers__Trigger rule.messageQueue.invokeFunction x-one-of",
        "triggers__Trigger rule.iotMessage.invokeFunction x-one-of",
        "triggers__Trigger rule.objectStorage.invokeFunction x-one-of",
        "iam__UserAccount yandexPassportUserAccount x-one-of",
        "iam__YandexPassportUserAccount yandexPassportUserAccount x-one-of",
        "container-registry__Image error x-one-of",
        "smartcaptcha__Captcha securityRules[].condition.host.hosts[] deprecated",
        "iam__ApiKey scope deprecated",
        "iam__ApiKey apiKey.scope deprecated",
    ),
    PROSE: (
        "iam__YandexPassportUserAccount login maxLength",
        "api-gateway__ApiGateway format enum",
        "triggers__Trigger rule.objectStorage.eventType[] enum",
        "container-registry__Registry pageSize minimum",
        "dns__DnsZone deletions[] maxItems",
        "dns__DnsZone merges[] maxItems",
        "dns__DnsZone replacements[] maxItems",
        "managed-redis__Backup id required",
        "managed-redis__Backup folderId required",
        "managed-redis__Backup createdAt required",
        "managed-redis__Backup sourceClusterId required",
        "managed-redis__Backup startedAt required",
    ),
    AS_STRING: ("lockbox__Secret labels type",),
}
"""Reason -> the facts that it explains: service and resource, path, keyword."""

EXPLAINED = {fact: reason for reason, facts in REASONS.items() for fact in facts}

_JUDGED = (
    *("type", "format", "required", "deprecated", "enum", "minLength", "maxLength", "pattern", "minimum", "maximum"),
    *("exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems", "minProperties", "maxProperties"),
    *("x-one-of", "x-same-as"),
)


class Verdict(NamedTuple):
    """The result for one keyword of one field that both witnesses have."""

    outcome: str
    fact: str
    page: Value | None
    descriptors: Value | None


def _verdicts(page: Contract, descriptors: Contract, name: str) -> Iterator[Verdict]:
    assert page.page is not None
    resource = "__".join(name.split("__")[1:3])
    pairs: tuple[tuple[tuple[Field | Parameter, ...], tuple[Field | Parameter, ...]], ...] = (
        (page.parameters, descriptors.parameters),
        (page.body, descriptors.body),
        (page.response.fields, descriptors.response.fields),
    )
    for page_fields, descriptor_fields in pairs:
        known = {field.path: field.constraints.values for field in descriptor_fields}
        for field in page_fields:
            if field.path in known:
                yield Verdict("found", f"{resource} {field.path}", None, None)
                for keyword in _JUDGED:
                    fact = f"{resource} {field.path} {keyword}"
                    outcome = _outcome(keyword, field.constraints.values, known[field.path], page.page.generation)
                    if outcome is not None:
                        yield Verdict(
                            outcome, fact, field.constraints.values.get(keyword), known[field.path].get(keyword)
                        )


def _outcome(keyword: str, values: Mapping[str, Value], known: Mapping[str, Value], generation: str) -> str | None:
    """Return the result for a keyword; None if the descriptors lack it, or if it is vacuous."""
    if keyword not in known or (keyword.startswith("min") and keyword != "minimum" and known[keyword] == 0):
        return None
    if keyword not in values:
        left_out = keyword in kinds.omitted_keywords("", generation)
        untyped = keyword in {"type", "format"} and generation.startswith("O")
        return "left out by its generation" if left_out or untyped else "silent"
    return "right" if _documented(values[keyword]) == _documented(known[keyword]) else "wrong"


def _documented(value: Value) -> Value:
    """A list of values without the enumeration's default value, which most pages leave out."""
    return (
        tuple(item for item in value if not str(item).endswith("_UNSPECIFIED")) if isinstance(value, tuple) else value
    )


@pytest.fixture(scope="module")
def verdicts() -> list[Verdict]:
    """Yield the result of every keyword of every page with a method that the descriptors still have."""
    pages: dict[str, Contract] = {}
    for path in sorted(PAGES.glob("*__*.md")):
        try:
            pages[path.name] = documentation.read(path)
        except InputError:
            continue
    operations = {
        (contract.operation.method, contract.operation.url): contract.operation for contract in pages.values()
    }
    known = {
        (contract.operation.method, contract.operation.url): contract
        for contract in protobuf.read(list(operations.values()))
    }
    without_host = {name: re.sub(r"^\w+://[^/]*", "", page.operation.url) for name, page in pages.items()}
    return [
        verdict
        for name, page in pages.items()
        if (descriptors := known.get((page.operation.method, without_host[name]))) is not None
        for verdict in _verdicts(page, descriptors, name)
    ]


def test_nothing_is_wrong_and_no_silence_is_unexplained(verdicts: list[Verdict]) -> None:
    """Each fact of a page agrees with the descriptors, or a reason is listed."""
    wrong = [
        verdict for verdict in verdicts if verdict.outcome in {"wrong", "silent"} and verdict.fact not in EXPLAINED
    ]
    assert wrong == []


def test_every_reason_is_needed(verdicts: list[Verdict]) -> None:
    """A reason for a difference that does not occur is taken out."""
    needed = {verdict.fact for verdict in verdicts if verdict.outcome in {"wrong", "silent"}}
    assert set(EXPLAINED) - needed == set()


def test_no_fewer_fields_and_constraints_than_before(verdicts: list[Verdict]) -> None:
    """A fact that was once found and right stays found and right."""
    counts = Counter(verdict.outcome for verdict in verdicts)
    constraints = [
        verdict
        for verdict in verdicts
        if verdict.outcome == "right" and verdict.fact.split()[-1] not in {"type", "format"}
    ]
    assert counts["found"] >= FLOORS["found"]
    assert len(constraints) >= FLOORS["right"]
