"""Writes what the client's double knows of the service, for it reads no specification."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from attrs import asdict, evolve

from generator.readers.openapi.examples import service_of
from generator.runtime.testing._fake_server import SERVICE
from generator.runtime.testing._service import Endpoint
from generator.yaml_document import YamlMapping

from .view import OperationView, View


def write(document: YamlMapping, view: View, folder: Path) -> None:
    """Write the service of a document into the folder of the double, each endpoint with the model of its answer."""
    service = service_of(document)
    operations = {(one.method, one.path): one for tag in view.tags.values() for one in tag.operations}
    endpoints = tuple(_with_classes(one, operations[one.method, one.template]) for one in service.endpoints)
    described = json.dumps(evolve(service, endpoints=endpoints), indent=1, default=partial(asdict, recurse=False))
    (folder / SERVICE).write_text(f"{described}\n", "utf-8")


def _with_classes(endpoint: Endpoint, operation: OperationView) -> Endpoint:
    element = operation.pages.element[1] if operation.pages else ""
    return evolve(endpoint, model=operation.result[1], element=element)
