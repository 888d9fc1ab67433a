"""The placeholders of phrases: the pattern and the value of each, with the words of both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import prod
from types import MappingProxyType

from attrs import frozen

from generator.contract.facts import Value

from .prose import CODE, Prose

_RUSSIAN_UNITS: Mapping[str, str] = MappingProxyType(
    {
        "byte": "байтах",
        "kilobyte": "килобайтах",
        "megabyte": "мегабайтах",
        "gigabyte": "гигабайтах",
        "millisecond": "миллисекундах",
        "second": "секундах",
        "minute": "минутах",
        "hour": "часах",
        "day": "днях",
        "pixel": "пикселях",
        "percent": "процентах",
    }
)
UNITS: Mapping[str, str] = MappingProxyType(
    {word: unit for unit, russian in _RUSSIAN_UNITS.items() for word in (f"{unit}s", russian)} | {"percent": "percent"}
)
"""Word after “in” -> the unit of a number."""

DURATIONS: Mapping[str, int] = MappingProxyType({"second": 1, "minute": 60, "hour": 3600, "day": 86400})
"""Unit after a number -> its seconds; `s` may follow. A duration is sent in seconds."""

SCOPES: Mapping[str, str] = MappingProxyType(
    {
        "реестр": "registry",
        "репозитори": "repository",
        "каталог": "folder",
        "облак": "cloud",
        "организаци": "organization",
        "федераци": "federation",
        "кластер": "cluster",
        "сет": "network",
        "подсет": "subnet",
        "групп": "group",
        "зон": "zone",
        "бакет": "bucket",
        "проект": "project",
    }
)
"""Russian word without its ending -> the scope of uniqueness. English words are taken as they are, others unparsed."""

_EACH = "[Ee]ach (?:map )?(?:value|element|key)|[Кк]ажд(?:ое значение|ый ключ|ого значения|ого ключа)"

_POWER = re.compile(r"(-?)(\d{1,2})\^(\d{1,2})(?: ?- ?(\d{1,2}))?")
_NUMBER = r"-?\d{1,30}(?:\.\d{1,15})?"
_BOUND = rf"(?:-?\d{{1,2}}\^\d{{1,2}}(?: ?- ?\d{{1,2}})?|-?\d{{1,3}}(?:,\d{{3}})+|{_NUMBER})"
"""A number, `2^63 - 1` and `10,000` included."""

_UNIT_WORD = rf"(?: (?:{'|'.join(DURATIONS)})s?)?"
_NOUN = r"(?!(?:and|or|but|if|when|which|that|of|in|at|for|can|is|must)\b)[a-z]+"
_ITEM = rf"(?:{CODE}|{_NUMBER}|[A-Z][A-Z0-9_]+)"
_SEPARATOR = "(?:,? (?:and|or|и|или) |, ?)"


_FIELD = rf"(?:{CODE}|[a-z]+[A-Z]\w*)"


def unit_of(text: str) -> str:
    """The word after a number, or nothing."""
    _, space, word = text.rpartition(" ")
    return word if space and word.isalpha() else ""


def number(text: str) -> int | float:
    """The number in a text, in seconds if a unit of time follows."""
    if power := _POWER.fullmatch(text):
        size = prod([int(power[2])] * int(power[3]))
        return (-size if power[1] else size) - int(power[4] or 0)
    unit = unit_of(text)
    digits = text.removesuffix(f" {unit}").replace(",", "")
    value = float(digits) if "." in digits else int(digits)
    return value * DURATIONS[unit.rstrip("s")] if unit else value


def literal(text: str) -> str | int | float | bool:
    """The number or flag that a text stands for, or the text itself; the front matter keeps the stars of bold text."""
    text = text.strip("*")
    if re.fullmatch(_NUMBER + _UNIT_WORD, text):
        return number(text)
    return text == "true" if text in {"true", "false"} else text


_ESCAPED_PIPE = re.compile(r"(\[(?:\\.|[^\[\]\\])*\])|\\+\|")


def _pattern(text: str, prose: Prose) -> Value:
    r"""Unescape a pattern: pages escape the pipe of an alternative (`\|`), once or twice."""
    return _ESCAPED_PIPE.sub(lambda match: match[1] or "|", prose.code(text))


def _values(text: str, prose: Prose) -> Value:
    return tuple(_value(match[0], prose) for match in re.finditer(_ITEM, text))


def _value(text: str, prose: Prose) -> str | int | float | bool:
    return literal(prose.code(text) if re.fullmatch(CODE, text) else text)


def _fields(text: str, prose: Prose) -> Value:
    return tuple(str(_value(match[0], prose)) for match in re.finditer(_FIELD, text))


TIMED = frozenset({"most", "least", "bound", "value"})
"""Placeholders of a number, optionally with a unit of time."""


@frozen
class Placeholder:
    """The regular expression of a placeholder, and the converter of its text to a value if it has one."""

    pattern: str
    value: Callable[[str, Prose], Value] = lambda text, _prose: text


def _number(pattern: str, more: int = 0) -> Placeholder:
    return Placeholder(pattern, lambda text, _prose: number(text) + more)


PLACEHOLDERS: Mapping[str, Placeholder] = MappingProxyType(
    {
        **dict.fromkeys(("most", "least", "bound"), _number(_BOUND + _UNIT_WORD)),
        "same": _number(_BOUND),
        "above": _number(_BOUND, -1),
        "below": _number(_BOUND, +1),
        "value": Placeholder(rf"{_NUMBER}{_UNIT_WORD}|{CODE}|true|false", _value),
        "values": Placeholder(rf"{_ITEM}(?:{_SEPARATOR}{_ITEM})*", _values),
        "pattern": Placeholder(CODE, _pattern),
        "fields": Placeholder(rf"{_FIELD}(?:{_SEPARATOR}{_FIELD})*", _fields),
        "scope": Placeholder(
            rf"(?:{'|'.join(SCOPES)})[аеиыя]|{_NOUN}(?: {_NOUN}){{0,2}}",
            lambda text, _prose: SCOPES.get(text[:-1], text),
        ),
        "unit": Placeholder("|".join(UNITS), lambda text, _prose: UNITS[text]),
        "path": Placeholder(CODE),
        "count": Placeholder("(?:The n|N)umber of (?:elements|items)|Количество элементов"),
        "length": Placeholder(
            r"(?:The )?(?:[Ss]tring )?[Ll]ength(?: in characters)?|Длина(?: строки)?(?: в символах)?"
        ),
        "is": Placeholder(":| is| are| of| [—–-]| равн[аоы]"),
        "characters": Placeholder(r"(?: characters?| символ\w*)?"),
        "up to": Placeholder(
            "[Uu]p to|[Aa]t most|[Nn]ot? more than|(?:a )?[mM\u041c]aximum(?: of)?|[Нн]е более|[Дд]о|[Мм]аксимум"
        ),
        "acceptable values": Placeholder(
            "(?:Acceptable|Allowed|Possible|Supported|Valid) values|(?:Допустим|Возможн)ые значения"
        ),
        "if omitted": Placeholder(
            r"[Ii]f (?:(?:it|the \w+) is )?(?:omitted|unset|not (?:given|provided|set|specified))"
            r"|[Ее]сли (?:\w+ )?не (?:за|ука)\w+"
        ),
        "no more than": Placeholder("less than or equal to"),
        "no less than": Placeholder("greater than or equal to"),
        "subject": Placeholder(r"(?:[\w-]+ ){0,6}"),
        "each": Placeholder(f"{_EACH}|(?:The v|This v|V)alue|Значение"),
        "of each": Placeholder(f"(?: (?:for|of|для) (?:{_EACH}))?"),
    }
)


def target_of(text: str) -> str:
    """The target of `{each}` or `{of each}`: `value`, `key`, or empty for the field as a whole."""
    if not re.search(_EACH, text):
        return ""
    return "key" if re.search("key|ключ", text) else "value"
