"""Reads the provider's own protobuf descriptors, as the `yandexcloud` package carries them.

They are found by the `google.api.http` annotation of a method, whatever the service. They hold no comments: they
cannot say what a service alone sets, what is unique, or what a number counts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from generator.contract.facts import (
    KEYWORDS,
    Constraints,
    Contract,
    Field,
    Operation,
    Parameter,
    Response,
    UnparsedText,
    Witness,
)
from generator.contract.urls import url_path
from generator.errors import InputError, Location
from generator.yaml_document import load_bytes

from .messages import Descriptor, FieldDescription, walk

SPEAKS = frozenset(KEYWORDS) - {"readOnly", "writeOnly", "default", "uniqueItems", "x-unit", "x-unique-within"}


def is_installed() -> bool:
    """Whether the descriptors are at hand: they come with the test dependencies."""
    return find_spec("yandex") is not None


def read(operations: Sequence[Operation]) -> tuple[Contract, ...]:
    """The contracts of those of the operations that a descriptor has, found by method and path.

    Raises InputError where the `yandexcloud` package is not installed.
    """
    if not is_installed():
        raise InputError("the descriptors need the package yandexcloud, a test dependency", Location("yandexcloud"))
    wanted = [(one.method, url_path(one.url)) for one in operations]
    found = {
        (verb, _documented(template)): _contract(method, verb, template, body)
        for module in _modules([path for _, path in wanted])
        for service in module.DESCRIPTOR.services_by_name.values()
        for method in service.methods
        for verb, template, body in _bindings(method)
        if (verb, _documented(template)) in wanted
    }
    return tuple(found[key] for key in wanted if key in found)


def _modules(paths: Collection[str]) -> Iterator[Any]:
    """The modules that hold one of the paths, told by their bytes: to import all of them takes seconds."""
    parts = [path.partition("{")[0].encode() for path in paths]
    package = find_spec("yandex")
    for folder in map(Path, (package.submodule_search_locations if package else None) or ()):
        for file in sorted(folder.rglob("*_pb2.py")):
            code = load_bytes(file)
            if any(part in code for part in parts):
                yield import_module(".".join(file.relative_to(folder.parent).with_suffix("").parts))


def _bindings(method: Descriptor) -> Iterator[tuple[str, str, str]]:
    """Each HTTP method, path and body that a gRPC method is bound to."""
    rule = method.GetOptions().Extensions[import_module("google.api.annotations_pb2").http]
    for one in (rule, *rule.additional_bindings):
        verb = one.WhichOneof("pattern")
        if verb in {"get", "put", "post", "delete", "patch"}:
            yield verb.upper(), getattr(one, verb), one.body


def _documented(template: str) -> str:
    """A path as the documentation writes it: `{image_id=*}` is `{imageId}`."""
    return re.sub(
        r"\{([\w.]+)(?:=[^}]*)?\}",
        lambda found: "{" + re.sub(r"_([a-z0-9])", lambda letter: letter[1].upper(), found[1]) + "}",
        template,
    )


def _contract(method: Descriptor, verb: str, template: str, body: str) -> Contract:
    url, answer = _documented(template), method.output_type
    request, said = {one.path: one for one in walk(method.input_type)}, tuple(walk(answer))
    in_path = {path: request[path] for path in re.findall(r"\{([\w.]+)\}", url)}
    carried = f"{method.input_type.fields_by_name[body].json_name}." if body not in {"", "*"} else ""
    in_body = {path: one for path, one in request.items() if body and path.startswith(carried) and path not in in_path}
    elsewhere = in_body | in_path
    in_query = {
        path: one for path, one in request.items() if path not in in_body and _is_in_query(path, request, elsewhere)
    }
    located = {**dict.fromkeys(in_query, "query"), **dict.fromkeys(in_path, "path")}
    return Contract(
        witness=Witness.DESCRIPTORS,
        operation=Operation(verb, url, Location(method.containing_service.file.name)),
        parameters=tuple(
            Parameter(path, location, Constraints(request[path].values), request[path].location)
            for path, location in located.items()
        ),
        body=_fields({path.removeprefix(carried): one for path, one in in_body.items()}),
        response=Response(200, _fields({one.path: one for one in said}), Location(answer.file.name)),
        supported_keywords=SPEAKS,
        unparsed=tuple(UnparsedText(text, one.location) for one in (*request.values(), *said) for text in one.unparsed),
    )


def _is_in_query(path: str, request: Mapping[str, FieldDescription], elsewhere: Collection[str]) -> bool:
    """A message is there by its fields; one without any there, such as a map or a list of messages, is not."""
    if request[path].values["type"] != "object":
        return True
    return any(one.startswith(f"{path}.") and one not in elsewhere for one in request if not path.endswith("]"))


def _fields(found: Mapping[str, FieldDescription]) -> tuple[Field, ...]:
    return tuple(Field(path, Constraints(one.values), one.location) for path, one in found.items())
