"""Reads the generated package into contracts, by using it as its user does.

Signatures and annotations, a round trip of each model, one recorded request per method, and the values that are
rejected. Neither the specification nor what the generator wrote into docstrings is evidence.
"""

from __future__ import annotations

from pathlib import Path

from generator.contract.facts import Contract
from generator.errors import InputError, Location

from .methods import methods
from .package import loaded


def read(folder: Path) -> tuple[Contract, ...]:
    """Return the contract of each method of the client in a folder, in the order of their names.

    Raises InputError if there is no client, or if it cannot be called.
    """
    with loaded(folder) as package:
        try:
            with package.client() as client:
                return tuple(method.contract() for method in methods(package, client))
        except InputError:
            raise
        except Exception as problem:  # A broken client may raise anything.
            sentence = f"cannot be called as a client: {type(problem).__name__}: {problem}"
            raise InputError(sentence, Location(str(folder))) from problem
