"""What looks like a constraint, and which phrases do but are none. Two tables; a new word is a new line.

Both are written in small letters and compared with the text in small letters. A smell starts where a word does.
"""

from __future__ import annotations

import re

SMELLS: tuple[str, ...] = (
    # a number that is no part of a word, and one in words
    r"(?<!\.)\d+(?:ms|[smhd])?(?!\w)",
    r"(?:at (?:least|most)|exactly|only|up to|no more than) (?:one|two|three|a single)\b",
    r"(?:хотя бы|ровно|только|не более|не менее) (?:один|одно|одна|одного|одной|два|две)\b",
    # what must be, must not be, or may be
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
    # a pattern, a unit, a default, an end
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

HARMLESS: tuple[tuple[str, str], ...] = (
    (r"\b(?:iso|rfc|bcp|ieee|sha|utf|tls|http|md)[ /-]?\d[\d.-]*(?: alpha[ -]\d)?", "the name of a standard"),
    (r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?!\w)", "an IP address"),
    (r"(?:^|: )\d{1,2}(?:\.\d)?$", "the number of an item"),
    (r"range of possible values is from \S to \S", "RFC 3339's own range, which `format: date-time` says"),
    (r"\bfrom 0 to 9 digits\b", "the precision that `format: date-time` stands for"),
    (r"\bprecision \(9 digits\)", "the precision that `format: date-time` stands for"),
    (r"\bmay take up to \d+ \w+", "how long the work takes, not what is sent"),
    (r"\bevery \d+ \w+", "the service's own schedule"),
    (r"\b\d+-bit\b", "the name of an encoding"),
    (r"\bunique (?:id|identifier|serial number)\b", "what an identifier is"),
    (r"\bуникальн\w+ (?:идентификатор|серийный номер)\w*", "what an identifier is"),
    (r"\bдолж(?:ен|на|но|ны) ли\b", "what a flag means"),
    (r"^whether\b[^,;]*", "what a flag means"),
    (r"exactly one of \S+ or \S+ is set$", "what an operation's one-of says"),
    (r"\bform of a regular expression", "what the value is, with nothing said of it"),
    (r"\b(?:user|we) must\b", "what a user or the service does"),
    (r"\bcannot be (?:recovered|restored|undone)\b", "what becomes of the thing"),
    (r"\bthat must be \w+", "which ones are meant"),
    (r"\bкотор\w+ долж\w+ быть\b", "which one is meant"),
    (r"\b(?:используем\w+|задан\w*) по умолчанию\b", "a thing that the service has by default, not a value"),
    (r"^no authentication is required", "what a caller need not do"),
)
"""Text that smells of a constraint and is none, with the reason; what is left of the sentence still counts."""

_SMELL = re.compile(rf"\b(?:{'|'.join(SMELLS)})")
_HARMLESS = re.compile("|".join(pattern for pattern, _ in HARMLESS))


def smells(text: str) -> bool:
    """Whether a text looks like a constraint."""
    text = text.lower()
    return _SMELL.search(text) is not None and _SMELL.search(_HARMLESS.sub(" ", text)) is not None
