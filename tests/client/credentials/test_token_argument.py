"""`token=` takes a string, a function or a source; a rejected token is replaced once, and mistakes are named."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import closing
from typing import Any

import anyio
import pytest
from anyio.lowlevel import checkpoint

from generated_client import AsyncClient, Client
from generated_client.credentials import MetadataService, explain
from generated_client.errors import (
    ApiError,
    CredentialsError,
    InvalidParameter,
    PermissionDenied,
    Unauthenticated,
)
from tests.client.callers import ClientFactory
from tests.client.credentials.services import (
    IMAGE,
    IMAGES,
    METADATA,
    UNAUTHENTICATED,
    Reply,
    Services,
    always,
    in_turn,
    metadata,
)
from tests.client.leak_detection import leaks


def counted() -> tuple[Callable[[], str], list[str]]:
    """A function that gives t1.1, t1.2 and so on, and what it has given."""
    returned: list[str] = []

    def function() -> str:
        returned.append(f"t1.{len(returned) + 1}")
        return returned[-1]

    return function, returned


def test_a_function_is_called_for_each_call(client_factory: ClientFactory, services: Services) -> None:
    function, _ = counted()
    with client_factory(base_url=services.url, token=function) as caller:
        caller.get("crp1")
        caller.get("crp1")
    assert services.tokens == ["t1.1", "t1.2"]


def test_a_function_runs_in_the_thread_of_the_call(services: Services) -> None:
    """Objects that belong to that thread work in it."""
    ours = threading.local()
    ours.token = "t1.of.this.thread"
    with closing(sqlite3.connect(":memory:")) as database:

        def query() -> str:
            (token,) = database.execute("SELECT 't1.of.a.database'").fetchone()
            return str(token)

        for function in (lambda: str(ours.token), query):
            with Client(function, base_url=services.url) as client:
                client.images.get("crp1")
    assert services.tokens == ["t1.of.this.thread", "t1.of.a.database"]


@pytest.mark.anyio
async def test_a_function_runs_in_the_event_loop_of_the_call_and_an_async_one_in_its_task(services: Services) -> None:
    task = anyio.get_current_task()
    ran_in: list[object] = []

    def token() -> str:
        ran_in.append((threading.get_ident(), anyio.get_current_task()))
        return "t1.sync"

    async def async_token() -> str:
        await checkpoint()
        ran_in.append((threading.get_ident(), anyio.get_current_task()))
        return "t1.async"

    for function in (token, async_token):
        async with AsyncClient(function, base_url=services.url) as client:
            await client.images.get("crp1")
            await client.images.get("crp1")
    assert services.tokens == ["t1.sync"] * 2 + ["t1.async"] * 2
    assert ran_in == [(threading.get_ident(), task)] * 4


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("string", ["t1.string"]),
        ("function", ["t1.1", "t1.2"]),
        ("function that returns the rejected token again", ["t1.stale"]),
        ("source", ["t1.minted.1", "t1.minted.2"]),
    ],
)
def test_a_rejected_token_is_replaced_once_if_there_is_another(
    client_factory: ClientFactory, services: Services, kind: str, sent: list[str]
) -> None:
    function, returned = counted()
    tokens = {
        "string": "t1.string",
        "function": function,
        "function that returns the rejected token again": lambda: "t1.stale",
        "source": MetadataService(services.address),
    }
    services.paths[IMAGES] = always(UNAUTHENTICATED)
    with client_factory(base_url=services.url, token=tokens[kind]) as caller, pytest.raises(Unauthenticated):
        caller.get("crp1")
    assert services.tokens == sent
    assert kind != "function" or returned == sent


@pytest.mark.parametrize("kind", ["function", "source"])
def test_a_call_succeeds_with_the_new_token_after_a_401(
    client_factory: ClientFactory, services: Services, kind: str
) -> None:
    services.paths[IMAGES] = in_turn(UNAUTHENTICATED, IMAGE)
    token = counted()[0] if kind == "function" else MetadataService(services.address)
    with client_factory(base_url=services.url, token=token) as caller:
        assert caller.get("crp1").id == "crp1"
    assert len(set(services.tokens)) == 2


def test_a_source_that_fails_after_a_401_is_asked_once_more_by_a_call_that_repeats(
    client_factory: ClientFactory, services: Services
) -> None:
    services.paths[IMAGES] = in_turn(UNAUTHENTICATED, IMAGE)
    services.paths[METADATA] = in_turn(metadata("t1.old"), Reply(503), metadata("t1.new"))
    with client_factory(base_url=services.url, token=MetadataService(services.address), retries=1) as caller:
        assert caller.get("crp1").id == "crp1"
    assert services.tokens == ["t1.old", "t1.new"]


def test_a_source_is_asked_anew_by_the_first_of_many_calls_that_are_refused(
    client_factory: ClientFactory, services: Services
) -> None:
    services.paths[IMAGES] = always(UNAUTHENTICATED)
    with client_factory(base_url=services.url, token=MetadataService(services.address)) as caller:
        for _ in range(20):
            with pytest.raises(Unauthenticated):
                caller.get("crp1")
    assert len(services.at(METADATA)) == 2


@pytest.mark.parametrize("kind", ["function", "source"])
def test_nothing_is_asked_anew_after_a_403(client_factory: ClientFactory, services: Services, kind: str) -> None:
    services.paths[IMAGES] = always(Reply(403, {"code": 7, "message": "not yours"}))
    function, returned = counted()
    token = function if kind == "function" else MetadataService(services.address)
    with pytest.raises(PermissionDenied), client_factory(base_url=services.url, token=token) as caller:
        caller.get("crp1")
    assert len(services.tokens) == 1
    assert len(returned) + len(services.at(METADATA)) == 1


CREATE = "; create an IAM token, for instance with `yc iam create-token`"
PARSE = "pass token=credentials.ServiceAccountKey.parse(…)"

TEXTS: Mapping[str, str] = {
    "Bearer t1.hidden": 'starts with "Bearer"; pass the token alone',
    "bearer  t1.hidden\n": 'starts with "Bearer"; pass the token alone',
    "Bearer": 'starts with "Bearer"; pass the token alone',
    "Authorization: Bearer t1.hidden": 'starts with "Bearer"; pass the token alone',
    '"t1.hidden"': "is in quotes; remove them",
    "'t1.hidden'\n": "is in quotes; remove them",
    "y0_hidden": f"looks like an OAuth token{CREATE}",
    "y1_hidden\n": f"looks like an OAuth token{CREATE}",
    "AQAAhidden": f"looks like an OAuth token{CREATE}",
    "AgAAhidden": f"looks like an OAuth token{CREATE}",
    "AQVNhidden": f"looks like an API key{CREATE}",
    "YCAJhidden": f"looks like a static access key{CREATE}",
    "YCPhidden": f"looks like a static access key{CREATE}",
    "c1.hidden": f"looks like an IAM cookie{CREATE}",
    "eyJhbGciOi.hidden": f"looks like a JWT; exchange it for an IAM token, or {PARSE} with the key",
    "-----BEGIN PRIVATE KEY-----\nhidden": f"looks like a private key; {PARSE} with its JSON file",
    '{"hidden": 1}': f"looks like JSON; pass the token in it, or {PARSE} with a service account key",
    "~/hidden": f"looks like a path; pass the token in the file, or {PARSE} with a service account key",
    "hidden/key.json": f"looks like a path; pass the token in the file, or {PARSE} with a service account key",
    "<hidden>": "looks like a placeholder; put the token in its place",
    "${HIDDEN}": "looks like a placeholder; put the token in its place",
    "t1 hidden": "must be visible ASCII characters, without a space or a line break",
    " t1.hidden": "must be visible ASCII characters, without a space or a line break",
    "t1.hidden\nt1.b": "must be visible ASCII characters, without a space or a line break",
    "t1.h\u00efdden": "must be visible ASCII characters, without a space or a line break",
    "\ufefft1.hidden": "must be visible ASCII characters, without a space or a line break",
}
"""A text that is not a token -> the reason to reject it."""

VALUES: Sequence[tuple[Any, str]] = [
    (b"t1.hidden", "must be a str, not bytes; decode it"),
    (7, "must be a str, not int"),
    (["t1.hidden"], "must be a str, not list"),
    ({"token": "hidden"}, "must be a str, not dict"),
    ({"access_token": "hidden", "expires_in": 1}, 'is a dict; pass its "access_token"'),
    ({"iamToken": "hidden"}, 'is a dict; pass its "iamToken"'),
    ({"iam_token": "hidden"}, 'is a dict; pass its "iam_token"'),
    ({"id": "a", "private_key": "hidden"}, f"is a service account key; {PARSE}"),
]
"""A value that is not a token -> the reason to reject it."""


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "is None instead of an IAM token"),
        ("", "must not be empty"),
        ("\n", "must not be empty"),
        *TEXTS.items(),
        *VALUES,
    ],
    ids=ascii,
)
def test_a_value_of_a_function_that_is_not_a_token_is_named_and_not_shown(value: Any, reason: str) -> None:
    with pytest.raises(InvalidParameter) as raised, Client(lambda: value, base_url="http://127.0.0.1:9") as client:
        client.images.get("crp1")
    assert str(raised.value) == f"token {reason}"
    assert leaks([raised.value], ["hidden", "HIDDEN"]) == []


@pytest.mark.parametrize(("text", "reason"), [("", "must not be empty"), *TEXTS.items()], ids=ascii)
def test_a_text_that_is_not_a_token_is_named_alike_wherever_it_is(
    monkeypatch: pytest.MonkeyPatch, text: str, reason: str
) -> None:
    for kind in (Client, AsyncClient):
        with pytest.raises(InvalidParameter) as raised:
            kind(token=text)
        assert str(raised.value) == f"token {reason}"
        assert leaks([raised.value], ["hidden", "HIDDEN"]) == []
    for name in ("YC_IAM_TOKEN", "YC_TOKEN") if text else ():
        monkeypatch.setenv(name, text)
        with pytest.raises(CredentialsError) as failed:
            Client()
        assert str(failed.value) == f"{name}: {reason}"
        assert leaks([failed.value, explain()], ["hidden", "HIDDEN"]) == []
        monkeypatch.delenv(name)


@pytest.mark.parametrize(("value", "reason"), VALUES, ids=ascii)
@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_an_argument_of_another_kind_is_named_and_not_shown(kind: Callable[..., Any], value: Any, reason: str) -> None:
    with pytest.raises(InvalidParameter) as raised:
        kind(token=value)
    assert str(raised.value) == f"token {reason}; or pass a function, or a source of credentials"
    assert leaks([raised.value], ["hidden"]) == []


@pytest.mark.parametrize(
    "token", ["any", "t1.x", "a.b/c", "/aB3/x+9==", "$", "YC", "AQ", "eY", "0", "bearer-token", "a:b"]
)
def test_a_token_of_a_form_of_its_own_is_sent(services: Services, token: str) -> None:
    """A test server or a gateway may have its own tokens."""
    with Client(token, base_url=services.url) as client:
        client.images.get("crp1")
    assert services.tokens == [token]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\n\n"])
def test_a_line_break_at_the_end_is_no_part_of_the_token(
    client_factory: ClientFactory, services: Services, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    token = f"t1.a.b{ending}"
    services.paths[METADATA] = always(metadata(token))
    for source in (token, lambda: token, MetadataService(services.address)):
        with client_factory(base_url=services.url, token=source) as caller:
            caller.get("crp1")
    for name in ("YC_IAM_TOKEN", "YC_TOKEN"):
        with monkeypatch.context() as environment:
            environment.setenv(name, token)
            with client_factory(base_url=services.url, token=None) as caller:
                caller.get("crp1")
    assert services.tokens == ["t1.a.b"] * 5


def test_an_async_function_is_refused_where_nobody_would_await_it(services: Services) -> None:
    async def later() -> str:
        return "t1.never"

    token: Any = later
    with (
        Client(token=token, base_url=services.url) as client,
        pytest.raises(InvalidParameter, match=r"^token must be no async function, which only an AsyncClient awaits$"),
    ):
        client.images.get("crp1")


@pytest.mark.anyio
async def test_an_async_function_that_returns_rubbish_is_refused_unseen(services: Services) -> None:
    async def rubbish() -> Any:
        return b"t1.hidden"

    async with AsyncClient(token=rubbish, base_url=services.url) as client:
        with pytest.raises(InvalidParameter, match=r"^token must be a str, not bytes; decode it$"):
            await client.images.get("crp1")


@pytest.mark.parametrize("kind", [RuntimeError, TimeoutError, ConnectionError, KeyError])
def test_a_function_that_raises_is_an_error_of_the_tree_with_its_cause(
    client_factory: ClientFactory, services: Services, kind: type[Exception]
) -> None:
    calls = 0

    def broken() -> str:
        nonlocal calls
        calls += 1
        raise kind("the vault is sealed")

    with pytest.raises(CredentialsError) as raised, client_factory(base_url=services.url, token=broken) as caller:
        caller.get("crp1")
    assert str(raised.value) == f"the function that gives the token raised {kind.__name__}"
    assert isinstance(raised.value, ApiError)
    assert type(raised.value.__cause__) is kind
    assert (calls, services.requests) == (1, [])


@pytest.mark.anyio
async def test_an_async_function_that_raises_is_one_too(services: Services) -> None:
    async def broken() -> str:
        await checkpoint()
        raise RuntimeError("the vault is sealed")

    token: Callable[[], Awaitable[str]] = broken
    async with AsyncClient(token=token, base_url=services.url) as client:
        with pytest.raises(CredentialsError, match=r"raised RuntimeError$"):
            await client.images.get("crp1")
