"""The Python snippets of the README run as they stand."""

import asyncio
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import generated_client
from generated_client.testing import FakeServer

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
CALLS, TESTING = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_snippet_of_calls_gets_an_image(
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


def test_the_snippet_of_a_test_passes() -> None:
    exec(TESTING, {})
