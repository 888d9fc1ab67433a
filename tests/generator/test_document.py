"""YAML and JSON are read as plain data with lines; `$ref`s are resolved through files."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import InputError, Location
from generator.yaml_document import References, YamlMapping, YamlSequence, dumps, load, loads
from generator.yaml_document.references import count_nodes

DOCUMENT = """\
# a comment
boats:
  - name: first
    masts: [1, 2]
  - {name: second, tall: true}
"""


def test_every_value_knows_its_line() -> None:
    """Keys and items have lines of their own; a key that is not there has its mapping's."""
    document = loads(DOCUMENT, "boats.yaml")
    boats = document["boats"]
    assert (document.location.line, document.location_of("boats").line) == (2, 2)
    assert isinstance(boats, YamlSequence)
    assert boats.lines == [3, 5]
    assert isinstance(boats[0], YamlMapping)
    assert boats[0].location_of("masts") == Location("boats.yaml", 4)
    assert boats[1].location_of("none") == boats[1].location


def test_scalars_are_those_of_json() -> None:
    """YAML 1.2: a date, `no` and `0x1F` are texts."""
    document = loads("{a: no, b: 2026-11-01, c: 0x1F, d: 1e3, e: ~, f: -0.5, g: true, h: 010, i: '1'}", "x.yaml")
    expected = ["no", "2026-11-01", "0x1F", 1000.0, None, -0.5, True, "010", "1"]
    assert [(type(value), value) for value in document.values()] == [(type(value), value) for value in expected]


def doubling(count: int) -> str:
    """Lists of which each holds the one before twice: 2 ** count values once the aliases are expanded."""
    return "\n".join(["a0: &a0 [1]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, count))])


NESTED_ALIASES = "\n".join(["a0: &a0 [1]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 101))])

INVALID = {
    "nothing": ("", 0, "has no mapping at its top, but nothing; write `key: value` lines"),
    "a list": ("- 1", 0, "has no mapping at its top, but a list; write `key: value` lines"),
    "a key twice": ("a: 1\nb:\n  c: 1\n  c: 2\n", 4, "the key 'c' is duplicated (first in line 3); remove one"),
    "a key that is a list": ("? [1]\n: 2\n", 1, "a key must be a text; quote a bracket at its start"),
    "a merge key": ("a: &a {b: 1}\nc:\n  <<: *a\n", 3, "YAML 1.2 has no merge key `<<`; write the keys out, or"),
    "a tag": ("a: !!python/name:os.system ''", 1, "has the tag or value 'python/name:os.system'"),
    "a set": ("a: !!binary aGk=", 1, "has the tag or value 'binary'"),
    "a number without end": (f"a: {'9' * 5000}", 1, "has the tag or value 'int'"),
    "a number past the largest": ("a: 1e999", 1, "has the tag or value 'float'"),
    "an alias of what it stands in": ("a: &a\n  b: *a\n", 2, "is an alias of what it stands in; write the value out"),
    "nesting without end": (f"a: {'[' * 150}{']' * 150}", 1, "is nested more than 100 levels deep"),
    "aliases that double": (doubling(30), 0, "holds more than 50000 keys and values, aliases expanded"),
    "aliases of a long text": (
        f"a: &a {'x' * 400_000}\nb: [{'*a, ' * 40}]\n",
        0,
        "holds more than 16000000 characters",
    ),
    "aliases that nest": (NESTED_ALIASES, 0, "is nested more than 100 levels deep"),
    "nesting beyond the stack": (f"a: {'[' * 50_000}", 1, "is n"),  # PyYAML's own limit can come first.
}


@pytest.mark.parametrize(("text", "line", "message"), INVALID.values(), ids=INVALID)
def test_invalid_yaml_is_rejected(text: str, line: int, message: str) -> None:
    """In one sentence with its line; a walk through a document that is too large would never end."""
    with pytest.raises(InputError) as rejected:
        loads(text, "x.yaml")
    assert rejected.value.message.startswith(message)
    assert "\n" not in rejected.value.message
    assert rejected.value.location.line == line or not line


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    """Some editors write one."""
    (tmp_path / "bom.yaml").write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert dict(load(tmp_path / "bom.yaml")) == {"a": 1, "b": 2}


def test_a_value_reached_by_two_aliases_is_built_once() -> None:
    document = loads("a: &a [1]\nb: [*a, *a]\n", "x.yaml")
    assert document["b"][0] is document["b"][1]


@pytest.fixture
def at_most_a_hundred(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit that a short text reaches."""
    for module in ("loading", "references"):
        monkeypatch.setattr(f"generator.yaml_document.{module}.MAXIMUM_NODES", 100)


def keys(count: int) -> str:
    return "".join(f"a{n}: 1\n" for n in range(count))


@pytest.mark.usefixtures("at_most_a_hundred")
def test_what_is_just_small_enough_is_read(tmp_path: Path) -> None:
    """Documents that are referred to are counted together."""
    assert count_nodes(loads(keys(49), "x.yaml")) == 99
    assert count_nodes(loads(doubling(4), "x.yaml")) == 46
    for text in (keys(50), doubling(6)):
        with pytest.raises(InputError, match="holds more than 100 keys and values"):
            loads(text, "x.yaml")
    for name in ("b.yaml", "c.yaml"):
        (tmp_path / name).write_text(keys(30), encoding="utf-8")
    (tmp_path / "root.yaml").write_text("b: {$ref: 'b.yaml#/a1'}\nc: {$ref: 'c.yaml#/a1'}\n", encoding="utf-8")
    root = load(tmp_path / "root.yaml")
    references = References.of(root)
    assert references.resolve(root["b"])[0] == 1
    with pytest.raises(InputError, match=r"leads to .*c.yaml:1: makes the documents .* more than 100 keys"):
        references.resolve(root["c"])


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(60_000_000)


FILES: Mapping[str, tuple[Callable[[Path], object], str]] = {
    "none": (str, "cannot be read: No such file or directory"),
    "a pipe": (os.mkfifo, "is not a regular file; save its content in one"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "is not a regular file; save its content in one"),
    "a folder": (Path.mkdir, "cannot be read: Is a directory"),
    "a circle": (lambda path: path.symlink_to(path), "cannot be read: Too many levels of symbolic links"),
    "a huge one": (huge, "is larger than 16000000 bytes; split it, or name another file"),
    "another encoding": (lambda path: path.write_bytes(b"a: \xe9"), "is not UTF-8 (byte 3); save it as UTF-8"),
}


@pytest.mark.parametrize(("make", "sentence"), FILES.values(), ids=FILES)
def test_only_regular_files_of_a_bounded_size_are_read(
    tmp_path: Path, make: Callable[[Path], object], sentence: str
) -> None:
    """Nothing waits for a pipe, and nothing reads a device until the memory is full."""
    path = tmp_path / "x.yaml"
    make(path)
    with pytest.raises(InputError) as rejected:
        load(path)
    assert str(rejected.value) == f"{path}: {sentence}"
    root = loads("a: {$ref: 'x.yaml#/a'}\n", str(tmp_path / "root.yaml"))
    with pytest.raises(InputError) as rejected:
        References.of(root, tmp_path / "root.yaml").resolve(root["a"])
    assert sentence in rejected.value.message


COMPONENTS = "components: {schemas: {Boat: {a: 1}, river/Mast: {a: 1}}}\na:\n  $ref: "
NEAR = "leads nowhere; did you mean `#/components/schemas/"
REFERENCES: Mapping[str, str] = {
    "'#/none'": "`$ref: #/none` leads nowhere",
    "'#none'": "`$ref: #none` leads nowhere",
    "'http://[x'": "`$ref: http://[x` leads nowhere",
    "1": "`$ref` must be a text",
    "'#/a'": "leads in a circle",
    "none.yaml": "none.yaml: cannot be read: No such file or directory",
    "bad.yaml": "bad.yaml:1: is not YAML: ",
    "'https://example.com/x.yaml'": "refers to another host; keep a copy",
    "'#/components/schemas/Boot'": f"`$ref: #/components/schemas/Boot` {NEAR}Boat`?",
    "'#/components/schema/Boat'": f"`$ref: #/components/schema/Boat` {NEAR}Boat`?",
    "Boat": f"`$ref: Boat` {NEAR}Boat`?",
    "components/schemas/Boat": f"`$ref: components/schemas/Boat` {NEAR}Boat`?",
    "'#/components/schemas/river~1Mas'": f"`$ref: #/components/schemas/river~1Mas` {NEAR}river~1Mast`?",
    "'#/components/schemas/Zeppelin'": "`$ref: #/components/schemas/Zeppelin` leads nowhere",
    "#/components/schemas/Boat": "`$ref` is empty; quote it, because an unquoted `#` starts a comment",
}


@pytest.mark.parametrize(("reference", "message"), REFERENCES.items())
def test_references_that_lead_nowhere_are_refused(tmp_path: Path, reference: str, message: str) -> None:
    """With where they stand, what is wrong there, and the component that resembles the name."""
    (tmp_path / "bad.yaml").write_text("a: [", encoding="utf-8")
    root = loads(COMPONENTS + reference, str(tmp_path / "root.yaml"))
    with pytest.raises(InputError) as rejected:
        References.of(root, tmp_path / "root.yaml").resolve(root["a"])
    assert message in rejected.value.message
    assert ("did you mean" in rejected.value.message) == ("did you mean" in message)
    assert rejected.value.location.line == 3


TEXTS = st.text(max_size=20) | st.sampled_from(["yes", "no", "1e3", "1_000", "0o7", "2026-11-01", "=", "<<", "12:30"])
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS
)
PLAIN = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3))


@settings(max_examples=60)
@given(st.dictionaries(TEXTS, PLAIN, max_size=4))
def test_what_is_written_is_read_back(plain: dict[str, object]) -> None:
    """YAML 1.1 and YAML 1.2 may read the values differently."""
    assert loads(dumps(plain), "x.yaml") == plain
