# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Reads the key of a service account from a file, its text, base64 of that, or a dict."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import NamedTuple, cast

from ._secret import Secret
from ._sources import INVALID_JSON
from ._token_mistakes import has_secret_prefix
from .errors import CredentialsError

_FIELDS = ("id", "service_account_id", "private_key")
_PEM = "-----BEGIN"
_LONGEST_PATH = 250
"""Characters: a longer text is not shown."""
_SHORTEST_SECRET = 32
"""Characters: a longer text without a slash or a dot is not shown either."""


class KeyFields(NamedTuple):
    """The fields of a key that sign a JWT."""

    key_id: str
    service_account_id: str
    private_key: Secret


def read_key(key: object) -> KeyFields | CredentialsError:
    """Return the fields of a key in any form, or the reason why there are none."""
    if isinstance(key, Mapping):
        return _from_fields(cast("Mapping[str, object]", key), "the service account key")
    if isinstance(key, Secret):
        text = key.reveal().lstrip("\ufeff").strip()
        if not text or text.startswith(("{", "[", _PEM)) or _from_base64(text):
            return _from_text(text, "the service account key")
    elif isinstance(key, PathLike):
        text = fspath(cast("PathLike[str]", key))
    else:
        return CredentialsError(f"the service account key must be a str, a path or a dict, not {type(key).__name__}")
    return _from_file(text)


def _from_file(path: str) -> KeyFields | CredentialsError:
    shown = f" in {path}" if _is_harmless(path) else ""
    try:
        content = Path(path).expanduser().read_bytes()
        text = content.decode(json.detect_encoding(content))  # as json.loads does
    except OSError as problem:
        return CredentialsError(f"the service account key{shown} cannot be read: {problem.strerror}")
    except UnicodeError:
        return CredentialsError(f"the service account key{shown} is not text in UTF-8 or UTF-16")
    except (RuntimeError, ValueError):  # a null byte, a home directory that is unknown
        return CredentialsError(f"the service account key{shown} cannot be read: invalid path")
    return _from_text(text.strip(), f"the service account key{shown}")


def _from_text(text: str, name: str) -> KeyFields | CredentialsError:
    if not text:
        return CredentialsError(f"{name} is empty")
    if text.startswith(_PEM):
        return CredentialsError(
            f"{name} is a private key alone; use the whole JSON file that `yc iam key create` writes"
        )
    try:
        fields = json.loads(_from_base64(text) or text, strict=False)  # the PEM may contain line breaks
    except json.JSONDecodeError as problem:
        return CredentialsError(f"{name} is not valid JSON (line {problem.lineno}, column {problem.colno})")
    except INVALID_JSON:
        return CredentialsError(f"{name} is not valid JSON")
    if not isinstance(fields, dict):
        return CredentialsError(f"{name} is not a JSON object")
    return _from_fields(cast("Mapping[str, object]", fields), name)


def _from_fields(fields: Mapping[str, object], name: str) -> KeyFields | CredentialsError:
    texts = {field: value for field in _FIELDS if isinstance(value := fields.get(field), str) and value}
    missing = [field for field in _FIELDS if field not in texts]
    if missing:
        return CredentialsError(f"{name} has no {' and no '.join(missing)}")
    # The provider's files have a line of prose before the PEM.
    _, begin, pem = texts["private_key"].partition(_PEM)
    # Some tools escape line breaks twice.
    return KeyFields(texts["id"], texts["service_account_id"], Secret((begin + pem).replace("\\n", "\n")))


def _from_base64(text: str) -> str | None:
    """Return the JSON object that a text encodes."""
    try:
        decoded = base64.b64decode("".join(text.split()), validate=True).decode("utf-8-sig")
    except (binascii.Error, ValueError):
        return None
    return decoded if decoded.lstrip().startswith("{") else None


def _is_harmless(path: str) -> bool:
    """Return True if a text can be shown: it looks like a path, not like a secret."""
    is_short = len(path) < _SHORTEST_SECRET or (len(path) <= _LONGEST_PATH and not {"/", "\\", "."}.isdisjoint(path))
    return is_short and path.isprintable() and not has_secret_prefix(path)
