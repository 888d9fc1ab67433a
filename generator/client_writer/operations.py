"""Decides what the methods are: one for each operation, grouped by tag, with the checks of its arguments."""

from __future__ import annotations

from collections.abc import Container, Mapping

from openapi_python_client.strings import PythonIdentifier

from generator.yaml_document import YamlMapping

from .literals import sentence
from .names import Named, class_name, hold, identifier, method_name
from .parameters import OperationNode, in_json, parameters_of
from .spec_context import SpecContext, closed, refuse
from .value_types import Model
from .view import ModelView, OperationView, PagesView, TagView

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""In the order in which upstream takes them, which is that of the modules."""

_OF_PATHS = frozenset({*_METHODS, "parameters", "summary", "description", "x-source"})
_OF_OPERATIONS = frozenset(
    {"operationId", "tags", "summary", "description", "externalDocs", "parameters", "requestBody", "responses"}
    | {"security", "x-source"}
)
_OF_RESPONSES = frozenset({"description", "headers", "content", "x-source"})
_PAGE_TOKEN, _NEXT_PAGE_TOKEN = "pageToken", "nextPageToken"


def by_tag(source: SpecContext) -> Mapping[str, list[OperationNode]]:
    """Every operation under its tag. Raises InputError for a tag, class or attribute that would mean two things."""
    found: dict[str, list[OperationNode]] = {}
    for path, node in source.document["paths"].items():
        item = source.resolve(node)
        closed(item, _OF_PATHS, f"the path {path}")
        for method in (one for one in _METHODS if one in item):
            stated = OperationNode(path, method, item, item[method])
            closed(stated.operation, _OF_OPERATIONS, stated.what)
            tags = stated.operation.get("tags", [])
            if len(tags) != 1:
                refuse(
                    "an operation needs exactly one tag: the attribute of the client that it is found under",
                    stated.operation,
                    "tags",
                )
            found.setdefault(tags[0], []).append(stated)
    for tag in source.document.get("tags", []):
        if tag["name"] not in found:
            refuse(f"no operation has the tag {tag['name']!r}", tag, "name")
    hold(
        "attribute of the client",
        (Named(tag_name(tag), tag, stated[0].operation, "tags") for tag, stated in found.items()),
    )
    return found


def tag_name(tag: str) -> str:
    """The attribute of the client for a tag."""
    return str(PythonIdentifier(tag, prefix="tag"))


def tag_class(tag: str, models: Container[str]) -> str:
    """The class of the attribute of the client for a tag: its name, unless a message has that."""
    name = class_name(tag)
    return f"{name}Methods" if name in models else name


def decide_tag(source: SpecContext, models: Mapping[str, ModelView], tag: str, stated: list[OperationNode]) -> TagView:
    """The view of a tag and of its operations. Raises InputError for what the client cannot keep."""
    operations = tuple(_operation(source, models, one) for one in stated)
    hold(
        "method",
        (
            Named(name, one.operation["operationId"], one.operation, "operationId")
            for one, view in zip(stated, operations, strict=True)
            for name in (view.name, f"{view.name}_detailed")
        ),
    )
    described = (one.get("description") for one in source.document.get("tags", []) if one["name"] == tag)
    documentation = sentence(next(described, None) or f"Operations on {tag}")
    return TagView(tag_name(tag), tag_class(tag, models), documentation, operations)


def _operation(source: SpecContext, models: Mapping[str, ModelView], stated: OperationNode) -> OperationView:
    operation = stated.operation
    _hold_security(source, operation)
    words = operation["operationId"].rpartition(".")[2]
    module = identifier(words)
    parameters = parameters_of(source, stated, module)
    responses: YamlMapping = operation["responses"]
    success = next(status for status in responses if status.startswith("2"))
    errors = {_model_of_response(source, responses, status) for status in responses if status != success}
    if len(errors) != 1:
        refuse("the client reads every error with one model; say so under `default`", operation, "responses")
    result = _model_of_response(source, responses, success)
    in_pages = any(one.wire_name == _PAGE_TOKEN and one.in_ == "query" for one in parameters)
    return OperationView(
        name=method_name(words),
        module=module,
        method=stated.method.upper(),
        path=stated.path,
        status=int(success),
        summary=sentence(operation.get("summary", "")) or f"Call {stated.what}.",
        description=sentence(operation.get("description", "")),
        parameters=parameters,
        result=result,
        error=errors.pop(),
        pages=_pages(models[result[1]]) if in_pages else None,
    )


def _pages(page: ModelView) -> PagesView | None:
    """What an answer is a page of: it has the token of the next one, and one list of messages."""
    tokens = [one for one in page.fields if one.wire_name == _NEXT_PAGE_TOKEN and one.kind.annotation == "str"]
    lists = [one for one in page.fields if one.kind.of is not None and one.kind.reader == "messages"]
    if not tokens or len(lists) != 1:
        return None
    return PagesView(lists[0].name, lists[0].kind.models[0])


def _hold_security(source: SpecContext, operation: YamlMapping) -> None:
    place = operation if "security" in operation else source.document
    schemes = source.document.get("components", {}).get("securitySchemes", {})
    demanded = [source.resolve(schemes[name]) for one in place.get("security", []) for name in one]
    if not demanded or any((one.get("type"), one.get("scheme")) != ("http", "bearer") for one in demanded):
        refuse("the client sends a bearer token with every call; `security` must ask for that alone", place, "security")


def _model_of_response(source: SpecContext, responses: YamlMapping, status: str) -> Model:
    response: YamlMapping = source.resolve(responses[status])
    closed(response, _OF_RESPONSES, f"the response {status}")
    model = in_json(source, response)
    return model or refuse(
        f"the response {status} needs a model in application/json, and no other content", responses, status
    )
