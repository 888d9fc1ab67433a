"""The type of the fixture `run`."""

from collections.abc import Callable

Run = Callable[..., tuple[int, str, str]]
"""Runs a command of the generator: its exit status, standard output and standard error."""
