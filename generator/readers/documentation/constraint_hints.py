"""The tables of texts that look like a constraint, and of those that do but state none. A new text is a new line.

Both are regular expressions in lower case for text in lower case. A hint starts at the start of a word.
"""

from __future__ import annotations

import re

from .placeholders import UNITS

HINTS: tuple[str, ...] = (
    # a number outside a word, its unit perhaps attached, and a number in words
    r"(?<!\.)\d[\d.,]*(?:[a-zа-я%]{1,3})?(?!\w)",
    r"(?:at (?:least|most)|exactly|only|up to) (?:one|two|three|a single)\b",
    r"(?:хотя бы|ровно|только) (?:один|одно|одна|одного|одной|два|две)\b",
    # a comparison, a relation to another field
    r"(?:at (?:least|most)|(?:no|not) (?:more|less|fewer|greater|longer|later|earlier) than|exceed|limited to)\b",
    r"не (?:более|менее|больше|меньше|длиннее|позже|раньше|превыша\w+)\b",
    r"(?:used|specified|set|passed|given) together\b",
    r"(?:only|указ\w+|зада\w+|использ\w+) вместе\b",
    r"(?:mutually exclusive|not both)\b",
    r"взаимоисключающ\w+",
    r"multiples? of\b",
    r"кратн\w+",
    # an obligation, a prohibition, a choice
    r"(?:must|should|shall|ha(?:s|ve) to)\b",
    r"(?:cannot|can't|may not|not allowed|prohibited|forbidden)\b",
    r"(?:do not|don't) (?:specify|set|use|pass)\b",
    r"долж(?:ен|на|но|ны)\b",
    r"(?:нельзя|не допуска\w+|не мо(?:жет|гут)|запрещен\w*|запрещён\w*)\b",
    r"(?:required|mandatory)\b",
    r"(?:обязательн\w*|необходимо (?:указ|зада|перед)\w+)",
    r"(?<![^,] )требуется\b",
    r"unique\b",
    r"уникал\w+",
    r"(?:acceptable|allowed|possible|valid|supported|available) values?\b",
    r"one of (?:the following|these|the values|[\ue000-\uf8ff])",
    r"одно из (?:следующих|значений)",
    r"(?:supported \w+ (?:are|is)|only [\w -]{1,40} (?:are|is) supported|not supported)\b",
    r"(?:поддержива\w+ только|не поддержива\w+)",
    r"допустим\w+",
    r"возможн\w+ значени\w+",
    # the form of a text
    r"(?:regular expression|(?:starts?|begins?|ends?) with\b)",
    r"(?:регулярн\w+ выражени|начина\w+ с\b|заканчива\w+ на\b)",
    r"(?:(?:uuid|email|json|date) format|valid uuid|base64[ -]?encoded)\b",
    r"(?:contains? only|consists? of|(?:can|may) (?:only )?(?:contain|consist))\b",
    r"(?:содерж\w+ только|состо\w+ из|может содержать)\b",
    r"(?:(?:lower|upper)[ -]?case|latin|alphanumeric|non-empty|(?:not be|non) empty)\b",
    r"(?:латинск|строчн|прописн|заглавн|непуст)\w+",
    r"(?:non-negative|positive|negative)\b",
    r"(?:неотрицательн|положительн|отрицательн)\w+",
    # a condition
    r"(?:only (?:if|when)|if and only if|(?:ignored|no effect) (?:if|unless|when))\b",
    r"(?:только (?:если|когда|при)|игнорируется,? если)\b",
    r"(?:without|no) (?:duplicates?|spaces?|repetitions?)\b",
    r"без (?:повтор|пробел|дубл)\w+",
    r"immutable\b",
    r"(?:two|three|four|five) (?:letters|digits|characters)\b",
    # a unit, a default, a deprecation
    rf"(?:in|в) (?:{'|'.join(UNITS)})\b",
    r"default values?\b",
    r"defaults? (?:is|to)\b",
    r"by default\b",
    r"по умолчанию\b",
    r"if (?:(?:it|the \w+) is )?(?:omitted|unset|not (?:given|provided|set|specified))\b",
    r"если (?:\w+ )?не (?:задан|указан)\w*",
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
    (r"\b\d+[ -]bit\b", "the name of an encoding"),
    (r"\bunique (?:\w+ )?(?:id|identifier|serial number)\b", "a definition of an identifier"),
    (r"\bуникальн\w+ (?:идентификатор|серийный номер)\w*", "a definition of an identifier"),
    (r"\bдолж(?:ен|на|но|ны) ли\b", "the meaning of a flag"),
    (r"\bwhether\b[^,;]*", "the meaning of a flag"),
    (r"exactly one of \S+ or \S+ is set$", "the one-of of an operation"),
    (r"\bform of a regular expression", "the kind of a value, not a constraint of it"),
    (r"\b(?:user|we) (?:must|has to|have to)\b", "an action of a user or of the service"),
    (r"\bcannot (?:be (?:recovered|restored|undone)|operate)\b", "an effect of the call, a state"),
    (r"\bthat (?:must|should) \w+", "a relative clause that selects things"),
    (r"\b(?:any method that|the original method) .*", "the documentation of every operation"),
    (r"\bmay contain (?:several|multiple)\b", "a plural, not a rule"),
    (
        r"\b(?:default value|по умолчанию) (?:for most fields is|для большинства полей [—–-]) null (?:or|или) 0",
        "a mask",
    ),
    (r"\b(?:for example|for instance|such as|e\.g\.|например),? [^,;]*", "an example"),
    (r"\b(?:status|code|код\w*) \d{3}\b", "a status code"),
    (r"\b(?:redis|postgresql|mysql|clickhouse|mongodb|kafka|version|верси[яию]) v?\d[\d.]*", "a version"),
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
