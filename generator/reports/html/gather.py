"""Gathers what a reviewer needs: the evidence, what changed, how a call looks, what the examples show."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from attrs import frozen

from generator.changes.diff import changes
from generator.changes.releases import Version, Versions, is_breaking, version_problem
from generator.changes.revisions import specification_at
from generator.contract.check import check, operation_key
from generator.contract.facts import Contract, Witness
from generator.errors import Location
from generator.lint.linter import lint_document
from generator.readers.client.source_snippet import source_snippet
from generator.readers.openapi.examples import service_of
from generator.readers.witnesses import LoadedWitnesses, WitnessPaths, load_witnesses
from generator.runtime.testing._service import Endpoint
from generator.yaml_document import YamlMapping, YamlSequence, load, load_text

from .evidence import Evidence, evidence
from .values import Base, CallExample, Coverage, Review, Reviewed, StyleFinding

Attributes = Mapping[tuple[str, str], str]
"""What stands in the client's source for a parameter or a field, by part and path."""


@frozen
class ReviewResult:
    """The review, and whether nothing stands against the contract.

    Nothing differs or breaks callers, no rule of style is broken, and the version says what it should.
    """

    review: Review
    holds: bool


def review(specification: Path, client: Path, base: str | None) -> ReviewResult:
    """Everything that stands on the page. `base` is a revision of git or a file; without one, the last release.

    Raises InputError as the readers do.
    """
    document, called = load(specification), load_witnesses(WitnessPaths(specification, client))
    report = check(called.pairs, called.known_differences)
    ours = called.pairs[0][0].contracts
    versions = Versions(specification)
    released = versions.released()
    against = _changed(specification, base) if base is not None else _since_release(released, ours)
    endpoints = {f"{one.method} {one.template}": one for one in service_of(document).endpoints}
    findings = tuple(
        StyleFinding(one.rule.id, one.sentence, one.rule.fix, one.location.line) for one in lint_document(document)
    )
    found = Review(
        title=str(document["info"]["title"]),
        version=str(document["info"]["version"]),
        file=str(specification),
        lines=tuple(load_text(specification).splitlines()),
        base=against,
        version_problem=version_problem(released, versions.specified(), versions.notes()),
        operations=tuple(
            _reviewed(document, called, evidence(one, report), endpoints.get(operation_key(one))) for one in ours
        ),
        differences=report.differences,
        findings=findings,
        skipped=called.skipped,
    )
    breaks = against is not None and is_breaking(against.changes)
    return ReviewResult(found, not (report.differences or findings or breaks or found.version_problem))


def _changed(specification: Path, base: str) -> Base:
    before, after = (specification_at(one, specification).contracts for one in (base, str(specification)))
    return Base(base, changes(before, after))


def _since_release(released: Sequence[Version], ours: Sequence[Contract]) -> Base | None:
    if not released:
        return None
    return Base(f"{released[-1].number}, the last release", changes(released[-1].contracts, ours))


def _reviewed(document: YamlMapping, called: LoadedWitnesses, found: Evidence, endpoint: Endpoint | None) -> Reviewed:
    ours = found.contract
    client = next(
        (one for one in _contracts(called, Witness.CLIENT) if operation_key(one) == operation_key(ours)), None
    )
    examples = endpoint.examples if endpoint else ()
    attributes = _attributes(client) if client else dict[tuple[str, str], str]()
    return Reviewed(
        evidence=found,
        documentation=_documentation(document, ours),
        attributes=attributes,
        call=_call(ours, client, endpoint, attributes) if client and endpoint and endpoint.examples else None,
        examples=len(examples),
        coverage=tuple(_coverage(one.path, examples) for one in ours.response.fields),
    )


def _contracts(called: LoadedWitnesses, witness: Witness) -> tuple[Contract, ...]:
    return next((other.contracts for _, other in called.pairs if other.witness is witness), ())


def _documentation(document: YamlMapping, ours: Contract) -> str | None:
    """The URL of an operation's page, which the document names."""
    method, path = operation_key(ours).split(" ", 1)
    external = document["paths"][path][method.lower()].get("externalDocs", {})
    url: str | None = external.get("url")
    return url


def _attributes(client: Contract) -> Attributes:
    """What stands in the client's source, by part and path."""
    operation = client.operation
    return {
        ("operation", ""): source_snippet(operation.location, ""),
        **{("parameter", one.path): source_snippet(one.location, one.path) for one in client.parameters},
        **{("response", one.path): source_snippet(one.location, one.path) for one in client.response.fields},
    }


def _call(ours: Contract, client: Contract, endpoint: Endpoint, attributes: Attributes) -> CallExample:
    values = dict(_values(endpoint))
    location = client.operation.location
    group, method = Path(location.file).parent.name, source_snippet(location, "")
    model = next((text.partition(".")[0] for (part, _), text in attributes.items() if part == "response"), "answer")
    arguments = ", ".join(json.dumps(values[one.path], ensure_ascii=False) for one in client.parameters)
    package = Path(location.file).parts[0]
    return CallExample(
        python=(
            f"from {package} import Client\n\n"
            f'with Client(token="…") as client:\n'
            f"    {model.lower()} = client.{group}.{method}({arguments})"
        ),
        curl=_curl(ours, endpoint, values),
        answer=json.dumps(endpoint.examples[0], indent=2, ensure_ascii=False),
    )


def _values(endpoint: Endpoint) -> Iterator[tuple[str, str]]:
    """A value for each parameter: its example, else the one of the answer that it identifies."""
    for one in endpoint.parameters:
        known = endpoint.examples[0].get("id", "…") if one.name == endpoint.identified_by else "…"
        yield one.name, str(known if one.example is None else one.example)


def _curl(ours: Contract, endpoint: Endpoint, values: Mapping[str, str]) -> str:
    url = ours.operation.url
    for one in endpoint.parameters:
        url = url.replace(f"{{{one.name}}}", quote(values[one.name], safe=""))
    query = {one.name: values[one.name] for one in endpoint.parameters if one.location == "query" and one.required}
    asked = f"{url}?{urlencode(query)}" if query else url
    method = "" if endpoint.method == "GET" else f"--request {endpoint.method} "
    return f'curl {method}--header "Authorization: Bearer $IAM_TOKEN" \\\n    {shlex.quote(asked)}'


def _coverage(path: str, examples: tuple[Mapping[str, Any], ...]) -> Coverage:
    found = [list(_at(example, path)) for example in examples]
    first = next((one for values in found for one in values), None)
    shown = "" if first is None else json.dumps(first, ensure_ascii=False)
    return Coverage(path, sum(map(bool, found)), shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…")


_LONGEST = 90
"""Characters of a value that are shown."""


def _at(value: Any, path: str) -> Iterator[Any]:
    """What an example has at a path; nothing where it is of another type."""
    name, _, below = path.partition(".")
    bare = name.removesuffix("[]")
    if not isinstance(value, YamlMapping) or bare not in value:
        return
    found = value[bare]
    for one in found if isinstance(found, YamlSequence) and name.endswith("[]") else [found]:
        yield from _at(one, below) if below else [one]


def summary_line(outcome: ReviewResult, path: Path) -> str:
    """One line for the terminal."""
    found = outcome.review
    count = sum(len(one.rows) for reviewed in found.operations for one in reviewed.evidence.subjects)
    changed = len(found.base.changes) if found.base else 0
    against = f", {changed} changed against {found.base.name}" if found.base else ""
    verdict = "holds" if outcome.holds else "does not hold, see the page"
    return f"{Location(str(path))}: {count} facts{against}; {verdict}\n"
