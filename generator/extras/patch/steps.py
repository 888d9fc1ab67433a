"""The steps of an edit, and their conversion to replacements of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import field, frozen

from generator.contract.keywords import KEYWORDS
from generator.extras.draft.conventions import PlainMapping

from .yaml_editor import Edit, YamlEditor

SCHEMA = (
    *("type", "format", "title", "description", "$ref"),
    *(keyword for keyword in KEYWORDS if keyword not in {"type", "format"}),
    *("properties", "items", "propertyNames", "additionalProperties", "example", "examples", "x-source"),
)
PARAMETER = (
    *("name", "in", "required", "deprecated", "x-sunset"),
    *("description", "schema", "example", "examples", "x-source"),
)
"""The order of the keys of a schema and of a parameter."""


@frozen
class Requirement:
    """A change of an object's list of required fields; `owner` is the pointer of its schema."""

    owner: str
    name: str
    wanted: bool


@frozen
class FirstProperty:
    """A field for an object without fields; `owner` is the pointer of its schema."""

    owner: str
    name: str
    schema: PlainMapping = field(eq=False)


@frozen
class Removal:
    """A removal of the node at a pointer."""

    pointer: str


Step = Edit | Requirement | FirstProperty | Removal


def apply_steps(text: YamlEditor, steps: Sequence[Step]) -> str:
    """Apply steps to a text; those of one object become one edit."""
    edits = [step for step in steps if isinstance(step, Edit)]
    edits += _requirement_edits(text, (step for step in steps if isinstance(step, Requirement)))
    edits += _property_edits(text, (step for step in steps if isinstance(step, FirstProperty)))
    edits += text.without(step.pointer for step in steps if isinstance(step, Removal))
    return text.edited(edits)


def _property_edits(text: YamlEditor, properties: Iterable[FirstProperty]) -> Iterator[Edit]:
    """Yield an edit for each object that gets its first fields."""
    owners: dict[str, PlainMapping] = {}
    for new_property in properties:
        owners.setdefault(new_property.owner, {})[new_property.name] = new_property.schema
    for pointer, schemas in owners.items():
        yield text.with_key(pointer, "properties", schemas, SCHEMA)


def _requirement_edits(text: YamlEditor, requirements: Iterable[Requirement]) -> Iterator[Edit]:
    """Yield an edit for each object whose list of required fields changes."""
    owners: dict[str, dict[str, bool]] = {}
    for requirement in requirements:
        owners.setdefault(requirement.owner, {})[requirement.name] = requirement.wanted
    for schema, changed in owners.items():
        before = [str(item.value) for item in text.items(f"{schema}/required")]
        after = [name for name in before if changed.get(name, True)]
        after += [name for name, wanted in changed.items() if wanted and name not in before]
        if after != before:
            pointer = f"{schema}/required"
            if not after:
                yield from text.without([pointer])
            elif before:
                yield text.with_value(pointer, after)
            else:
                yield text.with_key(schema, "required", after, SCHEMA)
