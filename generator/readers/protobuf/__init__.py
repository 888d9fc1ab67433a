"""Reads the provider's own protobuf descriptors, as the `yandexcloud` package ships them.

A method is found by its `google.api.http` annotation. Descriptors have no comments, so they lack the facts that only
comments state: read-only fields, uniqueness, units.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from generator.contract.facts import Constraints, Contract, Field, Operation, Parameter, ResponseFacts, Witness
from generator.contract.keywords import KEYWORDS
from generator.contract.reader_notes import UnparsedText
from generator.contract.urls import url_path
from generator.errors import InputError, Location
from generator.yaml_document import load_bytes

from .messages import Descriptor, FieldDescription, walk_fields

SUPPORTED_KEYWORDS = frozenset(KEYWORDS) - {
    "readOnly",
    "writeOnly",
    "default",
    "uniqueItems",
    "x-unit",
    "x-unique-within",
}


def is_installed() -> bool:
    """Return True if the descriptors are installed; they are a test dependency."""
    return find_spec("yandex") is not None


def read(operations: Sequence[Operation]) -> tuple[Contract, ...]:
    """Read the contracts of the operations that have a descriptor, found by method and path.

    Raises InputError if the `yandexcloud` package is not installed.
    """
    if not is_installed():
        raise InputError(
            "is not installed; the descriptors need this package, a test dependency", Location("yandexcloud")
        )
    wanted = [(operation.method, url_path(operation.url)) for operation in operations]
    contracts = {
        (verb, _documented_path(template)): _contract(method, verb, template, body)
        for module in _modules([path for _, path in wanted])
        for service in module.DESCRIPTOR.services_by_name.values()
        for method in service.methods
        for verb, template, body in _bindings(method)
        if (verb, _documented_path(template)) in wanted
    }
    return tuple(contracts[key] for key in wanted if key in contracts)


def _modules(paths: Collection[str]) -> Iterator[Any]:
    """Import the modules that contain one of the paths in their bytes: to import all of them takes seconds."""
    parts = [path.partition("{")[0].encode() for path in paths]
    package = find_spec("yandex")
    for folder in map(Path, (package.submodule_search_locations if package else None) or ()):
        for file in sorted(folder.rglob("*_pb2.py")):
            code = load_bytes(file)
            if any(part in code for part in parts):
                yield import_module(".".join(file.relative_to(folder.parent).with_suffix("").parts))


def _bindings(method: Descriptor) -> Iterator[tuple[str, str, str]]:
    """Yield the HTTP method, path and body of each HTTP binding of a gRPC method."""
    rule = method.GetOptions().Extensions[import_module("google.api.annotations_pb2").http]
    for binding in (rule, *rule.additional_bindings):
        verb = binding.WhichOneof("pattern")
        if verb in {"get", "put", "post", "delete", "patch"}:
            yield verb.upper(), getattr(binding, verb), binding.body


def _documented_path(template: str) -> str:
    """Convert a path to the notation of the documentation: `{image_id=*}` to `{imageId}`."""
    return re.sub(
        r"\{([\w.]+)(?:=[^}]*)?\}",
        lambda match: "{" + re.sub(r"_([a-z0-9])", lambda letter: letter[1].upper(), match[1]) + "}",
        template,
    )


def _contract(method: Descriptor, verb: str, template: str, body: str) -> Contract:
    url = _documented_path(template)
    request = {field.path: field for field in walk_fields(method.input_type)}
    response = {field.path: field for field in walk_fields(method.output_type)}
    in_path: list[str] = re.findall(r"\{([\w.]+)\}", url)
    prefix = f"{method.input_type.fields_by_name[body].json_name}." if body not in {"", "*"} else ""
    in_body = [path for path in request if body and path.startswith(prefix) and path not in in_path]
    elsewhere = {*in_body, *in_path}
    in_query = [path for path in request if path not in in_body and _is_in_query(path, request, elsewhere)]
    locations = {**dict.fromkeys(in_query, "query"), **dict.fromkeys(in_path, "path")}
    return Contract(
        witness=Witness.DESCRIPTORS,
        operation=Operation(verb, url, Location(method.containing_service.file.name)),
        parameters=tuple(
            Parameter(path, location, Constraints(request[path].values), request[path].location)
            for path, location in locations.items()
        ),
        body=_fields({path.removeprefix(prefix): request[path] for path in in_body}),
        response=ResponseFacts(200, _fields(response), Location(method.output_type.file.name)),
        supported_keywords=SUPPORTED_KEYWORDS,
        unparsed=tuple(
            UnparsedText(text, field.location)
            for field in (*request.values(), *response.values())
            for text in field.unparsed
        ),
    )


def _is_in_query(path: str, request: Mapping[str, FieldDescription], elsewhere: Collection[str]) -> bool:
    """Return True if a value is a query parameter; a message is one only through its fields."""
    if request[path].values["type"] != "object":
        return True
    return any(other.startswith(f"{path}.") and other not in elsewhere for other in request if not path.endswith("]"))


def _fields(descriptions: Mapping[str, FieldDescription]) -> tuple[Field, ...]:
    return tuple(
        Field(path, Constraints(description.values), description.location) for path, description in descriptions.items()
    )
