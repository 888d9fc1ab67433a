"""The calls of functions that a piece of work makes: a measure that no other program on the machine changes."""

import sys
from collections.abc import Callable
from itertools import count
from types import FrameType


def calls(work: Callable[[], object]) -> int:
    """Count the calls of Python and C functions, the second time round, when caches are as they stay."""
    work()
    number = count()

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        if event in {"call", "c_call"}:
            next(number)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return next(number)
