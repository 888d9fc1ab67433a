"""The output formats of `contract`, `lint`, `changes` and `drift`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from .github import format_github
from .markdown import format_markdown
from .results import Results
from .sarif import format_sarif

FORMATS: Mapping[str, Callable[[Results], str]] = {
    "table": lambda results: results.table,
    "json": lambda results: json.dumps(results.data, indent=2, ensure_ascii=False) + "\n",
    "markdown": format_markdown,
    "github": format_github,
    "sarif": format_sarif,
}
"""Value of `--format` -> the function that formats the results."""
