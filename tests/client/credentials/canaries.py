"""Looks for secrets wherever an object could show one."""

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
"""How many objects are looked at from one; a client reaches some thousands."""

_HERE = str(Path(__file__).parents[1])

_CLOSED = (
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
"""What is not looked into: it leads to all that is imported, or to the tests, or is there to hide something."""

_PLAIN = (dict, list, tuple, set, frozenset)
"""What says no more than its parts do."""


def leaks(things: Iterable[object], secrets: Iterable[str]) -> list[str]:
    """What an object that can be reached from these says, where a secret is part of it."""
    known = set(secrets)
    return [text[:2000] for thing in things for text in _said(thing) if any(secret in text for secret in known)]


def _said(thing: object) -> Iterator[str]:
    seen: dict[int, object] = {}
    waiting = [thing]
    while waiting and len(seen) < MOST:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen[id(one)] = one
        yield from _told_by(one)
        if isinstance(one, FunctionType):
            waiting.extend([one.__closure__, one.__defaults__, one.__kwdefaults__])
        elif not isinstance(one, _CLOSED):
            waiting.extend(gc.get_referents(one))
    assert len(seen) < MOST
    with suppress(Exception):  # Not everything can be pickled.
        yield pickle.dumps(thing, 0).decode("latin-1")


def _told_by(one: object) -> Iterator[str]:
    if isinstance(one, str):
        yield one
    elif isinstance(one, bytes | bytearray):
        yield one.decode("latin-1")
    elif not isinstance(one, _PLAIN):
        yield repr(one)
        if type(one).__str__ is not object.__str__:
            yield str(one)
    if isinstance(one, BaseException):
        yield from _traceback(one)


def _traceback(error: BaseException) -> Iterator[str]:
    """Each function that an error came through and its local variables, but for the tests, who know the secret."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        waiting.extend([one.__cause__, one.__context__])
        frames = TracebackException(type(one), one, one.__traceback__, capture_locals=True).stack
        for frame in frames:
            if not frame.filename.startswith(_HERE):
                yield f"{frame.filename}:{frame.lineno} {frame.name} {frame.locals}"
