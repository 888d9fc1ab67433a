"""Explains a syntax error of YAML: the line to correct, and how to correct it."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml
from attrs import frozen

from generator.errors import InputError, Location

_NO_COLON = "this line is not `key: value`; write a colon and a space after the key"
_QUOTED_VALUE = re.compile(r"""[^#]*[:\-]\s+(["'])""")
_KEYS_IN_VALUE = re.compile(r"\s*(?:- )*[^\s:]+:\s+[^\s'\"].*:(?:\s|$)")


@frozen
class _SyntaxError:
    """A syntax error as PyYAML reports it: its line, its column, and the line where its context starts."""

    problem: str
    line: int
    column: int
    context_line: int
    lines: list[str]

    def text(self, line: int) -> str:
        """Return the text of a line, which counts from 1; empty past the end."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    @property
    def character(self) -> str:
        """The character at which parsing stopped."""
        return self.text(self.line)[self.column : self.column + 1]

    @property
    def is_in_indentation(self) -> bool:
        """True if only white space is before the error in its line."""
        return not self.text(self.line)[: self.column].strip()


Explanation = tuple[int, str]
"""The line to correct, and the sentence."""


def syntax_error(problem: yaml.YAMLError | RecursionError, text: str, file: str) -> InputError:
    """Return the error for a text that is not YAML."""
    if isinstance(problem, yaml.reader.ReaderError):
        line = text.count("\n", 0, problem.position) + 1
        return _error(file, line, f"the character #x{problem.character:04x} is not allowed; remove it")
    if not isinstance(problem, yaml.MarkedYAMLError) or problem.problem_mark is None:
        return _error(file, 0, str(problem).splitlines()[0])
    mark, context = problem.problem_mark, problem.context_mark or problem.problem_mark
    lines = text.split("\n")
    error = _SyntaxError(problem.problem or problem.context or "", mark.line + 1, mark.column, context.line + 1, lines)
    message = f"{problem.context or ''} {error.problem}"
    explain = next((explain for words, explain in _EXPLANATIONS if words in message), _unexplained)
    line, sentence = explain(error)
    return _error(file, min(line, len(lines)), sentence)


def _error(file: str, line: int, sentence: str) -> InputError:
    return InputError(f"is not YAML: {sentence}", Location(file, line))


def _unexplained(error: _SyntaxError) -> Explanation:
    return error.line, f"{error.problem} (in what starts in line {error.context_line})"


def _second_colon(error: _SyntaxError) -> Explanation:
    """Explain a `: ` in a line that is a value already."""
    if _KEYS_IN_VALUE.match(error.text(error.line)):
        return error.line, "a value that contains `: ` needs quotes around it"
    line = next((number for number in range(error.line - 1, 0, -1) if error.text(number).strip()), error.line)
    before = error.text(line)
    if re.search(r":(?:\s|$)", before):
        return error.line, f"this key is indented more than line {line}, which has a value; align the two"
    return line, _NO_COLON


def _misplaced(error: _SyntaxError) -> Explanation:
    """Explain a token where a key or a list item should start."""
    if error.is_in_indentation and error.character == ":":
        return error.line, "a key is missing before the colon; write `key: value`"
    if error.is_in_indentation:
        what = "item" if "'-'" in error.problem else "key"
        return error.line, (
            f"this line is indented differently from the other {what}s of the block that starts in line "
            f"{error.context_line}; align it with them"
        )
    if _QUOTED_VALUE.match(error.text(error.line)):
        return error.line, "text follows the closing quote; close the quote at the end, and double one inside (`''`)"
    return (
        error.line,
        f"`{error.character}` is unexpected here; quote the value, or close a quote that opens in a line above",
    )


def _bad_start(error: _SyntaxError) -> Explanation:
    if error.character == "\t":
        return error.line, "a tab indents this line; indent with spaces"
    if not error.character:
        return error.line, "the file ends before a value; write it, or close the bracket that is open"
    return error.line, f"a value cannot start with `{error.character}`; put it in quotes"


def _says(sentence: str) -> Callable[[_SyntaxError], Explanation]:
    return lambda error: (error.line, sentence)


def _says_at_start(sentence: str) -> Callable[[_SyntaxError], Explanation]:
    """Return an explanation for the line in which the quote, the bracket or the key starts."""
    return lambda error: (error.context_line, sentence)


_UNCLOSED_QUOTE = _says_at_start("the quote that opens in this line is not closed; close it, or remove it")
_ALIAS = _says("`*` and `&` start an alias and an anchor in YAML; put the value in quotes")
_SEVERAL = _says("the file contains several documents; keep one, and remove `---` and `...` after it")

_EXPLANATIONS: tuple[tuple[str, Callable[[_SyntaxError], Explanation]], ...] = (
    ("mapping values are not allowed", _second_colon),
    ("could not find expected ':'", _says_at_start(_NO_COLON)),
    ("found unexpected end of stream", _UNCLOSED_QUOTE),
    ("found unexpected document indicator", _UNCLOSED_QUOTE),
    ("did not find expected key", _misplaced),
    ("did not find expected '-' indicator", _misplaced),
    (
        "did not find expected ',' or",
        _says_at_start(
            "the bracket that opens in this line is not closed, or a comma is missing between two entries; add it"
        ),
    ),
    ("tab character", _says("a tab indents this line; indent with spaces")),
    ("cannot start any token", _bad_start),
    ("undefined alias", _ALIAS),
    ("did not find expected alphabetic or numeric character", _ALIAS),
    ("duplicate anchor", _says("this anchor is defined twice; rename one")),
    ("expected comment or line break", _says("text after `|` or `>` starts in the next line; or put it in quotes")),
    ("block sequence entries are not allowed", _says("a list starts in the line after its key; move `- ` there")),
    ("escape", _says("this text in double quotes has an unknown escape; use single quotes, or double the backslash")),
    ("expected a single document", _SEVERAL),
    ("did not find expected <document start>", _SEVERAL),
    ("did not find expected node content", _bad_start),
)
"""Words of the parser's message -> the explanation; the first that matches."""
