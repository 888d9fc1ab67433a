"""The placeholders of phrases: the pattern and the value of each, with the words of both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import prod
from types import MappingProxyType

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

_EACH: Mapping[str, str] = MappingProxyType(
    {
        "Each value": "value",
        "Each element": "value",
        "Each map value": "value",
        "Each key": "key",
        "Each map key": "key",
        "Каждое значение": "value",
        "Каждый ключ": "key",
    }
)
_OF_EACH: Mapping[str, str] = MappingProxyType(
    {
        "for each value": "value",
        "of each value": "value",
        "of each element": "value",
        "of each map value": "value",
        "for each key": "key",
        "of each map key": "key",
        "для каждого значения": "value",
        "для каждого ключа": "key",
    }
)
"""Words at the start of a sentence, and inside it -> the target of its facts."""

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


def _number(text: str, _prose: Prose) -> Value:
    return number(text)


def _one_less(text: str, _prose: Prose) -> Value:
    return number(text) - 1


def _one_more(text: str, _prose: Prose) -> Value:
    return number(text) + 1


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


def _scope(text: str, _prose: Prose) -> Value:
    return SCOPES.get(text[:-1], text)


def _unit(text: str, _prose: Prose) -> Value:
    return UNITS[text]


TIMED = frozenset({"most", "least", "bound", "value"})
"""Placeholders of a number, optionally with a unit of time."""

PLACEHOLDERS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("most", "least", "bound"), _BOUND + _UNIT_WORD),
        **dict.fromkeys(("same", "above", "below"), _BOUND),
        "value": rf"{_NUMBER}{_UNIT_WORD}|{CODE}|true|false",
        "values": rf"{_ITEM}(?:{_SEPARATOR}{_ITEM})*",
        "pattern": CODE,
        "fields": rf"{_FIELD}(?:{_SEPARATOR}{_FIELD})*",
        "path": CODE,
        "count": "(?:The n|N)umber of (?:elements|items)|Количество элементов",
        "length": r"(?:The )?(?:[Ss]tring )?[Ll]ength(?: in characters)?|Длина(?: строки)?(?: в символах)?",
        "is": ":| is| are| of| [—–-]| равн[аоы]",
        "characters": r"(?: characters?| символ\w*)?",
        "up to": "[Uu]p to|[Aa]t most|[Nn]ot? more than|(?:a )?[mM\u041c]aximum(?: of)?|[Нн]е более|[Дд]о|[Мм]аксимум",
        "acceptable values": "(?:Acceptable|Allowed|Possible|Supported|Valid) values|(?:Допустим|Возможн)ые значения",
        "if omitted": r"[Ii]f (?:(?:it|the \w+) is )?(?:omitted|unset|not (?:given|provided|set|specified))"
        r"|[Ее]сли (?:\w+ )?не (?:за|ука)\w+",
        "no more than": "less than or equal to",
        "no less than": "greater than or equal to",
        "subject": r"(?:[\w-]+ ){0,6}",
        "scope": rf"(?:{'|'.join(SCOPES)})[аеиыя]|{_NOUN}(?: {_NOUN}){{0,2}}",
        "unit": "|".join(UNITS),
        "each": f"{'|'.join(_EACH)}|(?:The v|This v|V)alue|Значение",
        "of each": f"(?: (?:{'|'.join(_OF_EACH)}))?",
    }
)
"""Placeholder -> its regular expression."""

VALUES: Mapping[str, Callable[[str, Prose], Value]] = MappingProxyType(
    {
        **dict.fromkeys(("most", "least", "bound", "same"), _number),
        "above": _one_less,
        "below": _one_more,
        "value": _value,
        "values": _values,
        "pattern": _pattern,
        "fields": _fields,
        "scope": _scope,
        "unit": _unit,
    }
)
"""Placeholder -> the converter of its text to a value; the other placeholders have no value."""


def target_of(text: str) -> str:
    """The target of `{each}` or `{of each}`: `value`, `key`, or empty for the field as a whole."""
    return _EACH.get(text) or _OF_EACH.get(text.strip(), "")
