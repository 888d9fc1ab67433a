"""The edits by which a specification says what a page says: some for each difference between the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from attrs import field, frozen

from generator.contract.compare import ABSENT, Difference
from generator.contract.facts import KEYWORDS, Parameter
from generator.contract.urls import url_origin
from generator.errors import unescape_token
from generator.extras.draft.conventions import Plain
from generator.extras.draft.operations import parameter
from generator.extras.draft.schemas import OF_LIST, messages, property_of, stated
from generator.extras.draft.tree import KEYS, VALUES, Node

from .context import (
    SCHEMAS,
    NoPatch,
    PatchContext,
    agreed,
    first,
    levels_of,
    node_of,
    owner_of,
    pointer_of,
    subject_here,
    subject_of,
    subjects_of,
    table_of,
)
from .yaml_editor import Edit, YamlEditor

SCHEMA = (
    *("type", "format", "title", "description", "$ref"),
    *(one for one in KEYWORDS if one not in {"type", "format"}),
    *("properties", "items", "propertyNames", "additionalProperties", "example", "examples", "x-source"),
)
PARAMETER = ("name", "in", "required", "deprecated", "description", "schema", "example", "examples", "x-source")
"""The order in which the keys of a schema and of a parameter are written."""

_OF_MAP = {KEYS: "propertyNames", VALUES: "additionalProperties"}
_OF_PARAMETER = frozenset({"required", "deprecated"})


@frozen
class Requirement:
    """Whether an object, named by the pointer of its schema, requires one of its fields."""

    owner: str
    name: str
    wanted: bool


@frozen
class Property:
    """A field for an object that has none yet, named by the pointer of its schema."""

    owner: str
    name: str
    schema: Plain = field(eq=False)


@frozen
class Removal:
    """What is taken out, by its pointer."""

    pointer: str


Step = Edit | Requirement | Property | Removal


def proposed(sides: PatchContext, differences: Sequence[Difference]) -> str:
    """The text with all edits that are known for differences; a difference for which none is stays as it is."""
    found: list[Step] = []
    for one in _topmost(differences):
        with suppress(LookupError, NoPatch):
            steps = _of_one(sides, one) if agreed(sides, one, differences) else _apart(sides, one)
            sides.text.without(step.pointer for step in steps if isinstance(step, Removal))  # each can be taken out
            found += steps
    edits = [edit for edit in found if isinstance(edit, Edit)]
    edits += _of_requirements(sides.text, (one for one in found if isinstance(one, Requirement)))
    edits += _of_properties(sides.text, (one for one in found if isinstance(one, Property)))
    edits += sides.text.without(one.pointer for one in found if isinstance(one, Removal))
    return sides.text.edited(edits)


def _topmost(differences: Sequence[Difference]) -> list[Difference]:
    """Those of facts, without what stands in something that is missing as a whole."""
    whole = [(one.part, one.path) for one in differences if not one.keyword]
    return [
        one
        for one in differences
        if (one.changes_fact or one.id == "stale-source")
        and not any(part == one.part and one.path.startswith((f"{path}.", f"{path}{{")) for part, path in whole)
    ]


def _of_one(sides: PatchContext, one: Difference) -> list[Step]:
    if one.id == "stale-source":
        return [_without_source(sides, one)]
    if not one.path:
        return [_of_call(sides, one)]
    if one.part == "parameter":
        return list(_of_parameter(sides, one))
    if one.keyword:
        return list(_of_field(sides, one))
    if one.left.value is ABSENT:
        return list(_new_field(sides, one))
    pointer = pointer_of(sides, one.part, one.path)
    return [Removal(pointer), Requirement(_owner(pointer), _name(pointer), wanted=False)]


def _of_call(sides: PatchContext, one: Difference) -> Edit:
    """The status of the answer, or the server: by its method and path the operation was found."""
    before, after = str(one.left.value), str(one.right.value)
    if one.keyword == "status":
        return sides.text.with_name(f"{sides.operation}/responses/{before}", after)
    return sides.text.with_value("#/servers/0/url", url_origin(after))


def _apart(sides: PatchContext, one: Difference) -> list[Step]:
    """Another component for one of the fields that share theirs, as the page describes that one."""
    path = one.path.rpartition(".")[0]
    node, _ = node_of(sides.body(one.part).tree, path)
    pointer = pointer_of(sides, one.part, path)
    if [found.location.pointer for found in subjects_of(sides.specification, one.part)].count(pointer) > 1:
        raise NoPatch
    tables = [table for level in levels_of(sides.text, pointer, path) for table in level]
    reference = first(table for table in tables if "$ref" in sides.text.keys(table))
    name = sides.components.name(sides.body(one.part), path)
    edit = sides.text.with_value(f"{reference}/$ref", f"{SCHEMAS}/{name}")
    return [edit, *_new_components(sides, one.part, node)]


def _owner(pointer: str) -> str:
    """The schema that a property stands in."""
    return pointer.rpartition("/properties/")[0]


def _name(pointer: str) -> str:
    return unescape_token(pointer.rpartition("/")[2])


def _of_field(sides: PatchContext, one: Difference) -> Iterator[Step]:
    pointer = pointer_of(sides, one.part, one.path)
    if one.keyword == "required":
        yield Requirement(_owner(pointer), _name(pointer), wanted=one.right.value is not ABSENT)
    else:
        yield from _keyword(sides, one, levels_of(sides.text, pointer, one.path))


def _keyword(sides: PatchContext, one: Difference, levels: tuple[list[str], list[str]]) -> Iterator[Step]:
    """Say a keyword, say it otherwise, or say it no more."""
    whole, items = levels
    of_structure = one.keyword == "type" and "object" in {one.left.value, one.right.value}
    if of_structure or one.keyword in {"x-same-as", "in"}:
        raise NoPatch
    tables = items if one.keyword == "type" else [*items, *whole]
    holder = next((table for table in tables if one.keyword in sides.text.keys(table)), None)
    if holder is None and one.left.value is not ABSENT:
        raise NoPatch  # another file says it
    if one.right.value is ABSENT:
        yield Removal(f"{holder}/{one.keyword}")  # it has no source, or the page might be silent on it
        return
    subject = subject_of(sides.page, one.part, one.path)
    value = stated(dict(subject.constraints.values))[one.keyword]
    if holder is not None:
        yield sides.text.with_value(f"{holder}/{one.keyword}", value)
    else:
        yield sides.text.with_key((whole if one.keyword in OF_LIST else items)[0], one.keyword, value, SCHEMA)


def _new_field(sides: PatchContext, one: Difference) -> Iterator[Step]:
    body = sides.body(one.part)
    node, parent = node_of(body.tree, one.path)
    schema = property_of(body, node, sides.components)
    owner = owner_of(sides, one.part, parent.path)
    if node.suffix in _OF_MAP:
        yield from _of_map(sides.text, owner, _OF_MAP[node.suffix], schema)
    elif "properties" in sides.text.keys(owner):
        siblings = [found.name for found in parent.members]
        yield sides.text.with_key(f"{owner}/properties", node.name, schema, siblings)
    else:
        yield Property(owner, node.name, schema)
    if node.constraints.values.get("required"):
        yield Requirement(owner, node.name, wanted=True)
    yield from _new_components(sides, one.part, node)


def _of_map(text: YamlEditor, owner: str, keyword: str, schema: Plain) -> Iterator[Step]:
    """What a map holds, which may have been anything so far."""
    if keyword in text.keys(owner):
        yield Removal(f"{owner}/{keyword}")
    yield text.with_key(owner, keyword, {key: value for key, value in schema.items() if key != "description"}, SCHEMA)


def _new_components(sides: PatchContext, part: str, node: Node) -> Iterator[Step]:
    """The messages at and below a node that the specification does not have, behind those that it has."""
    body, known = sides.body(part), sides.text.keys(SCHEMAS)
    for name, schema in messages(body, node, sides.components, known).items():
        edit = sides.text.with_key(SCHEMAS, name, schema, known)
        yield Edit(edit.start, edit.end, f"\n{edit.text}", edit.rank)


def _of_parameter(sides: PatchContext, one: Difference) -> Iterator[Step]:
    listed = f"{sides.operation}/parameters"
    if not one.keyword and one.left.value is ABSENT:
        yield _new_parameter(sides, one, listed)
        return
    table = table_of(subject_here(sides, one.part, one.path))
    if not one.keyword:
        items = range(len(sides.text.items(listed)))
        yield Removal(first(f"{listed}/{item}" for item in items if table in sides.text.steps(f"{listed}/{item}")))
    elif one.keyword in _OF_PARAMETER:
        yield (
            Removal(f"{table}/{one.keyword}")
            if one.right.value is ABSENT
            else sides.text.with_key(table, one.keyword, one.right.value, PARAMETER)
        )
    else:
        yield from _keyword(sides, one, levels_of(sides.text, f"{table}/schema", one.path))


def _new_parameter(sides: PatchContext, one: Difference, listed: str) -> Edit:
    """Behind the last one before it on the page that the specification lists here."""
    page = [found.path for found in sides.page.parameters]
    before = set(page[: page.index(one.path)])
    tables = [
        found.location.pointer.rpartition("/")[0] for found in sides.specification.parameters if found.path in before
    ]
    position = 0
    for item in range(len(sides.text.items(listed))):
        if any(table in tables for table in sides.text.steps(f"{listed}/{item}")):
            position = item + 1
    new = first(found for found in sides.page.parameters if found.path == one.path)
    return sides.text.with_item(listed, position, parameter(new, sides.method.notes))


def _without_source(sides: PatchContext, one: Difference) -> Removal:
    """Take out the source of what the page says now itself."""
    found = subject_here(sides, one.part, one.path)
    tables = (
        [table_of(found), f"{table_of(found)}/schema"] if isinstance(found, Parameter) else [found.location.pointer]
    )
    for table in (step for start in tables for level in levels_of(sides.text, start, one.path) for step in level):
        if one.keyword in sides.text.keys(f"{table}/x-source"):
            return Removal(f"{table}/x-source/{one.keyword}")
    raise NoPatch


def _of_properties(text: YamlEditor, properties: Iterable[Property]) -> Iterator[Edit]:
    """An edit for each object that gets its first fields."""
    by_owner: dict[str, Plain] = {}
    for one in properties:
        by_owner.setdefault(one.owner, {})[one.name] = one.schema
    for owner, schemas in by_owner.items():
        yield text.with_key(owner, "properties", schemas, SCHEMA)


def _of_requirements(text: YamlEditor, requirements: Iterable[Requirement]) -> Iterator[Edit]:
    """An edit for each object whose list of required fields changes."""
    by_owner: dict[str, dict[str, bool]] = {}
    for one in requirements:
        by_owner.setdefault(one.owner, {})[one.name] = one.wanted
    for owner, changed in by_owner.items():
        before = text.scalars(f"{owner}/required")
        after = [name for name in before if changed.get(name, True)]
        after += [name for name, wanted in changed.items() if wanted and name not in before]
        if after != before:
            pointer = f"{owner}/required"
            if not after:
                yield from text.without([pointer])
            elif before:
                yield text.with_value(pointer, after)
            else:
                yield text.with_key(owner, "required", after, SCHEMA)
