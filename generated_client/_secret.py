# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Secrets, hidden or masked in everything that a person reads."""

from __future__ import annotations

import re
from typing import NoReturn

from ._token_mistakes import find_mistake

_MASK = "[token]"
_SHORTEST = 8
"""Characters: a shorter text is not a token, and masking it would garble the text around it."""
_ZEROS = r"\x00*"
"""The zeros that UTF-16 and UTF-32 put between ASCII characters."""
_GAP = r"[\x00\\]{0,16}"
"""Characters that may separate two others: zeros, and backslashes of nested JSON strings."""


class Secret:
    """A text that `repr`, pickles and error messages do not show."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text itself."""
        return self._text

    def mask(self, text: str) -> str:
        """Return the text with a placeholder for the secret, even if it is escaped as in JSON or a URL."""
        if len(self._text) < _SHORTEST or len(text) < len(self._text):
            return text
        return re.sub(_GAP.join(map(_escapes, self._text)), _MASK, text)

    def mask_bytes(self, content: bytes) -> bytes:
        """Return the content with a placeholder for the secret, as `mask` does."""
        return self.mask(content.decode("latin-1")).encode("latin-1")

    def __repr__(self) -> str:
        return f"<secret of {len(self._text)} characters>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")


def _escapes(character: str) -> str:
    r"""Return the pattern of a character as it is, as `u003d` after a backslash, and as `%3D`, in any charset."""
    code = f"{ord(character):02x}"
    json_escape, url_escape = (_ZEROS.join(escape) for escape in (f"u00{code}", f"%{code}"))
    return rf"(?:{re.escape(character)}|(?i:{json_escape}|{url_escape}))"


def checked(token: object) -> Secret:
    """Return the token, without line breaks at its end. Raises ValueError, whose text does not show it."""
    if isinstance(token, Secret):
        return token
    text = token.rstrip("\r\n") if isinstance(token, str) else token
    del token  # Tracebacks can show what a function was called with.
    mistake = find_mistake(text)
    if mistake is None:
        return Secret(str(text))
    del text
    raise ValueError(mistake)
