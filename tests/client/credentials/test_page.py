"""The snippets of docs/credentials.md run as they stand."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import generated_client
from generated_client import Client
from tests.client.credentials.keys import Key
from tests.client.credentials.services import Services

PAGE = (Path(__file__).parents[3] / "docs" / "credentials.md").read_text(encoding="utf-8")

SNIPPETS = dict(
    re.findall(r"^## ([^\n]+)\n(?:(?!^##|^```python).)*^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
)
"""Heading -> its snippet."""


@pytest.fixture
def base_urls(monkeypatch: pytest.MonkeyPatch, services: Services) -> list[str | None]:
    """The base URLs of the clients, which call the local services instead."""
    monkeypatch.setenv("YC_METADATA_ADDR", services.address)
    monkeypatch.setenv("YC_IAM_ENDPOINT", services.exchange.url)
    base_urls: list[str | None] = []

    def client(base_url: str | None = None, **arguments: Any) -> Client:
        base_urls.append(base_url)
        return Client(base_url=services.url, **arguments)

    monkeypatch.setattr(generated_client, "Client", client)
    return base_urls


def run(heading: str) -> dict[str, Any]:
    """Run the snippet below a heading; return its names."""
    names: dict[str, Any] = {}
    exec(SNIPPETS[heading], names)
    return names


def test_every_snippet_has_a_test() -> None:
    assert list(SNIPPETS) == ["Laptop", "Cloud function", "Virtual machine", "CI", "Installations"]
    assert len(SNIPPETS) == PAGE.count("```python")


@pytest.mark.usefixtures("base_urls")
def test_a_laptop_asks_yc(services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    yc = tmp_path / "yc"
    yc.write_text('#!/bin/sh\necho "t1.of.$1-$2"\n')
    yc.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert run("Laptop")["image"].id == "crp1"
    assert services.tokens == ["t1.of.iam-create-token"]


@pytest.mark.usefixtures("base_urls")
def test_a_function_passes_its_context(services: Services) -> None:
    context = SimpleNamespace(token={"access_token": "t1.of.context", "expires_in": 43200, "token_type": "Bearer"})
    assert run("Cloud function")["handler"]({"image_id": "crp1"}, context) == ""
    assert services.tokens == ["t1.of.context"]


@pytest.mark.usefixtures("base_urls")
def test_a_machine_asks_its_metadata_service(services: Services) -> None:
    assert run("Virtual machine")["image"].id == "crp1"
    assert len(services.metadata.requests) == 1


@pytest.mark.usefixtures("base_urls")
def test_a_pipeline_exchanges_its_key(
    services: Services, key: Key, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "key.json").write_text(key.json())
    assert run("CI")["image"].id == "crp1"
    monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", key.json())
    assert run("Virtual machine")["image"].id == "crp1"
    assert (len(services.exchange.requests), services.metadata.requests) == (2, [])


def test_a_client_of_the_other_installation_has_its_base_url(base_urls: list[str | None]) -> None:
    assert run("Installations")["image"].id == "crp1"
    assert base_urls == ["https://container-registry.api.yandexcloud.kz"]
