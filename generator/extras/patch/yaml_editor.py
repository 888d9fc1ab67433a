"""Edits of a YAML text that change what they are about and nothing else: comments, order and layout stay."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from textwrap import indent
from typing import Any

import yaml
from attrs import frozen

from generator.errors import join_pointer, unescape_token
from generator.extras.draft.conventions import Plain, is_list, is_plain
from generator.yaml_document import dump_blocks


@frozen
class Edit:
    """A text that takes the place of what stands from `start` to `end`; `rank` orders those of one place.

    What stands deeper comes first: it belongs to what is above it.
    """

    start: int
    end: int
    text: str
    rank: tuple[int, int] = (0, 0)


@frozen
class YamlEditor:
    """A YAML document as text, with the extents of its nodes; a node is named by its JSON pointer, `#/a/b`."""

    text: str
    root: yaml.MappingNode

    @classmethod
    def of(cls, text: str) -> YamlEditor:
        """A text that was read as a specification before, so that there is a mapping at its top."""
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
        if not isinstance(root, yaml.MappingNode):
            raise TypeError("has no mapping at its top")
        return cls(text, root)

    def edited(self, edits: Iterable[Edit]) -> str:
        """The text after edits; one inside another's range goes with that."""
        parts: list[str] = []
        at, line_end = 0, "\r\n" if "\r\n" in self.text else "\n"
        for edit in sorted(dict.fromkeys(edits), key=lambda one: (one.start, one.end > one.start, one.rank, -one.end)):
            if edit.start >= at:
                begun = line_end if edit.start == len(self.text) and not self.text.endswith("\n") else ""
                parts += [self.text[at : edit.start], begun, edit.text.replace("\n", line_end)]
                at = edit.end
        return "".join([*parts, self.text[at:]])

    def node(self, pointer: str) -> yaml.Node | None:
        """The node that a pointer names, if there is one."""
        node: yaml.Node | None = self.root
        for token in pointer.removeprefix("#").split("/")[1:]:
            node = _child(node, unescape_token(token))
        return node

    def keys(self, pointer: str) -> list[str]:
        """The keys of a mapping, in their order; none where there is no mapping."""
        node = self.node(pointer)
        return [str(key.value) for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []

    def scalar(self, pointer: str) -> str | None:
        """The text of a scalar."""
        node = self.node(pointer)
        return str(node.value) if isinstance(node, yaml.ScalarNode) else None

    def items(self, pointer: str) -> list[yaml.Node]:
        """The items of a list; none where there is no list."""
        node = self.node(pointer)
        return list(node.value) if isinstance(node, yaml.SequenceNode) else []

    def scalars(self, pointer: str) -> list[str]:
        """The texts in a list of scalars."""
        return [str(one.value) for one in self.items(pointer)]

    def steps(self, pointer: str) -> Iterator[str]:
        """The pointer of a node and, one by one, of what its `$ref`s within the file lead to."""
        seen: set[str] = set()
        while pointer not in seen and self.node(pointer) is not None:
            seen.add(pointer)
            yield pointer
            reference = self.scalar(f"{pointer}/$ref")
            if reference is None or not reference.startswith("#/"):
                return
            pointer = reference

    def with_key(self, pointer: str, key: str, value: Any, order: Sequence[str]) -> Edit:
        """Put a key into a mapping, behind the last one of those that stand before it in the order."""
        mapping, keys = self._collection(pointer), self.keys(pointer)
        rank = order.index(key) if key in order else len(order)
        before = [one for one in keys if one in order[:rank]]
        if mapping.flow_style or not keys:
            at = mapping.end_mark.index - 1
            comma = ", " if keys else ""
            return Edit(at, at, f"{comma}{_inline({key: value})}", (0, rank))
        last = join_pointer(pointer, before[-1] if before else keys[0])
        at = self._after(last)
        column = mapping.value[0][0].start_mark.column
        return Edit(at, at, indent(dump_blocks({key: value}), " " * column), (-column, rank))

    def with_value(self, pointer: str, value: Any) -> Edit:
        """Put another scalar, or list of scalars, in the place of one."""
        node = self._there(pointer)
        if not isinstance(node, yaml.SequenceNode) or node.flow_style:
            return Edit(node.start_mark.index, _end(node), _inline(value))
        if not value:
            return Edit(len(self.text[: node.start_mark.index].rstrip()), _end(node), " []")
        lines = dump_blocks({"x": [{"x": one} for one in value]}).splitlines()[1:]
        margin = " " * node.start_mark.column
        text = "\n".join(margin + line.replace("x: ", "", 1).strip() for line in lines)
        return Edit(node.start_mark.index - len(margin), _end(node), text)

    def with_name(self, pointer: str, name: str) -> Edit:
        """Give a key another name, in the quotes that it has."""
        owner, _, token = pointer.rpartition("/")
        for key, _ in self._collection(owner).value:
            if key.value == unescape_token(token):
                quote = key.style or ""
                return Edit(key.start_mark.index, key.end_mark.index, f"{quote}{name}{quote}")
        raise LookupError(pointer)

    def without(self, pointers: Iterable[str]) -> list[Edit]:
        """Take out keys with all that is under them, and items of lists; what would be empty then goes, too."""
        gone = dict.fromkeys(pointers)
        for pointer in tuple(gone):
            owner = pointer
            while (children := self._children(owner := owner.rpartition("/")[0])) and gone.keys() >= {*children}:
                gone[owner] = None
        return [self._without(one, gone) for one in gone if one.rpartition("/")[0] not in gone]

    def _without(self, pointer: str, gone: Collection[str]) -> Edit:
        owner_pointer = pointer.rpartition("/")[0]
        owner, children = self._collection(owner_pointer), self._children(owner_pointer)
        if pointer not in children:
            raise LookupError(pointer)
        position = children.index(pointer)
        pairs = _pairs(owner)
        starts, ends = [int(first.start_mark.index) for first, _ in pairs], [_end(last) for _, last in pairs]
        if owner.flow_style:
            if all(one in gone for one in children[position:]):
                return Edit(ends[position - 1], ends[position], "")
            return Edit(starts[position], starts[position + 1], "")
        start = self._line_start(starts[position])
        if isinstance(owner, yaml.MappingNode) and self.text[start : starts[position]].strip():
            raise LookupError(pointer)
        return Edit(start, self._after(pointer), "")

    def _children(self, pointer: str) -> list[str]:
        """The pointers of what stands in a mapping or a list."""
        tokens = self.keys(pointer) or map(str, range(len(self.items(pointer))))
        return [join_pointer(pointer, token) for token in tokens]

    def with_item(self, pointer: str, position: int, value: Plain) -> Edit:
        """Put a mapping into a list of such, at a position."""
        node = self.node(pointer)
        if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
            raise LookupError(pointer)
        start = self._line_start(node.value[0].start_mark.index)
        at = self._after(f"{pointer}/{position - 1}") if position else start
        line = self.text[start : node.value[0].start_mark.index]
        column = len(line) - len(line.lstrip())
        item = dump_blocks({"x": [value]}).partition("\n")[2]
        return Edit(at, at, indent(_dedented(item), " " * column), (-column, position))

    def _collection(self, pointer: str) -> yaml.CollectionNode:
        node = self._there(pointer)
        if isinstance(node, yaml.CollectionNode):
            return node
        raise LookupError(pointer)

    def _there(self, pointer: str) -> yaml.Node:
        """The node that a pointer names. Raises LookupError where there is none."""
        node = self.node(pointer)
        if node is None:
            raise LookupError(pointer)
        return node

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _after(self, pointer: str) -> int:
        """Where the line begins that follows a node and all that is under it."""
        end = self.text.find("\n", len(self.text[: _end(self._there(pointer))].rstrip()))
        return len(self.text) if end < 0 else end + 1


def _child(node: yaml.Node | None, token: str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == token), None)
    if isinstance(node, yaml.SequenceNode) and token.isdecimal() and int(token) < len(node.value):
        item: yaml.Node = node.value[int(token)]
        return item
    return None


def _end(node: yaml.Node) -> int:
    """Where a node ends; what is in blocks is as long as what is in it, for the parser counts what follows, too."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        return _end(_pairs(node)[-1][1])
    return int(node.end_mark.index)


def _pairs(owner: yaml.CollectionNode) -> list[tuple[yaml.Node, yaml.Node]]:
    """The keys of a mapping with their values; the items of a list, each as both."""
    if isinstance(owner, yaml.MappingNode):
        return list(owner.value)
    return [(item, item) for item in owner.value]


def _dedented(text: str) -> str:
    return re.sub("(?m)^  ", "", text)


def _inline(value: Any) -> str:
    """A value in one line; a mapping without its outer braces."""
    if not is_plain(value):
        shown = dump_blocks({"x": value}).partition(": ")[2].strip()
        within_braces = not is_list(value) and re.search(r"[,\[\]{}]", shown)
        return dump_blocks({"x": [value]}).partition(": ")[2].strip()[1:-1] if within_braces else shown
    return ", ".join(
        f"{key}: {{{_inline(one)}}}" if is_plain(one) else f"{key}: {_inline(one)}" for key, one in value.items()
    )
