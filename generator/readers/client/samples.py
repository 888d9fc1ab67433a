"""Values to try, by the annotation of an argument or attribute: the first that the client takes will do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from itertools import chain
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs

MOMENT = "2026-03-14T09:26:53.589793238Z"

_TEXTS = (
    *("zq7", "z", "a0", "1", "A", "A1", "a-b", "a_b", "a.b", "a/b", "*", "", "/z", "z@z.z", "10.0.0.0", "10.0.0.0/8"),
    *("https://z.z", "z.z.", "5a9c2f1e-7f0b-4a35-9a54-3d1f6f0f9b0c", "sha256:0a", "* * * * *", "01:00", "2026-03-14"),
)
_LENGTHS = (2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 36, 40, 50, 63, 64, 128, 256, 1024)
_NUMBERS = (
    1,
    2,
    3,
    5,
    10,
    16,
    50,
    60,
    64,
    100,
    256,
    300,
    512,
    1000,
    1024,
    3600,
    10_000,
    *(2**n for n in range(14, 63)),
)
_SIZES = (2, 3, 4, 5, 8, 10, 20)


LISTS = frozenset({list, Sequence})
"""The types of what is repeated, in a message and among arguments."""

TYPES: Mapping[Any, str] = {str: "string", bool: "boolean"}
"""A type that is a scalar of JSON without a format -> its name there."""


def kind_of(annotation: Any) -> Any:
    """The annotation of a value that is there; of a text that may be a member of an enumeration, the enumeration."""
    if get_origin(annotation) in {Union, UnionType}:
        named = [one for one in get_args(annotation) if one is not NoneType]
        return next((one for one in named if isinstance(one, type) and issubclass(one, Enum)), named[0])
    return annotation


def samples(annotation: Any) -> Iterator[Any]:
    """Values of an annotation, the likeliest first."""
    kind = kind_of(annotation)
    origin = get_origin(kind)
    if origin in LISTS:
        yield from _lists(get_args(kind)[0])
    elif origin is dict:
        yield from ({key: one} for key in texts() for one in _few(get_args(kind)[1]))
    elif kind is str:
        yield from texts()
    elif attrs.has(kind):
        yield kind()
    elif isinstance(kind, type) and issubclass(kind, Enum):
        yield from kind
    else:
        yield from _plain(kind)


def texts() -> Iterator[str]:
    """Texts, each once: words of several kinds, then longer ones made of them."""
    longer = ((word * length)[:length] for length in _LENGTHS for word in _TEXTS if word)
    yield from dict.fromkeys(chain(_TEXTS, longer))


def _plain(kind: Any) -> Iterator[Any]:
    if kind is bool:
        yield True
    elif kind in {int, float}:
        yield from (kind(one) for one in (*_NUMBERS, 0, -1, 0.5))
    elif kind is bytes:
        yield from (b"\xff" * length for length in (1, *_LENGTHS))
    elif issubclass(kind, datetime):
        yield getattr(kind, "parse", kind.fromisoformat)(MOMENT)
    elif issubclass(kind, timedelta):
        yield from (timedelta(seconds=one) for one in (1.5, *_NUMBERS[:24]))
    else:
        yield {"a": "a"}


def _lists(element: Any) -> Iterator[list[Any]]:
    yield from ([one] for one in samples(element))
    for size in _SIZES:
        yield distinct(element, size)


def distinct(element: Any, size: int) -> list[Any]:
    """That many elements, different ones where there are so many."""
    found = [one for one, _ in zip(samples(element), range(size), strict=False)]
    return [found[index % len(found)] for index in range(size)]


def _few(annotation: Any) -> list[Any]:
    return [one for one, _ in zip(samples(annotation), range(8), strict=False)]
