"""Reads docstrings: text, arguments, exceptions and examples."""

from __future__ import annotations

import re
from doctest import DocTestParser

import griffe
from attrs import frozen

from generator.contract.keywords import KEYWORDS

_SENTENCES = [re.escape(keyword.sentence).replace(r"\{\}", ".+?") for keyword in KEYWORDS.values() if keyword.sentence]
_COUNTS = r"(?:Exactly \d+|\d+ to \d+|At least \d+|At most \d+) (?:characters?|bytes?|elements?|entry|entries)\."
_CONSTRAINT = re.compile(rf"(?:^|(?<=\s))(?:{'|'.join([*_SENTENCES, _COUNTS])})(?=\s|$)")
"""A sentence that the generator writes for a constraint."""


@frozen
class ExampleStatement:
    """A statement of an example, and its output."""

    code: str
    output: str


@frozen
class Docstring:
    """The parts of a docstring."""

    text: str
    arguments: dict[str, str]
    raises: list[tuple[griffe.Expr | str, str]]
    examples: tuple[ExampleStatement, ...]


def parse(documented: griffe.Object) -> Docstring:
    """Return the parts of the docstring of an object."""
    texts: list[str] = []
    arguments: dict[str, str] = {}
    raises: list[tuple[griffe.Expr | str, str]] = []
    examples: list[ExampleStatement] = []
    for section in documented.docstring.parsed if documented.docstring else []:
        if isinstance(section, griffe.DocstringSectionText):
            texts.append(section.value)
        elif isinstance(section, griffe.DocstringSectionParameters):
            arguments |= {parameter.name: parameter.description for parameter in section.value}
        elif isinstance(section, griffe.DocstringSectionRaises):
            raises += [(error.annotation or "", error.description) for error in section.value]
        elif isinstance(section, griffe.DocstringSectionExamples):
            for _, text in section.value:
                statements = DocTestParser().get_examples(text)
                examples += [ExampleStatement(statement.source, statement.want) for statement in statements]
    return Docstring("\n\n".join(texts), arguments, raises, tuple(examples))


def split_constraints(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a description and its constraints; those of the keys and values of a map stay in the description."""
    line = " ".join(text.split())
    end = min((line.index(word) for word in ("Keys: ", "Values: ") if word in line), default=len(line))
    own, entries = line[:end], line[end:]
    constraints = tuple(sentence.removesuffix(".") for sentence in _CONSTRAINT.findall(own))
    return f"{_CONSTRAINT.sub('', own)} {entries}", constraints
