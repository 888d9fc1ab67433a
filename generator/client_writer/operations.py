"""Builds the views of the operations: one method each, grouped by tag."""

from __future__ import annotations

from collections.abc import Container, Mapping

from generator.readers.openapi.operations import ResolvedOperation
from generator.yaml_document import YamlMapping

from .examples import example_view
from .literals import deprecation, sentence
from .method_view import OperationView, PagesView, TagView
from .names import NameBinding, check_names, method_name, tag_name
from .opc import class_name, identifier
from .parameters import json_model, parameter_views
from .spec_context import SpecContext, fail_at
from .value_types import ClassRef, ValueType
from .view import ModelView

_PAGE_TOKEN, _NEXT_PAGE_TOKEN = "pageToken", "nextPageToken"

Tags = Mapping[str, list[ResolvedOperation]]
"""Tag -> its operations."""


def operations_by_tag(context: SpecContext) -> Tags:
    """Group the operations by their tag. Raises InputError for a missing or unused tag, and for names that collide."""
    tags: dict[str, list[ResolvedOperation]] = {}
    document = context.specification.document
    for operation in context.specification.operations:
        table = operation.operation
        if len(table.get("tags", [])) != 1:
            fail_at(table, "tags", "an operation needs exactly one tag: its attribute of the client")
        for parent in (table, operation.item):
            if "servers" in parent:
                fail_at(parent, "servers", "the client has one server; list it at the top of the document")
        tags.setdefault(table["tags"][0], []).append(operation)
    for tag in document.get("tags", []):
        if tag["name"] not in tags:
            fail_at(tag, "name", f"no operation has the tag {tag['name']!r}")
    bindings = (NameBinding(tag_name(tag), tag, operations[0].operation, "tags") for tag, operations in tags.items())
    check_names("attribute of the client", bindings)
    return tags


def tag_class(tag: str, models: Container[str]) -> str:
    """Return the class of the attribute of the client for a tag: its name, unless a message has that name."""
    name = class_name(tag)
    return f"{name}Methods" if name in models else name


def tag_view(
    context: SpecContext, models: Mapping[str, ModelView], tag: str, operations: list[ResolvedOperation]
) -> TagView:
    """Return the view of a tag and of its operations. Raises InputError for what a method cannot express."""
    views = tuple(_operation_view(context, models, operation) for operation in operations)
    bindings = (
        NameBinding(name, view.operation_id, operation.operation, "operationId")
        for operation, view in zip(operations, views, strict=True)
        for name in (view.name, f"{view.name}_detailed")
    )
    check_names("method", bindings)
    tags = context.specification.document.get("tags", [])
    description = next((table.get("description") for table in tags if table["name"] == tag), None)
    documentation = sentence(description or f"Operations on {tag}")
    return TagView(tag_name(tag), tag_class(tag, models), documentation, views)


def _operation_view(
    context: SpecContext, models: Mapping[str, ModelView], operation: ResolvedOperation
) -> OperationView:
    table = operation.operation
    _check_security(context, table)
    words = table["operationId"].rpartition(".")[2]
    module = identifier(words)
    parameters = parameter_views(context, operation, module)
    responses: YamlMapping = table["responses"]
    success = str(operation.status)
    errors = {_response_model(context, responses, status) for status in responses if status != success}
    if len(errors) != 1:
        fail_at(table, "responses", "the client reads every error with one model; describe it under `default`")
    result = _response_model(context, responses, success)
    is_paged = any(parameter.wire_name == _PAGE_TOKEN and parameter.in_ == "query" for parameter in parameters)
    method = operation.method.upper()
    description = sentence(table.get("description", ""))
    return OperationView(
        operation_id=table["operationId"],
        tag=tag_name(table["tags"][0]),
        name=method_name(words),
        module=module,
        method=method,
        path=operation.path,
        status=operation.status,
        summary=sentence(table.get("summary", "")) or f"Call {method} {operation.path}.",
        description=description,
        parameters=parameters,
        result=result,
        error=errors.pop(),
        pages=_pages(models[result[1]]) if is_paged else None,
        example=example_view(context, operation, parameters, models[result[1]]),
        deprecated=deprecation(f"`{method_name(words)}`", description, table),
        sunset=table.get("x-sunset"),
    )


def _pages(page: ModelView) -> PagesView | None:
    """Return the elements of a response if it is a page: it has the next token, and one list of messages or texts."""
    has_token = any(
        field.wire_name == _NEXT_PAGE_TOKEN and field.value_type.annotation == "str" for field in page.fields
    )
    lists = _lists(page, "messages") or _lists(page, "strings")
    return PagesView(*lists[0]) if has_token and len(lists) == 1 else None


def _lists(page: ModelView, decoder: str) -> list[tuple[str, ValueType]]:
    """Return the attributes of a message that have a decoder of lists, each with the type of its items."""
    types = [(field.name, field.value_type) for field in page.fields if field.value_type.decoder == decoder]
    return [(name, value_type.item_type) for name, value_type in types if value_type.item_type]


def _check_security(context: SpecContext, operation: YamlMapping) -> None:
    document = context.specification.document
    owner = operation if "security" in operation else document
    schemes = document.get("components", {}).get("securitySchemes", {})
    required = [context.resolve(schemes[name]) for requirement in owner.get("security", []) for name in requirement]
    if not required or any((scheme.get("type"), scheme.get("scheme")) != ("http", "bearer") for scheme in required):
        fail_at(owner, "security", "the client sends a bearer token with every call; `security` must require only that")


def _response_model(context: SpecContext, responses: YamlMapping, status: str) -> ClassRef:
    model = json_model(context, context.resolve(responses[status]))
    sentence = f"the response {status} needs a model in application/json, and no other content"
    return model or fail_at(responses, status, sentence)
