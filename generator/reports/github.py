"""Formats changes of the contract as annotations of GitHub."""

from __future__ import annotations

from generator.changes.classify import Verdict
from generator.changes.describe import describe
from generator.changes.diff import Change
from generator.changes.rules import rule_of
from generator.changes.spec_diff import SpecDiff
from generator.contract.text import escape_control

_LEVELS = {Verdict.BREAKING: "error", Verdict.REVIEW: "warning", Verdict.COMPATIBLE: "notice"}


def changes_annotations(judgement: SpecDiff) -> str:
    """For continuous integration at GitHub: a workflow command for each change, at its line of the newer file."""
    return "".join(f"{_annotation(change, judgement.after)}\n" for change in judgement.changes)


def _annotation(change: Change, newer: str) -> str:
    rule, location = rule_of(change), change.difference.right.location
    line = {"line": str(location.line)} if location.line else {}
    properties = {
        "file": location.file.removeprefix(f"{newer}:"),
        **line,
        "title": f"{rule.verdicts.overall}: {rule.id}",
    }
    said = ",".join(f"{key}={_escaped(_escaped(value), ':,')}" for key, value in properties.items())
    message = f"{escape_control(change.operation)}: {describe(change)}; {rule.why}"
    return f"::{_LEVELS[rule.verdicts.overall]} {said}::{_escaped(message)}"


def _escaped(text: str, characters: str = "%\r\n") -> str:
    return "".join(f"%{ord(one):02X}" if one in characters else one for one in text)
