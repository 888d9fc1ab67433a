# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Spans of time to the nanosecond, as `google.protobuf.Duration` travels in JSON."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Self

_SECONDS = re.compile(r"(-?)(\d{1,12})(?:\.(\d{1,9}))?s", re.ASCII)


class Duration(timedelta):
    """A timedelta that was read, and is written as it was: its last digits are those that a timedelta cannot hold.

    Arithmetic and comparisons work to the microsecond, as they do for every timedelta.
    """

    __slots__ = ("_text",)
    _text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse a duration such as `3.5s`. Raises ValueError."""
        match = _SECONDS.fullmatch(text)
        if match is None:
            raise ValueError("no seconds with at most nine fraction digits and an s")
        sign, whole, fraction = match.groups()
        microseconds = int(whole) * 1_000_000 + int((fraction or "").ljust(6, "0")[:6])
        try:
            duration = cls(microseconds=-microseconds if sign else microseconds)
        except OverflowError:
            raise ValueError("more than Python can count") from None
        duration._text = text  # its own
        return duration

    def __str__(self) -> str:
        return getattr(self, "_text", None) or seconds(self)

    def __repr__(self) -> str:
        return f"Duration.parse({str(self)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).parse, (str(self),)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: Any) -> Self:
        return self


def seconds(span: timedelta) -> str:
    """Return the text of a duration."""
    if isinstance(span, Duration) and (text := getattr(span, "_text", None)):
        return str(text)
    microseconds = span // timedelta(microseconds=1)
    whole, fraction = divmod(abs(microseconds), 1_000_000)
    digits = f".{fraction:06}".rstrip("0").rstrip(".")
    return f"{'-' if microseconds < 0 else ''}{whole}{digits}s"
