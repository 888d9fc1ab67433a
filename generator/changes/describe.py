"""Describes a change in one line of Markdown."""

from __future__ import annotations

from generator.contract.compare import Absence
from generator.contract.facts import Value
from generator.contract.text import format_value, markdown_code

from .classify import Verdict
from .diff import Change
from .rules import verdict


def describe(change: Change) -> str:
    """``changed: parameter `imageId` maxLength, `50` -> `40` ``, in Markdown; the operation is not repeated."""
    difference = change.difference
    path = markdown_code(difference.path) if difference.path else ""
    what = " ".join(filter(None, (difference.part, path, difference.keyword)))
    was, now = difference.left.value, difference.right.value
    if isinstance(was, Absence):
        return f"added: {what}{_value(now, change)}"
    if isinstance(now, Absence):
        return f"removed: {what}{_value(was, change)}"
    return f"changed: {what}, {markdown_code(format_value(was))} -> {markdown_code(format_value(now))}"


def _value(value: Value | Absence, change: Change) -> str:
    if isinstance(value, Absence) or value is True or value in {"stated", change.operation}:
        return ""
    return f", {markdown_code(format_value(value))}"


def describe_with_verdict(change: Change) -> str:
    """A change and its verdict, where it is not harmless: `removed: response digest, string (breaking)`."""
    found = verdict(change)
    return describe(change) + ("" if found is Verdict.COMPATIBLE else f" ({found})")


def locations(change: Change) -> str:
    """Both locations of a change: `v1:spec.yaml:12 -> spec.yaml:14`."""
    return f"{change.difference.left.location} -> {change.difference.right.location}"
