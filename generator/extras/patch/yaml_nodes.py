"""Nodes of a YAML document: their children and extents, and new values as text."""

from __future__ import annotations

import re
from typing import Any

import yaml

from generator.extras.draft.conventions import is_list, is_plain_mapping
from generator.yaml_document import dump_blocks


def child_node(node: yaml.Node | None, token: str) -> yaml.Node | None:
    """The child of a node by a token of a JSON pointer, if there is one."""
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == token), None)
    if isinstance(node, yaml.SequenceNode) and token.isdecimal() and int(token) < len(node.value):
        item: yaml.Node = node.value[int(token)]
        return item
    return None


def end_of(node: yaml.Node) -> int:
    """The end of a node; of a block, that of its last child, since the parser includes the text that follows."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        return end_of(pairs_of(node)[-1][1])
    return int(node.end_mark.index)


def pairs_of(owner: yaml.CollectionNode) -> list[tuple[yaml.Node, yaml.Node]]:
    """The pairs of a mapping; of a list each item twice."""
    if isinstance(owner, yaml.MappingNode):
        return list(owner.value)
    return [(item, item) for item in owner.value]


def dedent_item(text: str) -> str:
    """Remove two spaces from the start of each line."""
    return re.sub("(?m)^  ", "", text)


def inline_text(value: Any) -> str:
    """A value on one line; a mapping without its outer braces."""
    if not is_plain_mapping(value):
        shown = dump_blocks({"x": value}).partition(": ")[2].strip()
        within_braces = not is_list(value) and re.search(r"[,\[\]{}]", shown)
        return dump_blocks({"x": [value]}).partition(": ")[2].strip()[1:-1] if within_braces else shown
    return ", ".join(
        f"{key}: {{{inline_text(item)}}}" if is_plain_mapping(item) else f"{key}: {inline_text(item)}"
        for key, item in value.items()
    )
