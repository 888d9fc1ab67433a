"""Edits of keywords, parameters and sources."""

from __future__ import annotations

from collections.abc import Iterator

from generator.contract.difference import ABSENT, Difference
from generator.contract.facts import Parameter
from generator.extras.draft.operations import draft_parameter
from generator.extras.draft.schemas import LIST_KEYWORDS, to_json_schema

from .context import (
    NoPatch,
    PatchContext,
    first_or_no_patch,
    levels_of,
    local_subject,
    parameter_pointer,
    subject_of,
)
from .steps import PARAMETER, SCHEMA, Removal, Step
from .yaml_editor import Edit

_OF_PARAMETER = frozenset({"required", "deprecated", "x-sunset"})
"""Keywords of a parameter itself; all others belong to its schema."""


def keyword_steps(context: PatchContext, difference: Difference, levels: tuple[list[str], list[str]]) -> Iterator[Step]:
    """Add, change or remove a keyword."""
    whole, items = levels
    if difference.keyword == "nullable":  # the type says so
        subject = subject_of(context.page, difference.part, difference.path)
        typed = first_or_no_patch(table for table in items if "type" in context.text.keys(table))
        yield context.text.with_value(f"{typed}/type", to_json_schema(dict(subject.constraints.values))["type"])
        return
    of_structure = difference.keyword == "type" and "object" in {difference.left.value, difference.right.value}
    if of_structure or difference.keyword in {"x-same-as", "in"}:
        raise NoPatch
    tables = items if difference.keyword == "type" else [*items, *whole]
    holder = next((table for table in tables if difference.keyword in context.text.keys(table)), None)
    if holder is None and difference.left.value is not ABSENT:
        raise NoPatch  # another file states it
    if difference.right.value is ABSENT:
        yield Removal(f"{holder}/{difference.keyword}")  # it has no source, or the page may leave it out
        return
    subject = subject_of(context.page, difference.part, difference.path)
    value = to_json_schema(dict(subject.constraints.values))[difference.keyword]
    if holder is not None:
        yield context.text.with_value(f"{holder}/{difference.keyword}", value)
    else:
        yield context.text.with_key(
            (whole if difference.keyword in LIST_KEYWORDS else items)[0], difference.keyword, value, SCHEMA
        )


def parameter_steps(context: PatchContext, difference: Difference) -> Iterator[Step]:
    """Add, change or remove a parameter or one of its keywords."""
    listed = f"{context.operation}/parameters"
    if not difference.keyword and difference.left.value is ABSENT:
        yield _new_parameter_edit(context, difference, listed)
        return
    table = parameter_pointer(local_subject(context, difference.part, difference.path))
    if not difference.keyword:
        items = range(len(context.text.items(listed)))
        yield Removal(
            first_or_no_patch(
                f"{listed}/{item}" for item in items if table in context.text.resolve_chain(f"{listed}/{item}")
            )
        )
    elif difference.keyword in _OF_PARAMETER:
        yield (
            Removal(f"{table}/{difference.keyword}")
            if difference.right.value is ABSENT
            else context.text.with_key(table, difference.keyword, difference.right.value, PARAMETER)
        )
    else:
        yield from keyword_steps(context, difference, levels_of(context.text, f"{table}/schema", difference.path))


def _new_parameter_edit(context: PatchContext, difference: Difference, listed: str) -> Edit:
    """Add a parameter behind those that precede it on the page."""
    page = [parameter.path for parameter in context.page.parameters]
    before = set(page[: page.index(difference.path)])
    tables = [parameter_pointer(row) for row in context.specification.parameters if row.path in before]
    position = 0
    for item in range(len(context.text.items(listed))):
        if any(table in tables for table in context.text.resolve_chain(f"{listed}/{item}")):
            position = item + 1
    new = first_or_no_patch(parameter for parameter in context.page.parameters if parameter.path == difference.path)
    return context.text.with_item(listed, position, draft_parameter(new, context.method.notes))


def source_removal(context: PatchContext, difference: Difference) -> Removal:
    """Remove the source of a fact that the page states now."""
    subject = local_subject(context, difference.part, difference.path)
    tables = [subject.location.pointer]
    if isinstance(subject, Parameter):
        tables = [parameter_pointer(subject), f"{parameter_pointer(subject)}/schema"]
    levels = (level for table in tables for level in levels_of(context.text, table, difference.path))
    pointers = (f"{table}/x-source" for level in levels for table in level)
    holder = first_or_no_patch(pointer for pointer in pointers if difference.keyword in context.text.keys(pointer))
    return Removal(f"{holder}/{difference.keyword}")
