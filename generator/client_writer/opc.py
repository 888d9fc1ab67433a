"""Everything that touches openapi-python-client: its names, and the rendering of our templates over its own."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import Any

from attrs import evolve, frozen
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError, ParseError
from openapi_python_client.parser.properties import Class
from openapi_python_client.strings import ClassName, PythonIdentifier

from generator.errors import InputError, Location
from generator.yaml_document import YamlMapping, YamlSequence

from .literals import docstring, literal
from .method_view import CALL_OPTIONS
from .spec_context import iter_mappings
from .value_types import CHECKS, ENCODERS
from .view import View

TEMPLATES = Path(__file__).parent / "templates"

_PREFIX = "field_"
"""Put before a name that is not a Python identifier."""

_CONFIG = Config.from_sources(
    ConfigFile(post_hooks=[], field_prefix=_PREFIX),
    MetaType.NONE,
    document_source="",
    file_encoding="utf-8",
    overwrite=True,
    output_path=None,
)


def identifier(text: str, prefix: str = _PREFIX) -> str:
    """Return the name of an attribute, argument or module: in snake case."""
    return str(PythonIdentifier(text, prefix))


def class_name(text: str) -> str:
    """Return the name of a class: in Pascal case."""
    return str(ClassName(text, _PREFIX))


def write_modules(document: YamlMapping, view: View, folder: Path) -> None:
    """Render the templates into an empty folder, without the modules that the runtime replaces.

    Raises InputError for a document that openapi-python-client rejects, or of which it would leave out a part.
    """
    data = _parse(document)
    data.models = [_rendered(module, models[0].name) for module, models in view.modules.items()]
    data.enums = [_rendered(enumeration.module, enumeration.name) for enumeration in view.enumerations.values()]
    for tag, collection in data.endpoint_collections_by_tag.items():
        modules = {identifier(operation.operation_id): operation.module for operation in view.tags[tag].operations}
        for endpoint in collection.endpoints:
            endpoint.name = PythonIdentifier(modules[endpoint.name], _PREFIX)
    project = Project(openapi=data, config=evolve(_CONFIG, output_path=folder), custom_template_path=TEMPLATES)
    functions: dict[str, Any] = {"literal": literal, "docstring": docstring}
    values: dict[str, Any] = {"view": view, "checks": CHECKS, "encoders": ENCODERS, "call_options": CALL_OPTIONS}
    project.env.globals.update(functions | values)
    with contextlib.redirect_stdout(io.StringIO()):  # It prints its progress.
        project.build()
    for replaced in ("errors.py", "types.py"):
        (folder / replaced).unlink()


def _parse(document: YamlMapping) -> GeneratorData:
    data = GeneratorData.from_dict(_without_values(document), config=_CONFIG)
    if isinstance(data, GeneratorError):
        raise InputError(_sentence("rejects this document", data), document.location)
    skipped = [error for collection in data.endpoint_collections_by_tag.values() for error in collection.parse_errors]
    for error in (*data.errors, *skipped):
        raise InputError(_sentence("would leave this out", error), _location(document, error))
    return data


def _without_values(node: Any) -> Any:
    """Return a document without enumerations and defaults, from which openapi-python-client would make code."""
    if isinstance(node, YamlMapping):
        ours = {"enum": YamlSequence, "default": str | int | float}
        kept = {key: value for key, value in node.items() if key not in ours or not isinstance(value, ours[key])}
        return {key: _without_values(value) for key, value in kept.items()}
    return [*map(_without_values, node)] if isinstance(node, YamlSequence) else node


def _sentence(verdict: str, error: GeneratorError) -> str:
    detail = (error.detail or error.header).partition("[type=")[0]
    return " ".join(f"openapi-python-client {verdict}: {detail}".split())


def _location(document: YamlMapping, error: ParseError) -> Location:
    """Return the location of the part of the document that an error carries."""
    part = error.data.model_dump(mode="json", by_alias=True, exclude_unset=True) if error.data else None
    return next((table.location for table in iter_mappings(document) if table == part), document.location)


@frozen
class _RenderedClass:
    """The attributes of a model or an enumeration that openapi-python-client reads to render a template."""

    class_info: Class
    value_type: type = str


def _rendered(module: str, name: str) -> Any:
    return _RenderedClass(Class(ClassName(name, _PREFIX), PythonIdentifier(module, _PREFIX)))
