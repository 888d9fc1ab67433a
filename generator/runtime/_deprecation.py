"""Warnings for deprecated operations, parameters and fields, at the line of the caller."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

__all__ = ["deprecated", "deprecated_arguments", "warn_of_value"]

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")

if TYPE_CHECKING:
    from typing_extensions import deprecated  # Type checkers know it; it need not be installed.
else:

    def deprecated(message: str) -> Callable[[Callable[_Parameters, _Result]], Callable[_Parameters, _Result]]:
        """Return a decorator of a function: each call of it warns."""

        def decorate(function: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result]:
            @wraps(function)
            def call(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                return function(*args, **kwargs)

            call.__deprecated__ = message  # See PEP 702.
            return call

        return decorate


def deprecated_arguments(
    **messages: str,
) -> Callable[[Callable[_Parameters, _Result]], Callable[_Parameters, _Result]]:
    """Return a decorator of a function: each call with one of these arguments warns; None stands for no argument."""

    def decorate(function: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result]:
        signature = inspect.signature(function)

        @wraps(function)
        def call(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
            arguments = signature.bind(*args, **kwargs).arguments
            for name, message in messages.items():
                if arguments.get(name) is not None:
                    warnings.warn(message, DeprecationWarning, stacklevel=2)
            return function(*args, **kwargs)

        return call

    return decorate


def warn_of_value(message: str, value: object) -> None:
    """Warn if a message is made with a value; called by its `__attrs_post_init__`."""
    if value:
        warnings.warn(message, DeprecationWarning, stacklevel=4)
