"""Points in time to the nanosecond, as `google.protobuf.Timestamp` travels in JSON."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, Self, SupportsIndex, cast

_RFC3339 = re.compile(
    r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d(?:\.(\d{1,9}))?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII
)


class Timestamp(datetime):
    """A timezone-aware datetime that loses no digit: `nanos` has what `microsecond` cannot hold.

    `str` gives RFC 3339, and for a timestamp that was read exactly the text that was read. Arithmetic and
    `replace` work to the microsecond, as they do for every datetime.
    """

    __slots__ = ("_nanos", "_text")
    _nanos: int
    _text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse an RFC 3339 text with 0 to 9 fraction digits. Raises ValueError."""
        match = _RFC3339.fullmatch(text)
        if match is None:
            raise ValueError("not an RFC 3339 timestamp with a time zone and at most nine fraction digits")
        timestamp = cls.fromisoformat(text)  # Which takes the first six digits of the fraction.
        timestamp._nanos = int(match[1].ljust(9, "0")) if match[1] else 0  # noqa: SLF001  # its own
        timestamp._text = text  # noqa: SLF001  # its own
        return timestamp

    @property
    def nanos(self) -> int:
        """Nanoseconds within the second, 0 to 999,999,999."""
        return getattr(self, "_nanos", self.microsecond * 1000)

    def __str__(self) -> str:
        return getattr(self, "_text", None) or self.isoformat().replace("+00:00", "Z")

    def __repr__(self) -> str:
        return f"Timestamp.parse({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        equal = super().__eq__(other)
        return equal if equal is not True else self._ahead_of(other) == 0

    __ne__ = object.__ne__  # It asks `__eq__`; datetime's own knows no nanoseconds.

    def __hash__(self) -> int:
        return super().__hash__()

    def __lt__(self, other: date) -> bool:
        less = super().__lt__(cast("datetime", other))  # It refuses a date.
        return less if less is not False else super().__eq__(other) is True and self._ahead_of(other) < 0

    def __le__(self, other: date) -> bool:
        return self < other or self == other

    def __gt__(self, other: date) -> bool:
        return not self <= other

    def __ge__(self, other: date) -> bool:
        return not self < other

    def _ahead_of(self, other: object) -> int:
        """By how many nanoseconds it is later than a moment of the same microsecond."""
        return self.nanos % 1000 - (other.nanos % 1000 if isinstance(other, Timestamp) else 0)

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        text = getattr(self, "_text", None)
        return super().__reduce_ex__(protocol) if text is None else (type(self).parse, (text,))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: Any) -> Self:
        return self
