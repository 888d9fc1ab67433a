"""Formats results as SARIF 2.1.0, the interchange format of static analysis."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from generator.contract.text import escape_control
from generator.errors import Location

from .results import ResultRow, Results

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def format_sarif(results: Results) -> str:
    """Format the rows as one run, with the fingerprint of each."""
    rules = [*dict.fromkeys(row.rule for row in results.rows)]
    outcome = escape_control(f"{results.subject}: {results.summary}")
    run = {
        "automationDetails": {"id": f"{results.command}/", "description": {"text": outcome}},
        "tool": {"driver": {"name": results.command, "rules": [{"id": rule} for rule in rules]}},
        "results": [_result(row, rules.index(row.rule)) for row in results.rows],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _result(row: ResultRow, index: int) -> dict[str, Any]:
    operation = f"{row.operation}: " if row.operation else ""
    return {
        "ruleId": row.rule,
        "ruleIndex": index,
        "level": row.level,
        "message": {"text": operation + "; ".join(filter(None, (row.message, row.reason)))},
        "locations": [{"physicalLocation": _physical(row.location)}],
        "partialFingerprints": {"contract/v1": row.fingerprint},
    }


def _physical(location: Location) -> dict[str, Any]:
    region = {"region": {"startLine": location.line}} if location.line else {}
    return {"artifactLocation": {"uri": _uri(location.file)}, **region}


def _uri(file: str) -> str:
    """Return the URI of a file: relative for a relative path; a URL stays as it is."""
    if "://" in file:
        return file
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
