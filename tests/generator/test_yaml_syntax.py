"""Each common mistake in YAML gets the line to correct and a sentence on how to correct it."""

from collections.abc import Mapping

import pytest

from generator.errors import InputError
from generator.yaml_document import loads

NO_COLON = "this line is not `key: value`; write a colon and a space after the key"
DEEPER = "this key is indented more than line 2, which has a value; align the two"
MISALIGNED = (
    "this line is indented differently from the other {} of the block that starts in line {}; align it with them"
)
QUOTE = "the quote that opens in this line is not closed; close it, or remove it"
AFTER_QUOTE = "text follows the closing quote; close the quote at the end, and double one inside (`''`)"
BRACKET = "the bracket that opens in this line is not closed, or a comma is missing between two entries; add it"
TAB = "a tab indents this line; indent with spaces"
COLON = "a value that contains `: ` needs quotes around it"
ALIAS = "`*` and `&` start an alias and an anchor in YAML; put the value in quotes"
BLOCK = "text after `|` or `>` starts in the next line; or put it in quotes"
SEVERAL = "the file contains several documents; keep one, and remove `---` and `...` after it"
ESCAPE = "this text in double quotes has an unknown escape; use single quotes, or double the backslash"

MISTAKES: Mapping[str, tuple[str, int, str]] = {
    "a key without a colon": ("a: 1\ninfo\nb: 2\n", 2, NO_COLON),
    "a key without a colon above its keys": ("a: 1\ninfo\n  title: x\n", 2, NO_COLON),
    "a colon without a space": ("a:\n  type:string\n  b: 1\n", 2, NO_COLON),
    "a key indented too far": ("a:\n  b: 1\n    c: 2\n", 3, DEEPER),
    "a blank line before a key indented too far": ("a:\n  b: 1\n\n    c: 2\n", 4, DEEPER),
    "a key indented too little": ("a:\n    b: 1\n  c: 2\n", 3, MISALIGNED.format("keys", 1)),
    "a key of an item indented too little": ("a:\n  - b: 1\n   c: 2\n", 3, MISALIGNED.format("items", 2)),
    "an item indented too little": ("a:\n  - b\n - c\n", 3, MISALIGNED.format("keys", 1)),
    "a block of text indented too little": ("a: |\n   x\n  y\nb: 1\n", 3, MISALIGNED.format("keys", 1)),
    "no key": ("a: 1\n: 2\n", 2, "a key is missing before the colon; write `key: value`"),
    "an open single quote": ("a: 'x\nb: 2\nc: 3\n", 1, QUOTE),
    "an open double quote": ('a: 1\nb: "x\nc: 3\n', 2, QUOTE),
    "a quote that closes in another line": ("a: 'x\nb: 'y'\n", 2, AFTER_QUOTE),
    "a quote that an apostrophe closes in another line": (
        "a: 'x\nb: it's here\nc: 1\n",
        2,
        "`s` is unexpected here; quote the value, or close a quote that opens in a line above",
    ),
    "an apostrophe in quotes": ("z: 1\na: 'it's here'\nb: 2\n", 2, AFTER_QUOTE),
    "a word after a quote": ('a: "x" y\nb: 1\n', 1, AFTER_QUOTE),
    "an unknown escape": ('a: "\\d+"\n', 1, ESCAPE),
    "a tab before the first key": ("a:\n\tb: 1\n", 2, TAB),
    "a tab before another key": ("a:\n  b: 1\n\tc: 1\n", 3, TAB),
    "a colon in a value": ("a: 1\ndescription: Note: this is\n", 2, COLON),
    "an open list": ("a: [1, 2\nb: 3\n", 1, BRACKET),
    "an open mapping": ("z: 1\na: {b: 1\n", 2, BRACKET),
    "a comma that is missing": ('{"a": 1 "b": 2}', 1, BRACKET),
    "a bracket too many": ("a: 1\nb: ]\n", 2, "a value cannot start with `]`; put it in quotes"),
    "a bracket at the end": ("a: [", 1, "the file ends before a value; write it, or close the bracket that is open"),
    "an at sign": ("a: @type\n", 1, "a value cannot start with `@`; put it in quotes"),
    "an asterisk": ("a: *x\n", 1, ALIAS),
    "an asterisk alone": ("a: * x\n", 1, ALIAS),
    "an anchor twice": ("a: &x 1\nb: &x 2\n", 2, "this anchor is defined twice; rename one"),
    "a bar before a text": ("a: | text\n  b\n", 1, BLOCK),
    "a comparison": ("a: >= 5\n", 1, BLOCK),
    "an item after its key": ("a: - b\n", 1, "a list starts in the line after its key; move `- ` there"),
    "two documents": ("a: 1\n---\nb: 2\n", 2, SEVERAL),
    "a document after the end of one": ("a: 1\n...\nb: 2\n", 3, SEVERAL),
    "a control character": ("a: 1\nb: \x07\n", 2, "the character #x0007 is not allowed; remove it"),
}


@pytest.mark.parametrize(("text", "line", "sentence"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_explained_in_the_line_to_correct(text: str, line: int, sentence: str) -> None:
    with pytest.raises(InputError) as error:
        loads(text, "x.yaml")
    assert str(error.value) == f"x.yaml:{line}: is not YAML: {sentence}"


@pytest.mark.parametrize("text", [text for text, _, _ in MISTAKES.values()])
@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_a_mistake_has_the_same_line_further_down_and_with_other_line_ends(text: str, ending: str) -> None:
    """Keys above move the line; what the parser reports as the start of a block moves too."""
    with pytest.raises(InputError) as alone:
        loads(text, "x.yaml")
    with pytest.raises(InputError) as below:
        loads(("x: 1\ny: 2\n" + text if text[0] != "{" else text).replace("\n", ending), "x.yaml")
    assert below.value.location.line in {alone.value.location.line, alone.value.location.line + 2}
    assert below.value.message.partition("line ")[0] == alone.value.message.partition("line ")[0]
