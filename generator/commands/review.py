"""The command `review`: writes an HTML page for reviewing the specification."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path

from generator.changes.evidence import Evidence, collect_evidence
from generator.changes.revisions import diff_since, read_revision
from generator.changes.spec_diff import decide
from generator.contract.check import check
from generator.contract.facts import Contract, Witness
from generator.contract.match import operation_key
from generator.lint.linter import lint_parsed
from generator.readers.client.source_snippet import source_snippet
from generator.readers.openapi.examples import service_of
from generator.readers.witnesses import LoadedWitnesses, WitnessPaths, load_witnesses
from generator.reports.html.call import call_example
from generator.reports.html.page import format_page
from generator.reports.html.values import OperationReview, Review
from generator.reports.html.verdict import review_summary
from generator.runtime.testing._service import Endpoint
from generator.vendoring.atomic import make_parent, write_file
from generator.yaml_document import YamlMapping, load_text

from . import EXIT_MISMATCH, EXIT_OK, add_client, add_path, client_of, not_empty, today


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_client(parser)
    parser.add_argument(
        "--base", metavar="REV", type=not_empty, help="compare with this git revision or file (the last release)"
    )
    add_path(parser, "--output", "FILE", Path("build/review.html"), "the HTML file")


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    review = collect_review(options.spec, client_of(options), options.base)
    make_parent(options.output)
    write_file(format_page(review).encode(), options.output)
    sys.stdout.write(review_summary(review, options.output))
    return EXIT_OK if review.decisions.holds else EXIT_MISMATCH


def collect_review(specification: Path, client: Path | None, base: str | None) -> Review:
    """Read and compare everything for the page. `base` is a git revision or a file; the default is the last release.

    Raises InputError as the readers do.
    """
    revision = read_revision(str(specification), specification, today())
    paths = WitnessPaths(specification, client)
    witnesses = load_witnesses(paths, parsed=revision.parsed)
    document = revision.parsed.document
    report = check(witnesses.pairs, witnesses.known_differences)
    contracts = witnesses.pairs[0][0].contracts
    diff = diff_since(base, revision)
    findings = lint_parsed(revision.parsed)
    service = service_of(revision.parsed)
    endpoints = {f"{endpoint.method} {endpoint.template}": endpoint for endpoint in service.endpoints}
    operations = tuple(
        _operation(document, witnesses, collect_evidence(contract, report), endpoints.get(operation_key(contract)))
        for contract in contracts
    )
    return Review(
        title=str(document["info"]["title"]),
        version=str(document["info"]["version"]),
        file=str(specification),
        lines=tuple(load_text(specification).splitlines()),
        diff=diff,
        operations=operations,
        differences=report.differences,
        findings=findings,
        skipped=witnesses.skipped,
        decisions=decide(diff, report.differences, len(findings)),
        page_urls={str(lock): url for lock, url in paths.read_page_urls().items()} if paths.pages.exists() else {},
    )


def _operation(
    document: YamlMapping, witnesses: LoadedWitnesses, evidence: Evidence, endpoint: Endpoint | None
) -> OperationReview:
    contract = evidence.contract
    client = _client_contract(witnesses, operation_key(contract))
    examples = endpoint.examples if endpoint else ()
    return OperationReview(
        evidence=evidence,
        documentation=_documentation(document, contract),
        attributes=_attributes(client) if client else {},
        call=call_example(contract, client, endpoint) if client and endpoint and examples else None,
        examples=tuple(examples),
    )


def _client_contract(witnesses: LoadedWitnesses, key: str) -> Contract | None:
    contracts = [other.contracts for _, other in witnesses.pairs if other.witness is Witness.CLIENT]
    return next((contract for row in contracts for contract in row if operation_key(contract) == key), None)


def _documentation(document: YamlMapping, contract: Contract) -> str | None:
    """Return the URL of an operation's page, which the document names."""
    method, path = operation_key(contract).split(" ", 1)
    external = document["paths"][path][method.lower()].get("externalDocs", {})
    url: str | None = external.get("url")
    return url


def _attributes(client: Contract) -> Mapping[tuple[str, str], str]:
    """Quote the client's source for the operation, each parameter and each field, by part and path."""
    parameters, fields = client.parameters, client.response.fields
    return {
        ("operation", ""): source_snippet(client.operation.location, ""),
        **{("parameter", row.path): source_snippet(row.location, row.path) for row in parameters},
        **{("response", row.path): source_snippet(row.location, row.path) for row in fields},
    }
