"""openapi-python-client as a library: parses the document, renders our templates, and may skip nothing."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from attrs import evolve
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import ParseError
from openapi_python_client.schema import OpenAPI
from openapi_python_client.strings import PythonIdentifier
from pydantic import ValidationError

from generator.contract.places import Place, Unreadable
from generator.document import Row, Table

from .literals import docstring, literal
from .names import PREFIX
from .source import tables
from .view import View

TEMPLATES = Path(__file__).parents[2] / "templates"

_CONFIG = Config.from_sources(
    ConfigFile(post_hooks=[], field_prefix=PREFIX),
    MetaType.NONE,
    document_source="",
    file_encoding="utf-8",
    overwrite=True,
    output_path=None,
)


def parse(document: Table) -> GeneratorData:
    """What upstream reads in a document. Raises Unreadable for one that has not the shape of OpenAPI."""
    try:
        OpenAPI.model_validate(document)  # As upstream does again, which gives the errors as a text without places.
    except ValidationError as problem:
        error = max(problem.errors(), key=lambda one: len(one["loc"]))
        sentence = f"`{error['loc'][-1]}`: {error['msg'][0].lower()}{error['msg'][1:]}"
        raise Unreadable(sentence, _reached(document, error["loc"])) from problem
    return cast("GeneratorData", GeneratorData.from_dict(document, config=_CONFIG))


def _reached(document: Table, steps: Iterable[int | str]) -> Place:
    """The innermost place on a path of pydantic's, on which steps of its own lie between those of the document."""
    node: Any = document
    place = document.place
    for step in steps:
        if isinstance(node, Table) and step in node:
            place, node = node.at(str(step)), node[str(step)]
        elif isinstance(node, Row) and isinstance(step, int) and step < len(node):
            place, node = node.at(step), node[step]
    return place


def hold_whole(document: Table, data: GeneratorData) -> None:
    """Raise Unreadable for the first part of the document that upstream would leave out with a warning."""
    skipped = [one for tag in data.endpoint_collections_by_tag.values() for one in tag.parse_errors]
    for error in (*data.errors, *skipped):
        raise Unreadable(_sentence(error), _place(document, error))


def _sentence(error: ParseError) -> str:
    return " ".join(f"openapi-python-client would leave this out: {error.detail or error.header}".split())


def _place(document: Table, error: ParseError) -> Place:
    """Where the part of the document stands that an error of upstream's holds as data."""
    part = error.data.model_dump(mode="json", by_alias=True, exclude_unset=True) if error.data else None
    return next((table.place for table in tables(document) if table == part), document.place)


def build(data: GeneratorData, view: View, folder: Path) -> None:
    """Render the templates into an empty folder.

    What upstream writes besides them and the runtime has in a better form is gone again.
    """
    models = {str(one.class_info.name): one for one in data.models}
    data.models, data.enums = [models[name] for name in view.models], []
    for name, tag in data.endpoint_collections_by_tag.items():
        for endpoint, operation in zip(tag.endpoints, view.tags[name].operations, strict=True):
            endpoint.name = PythonIdentifier(operation.name, PREFIX)
    project = Project(openapi=data, config=evolve(_CONFIG, output_path=folder), custom_template_path=TEMPLATES)
    names: dict[str, Any] = {"view": view, "literal": literal, "docstring": docstring}
    project.env.globals.update(names)
    with contextlib.redirect_stdout(io.StringIO()):  # Upstream prints what it is about to do.
        project.build()
    for replaced in ("errors.py", "types.py"):
        (folder / replaced).unlink()
