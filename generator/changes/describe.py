"""Describes a change in one line of Markdown."""

from __future__ import annotations

from generator.contract.difference import Absence
from generator.contract.facts import Value
from generator.contract.text import format_value, markdown_code

from .classify import Verdict
from .diff import Change


def describe(change: Change) -> str:
    """Return ``changed: parameter `imageId` maxLength, `50` -> `40` `` in Markdown, without the operation."""
    difference = change.difference
    path = markdown_code(difference.path) if difference.path else ""
    subject = " ".join(filter(None, (difference.part, path, difference.keyword)))
    was, now = difference.left.value, difference.right.value
    if isinstance(was, Absence):
        return f"added: {subject}{_value(now, change)}"
    if isinstance(now, Absence):
        return f"removed: {subject}{_value(was, change)}"
    return f"changed: {subject}, {markdown_code(format_value(was))} -> {markdown_code(format_value(now))}"


def _value(value: Value | Absence, change: Change) -> str:
    if isinstance(value, Absence) or value is True or value in {"stated", change.operation}:
        return ""
    return f", {markdown_code(format_value(value))}"


def describe_with_verdict(change: Change) -> str:
    """Return a change with its verdict unless it is compatible: `removed: response digest, string (breaking)`."""
    return describe(change) + ("" if change.verdict is Verdict.COMPATIBLE else f" ({change.verdict})")


def locations(change: Change) -> str:
    """Return both locations of a change: `v1:spec.yaml:12 -> spec.yaml:14`; one if a side does not exist."""
    sides = (change.difference.left.location, change.difference.right.location)
    return " -> ".join(str(location) for location in sides if location.file)
