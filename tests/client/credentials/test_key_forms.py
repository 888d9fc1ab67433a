"""A service account key is read in each form in which people keep it; any other file or text gets one clear error."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from generated_client import Client
from generated_client.credentials import ServiceAccountKey, default, explain
from generated_client.errors import CredentialsError
from tests.client.credentials.keys import Key
from tests.client.leak_detection import leaks


def pretty(key: Key) -> str:
    return json.dumps(json.loads(key.json()), indent=2)


CONTENTS: Mapping[str, Callable[[Key], bytes]] = {
    "plain": lambda key: key.json().encode(),
    "indented": lambda key: pretty(key).encode(),
    "a line break at the end": lambda key: f"{key.json()}\r\n".encode(),
    "UTF-8 with BOM": lambda key: key.json().encode("utf-8-sig"),
    "UTF-16 with BOM": lambda key: key.json().encode("utf-16"),
    "UTF-16 BE with BOM": lambda key: b"\xfe\xff" + key.json().encode("utf-16-be"),
    "UTF-16 LE": lambda key: key.json().encode("utf-16-le"),
    "UTF-16 BE": lambda key: key.json().encode("utf-16-be"),
    "line breaks in the PEM": lambda key: key.json().replace("\\n", "\n").encode(),
    "Windows line breaks in the PEM": lambda key: key.json().replace("\\n", "\r\n").encode(),
    "line breaks escaped twice": lambda key: key.json().replace("\\n", "\\\\n").encode(),
    "base64": lambda key: base64.b64encode(key.json().encode()),
    "base64 in lines": lambda key: base64.encodebytes(pretty(key).encode()),
    "base64 of UTF-8 with BOM": lambda key: base64.b64encode(key.json().encode("utf-8-sig")),
}


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a key, in the home directory and the working directory."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "key.json"


@pytest.mark.parametrize("form", CONTENTS)
def test_a_file_of_any_form_works(key: Key, form: str, path: Path) -> None:
    path.write_bytes(CONTENTS[form](key))
    parsed = ServiceAccountKey.parse(path)
    assert (parsed.key_id, parsed.service_account_id) == ("key-1", "account-1")
    assert parsed.find_problem() is None


def test_a_path_of_any_form_works(key: Key, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(key.json())
    expected = ServiceAccountKey.parse(key.json())
    for argument in (str(path), path, "~/key.json", Path("~/key.json"), "key.json"):
        assert ServiceAccountKey.parse(argument) == expected
    for value in (str(path), "~/key.json", f"{path}\n"):
        monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", value)
        assert default() == expected


@pytest.mark.parametrize("form", [form for form in CONTENTS if not form.startswith("UTF-16")])
def test_a_text_of_any_form_works(key: Key, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = CONTENTS[form](key).decode()
    assert ServiceAccountKey.parse(text).find_problem() is None
    monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", text)
    assert default() == ServiceAccountKey.parse(text)


def test_a_dict_works(key: Key) -> None:
    assert ServiceAccountKey.parse(json.loads(key.json())) == ServiceAccountKey.parse(key.json())


BROKEN: Mapping[str, tuple[Callable[[Key], bytes], str]] = {
    "PEM": (
        lambda key: key.pem.encode(),
        "is a private key alone; use the whole JSON file that `yc iam key create` writes",
    ),
    "empty": (lambda _: b"", "is empty"),
    "blank": (lambda _: b" \n", "is empty"),
    "text": (lambda _: b"hidden", "is not valid JSON (line 1, column 1)"),
    "cut": (lambda key: key.json().encode()[:200], "is not valid JSON (line 1, column "),
    "two": (lambda _: b"{}\n{}", "is not valid JSON (line 2, column 1)"),
    "deep": (lambda _: b'{"a":' * 20000, "is not valid JSON"),
    "digits": (lambda _: b'{"a":' + b"1" * 5000 + b"}", "is not valid JSON"),
    "list": (lambda _: b"[]", "is not a JSON object"),
    "number": (lambda _: b"7", "is not a JSON object"),
    "Latin-1": (lambda _: b'{"id": "\xe9"}', "is not text in UTF-8 or UTF-16"),
    "half of UTF-16": (lambda _: b"\xff\xfe{", "is not text in UTF-8 or UTF-16"),
    "another object": (lambda _: b"{}", "has no id and no service_account_id and no private_key"),
    "no account": (lambda key: key.json(service_account_id=None).encode(), "has no service_account_id"),
    "a number as account": (lambda key: key.json(service_account_id=5).encode(), "has no service_account_id"),
    "an empty key": (lambda key: key.json(private_key="").encode(), "has no private_key"),
}


@pytest.mark.parametrize("form", BROKEN)
def test_a_broken_file_is_named_with_its_path(key: Key, form: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, reason = BROKEN[form]
    path.write_bytes(content(key))
    with pytest.raises(CredentialsError) as raised:
        ServiceAccountKey.parse(path)
    assert str(raised.value).startswith(f"the service account key in {path} {reason}")
    assert leaks([raised.value], ["hidden", *key.pem.splitlines()[1:-1]]) == []
    monkeypatch.setenv("YC_SERVICE_ACCOUNT_KEY_FILE", str(path))
    with pytest.raises(CredentialsError) as rejected:
        Client()
    assert str(rejected.value) == f"YC_SERVICE_ACCOUNT_KEY_FILE: {raised.value}"
    assert explain().splitlines()[2] == f"rejected: {rejected.value}"


@pytest.mark.parametrize("form", ["PEM", "two", "list", "another object", "no account", "an empty key", "deep"])
def test_a_broken_text_is_named(key: Key, form: str) -> None:
    content, reason = BROKEN[form]
    with pytest.raises(CredentialsError) as raised:
        ServiceAccountKey.parse(content(key).decode())
    assert str(raised.value).startswith(f"the service account key {reason}")
    assert leaks([raised.value], key.pem.splitlines()[1:-1]) == []


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/nonexistent/key.json", " in /nonexistent/key.json cannot be read: No such file or directory"),
        ("key", " in key cannot be read: No such file or directory"),
        ("/", " in / cannot be read: Is a directory"),
        ("~nobody-here/key.json", " in ~nobody-here/key.json cannot be read: invalid path"),
        ("k" * 5000, " cannot be read: File name too long"),
        ("a\0b", " cannot be read: invalid path"),
        ("A1b2" * 10, " cannot be read: No such file or directory"),
        ("t1.a.b", " cannot be read: No such file or directory"),
        ("", " is empty"),
        ("\n", " is empty"),
    ],
    ids=lambda text: ascii(text[:40]),
)
def test_a_path_without_a_file_is_shown_unless_it_may_be_a_secret(path: str, reason: str) -> None:
    with pytest.raises(CredentialsError) as raised:
        ServiceAccountKey.parse(path)
    assert str(raised.value) == f"the service account key{reason}"


@pytest.mark.parametrize(
    ("value", "kind"), [(None, "NoneType"), (b"hidden", "bytes"), (7, "int"), (["hidden"], "list")]
)
def test_a_key_of_another_type_is_named(value: Any, kind: str) -> None:
    with pytest.raises(CredentialsError) as raised:
        ServiceAccountKey.parse(value)
    assert str(raised.value) == f"the service account key must be a str, a path or a dict, not {kind}"
    assert leaks([raised.value], ["hidden"]) == []
