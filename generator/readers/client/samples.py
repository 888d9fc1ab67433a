"""Sample values by annotation, the likeliest first: the first that the client accepts will do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import Enum
from itertools import chain, islice
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs

MOMENT = "2026-03-14T09:26:53.589793238Z"

_TEXTS = (
    *("zq7", "z", "a0", "1", "A", "A1", "a-b", "a_b", "a.b", "a/b", "*", "", "/z", "z@z.z", "10.0.0.0", "10.0.0.0/8"),
    *("https://z.z", "z.z.", "5a9c2f1e-7f0b-4a35-9a54-3d1f6f0f9b0c", "sha256:0a", "* * * * *", "01:00", "2026-03-14"),
)
_LENGTHS = (2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 36, 40, 50, 63, 64, 128, 256, 1024)
_NUMBERS = (1, 2, 3, 5, 10, 16, 50, 60, 64, 100, 256, 300, 512, 1000, 1024, 3600, 10_000)
SIZES = (2, 3, 4, 5, 8, 10, 20)
"""Numbers of elements that a list may have to have."""

LISTS = frozenset({list, Sequence})
"""The types of repeated values: in a message, and among arguments."""

MakeMessage = Callable[[Any], Any]
"""Makes a valid message of a model."""


def kind_of(annotation: Any) -> Any:
    """Return the type of a value that is not None; for text that may be a member of an enumeration, the enumeration."""
    if get_origin(annotation) in {Union, UnionType}:
        kinds = [kind for kind in get_args(annotation) if kind is not NoneType]
        return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Enum)), kinds[0])
    return annotation


def samples(annotation: Any, message: MakeMessage) -> Iterator[Any]:
    """Yield values of an annotation, the likeliest first."""
    kind = kind_of(annotation)
    origin = get_origin(kind)
    if origin in LISTS:
        element = get_args(kind)[0]
        yield from ([value] for value in samples(element, message))
        yield from (distinct(element, size, message) for size in SIZES)
    elif origin is dict:
        entry = get_args(kind)[1]
        yield from ({key: value} for key in texts() for value in islice(samples(entry, message), 8))
    elif kind is str:
        yield from texts()
    elif attrs.has(kind):
        yield message(kind)
    elif isinstance(kind, type) and issubclass(kind, Enum):
        yield from kind
    else:
        yield from _scalars(kind)


def texts() -> Iterator[str]:
    """Yield texts, each once: words of several kinds, then longer ones made of them."""
    longer = ((word * length)[:length] for length in _LENGTHS for word in _TEXTS if word)
    yield from dict.fromkeys(chain(_TEXTS, longer))


def _scalars(kind: Any) -> Iterator[Any]:
    if kind is bool:
        yield True
    elif kind in {int, float}:
        yield from (kind(number) for number in (*_NUMBERS, *(2**n for n in range(14, 63)), 0, -1, 0.5))
    elif kind is bytes:
        yield from (b"\xff" * length for length in (1, *_LENGTHS))
    elif issubclass(kind, datetime):
        yield getattr(kind, "parse", kind.fromisoformat)(MOMENT)
    elif issubclass(kind, timedelta):
        yield from (timedelta(seconds=seconds) for seconds in (1.5, *_NUMBERS, 86_400))
    else:
        yield {"a": "a"}


def distinct(element: Any, size: int, message: MakeMessage) -> list[Any]:
    """Return a list of that many elements, different ones as long as there are samples."""
    values = [*islice(samples(element, message), size)]
    return [values[index % len(values)] for index in range(size)]
