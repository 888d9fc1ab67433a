"""Formats a call of an operation in Python and with curl."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

from generator.contract.facts import Contract
from generator.readers.client.source_snippet import source_snippet
from generator.runtime.testing._service import Endpoint

from .values import CallExample


def call_example(contract: Contract, client: Contract, endpoint: Endpoint) -> CallExample:
    """Format a call and the response of the first example of the endpoint."""
    values = dict(_arguments(endpoint))
    return CallExample(
        python=_python(client, values),
        curl=_curl(contract, endpoint, values),
        response=json.dumps(endpoint.examples[0], indent=2, ensure_ascii=False),
    )


def _arguments(endpoint: Endpoint) -> Iterator[tuple[str, str]]:
    """Yield a value for each parameter: its example, or the `id` of the response that it identifies."""
    for parameter in endpoint.parameters:
        known = endpoint.examples[0].get("id", "…") if parameter.name == endpoint.identified_by else "…"
        yield parameter.name, str(known if parameter.example is None else parameter.example)


def _python(client: Contract, values: Mapping[str, str]) -> str:
    file = Path(client.operation.location.file)
    method = source_snippet(client.operation.location, "")
    fields = [source_snippet(field.location, field.path) for field in client.response.fields]
    model = fields[0].partition(".")[0] if fields else "response"
    arguments = ", ".join(json.dumps(values[parameter.path], ensure_ascii=False) for parameter in client.parameters)
    return (
        f"from {file.parts[0]} import Client\n\n"
        f'with Client(token="…") as client:\n'
        f"    {model.lower()} = client.{file.parent.name}.{method}({arguments})"
    )


def _curl(contract: Contract, endpoint: Endpoint, values: Mapping[str, str]) -> str:
    url = contract.operation.url
    for parameter in endpoint.parameters:
        url = url.replace(f"{{{parameter.name}}}", quote(values[parameter.name], safe=""))
    required = (row for row in endpoint.parameters if row.location == "query" and row.required)
    query = {parameter.name: values[parameter.name] for parameter in required}
    whole_url = f"{url}?{urlencode(query)}" if query else url
    method = "" if endpoint.method == "GET" else f"--request {endpoint.method} "
    return f'curl {method}--header "Authorization: Bearer $IAM_TOKEN" \\\n    {shlex.quote(whole_url)}'
