"""Checks of what a caller passes in, before anything is sent."""

from __future__ import annotations

from urllib.parse import quote

from .errors import InvalidParameter


def check_string(name: str, value: object, *, min_length: int = 0, max_length: int | None = None) -> str:
    """The value, when it is a string of a length within the bounds, counted in characters.

    Raises InvalidParameter.
    """
    if not isinstance(value, str):
        raise InvalidParameter(name, f"must be a str, not {type(value).__name__}")
    if len(value) < min_length:
        raise InvalidParameter(
            name, "must not be empty" if not value else f"must have at least {min_length} characters"
        )
    if max_length is not None and len(value) > max_length:
        raise InvalidParameter(name, f"must have at most {max_length} characters, not {len(value)}")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidParameter(name, "holds a lone surrogate, which is no character") from None
    return value


def path_segment(value: str) -> str:
    """The value as exactly one segment of a path, whatever characters it holds."""
    # A server or proxy takes `.` and `..` out of a path, also where `quote` leaves them as they are.
    return value.replace(".", "%2E") if value in {".", ".."} else quote(value, safe="")
