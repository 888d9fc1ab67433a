"""The examples in the docstrings of more methods, run against the fake server."""

import asyncio
from typing import Any

import pytest

from tests.client.docstring_examples import methods_of, run_examples

WITH_EXAMPLE = {"delete", "get", "list", "plan", "update"}
"""The methods of which the specification has examples of each required argument and of the response."""


@pytest.mark.parametrize("kind", ["Client", "AsyncClient"])
def test_examples_run(boats: Any, fake_server: Any, kind: str) -> None:
    names = {name: getattr(boats, name) for name in boats.__all__}

    async def examples(method: Any) -> int:
        client = names[kind]("any", transport=fake_server.transport)
        return await run_examples(method, {**names, "client": client})

    numbers = {method.__name__: asyncio.run(examples(method)) for method in methods_of(names[kind])}
    with_example = {name.removesuffix("_detailed") for name, number in numbers.items() if number}
    assert with_example == WITH_EXAMPLE
    assert sum(map(bool, numbers.values())) == 2 * len(WITH_EXAMPLE)
