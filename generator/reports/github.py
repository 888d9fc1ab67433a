"""Formats results as workflow commands of GitHub Actions, which annotate lines."""

from __future__ import annotations

from collections.abc import Mapping

from generator.contract.text import escape_control

from .results import Level, ResultRow, Results

_COMMANDS: Mapping[Level, str] = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def format_github(results: Results) -> str:
    """Format a notice with the summary, then each row as an annotation of its line."""
    summary = escape_control(f"{results.subject}: {results.summary}")
    lines = [_command("notice", {"title": results.command}, summary), *map(_annotation, results.rows)]
    return "".join(f"{line}\n" for line in lines)


def _annotation(row: ResultRow) -> str:
    line = {"line": str(row.location.line)} if row.location.line else {}
    properties = {"file": row.location.file, **line, "title": ": ".join(filter(None, (row.label, row.rule)))}
    operation = f"{escape_control(row.operation)}: " if row.operation else ""
    return _command(_COMMANDS[row.level], properties, operation + "; ".join(filter(None, (row.message, row.reason))))


def _command(command: str, properties: Mapping[str, str], message: str) -> str:
    options = ",".join(f"{key}={_escaped(_escaped(value), ':,')}" for key, value in properties.items())
    return f"::{command} {options}::{_escaped(message)}"


def _escaped(text: str, characters: str = "%\r\n") -> str:
    return "".join(f"%{ord(character):02X}" if character in characters else character for character in text)
