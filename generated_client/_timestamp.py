# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Points in time to the nanosecond, as `google.protobuf.Timestamp` travels in JSON."""

# Annotations are evaluated here: attrs copies that of `to_timestamp` to the modules of the models.
import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Self, SupportsIndex, cast

_RFC3339 = re.compile(
    r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII
)
_MINUTE = timedelta(minutes=1)
_FRACTION = re.compile(r"\.(\d+)", re.ASCII)


class Timestamp(datetime):
    """A timezone-aware datetime that loses no digit: `nanos` has what `microsecond` cannot hold.

    `str` gives RFC 3339, and for a timestamp that was read exactly the text that was read. `astimezone` keeps the
    nanoseconds; arithmetic and `replace` work to the microsecond, as they do for every datetime.
    """

    __slots__ = ("_nanos", "_text")
    _nanos: int
    _text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse an RFC 3339 text with 0 to 9 fraction digits. Raises ValueError."""
        if not _RFC3339.fullmatch(text):
            raise ValueError("not an RFC 3339 timestamp with a time zone and at most nine fraction digits")
        timestamp = cls.fromisoformat(text)  # Which takes the first six digits of the fraction.
        timestamp._text = text  # noqa: SLF001  # its own
        return timestamp

    @classmethod
    def _of(cls, moment: datetime, nanos: int) -> Self:
        timestamp = cls.combine(moment.date(), moment.timetz())
        timestamp._nanos = nanos  # noqa: SLF001  # its own
        return timestamp

    @property
    def nanos(self) -> int:
        """Nanoseconds within the second, 0 to 999,999,999."""
        if text := getattr(self, "_text", None):
            match = _FRACTION.search(text)
            return int(match[1].ljust(9, "0")) if match else 0
        return getattr(self, "_nanos", self.microsecond * 1000)

    def __str__(self) -> str:
        if text := getattr(self, "_text", None):
            return str(text)
        if (self.utcoffset() or _MINUTE) % _MINUTE:  # Some had seconds before 1940; RFC 3339 cannot write them.
            return str(self.astimezone(UTC))
        text = self.isoformat()
        if beyond := self.nanos % 1000:
            text = self.isoformat(timespec="microseconds")
            end = text.index(".") + 7
            text = f"{text[:end]}{beyond:03}{text[end:]}"
        return text.replace("+00:00", "Z")

    def __repr__(self) -> str:
        return f"Timestamp.parse({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        equal = super().__eq__(other)
        return equal if equal is not True else self._ahead_of(other) == 0

    __ne__ = object.__ne__  # It calls `__eq__`; datetime's own ignores nanoseconds.

    def __hash__(self) -> int:
        return super().__hash__()

    def __lt__(self, other: date) -> bool:
        less = super().__lt__(cast("datetime", other))  # It rejects a date.
        return less if less is not False else super().__eq__(other) is True and self._ahead_of(other) < 0

    def __le__(self, other: date) -> bool:
        return self < other or self == other

    def __gt__(self, other: date) -> bool:
        return not self <= other

    def __ge__(self, other: date) -> bool:
        return not self < other

    def _ahead_of(self, other: object) -> int:
        """Return the nanoseconds by which it is later than a moment of the same microsecond."""
        return self.nanos % 1000 - (other.nanos % 1000 if isinstance(other, Timestamp) else 0)

    def astimezone(self, tz: tzinfo | None = None) -> Self:
        """Return the same moment, to the nanosecond, in another time zone; without one, in the system's."""
        moment = super().astimezone(tz)
        return self if moment is self else self._of(moment, self.nanos)

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        if text := getattr(self, "_text", None):
            return type(self).parse, (text,)
        if self.nanos % 1000:
            return type(self)._of, (datetime.combine(self.date(), self.timetz()), self.nanos)  # noqa: SLF001  # its own
        return super().__reduce_ex__(protocol)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: Any) -> Self:
        return self


def to_timestamp(moment: datetime | None) -> Timestamp | None:
    """Convert a plain datetime."""
    if isinstance(moment, Timestamp) or not isinstance(moment, datetime):
        return moment
    return Timestamp.combine(moment.date(), moment.timetz())
