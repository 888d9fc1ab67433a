"""The output formats of `contract`, `lint`, `changes` and `drift`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from generator.contract.text import escape_control, markdown_code, markdown_text
from generator.errors import Location

from .results import Level, ResultRow, Results

_COMMANDS: Mapping[Level, str] = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
"""Level -> the workflow command of GitHub Actions that annotates a line."""

_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def _format_table(results: Results) -> str:
    return results.table() + (results.patch or "")


def _format_json(results: Results) -> str:
    patch = {} if results.patch is None else {"patch": results.patch}
    return _dump({**results.data(), **patch})


def _dump(data: Mapping[str, Any]) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _format_markdown(results: Results) -> str:
    """Format results as a list per operation, with what is broken first, in bold; after it, the proposed diff."""
    parts = [f"{markdown_code(results.subject)}: **{results.summary}**.\n"]
    for operation, rows in groupby(results.rows(), lambda row: row.operation):
        heading = f"{markdown_code(operation)}\n\n" if operation else ""
        parts.append(heading + "".join(f"- {_item(row)}\n" for row in rows))
    parts += [_code_block(results.patch)] if results.patch else []
    return "\n".join(parts)


def _item(row: ResultRow) -> str:
    broken = f"**{row.label}**: " if row.label else ""
    text = "; ".join(markdown_text(part) for part in (row.message, row.reason) if part)
    return f"{broken}{text} (`{row.rule}`, {markdown_code(row.shown)})"


def _code_block(patch: str) -> str:
    """Fence a diff with more backticks than it has in a row."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", patch)), default=0))
    return f"{fence}diff\n{patch}{fence}\n"


def _format_github(results: Results) -> str:
    """Format a notice with the summary, then each row as an annotation of its line."""
    lines = [_command("notice", {"title": results.command}, _outcome(results)), *map(_annotation, results.rows())]
    return "".join(f"{line}\n" for line in lines)


def _outcome(results: Results) -> str:
    return escape_control(f"{results.subject}: {results.summary}")


def _annotation(row: ResultRow) -> str:
    line = {"line": str(row.location.line)} if row.location.line else {}
    properties = {"file": row.location.file, **line, "title": ": ".join(filter(None, (row.label, row.rule)))}
    return _command(_COMMANDS[row.level], properties, _sentence(escape_control(row.operation), row))


def _sentence(operation: str, row: ResultRow) -> str:
    """Format a row in one line, for formats with places of their own for its rule and its location."""
    return (f"{operation}: " if operation else "") + "; ".join(filter(None, (row.message, row.reason)))


def _command(command: str, properties: Mapping[str, str], message: str) -> str:
    options = ",".join(f"{key}={_escaped(_escaped(value), ':,')}" for key, value in properties.items())
    return f"::{command} {options}::{_escaped(message)}"


def _escaped(text: str, characters: str = "%\r\n") -> str:
    return "".join(f"%{ord(character):02X}" if character in characters else character for character in text)


def _format_sarif(results: Results) -> str:
    """Format the rows as one run of SARIF 2.1.0, with the fingerprint of each."""
    rows = [*results.rows()]
    rules = [*dict.fromkeys(row.rule for row in rows)]
    run = {
        "automationDetails": {"id": f"{results.command}/", "description": {"text": _outcome(results)}},
        "tool": {"driver": {"name": results.command, "rules": [{"id": rule} for rule in rules]}},
        "results": [
            {
                "ruleId": row.rule,
                "ruleIndex": rules.index(row.rule),
                "level": row.level,
                "message": {"text": _sentence(row.operation, row)},
                "locations": [{"physicalLocation": _physical(row.location)}],
                "partialFingerprints": {"contract/v1": row.fingerprint},
            }
            for row in rows
        ],
    }
    return _dump({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _physical(location: Location) -> dict[str, Any]:
    region = {"region": {"startLine": location.line}} if location.line else {}
    return {"artifactLocation": {"uri": _uri(location.file)}, **region}


def _uri(file: str) -> str:
    """Return the URI of a file: relative for a relative path; a URL stays as it is."""
    if "://" in file:
        return file
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


FORMATS: Mapping[str, Callable[[Results], str]] = {
    "table": _format_table,
    "json": _format_json,
    "markdown": _format_markdown,
    "github": _format_github,
    "sarif": _format_sarif,
}
"""Value of `--format` -> the function that formats the results."""
