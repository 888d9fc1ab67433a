"""Find secrets wherever an object could show one."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from traceback import TracebackException
from types import (
    AsyncGeneratorType,
    CodeType,
    CoroutineType,
    FrameType,
    FunctionType,
    GeneratorType,
    ModuleType,
    TracebackType,
)

from generated_client._secret import Secret

MOST = 50_000
"""The most objects that are inspected from one; a client reaches some thousands."""

_HERE = str(Path(__file__).parent)

_OPAQUE = (
    AsyncGeneratorType,
    CodeType,
    CoroutineType,
    FrameType,
    GeneratorType,
    ModuleType,
    TracebackType,
    type,
    Secret,
)
"""Objects that are not followed: they lead to all that is imported, or to the tests, or exist to hide a text."""

_CONTAINERS = (dict, list, tuple, set, frozenset)
"""Objects that show no more than their elements do."""


def leaks(things: Iterable[object], secrets: Iterable[str]) -> list[str]:
    """Return the texts that objects reachable from these show and that contain a secret."""
    known = set(secrets)
    return [text[:2000] for thing in things for text in texts(thing) if any(secret in text for secret in known)]


def texts(thing: object) -> Iterator[str]:
    """Yield every text that an object or one reachable from it shows: printed, pickled, in a traceback."""
    seen: dict[int, object] = {}
    waiting = [thing]
    while waiting and len(seen) < MOST:
        item = waiting.pop()
        if id(item) in seen:
            continue
        seen[id(item)] = item
        yield from _shown_by(item)
        if isinstance(item, FunctionType):
            waiting.extend([item.__closure__, item.__defaults__, item.__kwdefaults__])
        elif not isinstance(item, _OPAQUE):
            waiting.extend(gc.get_referents(item))
    assert len(seen) < MOST
    with suppress(Exception):  # Not everything can be pickled.
        yield pickle.dumps(thing, 0).decode("latin-1")


def _shown_by(item: object) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    elif isinstance(item, bytes | bytearray):
        yield item.decode("latin-1")
    elif not isinstance(item, _CONTAINERS):
        yield repr(item)
        if type(item).__str__ is not object.__str__:
            yield str(item)
    if isinstance(item, BaseException):
        yield from _traceback(item)


def _traceback(error: BaseException) -> Iterator[str]:
    """Yield each function that an error came through and its variables, without the tests, who know the secret."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        link = waiting.pop()
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        waiting.extend([link.__cause__, link.__context__])
        frames = TracebackException(type(link), link, link.__traceback__, capture_locals=True).stack
        for frame in frames:
            if not frame.filename.startswith(_HERE):
                yield f"{frame.filename}:{frame.lineno} {frame.name} {frame.locals}"
