"""Facts that are written down are read back the same; an edited lock is rejected."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.contract.facts import Constraints, Contract, Field, Value
from generator.contract.keywords import KEYWORDS
from generator.contract.lock import dump_lock, parse_lock, read_lock
from generator.contract.reader_notes import Contradiction, Page, UnparsedText
from generator.contract.serialize import from_dict, to_dict
from generator.errors import InputError, Location
from generator.vendoring.atomic import write_file
from generator.yaml_document import loads
from tests.generator.contracts import LOCK, SPECIFICATION, contract

PAGE = Page("get.md", "ab" * 32, "pipe-table", "en", "O3")


def locked(**fields: Mapping[str, Value]) -> Contract:
    return evolve(contract(LOCK, **fields), page=PAGE)


def test_the_notation_is_the_designs() -> None:
    """Page, operation, parameters, body, response, unread; each subject on one level with its line at the end."""
    read = evolve(
        locked(**{"tags[]": {"enum": ("A", "B")}}),
        unparsed=(UnparsedText("Must shine.", Location("get.md", 9)),),
        contradictions=(Contradiction("Two types.", Location("get.md", 4), Location("get.md", 5)),),
    )
    assert to_dict(read) == {
        "page": {"name": "get.md", "sha256": "ab" * 32, "layout": "pipe-table", "language": "en", "generation": "O3"},
        "operation": {"method": "GET", "url": "https://boats.example/boats/{boatId}", "line": 1},
        "parameters": [{"path": "boatId", "in": "path", "type": "string", "required": True, "line": 2}],
        "body": [],
        "response": {
            "status": 200,
            "line": 3,
            "fields": [{"path": "tags[]", "type": "string", "enum": ["A", "B"], "line": 4}],
        },
        "unread": [{"line": 9, "text": "Must shine."}],
        "disagreements": [{"line": 4, "other_line": 5, "text": "Two types."}],
    }


TEXTS = st.text(min_size=1, max_size=20) | st.sampled_from(
    ["yes", "null", "1e3", "2026-11-01", "0x1F", "~", "a: b", "#"]
)
VALUES: st.SearchStrategy[Value] = st.one_of(
    TEXTS,
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
)
CONSTRAINTS = st.dictionaries(st.sampled_from(sorted(KEYWORDS)), VALUES, max_size=5).map(Constraints)


@settings(max_examples=40)
@given(st.dictionaries(TEXTS, CONSTRAINTS, max_size=4))
def test_what_is_locked_is_read_back(fields: dict[str, Constraints]) -> None:
    """Values may look like others to YAML; the lines of the page stand behind the lock's own."""
    rows = tuple(Field(path, row, Location("get.md", line)) for line, (path, row) in enumerate(fields.items(), 10))
    original = evolve(locked(), response=evolve(locked().response, fields=rows))
    again = parse_lock(loads(dump_lock(original), "lock.yaml"))
    assert again == original
    assert [field.location.origin for field in again.response.fields] == [field.location for field in rows]


def test_a_lock_holds_facts_alone() -> None:
    """Each subject is a line of its own, under a head that says who writes it, over the digest."""
    text = dump_lock(locked(id={"readOnly": True}))
    assert text.startswith("# The facts of a documentation page")
    assert "- {path: id, type: string, readOnly: true, line: 4}\n" in text
    assert text.splitlines()[-1].startswith("digest: ")
    assert "unread" not in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("readOnly: true", "readOnly: false"),
        ("line: 4", "line: 5"),
        ("name: get.md", "name: list.md"),
        ("digest: ", "digests: "),
        ("digest: ", "digest: a"),
    ],
)
def test_an_edited_lock_is_noticed(tmp_path: Path, old: str, new: str) -> None:
    """The sentence names the file and the command that repairs it."""
    text, file = dump_lock(locked(id={"readOnly": True})), tmp_path / "boat.get.yaml"
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as edited:
        read_lock(file)
    repair = f"python -m generator read PAGE --lock {file}"
    assert edited.value.message == f"was edited by hand; write it again: {repair}"
    assert edited.value.location.file == str(file)


def test_a_lock_of_another_version_is_refused() -> None:
    """A form that is not `to_dict`'s is a sentence, not a traceback."""
    for text in ("page: {name: get.md}", "operation: 1", "operation: {method: GET, url: /, line: 1}"):
        with pytest.raises(InputError, match="was not written by this version"):
            from_dict(loads(text, "lock.yaml"))


def test_a_contract_without_a_page_is_a_specification() -> None:
    """So is what the client was generated from."""
    text = "operation: {method: GET, url: /, line: 1}\nparameters: []\nbody: []\n"
    text += "response: {status: 200, line: 2, fields: []}\n"
    assert from_dict(loads(text, "manifest.json")).witness is SPECIFICATION


def test_a_lock_is_written_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failure the old one stays and nothing is left beside it; modes do not depend on the umask."""
    file = tmp_path / "boat.get.yaml"
    with pytest.raises(InputError, match="cannot be written: No such file or directory"):
        write_file(b"a", tmp_path / "none" / file.name)  # Folders are not made by accident.
    umask = os.umask(0o077)
    try:
        write_file(b"a", file)
    finally:
        os.umask(umask)
    assert stat.S_IMODE(file.stat().st_mode) == 0o644

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="cannot be written: No space left on device"):
        write_file(b"b", file)
    assert (list(tmp_path.iterdir()), file.read_bytes()) == ([file], b"a")
