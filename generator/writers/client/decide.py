"""Decides what the client's code is, from the document and the names that openapi-python-client chose.

What upstream's values stand for is read from the document itself, because they know neither bounds nor units.
What the client could not keep is refused, not skipped.
"""

from __future__ import annotations

from typing import Any

from openapi_python_client.parser import GeneratorData

from generator.document import Table

from .models import decide_model
from .operations import decide_tag
from .source import Source, closed, refuse
from .view import TagView, View

_OF_DOCUMENTS = frozenset({"openapi", "info", "servers", "security", "tags", "paths", "components"})
_TAKEN_BY_CLIENTS = frozenset({"close"})


def decide(document: Table, data: GeneratorData) -> View:
    """The view of a document that upstream has parsed. Raises Unreadable for what the client could not keep."""
    closed(document, _OF_DOCUMENTS, "the document")
    source = Source.of(document, data)
    models = [decide_model(source, schema, model) for schema, model in source.models()]
    tags = [decide_tag(source, one) for one in data.endpoint_collections_by_tag.values()]
    _refuse_collisions(document, tags, {one.name for one in models})
    info = document["info"]
    return View(
        title=info["title"],
        description=info.get("description", ""),
        version=info["version"],
        base_url=_base_url(document),
        tags={one.name: one for one in tags},
        models={one.name: one for one in models},
    )


def _base_url(document: Table) -> str:
    servers: Any = document.get("servers") or ()
    if len(servers) != 1 or "variables" in servers[0] or not str(servers[0]["url"]).startswith("https://"):
        refuse("the client needs exactly one server, with an https URL and no variables", document, "servers")
    return str(servers[0]["url"])


def _refuse_collisions(document: Table, tags: list[TagView], models: set[str]) -> None:
    for tag in tags:
        if tag.name in _TAKEN_BY_CLIENTS or {tag.class_name, f"Async{tag.class_name}"} & models:
            refuse(f"the tag `{tag.name}` would take a name that a model or the client has", document, "tags")
        names = [name for one in tag.operations for name in (one.name, f"{one.name}_detailed")]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            refuse(f"two operations of the tag `{tag.name}` would be the method `{twice[0]}`", document, "paths")
