"""Reads the generated package into contracts, by looking at it as its user gets it.

Signatures, annotations, docstrings, and what happens when it is called: which arguments are refused, which bytes
would leave, how an answer is read and written back. Never the specification, nor what the generator noted for others.
"""

from __future__ import annotations

from pathlib import Path

from generator.contract.facts import Contract
from generator.errors import InputError, Location

from .methods import methods
from .package import loaded


def read(folder: Path) -> tuple[Contract, ...]:
    """The contract of each method of the client in a folder, in the order of their names.

    Raises InputError where there is no client, or one that cannot be called.
    """
    with loaded(folder) as package:
        try:
            with package.client() as client:
                return tuple(method.contract() for method in methods(package, client))
        except InputError:
            raise
        except Exception as problem:  # Whatever a broken client raises, it is one that cannot be called.
            sentence = f"cannot be called as a client: {type(problem).__name__}: {problem}"
            raise InputError(sentence, Location(str(folder))) from problem
