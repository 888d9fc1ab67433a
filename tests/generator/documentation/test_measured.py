"""The published sample against the provider's descriptors: fields found, constraints right, wrong and silent.

A page can be older than the descriptors, and some generations leave constraints out. Every such difference has
its reason here, one that no longer occurs fails, and the rest are the reader's faults, of which there are none.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pytest

from generator.contract.facts import Contract, Value
from generator.contract.urls import url_path
from generator.readers import protobuf
from generator.readers.documentation.tables import PIPE_TABLE
from tests.generator.documentation.cases import SAMPLE, read_or_error

pytestmark = [
    pytest.mark.skipif(not SAMPLE, reason="the published pages lie beside the project's own checkout"),
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

EXPLAINED = {fact for facts in REASONS.values() for fact in facts}


def _outcomes(page: Contract, descriptors: Contract, resource: str) -> Iterator[tuple[str, str]]:
    """Yield the result for each field that both have, and for each keyword of it in the descriptors."""
    is_older = page.page is not None and page.page.layout == PIPE_TABLE  # no type of map values, no format of durations
    known = {(part, subject.path): subject.constraints.values for part, subject in descriptors.subjects()}
    for part, subject in page.subjects():
        if (part, subject.path) not in known:
            continue
        values = subject.constraints.values
        yield "found", f"{resource} {subject.path}"
        for keyword, value in known[part, subject.path].items():
            fact = f"{resource} {subject.path} {keyword}"
            if keyword in values:
                yield "right" if _documented(values[keyword]) == _documented(value) else "wrong", fact
            elif page.supports(keyword, subject) and not (keyword in {"type", "format"} and is_older):
                yield "silent", fact


def _documented(value: Value) -> Value:
    """A list of values without the enumeration's default value, which most pages leave out."""
    return (
        tuple(item for item in value if not str(item).endswith("_UNSPECIFIED")) if isinstance(value, tuple) else value
    )


@pytest.fixture(scope="module")
def outcomes() -> Mapping[str, list[str]]:
    """The facts by their result, of every page with a method that the descriptors still have."""
    pages = [
        ("__".join(path.name.split("__")[1:3]), page)
        for path in SAMPLE
        if isinstance(page := read_or_error(path.read_bytes()), Contract)
    ]
    descriptors = protobuf.read([page.operation for _, page in pages])
    known = {(contract.operation.method, contract.operation.url): contract for contract in descriptors}
    facts: dict[str, list[str]] = defaultdict(list)
    for resource, page in pages:
        contract = known.get((page.operation.method, url_path(page.operation.url)))
        for outcome, fact in _outcomes(page, contract, resource) if contract else ():
            facts[outcome].append(fact)
    return facts


def test_each_difference_has_a_reason_and_each_reason_a_difference(outcomes: Mapping[str, list[str]]) -> None:
    assert {*outcomes["wrong"], *outcomes["silent"]} == EXPLAINED


def test_no_fewer_fields_and_constraints_than_before(outcomes: Mapping[str, list[str]]) -> None:
    """A fact that was once found and right stays found and right."""
    constraints = [fact for fact in outcomes["right"] if fact.split()[-1] not in {"type", "format"}]
    assert len(outcomes["found"]) >= FLOORS["found"]
    assert len(constraints) >= FLOORS["right"]
