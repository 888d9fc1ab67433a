"""openapi-python-client as a library: parses the document, renders our templates, and may skip nothing."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from attrs import evolve, frozen
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import ParseError
from openapi_python_client.parser.properties import Class
from openapi_python_client.schema import OpenAPI
from openapi_python_client.strings import ClassName, PythonIdentifier
from pydantic import ValidationError

from generator.errors import InputError, Location
from generator.yaml_document import YamlMapping, YamlSequence

from .literals import docstring, literal
from .names import PREFIX
from .spec_context import tables
from .view import View

TEMPLATES = Path(__file__).parent / "templates"

_CONFIG = Config.from_sources(
    ConfigFile(post_hooks=[], field_prefix=PREFIX),
    MetaType.NONE,
    document_source="",
    file_encoding="utf-8",
    overwrite=True,
    output_path=None,
)


def parse(document: YamlMapping) -> GeneratorData:
    """What upstream reads in a document. Raises InputError for one that has not the shape of OpenAPI."""
    try:
        OpenAPI.model_validate(document)  # As upstream does again, which gives the errors as a text without locations.
    except ValidationError as problem:
        error = max(problem.errors(), key=lambda one: len(one["loc"]))
        sentence = f"`{error['loc'][-1]}`: {error['msg'][0].lower()}{error['msg'][1:]}"
        raise InputError(sentence, _reached(document, error["loc"])) from problem
    return cast("GeneratorData", GeneratorData.from_dict(_without_values(document), config=_CONFIG))


def _without_values(node: Any) -> Any:
    """A document without enumerations and defaults: upstream makes names of the one and values of the other."""
    if isinstance(node, YamlMapping):
        ours = {"enum": YamlSequence, "default": str | int | float}
        kept = {key: one for key, one in node.items() if key not in ours or not isinstance(one, ours[key])}
        return {key: _without_values(one) for key, one in kept.items()}
    return [*map(_without_values, node)] if isinstance(node, YamlSequence) else node


def _reached(document: YamlMapping, steps: Iterable[int | str]) -> Location:
    """The innermost location on a path of pydantic's, on which steps of its own lie between those of the document."""
    node: Any = document
    location = document.location
    for step in steps:
        if isinstance(node, YamlMapping) and step in node:
            location, node = node.location_of(str(step)), node[str(step)]
        elif isinstance(node, YamlSequence) and isinstance(step, int) and step < len(node):
            location, node = node.location_of(step), node[step]
    return location


def reject_skipped(document: YamlMapping, data: GeneratorData) -> None:
    """Raise InputError for the first part of the document that upstream would leave out with a warning."""
    skipped = [one for tag in data.endpoint_collections_by_tag.values() for one in tag.parse_errors]
    for error in (*data.errors, *skipped):
        raise InputError(_sentence(error), _location(document, error))


def _sentence(error: ParseError) -> str:
    return " ".join(f"openapi-python-client would leave this out: {error.detail or error.header}".split())


def _location(document: YamlMapping, error: ParseError) -> Location:
    """Where the part of the document stands that an error of upstream's holds as data."""
    part = error.data.model_dump(mode="json", by_alias=True, exclude_unset=True) if error.data else None
    return next((table.location for table in tables(document) if table == part), document.location)


@frozen
class _Rendered:
    """What upstream asks of a model or an enumeration where it renders the template of one."""

    class_info: Class
    value_type: type = str


def _rendered(module: str, name: str) -> Any:
    return _Rendered(Class(ClassName(name, PREFIX), PythonIdentifier(module, PREFIX)))


def build(data: GeneratorData, view: View, folder: Path) -> None:
    """Render the templates into an empty folder.

    What upstream writes besides them and the runtime has in a better form is gone again.
    """
    data.models = [_rendered(module, models[0].name) for module, models in view.modules.items()]
    data.enums = [_rendered(one.module, one.name) for one in view.enumerations.values()]
    for name, tag in data.endpoint_collections_by_tag.items():
        for endpoint, operation in zip(tag.endpoints, view.tags[name].operations, strict=True):
            endpoint.name = PythonIdentifier(operation.module, PREFIX)
    project = Project(openapi=data, config=evolve(_CONFIG, output_path=folder), custom_template_path=TEMPLATES)
    names: dict[str, Any] = {"view": view, "literal": literal, "docstring": docstring}
    project.env.globals.update(names)
    with contextlib.redirect_stdout(io.StringIO()):  # Upstream prints what it is about to do.
        project.build()
    for replaced in ("errors.py", "types.py"):
        (folder / replaced).unlink()
