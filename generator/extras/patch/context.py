"""Pairs a specification with a page, and finds the text that describes a field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar

from attrs import frozen

from generator.contract.difference import Difference
from generator.contract.facts import Contract, Field, Parameter
from generator.extras.draft.components import Components
from generator.extras.draft.methods import Body, MethodDraft, method_of
from generator.extras.draft.tree import LIST, SchemaNode, shape_of, tree_of

from .yaml_editor import YamlEditor

SCHEMAS = "#/components/schemas"
_CONTENT = "content/application~1json/schema"


class NoPatch(Exception):
    """Raised for a difference without a known edit; a person has to make it."""


@frozen
class PatchContext:
    """The text of a specification, one of its contracts, and the contract of a page with its messages named."""

    text: YamlEditor
    specification: Contract
    page: Contract
    method: MethodDraft
    components: Components

    @classmethod
    def of(cls, text: YamlEditor, specification: Contract, page: Contract) -> PatchContext:
        """Pair the two; a message of the page with the shape of a component gets its name."""
        method = method_of(page)
        components = Components(dict.fromkeys(text.keys(SCHEMAS), frozenset({""})))
        for part in (specification.body, specification.response.fields):
            adopt_names(components, part)
        components.assign_names(method.bodies)
        return cls(text, specification, page, method, components)

    def body(self, part: str) -> Body:
        """A body of the page."""
        return first_or_no_patch(body for body in self.method.bodies if body.part == part)

    @property
    def operation(self) -> str:
        """The pointer of the operation."""
        return self.specification.operation.location.pointer


Item = TypeVar("Item")


def first_or_no_patch(items: Iterable[Item]) -> Item:
    """Return the first item. Raises NoPatch if there is none."""
    for item in items:
        return item
    raise NoPatch


def adopt_names(components: Components, fields: Sequence[Field]) -> None:
    """Adopt the names of the specification's messages."""
    pointers = {field.path: field.location.pointer for field in fields}
    for node in tree_of(fields).walk():
        names = {_component_of(pointers.get(field.path, "")) for field in node.members}
        for name in names - {""} if len(names) == 1 else ():
            components.shapes.setdefault(name, (shape_of(node, name), name))
            components.nested.add(name)


def _component_of(pointer: str) -> str:
    owner, _, _ = pointer.partition("/properties/")
    return owner.removeprefix(f"{SCHEMAS}/") if owner.startswith(SCHEMAS) else ""


def levels_of(text: YamlEditor, pointer: str, path: str) -> tuple[list[str], list[str]]:
    """The schemas of a value, through its `$ref`s; for a list also those of its items."""
    tables = list(text.resolve_chain(pointer))
    if not path.endswith(LIST):
        return tables, tables
    items = next((f"{table}/items" for table in tables if "items" in text.keys(table)), "")
    return tables, list(text.resolve_chain(items)) if items else []


def subjects_of(contract: Contract, part: str) -> Sequence[Parameter | Field]:
    """The parameters, or the fields of a body."""
    return [subject for its_part, subject in contract.subjects() if its_part == part]


def subject_of(contract: Contract, part: str, path: str) -> Parameter | Field:
    """A parameter, or a field of a body. Raises NoPatch if there is none."""
    return first_or_no_patch(subject for subject in subjects_of(contract, part) if subject.path == path)


def local_subject(context: PatchContext, part: str, path: str) -> Parameter | Field:
    """A subject of the specification. Raises NoPatch, too, if another file than the text describes it."""
    subject = subject_of(context.specification, part, path)
    if not _is_local(context, subject):
        raise NoPatch
    return subject


def _is_local(context: PatchContext, subject: Parameter | Field) -> bool:
    return subject.location.file == context.specification.operation.location.file


def node_of(tree: SchemaNode, path: str) -> tuple[SchemaNode, SchemaNode]:
    """A node of a tree and its parent. Raises NoPatch if there is none."""
    return first_or_no_patch(
        (child, parent) for parent in tree.walk() for child in parent.children if child.path == path
    )


def pointer_of(context: PatchContext, part: str, path: str) -> str:
    """The pointer of the schema at a path of a body. Raises NoPatch if it is not in the text."""
    if path:
        return local_subject(context, part, path).location.pointer
    response = f"responses/{context.specification.response.status}"
    start = f"{context.operation}/{'requestBody' if part == 'body' else response}"
    *_, last = context.text.resolve_chain(start)
    return f"{last}/{_CONTENT}"


def parameter_pointer(parameter: Parameter | Field) -> str:
    """The pointer of a parameter, whose location is that of its name."""
    return parameter.location.pointer.rpartition("/")[0]


def applies_to_all(context: PatchContext, difference: Difference, differences: Sequence[Difference]) -> bool:
    """Return True if all fields that share the text of one differ in the same way."""
    differing = {(other.part, other.path, other.keyword, other.right.value) for other in differences}
    return all(
        (difference.part, path, difference.keyword, difference.right.value) in differing
        for path in _sharing_paths(context, difference)
    )


def _sharing_paths(context: PatchContext, difference: Difference) -> Iterator[str]:
    """Yield the paths of the fields that share the text of a field, or would if it is new."""
    if difference.part == "parameter" or not difference.path:
        yield difference.path
        return
    subjects = subjects_of(context.specification, difference.part)
    if any(subject.path == difference.path for subject in subjects):
        pointer = pointer_of(context, difference.part, difference.path)
        yield from (
            subject.path for subject in subjects if _is_local(context, subject) and subject.location.pointer == pointer
        )
        return
    _, parent = node_of(context.body(difference.part).tree, difference.path)
    owner, name = owner_of(context, difference.part, parent.path), difference.path.removeprefix(parent.path)
    expanded = [subject.path for subject in subjects if "x-same-as" not in subject.constraints.values]
    for path in ("", *expanded):
        with suppress(NoPatch):
            if owner_of(context, difference.part, path) == owner:
                yield f"{path}{name}" if path else name.lstrip(".")


def owner_of(context: PatchContext, part: str, path: str) -> str:
    """The schema of the properties of an object. Raises NoPatch if it is in another file."""
    levels = levels_of(context.text, pointer_of(context, part, path), path)[1]
    if not levels or "$ref" in context.text.keys(levels[-1]):
        raise NoPatch
    return next((table for table in levels if "properties" in context.text.keys(table)), levels[-1])
