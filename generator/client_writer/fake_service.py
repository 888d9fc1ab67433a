"""Writes the description of the service for the client's fake server, which reads no specification."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from attrs import asdict, evolve

from generator.readers.openapi import ParsedSpecification
from generator.readers.openapi.examples import service_of
from generator.runtime.testing._fake_server import SERVICE
from generator.runtime.testing._service import Endpoint

from .method_view import OperationView
from .view import View


def write_service(specification: ParsedSpecification, view: View, folder: Path) -> None:
    """Write the service of a specification into a folder, each endpoint with the model of its response."""
    service = service_of(specification)
    operations = {
        (operation.method, operation.path): operation for tag in view.tags.values() for operation in tag.operations
    }
    endpoints = tuple(
        _with_classes(endpoint, operations[endpoint.method, endpoint.template]) for endpoint in service.endpoints
    )
    text = json.dumps(evolve(service, endpoints=endpoints), indent=1, default=partial(asdict, recurse=False))
    (folder / SERVICE).write_text(f"{text}\n", "utf-8")


def _with_classes(endpoint: Endpoint, operation: OperationView) -> Endpoint:
    models = operation.pages.element.models if operation.pages else ()
    return evolve(endpoint, model=operation.result[1], element=models[0][1] if models else "")
