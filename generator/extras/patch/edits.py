"""Edits a specification so that it states the facts of a page: some edits for each difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from generator.contract.difference import ABSENT, Difference
from generator.contract.urls import url_origin
from generator.errors import unescape_token
from generator.extras.draft.conventions import PlainMapping
from generator.extras.draft.schemas import message_schemas, property_schema
from generator.extras.draft.tree import KEYS, VALUES, SchemaNode

from .context import (
    SCHEMAS,
    NoPatch,
    PatchContext,
    applies_to_all,
    first_or_no_patch,
    levels_of,
    node_of,
    owner_of,
    pointer_of,
    subjects_of,
)
from .keyword_edits import keyword_steps, parameter_steps, source_removal
from .steps import SCHEMA, FirstProperty, Removal, Requirement, Step, apply_steps
from .yaml_editor import Edit, YamlEditor

_OF_MAP = {KEYS: "propertyNames", VALUES: "additionalProperties"}


def propose_text(context: PatchContext, differences: Sequence[Difference]) -> str:
    """Edit the text for all differences with a known edit."""
    steps: list[Step] = []
    for difference in _outermost(differences):
        with suppress(LookupError, NoPatch):
            shared = applies_to_all(context, difference, differences)
            new_steps = _steps_for(context, difference) if shared else _separate_component(context, difference)
            context.text.without(step.pointer for step in new_steps if isinstance(step, Removal))  # or LookupError
            steps += new_steps
    return apply_steps(context.text, steps)


def _outermost(differences: Sequence[Difference]) -> list[Difference]:
    """The differences of facts, without those inside something that is missing as a whole."""
    missing = [(difference.part, difference.path) for difference in differences if not difference.keyword]
    return [
        difference
        for difference in differences
        if (difference.changes_fact or difference.id == "stale-source")
        and not any(
            part == difference.part and difference.path.startswith((f"{path}.", f"{path}{{")) for part, path in missing
        )
    ]


def _steps_for(context: PatchContext, difference: Difference) -> list[Step]:
    if difference.id == "stale-source":
        return [source_removal(context, difference)]
    if not difference.path:
        return [_operation_edit(context, difference)]
    if difference.part == "parameter":
        return list(parameter_steps(context, difference))
    if difference.keyword:
        return list(_field_steps(context, difference))
    if difference.left.value is ABSENT:
        return list(_new_field_steps(context, difference))
    pointer = pointer_of(context, difference.part, difference.path)
    return [Removal(pointer), Requirement(_owner(pointer), _name(pointer), wanted=False)]


def _operation_edit(context: PatchContext, difference: Difference) -> Edit:
    """Edit the status of the response, or the server; method and path are equal."""
    before, after = str(difference.left.value), str(difference.right.value)
    if difference.keyword == "status":
        return context.text.with_name(f"{context.operation}/responses/{before}", after)
    return context.text.with_value("#/servers/0/url", url_origin(after))


def _separate_component(context: PatchContext, difference: Difference) -> list[Step]:
    """Give one of several fields that share a component its own, as the page describes it."""
    path = difference.path.rpartition(".")[0]
    node, _ = node_of(context.body(difference.part).tree, path)
    pointer = pointer_of(context, difference.part, path)
    if [subject.location.pointer for subject in subjects_of(context.specification, difference.part)].count(pointer) > 1:
        raise NoPatch
    tables = [table for level in levels_of(context.text, pointer, path) for table in level]
    reference = first_or_no_patch(table for table in tables if "$ref" in context.text.keys(table))
    name = context.components.name(context.body(difference.part), path)
    edit = context.text.with_value(f"{reference}/$ref", f"{SCHEMAS}/{name}")
    return [edit, *_new_components(context, difference.part, node)]


def _owner(pointer: str) -> str:
    """The pointer of the schema of a property."""
    return pointer.rpartition("/properties/")[0]


def _name(pointer: str) -> str:
    return unescape_token(pointer.rpartition("/")[2])


def _field_steps(context: PatchContext, difference: Difference) -> Iterator[Step]:
    pointer = pointer_of(context, difference.part, difference.path)
    if difference.keyword == "required":
        yield Requirement(_owner(pointer), _name(pointer), wanted=difference.right.value is not ABSENT)
    else:
        yield from keyword_steps(context, difference, levels_of(context.text, pointer, difference.path))


def _new_field_steps(context: PatchContext, difference: Difference) -> Iterator[Step]:
    body = context.body(difference.part)
    node, parent = node_of(body.tree, difference.path)
    schema = property_schema(body, node, context.components)
    owner = owner_of(context, difference.part, parent.path)
    if node.suffix in _OF_MAP:
        yield from _map_steps(context.text, owner, _OF_MAP[node.suffix], schema)
    elif "properties" in context.text.keys(owner):
        siblings = [sibling.name for sibling in parent.members]
        yield context.text.with_key(f"{owner}/properties", node.name, schema, siblings)
    else:
        yield FirstProperty(owner, node.name, schema)
    if node.constraints.values.get("required"):
        yield Requirement(owner, node.name, wanted=True)
    yield from _new_components(context, difference.part, node)


def _map_steps(text: YamlEditor, owner: str, keyword: str, schema: PlainMapping) -> Iterator[Step]:
    """Set the values or the keys of a map, which may have been unrestricted."""
    if keyword in text.keys(owner):
        yield Removal(f"{owner}/{keyword}")
    yield text.with_key(owner, keyword, {key: value for key, value in schema.items() if key != "description"}, SCHEMA)


def _new_components(context: PatchContext, part: str, node: SchemaNode) -> Iterator[Step]:
    """Add the missing components at and below a node, behind the existing ones."""
    body, known = context.body(part), context.text.keys(SCHEMAS)
    for name, schema in message_schemas(body, node, context.components, known).items():
        edit = context.text.with_key(SCHEMAS, name, schema, known)
        yield Edit(edit.start, edit.end, f"\n{edit.text}", edit.rank)
