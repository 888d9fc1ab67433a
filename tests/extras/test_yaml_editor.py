"""An edit of a YAML text changes its own characters, and no others."""

from collections.abc import Callable

import pytest
import yaml

from generator.extras.patch.yaml_editor import Edit, YamlEditor

TEXT = """\
# Boats, by hand.
boat: # of the harbour
  type: string

  # How long it is.
  maxLength: 50   # feet
  enum: [AFLOAT, ASHORE]
  words: |
    More
    words.

  parts:
    - name: mast
      size: 5
    - {name: sail, size: 7}

crew: {a: 1, b: {c: 2}, d: [x, y]}
sails:
  - jib
  - spinnaker # the big one
none: {}
'it''s': {"$ref": '#/boat'}
"""

Make = Callable[[YamlEditor], Edit | list[Edit]]

ROWS: dict[str, tuple[Make, str, str]] = {
    "a key behind the last one that stands before it": (
        lambda text: text.with_key("#/boat", "minLength", 1, ("type", "minLength", "maxLength")),
        "  type: string\n",
        "  type: string\n  minLength: 1\n",
    ),
    "a key that no order knows stands last": (
        lambda text: text.with_key("#/boat", "x", "1", ("type", "maxLength", "enum", "words", "parts")),
        "    - {name: sail, size: 7}\n",
        "    - {name: sail, size: 7}\n  x: '1'\n",
    ),
    "a key before which there is none stands second": (
        lambda text: text.with_key("#/boat", "x", "true", ("x",)),
        "  type: string\n",
        "  type: string\n  x: 'true'\n",
    ),
    "a mapping as value": (
        lambda text: text.with_key("#/boat", "x", {"a": {"b": ["c"]}}, ("type", "x")),
        "  type: string\n",
        "  type: string\n  x:\n    a:\n      b: [c]\n",
    ),
    "a key behind a text of several lines": (
        lambda text: text.with_key("#/boat", "x", 1, ("words", "x")),
        "    words.\n",
        "    words.\n  x: 1\n",
    ),
    "a key in braces": (lambda text: text.with_key("#/crew", "e", {"f": {"g": 1}}, ()), "y]}", "y], e: {f: {g: 1}}}"),
    "a key in empty braces": (lambda text: text.with_key("#/none", "e", "no", ()), "none: {}", "none: {e: 'no'}"),
    "a key of an item": (
        lambda text: text.with_key("#/boat/parts/0", "x", 1, ("name", "x")),
        "    - name: mast\n",
        "    - name: mast\n      x: 1\n",
    ),
    "another scalar": (lambda text: text.with_value("#/boat/maxLength", 40), "50   # feet", "40   # feet"),
    "another list in lines": (
        lambda text: text.with_value("#/sails", ["jib", "yes"]),
        "  - jib\n  - spinnaker #",
        "  - jib\n  - 'yes' #",
    ),
    "an empty list in lines": (
        lambda text: text.with_value("#/sails", []),
        "sails:\n  - jib\n  - spinnaker #",
        "sails: [] #",
    ),
    "another name": (lambda text: text.with_name("#/boat", "ship"), "boat: #", "ship: #"),
    "another name in quotes": (lambda text: text.with_name("#/it's", "its"), "'it''s':", "'its':"),
    "without a key and all under it": (
        lambda text: text.without(["#/boat/parts"]),
        "  parts:\n    - name: mast\n      size: 5\n    - {name: sail, size: 7}\n",
        "",
    ),
    "without a text of several lines": (
        lambda text: text.without(["#/boat/words"]),
        "  words: |\n    More\n    words.\n",
        "",
    ),
    "without the first key in braces": (lambda text: text.without(["#/crew/a"]), "{a: 1, b", "{b"),
    "without the last key in braces": (lambda text: text.without(["#/crew/d"]), ", d: [x, y]}", "}"),
    "without an item in lines": (lambda text: text.without(["#/boat/parts/1"]), "    - {name: sail, size: 7}\n", ""),
    "without all keys in braces their owner goes": (
        lambda text: text.without(["#/crew/a", "#/crew/b/c", "#/crew/d"]),
        "crew: {a: 1, b: {c: 2}, d: [x, y]}\n",
        "",
    ),
    "an item at the front": (
        lambda text: text.with_item("#/boat/parts", 0, {"name": "keel"}),
        "    - name: mast\n",
        "    - name: keel\n    - name: mast\n",
    ),
    "an item in the middle": (
        lambda text: text.with_item("#/boat/parts", 1, {"name": "keel", "a": {"b": 1}}),
        "      size: 5\n",
        "      size: 5\n    - name: keel\n      a:\n        b: 1\n",
    ),
}
"""Name of an edit -> the edit, the text that it changes, and the new text."""


@pytest.mark.parametrize(("make", "before", "after"), ROWS.values(), ids=ROWS)
def test_an_edit_changes_what_it_is_about(make: Make, before: str, after: str) -> None:
    """And no other character: comments, empty lines, quotes and layout stay."""
    assert TEXT.count(before) == 1
    text = YamlEditor.of(TEXT)
    made = make(text)
    edited = text.edited(made if isinstance(made, list) else [made])
    assert edited == TEXT.replace(before, after)
    yaml.safe_load(edited)


def test_edits_are_made_together() -> None:
    """A removed node takes its content along; an insertion next to it stays."""
    text = YamlEditor.of(TEXT)
    edits = [
        text.with_value("#/boat/parts/0/size", 6),
        *text.without(["#/boat/parts"]),
        text.with_value("#/crew/a", 2),
        text.with_value("#/crew/a", 2),
        text.with_key("#/boat", "x", 1, ("words", "x")),
        text.with_key("#/boat", "y", 1, ("words", "x", "y")),
    ]
    start, end = TEXT.index("\n  parts:\n"), TEXT.index("\ncrew:")
    expected = TEXT[:start] + "  x: 1\n  y: 1\n\n" + TEXT[end:]
    assert text.edited(edits) == expected.replace("{a: 1", "{a: 2")


def test_the_line_ends_of_a_text_are_kept() -> None:
    """Of one that Windows wrote, too."""
    text = YamlEditor.of(TEXT.replace("\n", "\r\n"))
    edited = text.edited([text.with_key("#/boat", "x", {"a": 1}, ("type", "x"))])
    assert edited == TEXT.replace("  type: string\n", "  type: string\n  x:\n    a: 1\n").replace("\n", "\r\n")


def test_a_text_can_end_without_a_line_end() -> None:
    """An insertion behind it starts a new line all the same."""
    text = YamlEditor.of("boat:\n  type: string")
    assert text.edited([text.with_key("#/boat", "x", 1, ("type", "x"))]) == "boat:\n  type: string\n  x: 1\n"


NOWHERE: dict[str, Make] = {
    "a key of what is no mapping": lambda text: text.with_key("#/boat/type", "x", 1, ()),
    "a value that is not there": lambda text: text.with_value("#/boat/none", 1),
    "a key that is not there": lambda text: text.without(["#/boat/type/x"]),
    "the key that opens an item": lambda text: text.without(["#/boat/parts/0/name"]),
    "an item of a list in brackets": lambda text: text.with_item("#/boat/enum", 0, {"a": 1}),
    "an item behind one that is not there": lambda text: text.with_item("#/boat/parts", 9, {"a": 1}),
}


@pytest.mark.parametrize("make", NOWHERE.values(), ids=NOWHERE)
def test_what_is_nowhere_cannot_be_edited(make: Make) -> None:
    with pytest.raises(LookupError):
        make(YamlEditor.of(TEXT))


def test_a_document_that_is_no_mapping_has_no_keys() -> None:
    with pytest.raises(TypeError):
        YamlEditor.of("[]")


def test_references_are_followed_within_the_file() -> None:
    """Once each, also in a circle."""
    text = YamlEditor.of("a: {$ref: '#/b'}\nb: {$ref: '#/a'}\nc: {$ref: 'other.yaml#/c'}\nd: {$ref: '#/none'}\n")
    assert list(text.resolve_chain("#/a")) == ["#/a", "#/b"]
    assert list(text.resolve_chain("#/c")) == ["#/c"]
    assert list(text.resolve_chain("#/d")) == ["#/d"]
