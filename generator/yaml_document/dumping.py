"""Dumps plain data as YAML: for programs in few lines, for people in blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from .loading import RESOLVERS


class _Dumper(yaml.SafeDumper):
    """Quotes what either YAML 1.1 or 1.2 would read as anything but a string."""

    yaml_implicit_resolvers: dict[str, Any] = {  # noqa: RUF012  # PyYAML declares it so
        first: [*yaml.SafeDumper.yaml_implicit_resolvers.get(first, ()), *RESOLVERS.get(first, ())]
        for first in {**yaml.SafeDumper.yaml_implicit_resolvers, **RESOLVERS}
    }


def _represent(_dumper: _Dumper, text: str) -> yaml.ScalarNode:
    """Represent a text; Unicode's line breaks are escaped, because PyYAML would fold them into spaces."""
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style='"' if _BREAKS & set(text) else None)


_BREAKS = frozenset("\x85\u2028\u2029")
_Dumper.add_representer(str, _represent)


def dumps(plain: Mapping[str, Any] | Sequence[Any]) -> str:
    """Dump plain data, keys in their order; a mapping or list of scalars takes one line."""
    return yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=None, width=10_000)


class _Blocks(_Dumper):
    """Lays YAML out as a person would: lists are indented more than their key, and text of several lines is a block."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002  # PyYAML's
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # PyYAML's
        return True


def _represent_lines(_dumper: _Blocks, text: str) -> yaml.ScalarNode:
    lines = "\n" in text and not _BREAKS & set(text)
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style="|") if lines else _represent(_dumper, text)


def _represent_list(dumper: _Blocks, items: Sequence[Any]) -> yaml.Node:
    scalars = not any(isinstance(item, Mapping | Sequence) and not isinstance(item, str) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=scalars)


_Blocks.add_representer(str, _represent_lines)
_Blocks.add_representer(list, _represent_list)


def dump_blocks(plain: Mapping[str, Any]) -> str:
    """Dump plain data for people: mappings in blocks, a list of scalars in brackets."""
    return yaml.dump(plain, Dumper=_Blocks, sort_keys=False, allow_unicode=True, default_flow_style=False, width=110)
