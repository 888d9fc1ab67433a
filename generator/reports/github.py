"""Formats changes of the contract as GitHub annotations."""

from __future__ import annotations

from collections.abc import Mapping

from generator.changes.classify import Verdict
from generator.changes.describe import describe
from generator.changes.diff import Change
from generator.changes.spec_diff import SpecDiff
from generator.contract.text import escape_control

_LEVELS = {Verdict.BREAKING: "error", Verdict.REVIEW: "warning", Verdict.COMPATIBLE: "notice"}


def changes_annotations(diff: SpecDiff) -> str:
    """Format changes as workflow commands of GitHub Actions, each at its line of the newer file.

    The summary, a notice, comes first; an error says which version is required.
    """
    summary = f"{diff.after}, compared with {diff.before}: {diff.summary}"
    lines = [_command("notice", {"title": "contract"}, escape_control(summary))]
    lines += [_annotation(change, diff.after) for change in diff.changes]
    lines += [_command("error", {"title": "version"}, diff.version_problem)] if diff.version_problem else []
    return "".join(f"{line}\n" for line in lines)


def _annotation(change: Change, newer: str) -> str:
    rule, location = change.rule, change.difference.right.location
    line = {"line": str(location.line)} if location.line else {}
    properties = {
        "file": location.file.removeprefix(f"{newer}:"),
        **line,
        "title": f"{rule.verdicts.overall}: {rule.id}",
    }
    message = f"{escape_control(change.operation)}: {describe(change)}; {rule.why}"
    return _command(_LEVELS[rule.verdicts.overall], properties, message)


def _command(level: str, properties: Mapping[str, str], message: str) -> str:
    options = ",".join(f"{key}={_escaped(_escaped(value), ':,')}" for key, value in properties.items())
    return f"::{level} {options}::{_escaped(message)}"


def _escaped(text: str, characters: str = "%\r\n") -> str:
    return "".join(f"%{ord(character):02X}" if character in characters else character for character in text)
