# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Recognises values passed instead of an IAM token; they are named, and never shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

_PARSE = "pass token=credentials.ServiceAccountKey.parse(…)"
_CREATE = "create an IAM token, for instance with `yc iam create-token`"

_LOOKS: Mapping[str, str] = {
    r"['\"].*['\"]": "is in quotes; remove them",
    r"(?i:authorization:.*|bearer(?:\s.*)?)": 'starts with "Bearer"; pass the token alone',
    r"y[0-9]_.*|A[Qg]AA.*": f"looks like an OAuth token; {_CREATE}",
    r"AQVN.*": f"looks like an API key; {_CREATE}",
    r"YC[A-Z].*": f"looks like a static access key; {_CREATE}",
    r"c1\..*": f"looks like an IAM cookie; {_CREATE}",
    r"eyJ.*": f"looks like a JWT; exchange it for an IAM token, or {_PARSE} with the key",
    r"-----BEGIN .*": f"looks like a private key; {_PARSE} with its JSON file",
    r"\{.*": f"looks like JSON; pass the token in it, or {_PARSE} with a service account key",
    r"~/.*|.*[/\\][\w.-]+\.\w+|[\w-]+\.json": "looks like a path; pass the token in the file, "
    f"or {_PARSE} with a service account key",
    r"<.*>|%\w+%|\$\w+|\$[{(].*[)}]": "looks like a placeholder; put the token in its place",
}
"""Pattern of a whole text -> the reason to reject it.

Source of the prefixes: https://yandex.cloud/en/docs/iam/operations/compromised-credentials.
"""

IAM_TOKEN = re.compile(r"t1\.[\w=-]+\.[\w=-]+", re.ASCII)

_TOKEN_KEYS = ("access_token", "iam_token", "iamToken")

_MASK = "[token]"
_PREFIX = r"(?<!\w)(?:t1\.|c1\.|y[0-9]_|A[Qg]AA|AQVN|YC[A-Z]|eyJ)"
_SECRET = re.compile(rf"{_PREFIX}[\w.=+/~-]{{8,}}|[\w=+/-]{{37,}}", re.ASCII)
"""A text with the prefix of a secret, or longer than a UUID: a part of a key or of a JWT."""


def find_mistake(token: object) -> str | None:
    """Return the reason why a value is not a token, None for a str that may be one."""
    if isinstance(token, str):
        return _in_text(token)
    if token is None:
        return "is None instead of an IAM token"
    if isinstance(token, dict):
        return _in_dict(cast("dict[str, object]", token))
    if isinstance(token, bytes | bytearray):
        return "must be a str, not bytes; decode it"
    return f"must be a str, not {type(token).__name__}"


def has_secret_prefix(text: str) -> bool:
    """Return True if a part of a text starts like a secret of the provider."""
    return re.search(_PREFIX, text) is not None


def mask_secrets(text: str) -> str:
    """Return the text of a service with possible secrets masked."""
    return _SECRET.sub(_MASK, text)


def _in_dict(token: dict[str, object]) -> str:
    key = next((key for key in _TOKEN_KEYS if key in token), None)
    if key is not None:
        return f'is a dict; pass its "{key}"'
    return f"is a service account key; {_PARSE}" if "private_key" in token else "must be a str, not dict"


def _in_text(token: str) -> str | None:
    if not token:
        return "must not be empty"
    if IAM_TOKEN.fullmatch(token):  # None of the patterns above matches it, and compiling them all takes a while.
        return None
    reasons = (reason for pattern, reason in _LOOKS.items() if re.fullmatch(pattern, token.strip(), re.DOTALL))
    reason = next(reasons, None)
    if reason is None and not (token.isascii() and token.isprintable() and " " not in token):
        return "must be visible ASCII characters, without a space or a line break"
    return reason
