"""What looks like a constraint, and which phrases do but are none. Two tables; a new word is a new line."""

from __future__ import annotations

import re

SMELLS: tuple[str, ...] = (
    # a number that is no part of a word, and one in words
    r"(?<![\w.])\d+(?!\w)",
    r"\b(?:at (?:least|most)|exactly|only|up to|no more than) (?:one|two|three|a single)\b",
    r"\b(?:хотя бы|ровно|только|не более|не менее) (?:один|одно|одна|одного|одной|два|две)\b",
    # what must be, must not be, or may be
    r"\b[Mm]ust\b",
    r"\b(?:[Cc]annot|[Cc]an't|not allowed)\b",
    r"\b[Дд]олж(?:ен|на|но|ны)\b",
    r"\b(?:[Нн]ельзя|[Нн]е допускается)\b",
    r"\b[Rr]equired\b",
    r"\b[Оо]бязательн\w*",
    r"(?:^|, )[Тт]ребуется\b",
    r"\b[Uu]nique\b",
    r"\b[Уу]никал\w+",
    r"\b(?:[Aa]cceptable|[Aa]llowed|[Pp]ossible|[Vv]alid|[Ss]upported) values\b",
    r"\bone of the following\b",
    r"\b[Дд]опустим\w+",
    r"\b[Вв]озможн\w+ значени\w+",
    # a pattern, a unit, a default, an end
    r"\b[Rr]egular expression",
    r"\b[Рр]егулярн\w+ выражени",
    r"\bin (?:bytes|(?:milli|micro)?seconds|minutes|hours|days|pixels|percent)\b",
    r"\bв (?:байтах|(?:милли|микро)?секундах|минутах|часах|днях|пикселях|процентах)\b",
    r"\b[Dd]efault values?\b",
    r"\b[Dd]efaults? (?:is|to)\b",
    r"\bby default\b",
    r"\bпо умолчанию\b",
    r"\b[Dd]eprecated\b",
    r"\b[Уу]старе(?:л|вш)\w*",
)

HARMLESS: tuple[tuple[str, str], ...] = (
    (r"\b(?:ISO|RFC|BCP|IEEE|SHA|UTF|TLS|HTTP|MD)[ /-]?\d[\d.-]*(?: alpha[ -]\d)?", "the name of a standard"),
    (r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?!\w)", "an IP address"),
    (r"(?:^|: )\d{1,2}(?:\.\d)?$", "the number of an item"),
    (r"\bRFC3339\b.*", "what `format: date-time` says"),
    (r"range of possible values is from \S to \S", "RFC 3339's own range, which `format: date-time` says"),
    (r"\bfrom 0 to 9 digits\b", "the precision that `format: date-time` stands for"),
    (r"\bprecision \(9 digits\)", "the precision that `format: date-time` stands for"),
    (r"\bmay take up to \d+ \w+", "how long the work takes, not what is sent"),
    (r"\bevery \d+ \w+", "the service's own schedule"),
    (r"\b\d+-bit\b", "the name of an encoding"),
    (r"\b[Uu]nique (?:ID|identifier|serial number)\b", "what an identifier is"),
    (r"\b[Уу]никальн\w+ (?:идентификатор|серийный номер)\w*", "what an identifier is"),
    (r"\bдолж(?:ен|на|но|ны) ли\b", "what a flag means"),
    (r"^[Ww]hether\b.*(?=, )|^[Ww]hether\b.*", "what a flag means"),
    (r"^If `done", "what an operation's fields mean together"),
    (r"exactly one of \S+ or \S+ is set$", "what an operation's one-of says"),
    (r"\bin the form of a regular expression", "what the value is, with nothing said of it"),
    (r"\b(?:[Uu]ser|we) must\b", "what a user or the service does"),
    (r"\bcannot be (?:recovered|restored|undone)\b", "what becomes of the thing"),
    (r"\bthat must be \w+", "which ones are meant"),
    (r"\bкотор\w+ долж\w+ быть\b", "which one is meant"),
    (r"\b(?:используем\w+|задан\w*) по умолчанию\b", "a thing that the service has by default, not a value"),
    (r"^No authentication is required", "what a caller need not do"),
)
"""Text that smells of a constraint and is none, with the reason; what is left of the sentence still counts."""

_SMELL = re.compile("|".join(SMELLS))
_HARMLESS = re.compile("|".join(f"(?:{pattern})" for pattern, _ in HARMLESS))


def smells(text: str) -> bool:
    """Whether a text looks like a constraint."""
    return _SMELL.search(text) is not None and _SMELL.search(_HARMLESS.sub(" ", text)) is not None
