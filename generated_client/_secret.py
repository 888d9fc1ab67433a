"""A text that must not be seen."""

from __future__ import annotations

from typing import NoReturn


class Secret:
    """Holds a text and shows it nowhere: not in `repr`, not in a pickle."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return f"<secret of {len(self._text)} characters>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")


def checked(token: object) -> Secret:
    """The token, when it can stand in a header. Raises ValueError, whose text does not show it."""
    if isinstance(token, str) and token and token.isascii() and token.isprintable() and " " not in token:
        return Secret(token)
    raise ValueError("must be a non-empty str of visible ASCII characters")
