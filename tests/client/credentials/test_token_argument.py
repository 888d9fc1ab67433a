"""`token=` takes a string, a function or a source; a rejected token is replaced once, and mistakes are named."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import anyio
import pytest
from anyio.lowlevel import checkpoint

from generated_client import AsyncClient, Client
from generated_client.credentials import cached, explain
from generated_client.errors import ApiError, CredentialsError, InvalidParameter, PermissionDenied, Unauthenticated
from tests.client.callers import ClientFactory
from tests.client.credentials.services import IMAGE, UNAUTHENTICATED, ErrorOf, Reply, Services, counted, metadata
from tests.client.leak_detection import leaks


def test_a_function_is_called_for_each_call_in_its_thread(services: Services) -> None:
    """Objects that belong to a thread, such as the connection of a database, work in it."""
    ours = threading.local()
    ours.tokens = ["t1.second", "t1.first"]
    with Client(lambda: str(ours.tokens.pop()), base_url=services.url) as client:
        client.images.get("crp1")
        client.images.get("crp1")
    assert services.tokens == ["t1.first", "t1.second"]


@pytest.mark.anyio
async def test_a_function_runs_in_the_event_loop_of_the_call_and_an_async_one_in_its_task(services: Services) -> None:
    ran_in: list[object] = []

    def token() -> str:
        ran_in.append((threading.get_ident(), anyio.get_current_task()))
        return "t1.sync"

    async def async_token() -> str:
        await checkpoint()
        token()
        return "t1.async"

    for function in (token, async_token):
        async with AsyncClient(function, base_url=services.url) as client:
            await client.images.get("crp1")
            await client.images.get("crp1")
    assert services.tokens == ["t1.sync"] * 2 + ["t1.async"] * 2
    assert ran_in == [(threading.get_ident(), anyio.get_current_task())] * 4


@pytest.fixture
def token(request: pytest.FixtureRequest, services: Services) -> Any:
    """The token argument of a client, by its kind."""
    return {
        "string": "t1.string",
        "stale function": lambda: "t1.stale",
        "function": counted(),
        "cached function": cached(counted(), 3600),
        "source": services.source,
    }[request.param]


@pytest.mark.parametrize(
    ("token", "sent"),
    [
        ("string", ["t1.string"]),
        ("stale function", ["t1.stale"]),
        ("function", ["t1.1", "t1.2"]),
        ("cached function", ["t1.1", "t1.2"]),
        ("source", ["t1.minted.1", "t1.minted.2"]),
    ],
    indirect=["token"],
)
def test_a_rejected_token_is_replaced_once_if_there_is_another(
    error_of: ErrorOf, services: Services, token: Any, sent: list[str]
) -> None:
    services.images.respond(UNAUTHENTICATED)
    error_of(Unauthenticated, token=token)
    assert services.tokens == sent


@pytest.mark.parametrize("token", ["function", "cached function", "source"], indirect=True)
def test_a_call_succeeds_with_the_new_token(connect: ClientFactory, services: Services, token: Any) -> None:
    services.images.respond(UNAUTHENTICATED, IMAGE)
    with connect(token=token) as caller:
        assert caller.get().id == "crp1"


def test_a_source_that_fails_after_a_401_is_asked_once_more_by_a_retry(
    connect: ClientFactory, services: Services
) -> None:
    services.images.respond(UNAUTHENTICATED, IMAGE)
    services.metadata.respond(metadata("t1.old"), Reply(503), metadata("t1.new"))
    with connect(token=services.source, retries=1) as caller:
        assert caller.get().id == "crp1"
    assert services.tokens == ["t1.old", "t1.new"]


def test_a_source_is_asked_anew_by_the_first_of_many_rejected_calls(connect: ClientFactory, services: Services) -> None:
    services.images.respond(UNAUTHENTICATED)
    with connect(token=services.source) as caller:
        for _ in range(20):
            caller.error_of(Unauthenticated)
    assert len(services.metadata.requests) == 2


@pytest.mark.parametrize("token", ["function", "source"], indirect=True)
def test_nothing_is_asked_anew_after_a_403(error_of: ErrorOf, services: Services, token: Any) -> None:
    services.images.respond(Reply(403, {"code": 7, "message": "not yours"}))
    error_of(PermissionDenied, token=token)
    assert len(services.tokens) == 1
    assert token() == "t1.2" if callable(token) else len(services.metadata.requests) == 1


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
    "AQAAhidden": f"looks like an OAuth token{CREATE}",
    "AgAAhidden": f"looks like an OAuth token{CREATE}",
    "AQVNhidden": f"looks like an API key{CREATE}",
    "YCAJhidden": f"looks like a static access key{CREATE}",
    "c1.hidden": f"looks like an IAM cookie{CREATE}",
    "eyJhbGciOi.hidden": f"looks like a JWT; exchange it for an IAM token, or {PARSE} with the key",
    "-----BEGIN PRIVATE KEY-----\nhidden": f"looks like a private key; {PARSE} with its JSON file",
    '{"hidden": 1}': f"looks like JSON; pass the token in it, or {PARSE} with a service account key",
    "~/hidden": f"looks like a path; pass the token in the file, or {PARSE} with a service account key",
    "hidden/key.json": f"looks like a path; pass the token in the file, or {PARSE} with a service account key",
    "<hidden>": "looks like a placeholder; put the token in its place",
    "${HIDDEN}": "looks like a placeholder; put the token in its place",
    " t1.hidden": "must be visible ASCII characters, without a space or a line break",
    "t1.hidden\nt1.b": "must be visible ASCII characters, without a space or a line break",
    "t1.h\u00efdden": "must be visible ASCII characters, without a space or a line break",
    "\ufefft1.hidden": "must be visible ASCII characters, without a space or a line break",
}
"""A text that is not a token -> the reason to reject it."""

VALUES: Sequence[tuple[Any, str]] = [
    (b"t1.hidden", "must be a str, not bytes; decode it"),
    (["t1.hidden"], "must be a str, not list"),
    ({"token": "hidden"}, "must be a str, not dict"),
    ({"access_token": "hidden", "expires_in": 1}, 'is a dict; pass its "access_token"'),
    ({"iamToken": "hidden"}, 'is a dict; pass its "iamToken"'),
    ({"iam_token": "hidden"}, 'is a dict; pass its "iam_token"'),
    ({"id": "a", "private_key": "hidden"}, f"is a service account key; {PARSE}"),
]
"""A value that is not a token -> the reason to reject it."""

EMPTY = [("", "must not be empty"), ("\n", "must not be empty")]


@pytest.mark.parametrize(
    ("value", "reason"), [(None, "is None instead of an IAM token"), *EMPTY, *TEXTS.items(), *VALUES], ids=ascii
)
@pytest.mark.parametrize("is_cached", [False, True], ids=["function", "cached"])
def test_a_value_of_a_function_that_is_not_a_token_is_named_and_not_shown(
    value: Any, reason: str, *, is_cached: bool
) -> None:
    token = cached(lambda: value, 3600) if is_cached else lambda: value
    with pytest.raises(InvalidParameter) as raised, Client(token, base_url="http://127.0.0.1:9") as client:
        client.images.get("crp1")
    assert str(raised.value) == f"token {reason}"
    assert leaks([raised.value], ["hidden", "HIDDEN"]) == []


@pytest.mark.parametrize(("value", "reason"), [*EMPTY, *TEXTS.items(), *VALUES], ids=ascii)
@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_an_argument_that_is_not_a_token_is_named_and_not_shown(
    kind: Callable[..., Any], value: Any, reason: str
) -> None:
    with pytest.raises(InvalidParameter) as raised:
        kind(token=value)
    instead = "" if isinstance(value, str) else "; or pass a function, or a source of credentials"
    assert str(raised.value) == f"token {reason}{instead}"
    assert leaks([raised.value], ["hidden", "HIDDEN"]) == []


@pytest.mark.parametrize(("text", "reason"), TEXTS.items(), ids=ascii)
@pytest.mark.parametrize("name", ["YC_IAM_TOKEN", "YC_TOKEN"])
def test_a_variable_that_is_not_a_token_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, reason: str
) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(CredentialsError) as raised:
        Client()
    assert str(raised.value) == f"{name}: {reason}"
    assert leaks([raised.value, explain()], ["hidden", "HIDDEN"]) == []


@pytest.mark.parametrize("token", ["any", "a.b/c", "/aB3/x+9==", "$", "YC", "AQ", "eY", "bearer-token", "a:b"])
def test_a_token_of_a_form_of_its_own_is_sent(services: Services, token: str) -> None:
    """A test server or a gateway may have its own tokens."""
    with Client(token, base_url=services.url) as client:
        client.images.get("crp1")
    assert services.tokens == [token]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\n\n"])
def test_a_line_break_at_the_end_is_no_part_of_the_token(
    connect: ClientFactory, services: Services, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    token = f"t1.a.b{ending}"
    services.metadata.respond(metadata(token))
    for source in (token, lambda: token, services.source):
        with connect(token=source) as caller:
            caller.get()
    for name in ("YC_IAM_TOKEN", "YC_TOKEN"):
        monkeypatch.setenv(name, token)
        with connect(token=None) as caller:
            caller.get()
        monkeypatch.delenv(name)
    assert services.tokens == ["t1.a.b"] * 5


async def later() -> Any:
    """A function that gives no token, late."""
    await checkpoint()
    return b"t1.hidden"


@pytest.mark.parametrize("token", [later, cached(later, 3600)], ids=["function", "cached"])
def test_an_async_function_is_rejected_by_a_sync_client(token: Any) -> None:
    with Client(token) as client, pytest.raises(InvalidParameter) as raised:
        client.images.get("crp1")
    assert str(raised.value) == "token must be no async function, which only an AsyncClient awaits"


@pytest.mark.parametrize("cause", [RuntimeError, TimeoutError, ConnectionError])
@pytest.mark.parametrize("is_cached", [False, True], ids=["function", "cached"])
def test_a_function_that_raises_is_reported_with_its_cause(
    error_of: ErrorOf, services: Services, cause: type[Exception], *, is_cached: bool
) -> None:
    calls = 0

    def broken() -> str:
        nonlocal calls
        calls += 1
        raise cause("the vault is sealed")

    error = error_of(CredentialsError, token=cached(broken, 3600) if is_cached else broken)
    assert type(error) is CredentialsError
    assert str(error) == f"the function that gives the token raised {cause.__name__}"
    assert type(error.__cause__) is cause
    assert (calls, services.requests) == (1, [])


async def broken() -> str:
    """An async function that raises, late."""
    await checkpoint()
    raise RuntimeError("the vault is sealed")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("function", "text"),
    [
        (later, "token must be a str, not bytes; decode it"),
        (lambda: b"t1.hidden", "token must be a str, not bytes; decode it"),
        (broken, "the function that gives the token raised RuntimeError"),
    ],
)
async def test_a_function_of_an_async_client_without_a_token_is_an_error_that_does_not_show_its_value(
    function: Any, text: str
) -> None:
    async with AsyncClient(function) as client:
        with pytest.raises(ApiError) as raised:
            await client.images.get("crp1")
    assert str(raised.value) == text
    assert leaks([raised.value], ["hidden"]) == []
