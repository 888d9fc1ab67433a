"""The examples in the docstrings and the README run against the fake server as they stand."""

import asyncio
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import generated_client
from generated_client import AsyncClient, Client
from generated_client.testing import FakeServer
from tests.client.docstring_examples import methods_of, run_examples

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
CALLS, TESTING = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_sync_and_async_clients_have_the_same_methods() -> None:
    assert [method.__name__ for method in methods_of(Client)] == [method.__name__ for method in methods_of(AsyncClient)]


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_the_examples_of_a_client_and_of_its_methods(kind: type[Client] | type[AsyncClient]) -> None:
    """A method has an example if the specification has one of each value that it needs."""
    client: partial[Any] = partial(kind, "any", transport=FakeServer().transport)
    assert asyncio.run(run_examples(kind, {kind.__name__: client}))
    methods = [*methods_of(kind)]
    counts = [asyncio.run(run_examples(method, {"client": client()})) for method in methods]
    assert [bool(count) for count in counts] == ["Examples:" in method.__doc__ for method in methods]
    assert any(counts)


def test_the_calls_of_the_readme_get_an_image(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The clients call a fake server instead of the service, and take their token from the environment."""
    monkeypatch.setenv("YC_IAM_TOKEN", "t1.a.b")
    snippet: dict[str, Any] = {}
    with FakeServer() as fake_server:
        for name in ("Client", "AsyncClient"):
            client = getattr(generated_client, name)
            monkeypatch.setattr(generated_client, name, partial(client, base_url=fake_server.url))
        exec(CALLS, snippet)
        image = snippet["image"]
        assert asyncio.run(snippet["image_name"]()) == image.name
        fake_server.assert_no_violations()
    assert len(fake_server.requests) == 2
    digests = [layer.digest for layer in image.layers]
    assert image.name
    assert digests
    assert capsys.readouterr().out == f"{image.name} {image.compressed_size} {image.created_at}\n{digests}\n"


def test_the_test_of_the_readme_passes() -> None:
    exec(TESTING, {})
