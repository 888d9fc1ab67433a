"""Edits YAML text and keeps its comments, order and layout."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from textwrap import indent
from typing import Any

import yaml
from attrs import frozen

from generator.errors import join_pointer, unescape_token
from generator.extras.draft.conventions import PlainMapping
from generator.yaml_document import dump_blocks

from .yaml_nodes import child_node, dedent_item, end_of, inline_text, pairs_of


@frozen
class Edit:
    """A replacement of the text from `start` to `end`; `rank` orders the edits at one position.

    Deeper text comes first: it belongs to the node above it.
    """

    start: int
    end: int
    text: str
    rank: tuple[int, int] = (0, 0)


@frozen
class YamlEditor:
    """A YAML document as text, with the extents of its nodes; a JSON pointer names a node, `#/a/b`."""

    text: str
    root: yaml.MappingNode

    @classmethod
    def of(cls, text: str) -> YamlEditor:
        """Parse a text. Raises TypeError unless its root is a mapping, as in every specification."""
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
        if not isinstance(root, yaml.MappingNode):
            raise TypeError("the root of the document is not a mapping")
        return cls(text, root)

    def edited(self, edits: Iterable[Edit]) -> str:
        """Apply edits to the text; one inside the range of another is dropped."""
        parts: list[str] = []
        at, line_end = 0, "\r\n" if "\r\n" in self.text else "\n"
        for edit in sorted(
            dict.fromkeys(edits), key=lambda edit: (edit.start, edit.end > edit.start, edit.rank, -edit.end)
        ):
            if edit.start >= at:
                line_break = line_end if edit.start == len(self.text) and not self.text.endswith("\n") else ""
                parts += [self.text[at : edit.start], line_break, edit.text.replace("\n", line_end)]
                at = edit.end
        return "".join([*parts, self.text[at:]])

    def node(self, pointer: str) -> yaml.Node | None:
        """The node at a pointer, if there is one."""
        node: yaml.Node | None = self.root
        for token in pointer.removeprefix("#").split("/")[1:]:
            node = child_node(node, unescape_token(token))
        return node

    def keys(self, pointer: str) -> list[str]:
        """The keys of a mapping, in order; empty for another node."""
        node = self.node(pointer)
        return [str(key.value) for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []

    def scalar(self, pointer: str) -> str | None:
        """The text of a scalar."""
        node = self.node(pointer)
        return str(node.value) if isinstance(node, yaml.ScalarNode) else None

    def items(self, pointer: str) -> list[yaml.Node]:
        """The items of a list; empty for another node."""
        node = self.node(pointer)
        return list(node.value) if isinstance(node, yaml.SequenceNode) else []

    def resolve_chain(self, pointer: str) -> Iterator[str]:
        """Yield a pointer and, one by one, the targets of its `$ref`s within the file."""
        seen: set[str] = set()
        while pointer not in seen and self.node(pointer) is not None:
            seen.add(pointer)
            yield pointer
            reference = self.scalar(f"{pointer}/$ref")
            if reference is None or not reference.startswith("#/"):
                return
            pointer = reference

    def with_key(self, pointer: str, key: str, value: Any, order: Sequence[str]) -> Edit:
        """Insert a key into a mapping, behind the last key that precedes it in the order."""
        mapping, keys = self._collection(pointer), self.keys(pointer)
        rank = order.index(key) if key in order else len(order)
        before = [existing for existing in keys if existing in order[:rank]]
        if mapping.flow_style or not keys:
            at = mapping.end_mark.index - 1
            comma = ", " if keys else ""
            return Edit(at, at, f"{comma}{inline_text({key: value})}", (0, rank))
        last = join_pointer(pointer, before[-1] if before else keys[0])
        at = self._after(last)
        column = mapping.value[0][0].start_mark.column
        return Edit(at, at, indent(dump_blocks({key: value}), " " * column), (-column, rank))

    def with_value(self, pointer: str, value: Any) -> Edit:
        """Replace a scalar, or a list of scalars."""
        node = self.required_node(pointer)
        if not isinstance(node, yaml.SequenceNode) or node.flow_style:
            return Edit(node.start_mark.index, end_of(node), inline_text(value))
        if not value:
            return Edit(len(self.text[: node.start_mark.index].rstrip()), end_of(node), " []")
        lines = dump_blocks({"x": [{"x": item} for item in value]}).splitlines()[1:]
        margin = " " * node.start_mark.column
        text = "\n".join(margin + line.replace("x: ", "", 1).strip() for line in lines)
        return Edit(node.start_mark.index - len(margin), end_of(node), text)

    def with_name(self, pointer: str, name: str) -> Edit:
        """Rename a key and keep its quotes."""
        owner, _, token = pointer.rpartition("/")
        for key, _ in self._collection(owner).value:
            if key.value == unescape_token(token):
                quote = key.style or ""
                return Edit(key.start_mark.index, key.end_mark.index, f"{quote}{name}{quote}")
        raise LookupError(pointer)

    def without(self, pointers: Iterable[str]) -> list[Edit]:
        """Remove keys and items with their content; a collection that would be empty is removed, too."""
        removed = dict.fromkeys(pointers)
        for pointer in tuple(removed):
            parent = pointer
            while (children := self._children(parent := parent.rpartition("/")[0])) and removed.keys() >= {*children}:
                removed[parent] = None
        return [self._without(pointer, removed) for pointer in removed if pointer.rpartition("/")[0] not in removed]

    def _without(self, pointer: str, removed: Collection[str]) -> Edit:
        owner_pointer = pointer.rpartition("/")[0]
        owner, children = self._collection(owner_pointer), self._children(owner_pointer)
        if pointer not in children:
            raise LookupError(pointer)
        position = children.index(pointer)
        pairs = pairs_of(owner)
        starts, ends = [int(first.start_mark.index) for first, _ in pairs], [end_of(last) for _, last in pairs]
        if owner.flow_style:
            if all(child in removed for child in children[position:]):
                return Edit(ends[position - 1], ends[position], "")
            return Edit(starts[position], starts[position + 1], "")
        start = self._line_start(starts[position])
        if isinstance(owner, yaml.MappingNode) and self.text[start : starts[position]].strip():
            raise LookupError(pointer)
        return Edit(start, self._after(pointer), "")

    def _children(self, pointer: str) -> list[str]:
        """The pointers of the children of a mapping or a list."""
        tokens = self.keys(pointer) or map(str, range(len(self.items(pointer))))
        return [join_pointer(pointer, token) for token in tokens]

    def with_item(self, pointer: str, position: int, value: PlainMapping) -> Edit:
        """Insert a mapping into a list of mappings, at a position."""
        node = self.node(pointer)
        if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
            raise LookupError(pointer)
        start = self._line_start(node.value[0].start_mark.index)
        at = self._after(f"{pointer}/{position - 1}") if position else start
        line = self.text[start : node.value[0].start_mark.index]
        column = len(line) - len(line.lstrip())
        item = dump_blocks({"x": [value]}).partition("\n")[2]
        return Edit(at, at, indent(dedent_item(item), " " * column), (-column, position))

    def _collection(self, pointer: str) -> yaml.CollectionNode:
        node = self.required_node(pointer)
        if isinstance(node, yaml.CollectionNode):
            return node
        raise LookupError(pointer)

    def required_node(self, pointer: str) -> yaml.Node:
        """The node at a pointer. Raises LookupError if there is none."""
        node = self.node(pointer)
        if node is None:
            raise LookupError(pointer)
        return node

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _after(self, pointer: str) -> int:
        """The start of the line behind a node and its content."""
        end = self.text.find("\n", len(self.text[: end_of(self.required_node(pointer))].rstrip()))
        return len(self.text) if end < 0 else end + 1
