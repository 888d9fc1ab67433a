"""The tables of texts that look like a constraint, and of those that do but state none. A new text is a new line.

Both are regular expressions in lower case for text in lower case. A hint starts at the start of a word.
"""

from __future__ import annotations

import re

HINTS: tuple[str, ...] = (
    # a number outside a word, and a number in words
    r"(?<!\.)\d+(?:ms|[smhd])?(?!\w)",
    r"(?:at (?:least|most)|exactly|only|up to|no more than) (?:one|two|three|a single)\b",
    r"(?:хотя бы|ровно|только|не более|не менее) (?:один|одно|одна|одного|одной|два|две)\b",
    # an obligation, a prohibition, a choice
    r"must\b",
    r"(?:cannot|can't|not allowed)\b",
    r"долж(?:ен|на|но|ны)\b",
    r"(?:нельзя|не допускается)\b",
    r"required\b",
    r"обязательн\w*",
    r"(?<![^,] )требуется\b",
    r"unique\b",
    r"уникал\w+",
    r"(?:acceptable|allowed|possible|valid|supported) values\b",
    r"one of the following\b",
    r"допустим\w+",
    r"возможн\w+ значени\w+",
    # a pattern, a unit, a default, a deprecation
    r"regular expression",
    r"регулярн\w+ выражени",
    r"in (?:(?:kilo|mega|giga)?bytes|(?:milli|micro)?seconds|minutes|hours|days|pixels|percent)\b",
    r"в (?:(?:кило|мега|гига)?байтах|(?:милли|микро)?секундах|минутах|часах|днях|пикселях|процентах)\b",
    r"default value\b",
    r"default values (?:is|are)\b",
    r"defaults? (?:is|to)\b",
    r"by default\b",
    r"по умолчанию\b",
    r"deprecated\b",
    r"устаре(?:л|вш)\w*",
)

FALSE_HINTS: tuple[tuple[str, str], ...] = (
    (r"\b(?:iso|rfc|bcp|ieee|sha|utf|tls|http|md)[ /-]?\d[\d.-]*(?: alpha[ -]\d)?", "the name of a standard"),
    (r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?!\w)", "an IP address"),
    (r"(?:^|: )\d{1,2}(?:\.\d)?$", "the number of an item"),
    (r"range of possible values is from \S to \S", "RFC 3339's own range, which `format: date-time` states"),
    (r"\bfrom 0 to 9 digits\b", "the precision that `format: date-time` stands for"),
    (r"\bprecision \(9 digits\)", "the precision that `format: date-time` stands for"),
    (r"\bmay take up to \d+ \w+", "the duration of the work, not of a value"),
    (r"\bevery \d+ \w+", "the service's own schedule"),
    (r"\b\d+-bit\b", "the name of an encoding"),
    (r"\bunique (?:id|identifier|serial number)\b", "a definition of an identifier"),
    (r"\bуникальн\w+ (?:идентификатор|серийный номер)\w*", "a definition of an identifier"),
    (r"\bдолж(?:ен|на|но|ны) ли\b", "the meaning of a flag"),
    (r"^whether\b[^,;]*", "the meaning of a flag"),
    (r"exactly one of \S+ or \S+ is set$", "the one-of of an operation"),
    (r"\bform of a regular expression", "the kind of a value, not a constraint of it"),
    (r"\b(?:user|we) must\b", "an action of a user or of the service"),
    (r"\bcannot be (?:recovered|restored|undone)\b", "an effect of the call"),
    (r"\bthat must be \w+", "a relative clause that selects things"),
    (r"\bкотор\w+ долж\w+ быть\b", "a relative clause that selects a thing"),
    (r"\b(?:используем\w+|задан\w*) по умолчанию\b", "a default thing of the service, not a default value"),
    (r"^no authentication is required", "a note on authentication"),
)
"""Texts that look like a constraint and state none, with the reason; the rest of the sentence still counts."""

_HINT = re.compile(rf"\b(?:{'|'.join(HINTS)})")
_FALSE_HINT = re.compile("|".join(pattern for pattern, _ in FALSE_HINTS))


def looks_like_constraint(text: str) -> bool:
    """Return True if a text looks like a constraint."""
    text = text.lower()
    return _HINT.search(text) is not None and _HINT.search(_FALSE_HINT.sub(" ", text)) is not None
