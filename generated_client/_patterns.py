# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Regular expressions as JSON Schema reads them: those of ECMA-262, found anywhere in a text."""

from __future__ import annotations

import re
from functools import cache

_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\\\]])*\]|\$|\.", re.DOTALL)
"""Parts that Python may read differently: an escape, a class of characters, `$` and `.`."""

_SPACE = r"\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"

_TRANSLATIONS = {"$": r"\Z", ".": r"[^\n\r\u2028\u2029]", r"\s": f"[{_SPACE}]", r"\S": f"[^{_SPACE}]"}
r"""Token -> its Python equivalent. In Python, `$` also matches before a line break at the end."""


def matches(pattern: str, text: str) -> bool:
    """Return True if a pattern is found in a text."""
    return _compile(pattern).search(text) is not None


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(_TOKEN.sub(_translate, pattern), re.ASCII)


def _translate(match: re.Match[str]) -> str:
    token = match[0]
    if token.startswith("["):
        return re.sub(r"\\.", lambda escape: _SPACE if escape[0] == r"\s" else escape[0], token, flags=re.DOTALL)
    return _TRANSLATIONS.get(token, token)
