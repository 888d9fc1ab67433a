"""A specification and a page side by side: where in the text a field of the one or the other is described."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar

from attrs import frozen

from generator.contract.compare import Difference
from generator.contract.facts import Contract, Field, Parameter
from generator.extras.draft.components import Components
from generator.extras.draft.methods import Body, MethodDraft, method_of
from generator.extras.draft.tree import LIST, Node, shape_of, tree_of

from .yaml_editor import YamlEditor

SCHEMAS = "#/components/schemas"
_CONTENT = "content/application~1json/schema"


class NoPatch(Exception):
    """What no edit is known for, so that a person makes it."""


@frozen
class PatchContext:
    """The text of a specification, one of its contracts, and the page's, with the messages of the page named."""

    text: YamlEditor
    specification: Contract
    page: Contract
    method: MethodDraft
    components: Components

    @classmethod
    def of(cls, text: YamlEditor, specification: Contract, page: Contract) -> PatchContext:
        """The two sides; a message of the page that looks like one of the specification is that."""
        method = method_of(page)
        components = Components(dict.fromkeys(text.keys(SCHEMAS), frozenset({""})))
        for part in (specification.body, specification.response.fields):
            _recognise(components, part)
        components.call(method.bodies)
        return cls(text, specification, page, method, components)

    def body(self, part: str) -> Body:
        """A body of the page's."""
        return first(found for found in self.method.bodies if found.part == part)

    @property
    def operation(self) -> str:
        """The pointer of the operation."""
        return self.specification.operation.location.pointer


Found = TypeVar("Found")


def first(found: Iterable[Found]) -> Found:
    """The first of what was found. Raises Unproposable where there is nothing."""
    for one in found:
        return one
    raise NoPatch


def _recognise(components: Components, fields: Sequence[Field]) -> None:
    """Take over the names of the specification's own messages."""
    pointers = {one.path: one.location.pointer for one in fields}
    for node in tree_of(fields).everything():
        names = {_component_of(pointers.get(one.path, "")) for one in node.members}
        for name in names - {""} if len(names) == 1 else ():
            components.shapes.setdefault(name, (shape_of(node, name), name))
            components.nested.add(name)


def _component_of(pointer: str) -> str:
    owner, _, _ = pointer.partition("/properties/")
    return owner.removeprefix(f"{SCHEMAS}/") if owner.startswith(SCHEMAS) else ""


def levels_of(text: YamlEditor, pointer: str, path: str) -> tuple[list[str], list[str]]:
    """The schemas of a value, through its `$ref`s, and for a list those of its items."""
    tables = list(text.steps(pointer))
    if not path.endswith(LIST):
        return tables, tables
    items = next((f"{one}/items" for one in tables if "items" in text.keys(one)), "")
    return tables, list(text.steps(items)) if items else []


def subjects_of(contract: Contract, part: str) -> Sequence[Parameter | Field]:
    """The parameters, or the fields of a body."""
    return [one for its_part, one in contract.subjects() if its_part == part]


def subject_of(contract: Contract, part: str, path: str) -> Parameter | Field:
    """A parameter, or a field of a body. Raises Unproposable where there is none."""
    return first(one for one in subjects_of(contract, part) if one.path == path)


def subject_here(sides: PatchContext, part: str, path: str) -> Parameter | Field:
    """The same of the specification. Raises Unproposable, too, where another file than the text describes it."""
    found = subject_of(sides.specification, part, path)
    if not _is_here(sides, found):
        raise NoPatch
    return found


def _is_here(sides: PatchContext, found: Parameter | Field) -> bool:
    return found.location.file == sides.specification.operation.location.file


def node_of(tree: Node, path: str) -> tuple[Node, Node]:
    """A node of a tree with the one above it. Raises Unproposable where there is none."""
    return first((one, above) for above in tree.everything() for one in above.below if one.path == path)


def pointer_of(sides: PatchContext, part: str, path: str) -> str:
    """The pointer of the schema at a path of a body. Raises Unproposable for what is not in the text."""
    if path:
        return subject_here(sides, part, path).location.pointer
    response = f"responses/{sides.specification.response.status}"
    start = f"{sides.operation}/{'requestBody' if part == 'body' else response}"
    *_, last = sides.text.steps(start)
    return f"{last}/{_CONTENT}"


def table_of(stated: Parameter | Field) -> str:
    """The pointer of a parameter, whose location is that of its name."""
    return stated.location.pointer.rpartition("/")[0]


def agreed(sides: PatchContext, one: Difference, differences: Sequence[Difference]) -> bool:
    """Whether every field that the same lines of the text describe differs in the same way."""
    said = {(found.part, found.path, found.keyword, found.right.value) for found in differences}
    return all((one.part, path, one.keyword, one.right.value) in said for path in _described_together(sides, one))


def _described_together(sides: PatchContext, one: Difference) -> Iterator[str]:
    """The paths of the fields that are described where a field is, or would be if it is new."""
    if one.part == "parameter" or not one.path:
        yield one.path
        return
    subjects = subjects_of(sides.specification, one.part)
    if any(found.path == one.path for found in subjects):
        pointer = pointer_of(sides, one.part, one.path)
        yield from (found.path for found in subjects if _is_here(sides, found) and found.location.pointer == pointer)
        return
    _, parent = node_of(sides.body(one.part).tree, one.path)
    owner, name = owner_of(sides, one.part, parent.path), one.path.removeprefix(parent.path)
    unrolled = [found.path for found in subjects if "x-same-as" not in found.constraints.values]
    for path in ("", *unrolled):
        with suppress(NoPatch):
            if owner_of(sides, one.part, path) == owner:
                yield f"{path}{name}" if path else name.lstrip(".")


def owner_of(sides: PatchContext, part: str, path: str) -> str:
    """The schema in which the properties of an object stand, or would. Raises Unproposable where that is elsewhere."""
    levels = levels_of(sides.text, pointer_of(sides, part, path), path)[1]
    if not levels or "$ref" in sides.text.keys(levels[-1]):
        raise NoPatch
    return next((table for table in levels if "properties" in sides.text.keys(table)), levels[-1])
