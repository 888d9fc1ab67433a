"""openapi-python-client as a library: parses the document, renders our templates, and may skip nothing."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError, ParseError
from openapi_python_client.strings import PythonIdentifier

from generator.contract.places import Place, Unreadable
from generator.document import Row, Table

from .literals import docstring, literal
from .source import PREFIX
from .view import View

TEMPLATES = Path(__file__).parents[2] / "templates"


def parse(document: Table) -> tuple[GeneratorData, Config]:
    """What upstream reads in a document. Raises Unreadable where upstream would warn and leave something out."""
    config = Config.from_sources(
        ConfigFile(post_hooks=[], field_prefix=PREFIX),
        MetaType.NONE,
        document_source=Path(document.place.file),
        file_encoding="utf-8",
        overwrite=True,
        output_path=None,
    )
    data = GeneratorData.from_dict(document, config=config)
    if isinstance(data, GeneratorError):
        raise _unreadable(document, [data])
    skipped = [one for tag in data.endpoint_collections_by_tag.values() for one in tag.parse_errors]
    if data.errors or skipped:
        raise _unreadable(document, [*data.errors, *skipped])
    return data, config


def build(data: GeneratorData, config: Config, view: View) -> None:
    """Render the templates into the empty folder of `config.output_path`.

    What upstream writes besides them and the runtime has in a better form is gone again.
    """
    data.models = [one for one in data.models if str(one.class_info.name) in view.models]
    for name, tag in data.endpoint_collections_by_tag.items():
        for endpoint, operation in zip(tag.endpoints, view.tags[name].operations, strict=True):
            endpoint.name = PythonIdentifier(operation.name, PREFIX)
    project = Project(openapi=data, config=config, custom_template_path=TEMPLATES)
    names: dict[str, Any] = {"view": view, "literal": literal, "docstring": docstring}
    project.env.globals.update(names)
    with contextlib.redirect_stdout(io.StringIO()):  # Upstream prints what it is about to do.
        errors = project.build()
    if errors:
        raise RuntimeError(f"openapi-python-client: {errors}")
    for replaced in ("errors.py", "types.py"):
        (project.package_dir / replaced).unlink()


def _unreadable(document: Table, errors: Iterable[GeneratorError]) -> Unreadable:
    found = [(_place(document, one), " ".join(filter(None, (one.header, one.detail))).strip()) for one in errors]
    place = found[0][0]
    return Unreadable("; ".join(" ".join(text.split()) for _, text in found), place)


def _place(document: Table, error: GeneratorError) -> Place:
    """Where the part of the document stands that an error of upstream's holds as data."""
    if isinstance(error, ParseError) and error.data is not None:
        part = error.data.model_dump(mode="json", by_alias=True, exclude_unset=True)
        for table in _tables(document):
            if table == part:
                return table.place
    return document.place


def _tables(node: Any) -> Iterator[Table]:
    if isinstance(node, Table):
        yield node
        for one in node.values():
            yield from _tables(one)
    elif isinstance(node, Row):
        for one in node:
            yield from _tables(one)
