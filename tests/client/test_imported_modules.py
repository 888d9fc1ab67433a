"""The modules that a program loads until it has its first image: every one delays its start."""

import sys

import pytest

from generated_client.testing import FakeServer
from tests.client.programs import run_program

PROGRAM = """
import sys
sys.modules["trio"] = None  # httpcore imports it if it is installed.
before = set(sys.modules)
import generated_client
print(*set(sys.modules) - before)
with generated_client.Client("t1.a.b", base_url=sys.argv[1]) as client:
    client.images.get("crp5o1vp3mk7vq1ql0b9")
print(*set(sys.modules) - before)
"""

IMPORTED = """
    _arguments _call_record _call_state _calls _client _clock _connection _display _duration _encode _exchange _http
    _importing _json_values _limits _patterns _retries _scalars _secret _timestamp _token_mistakes
    _tokens _wire
    api client errors models
"""
"""The modules of the package that `import generated_client` loads, beside those of its methods and models."""

OF_OTHER_METHODS = {"_checks", "_deprecation", "_pages"}
"""Those that a method or a model of another kind needs."""

CALLED = "_network _pools _resolver _routes _sockets _traffic _transport _transport_errors"
"""Those that a client and its first call add."""

LIBRARIES = {"anyio", "attr", "attrs", "certifi", "h11", "httpcore", "sniffio", "truststore", "typing_extensions"}
"""The libraries of others; httpcore itself imports what is not `attrs`."""

AVOIDED = {"asyncio", "email", "hashlib", "http", "httpx", "urllib.request"}
"""Modules that only some calls need."""


@pytest.fixture(scope="module")
def loaded() -> list[set[str]]:
    """The modules that are loaded after the import of the client, and after its first call."""
    with FakeServer() as fake_server:
        return [set(line.split()) for line in run_program(PROGRAM, fake_server.url)]


@pytest.mark.parametrize(("step", "expected"), [(0, IMPORTED), (1, IMPORTED + CALLED)], ids=["import", "call"])
def test_only_the_needed_modules_of_the_package_are_loaded(loaded: list[set[str]], step: int, expected: str) -> None:
    own = {name.removeprefix("generated_client.") for name in loaded[step] if name.startswith("generated_client.")}
    runtime = {name for name in own if not name.startswith(("api.", "models."))}
    assert runtime - OF_OTHER_METHODS == set(expected.split())


def test_only_the_needed_libraries_are_loaded(loaded: list[set[str]]) -> None:
    before, after = ({name.partition(".")[0] for name in names} - sys.stdlib_module_names for names in loaded)
    assert before <= {"generated_client", *LIBRARIES} - {"certifi", "h11", "httpcore", "truststore"}
    assert after <= {"generated_client", *LIBRARIES}


def test_what_only_some_calls_need_is_not_loaded(loaded: list[set[str]]) -> None:
    """Unless the HTTP library itself imports it, as httpcore2 does `email`."""
    (of_library,) = run_program('import sys; sys.modules["trio"] = None; import httpcore; print(*sys.modules)')
    assert not loaded[1] & AVOIDED - {*of_library.split()}
