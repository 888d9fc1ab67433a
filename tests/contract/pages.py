"""A documentation page in our own words that states the facts of a contract, laid out as the older pages are."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from generator.contract.difference import ABSENT
from generator.contract.facts import Contract, Field, Parameter, Value
from generator.contract.formats import WIDE
from generator.contract.text import format_value
from tests.contract.mutations import Mutation, of_map, subjects

PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "required": "Required field.",
        "deprecated": "Deprecated.",
        "readOnly": "Output only.",
        "writeOnly": "Input only.",
        "default": "Default value: {}.",
        "enum": "Acceptable values are {}.",
        "minLength": "The minimum string length in characters is {}.",
        "maxLength": "Must be 0-{} characters long.",
        "pattern": "Value must match the regular expression `{}`.",
        "minimum": "The minimum value is {}.",
        "maximum": "The maximum value is {}.",
        "exclusiveMinimum": "Value must be greater than {}.",
        "exclusiveMaximum": "Value must be less than {}.",
        "minItems": "The minimum number of elements is {}.",
        "maxItems": "The maximum number of elements is {}.",
        "uniqueItems": "Values must be unique.",
        "minProperties": "The minimum number of elements is {}.",
        "maxProperties": "No more than {} per resource.",
        "x-unique-within": "Must be unique within the {}.",
        "x-unit": "What it takes in {}.",
        "x-one-of": "Includes only one of the fields {}.",
    },
    "ru": {
        "required": "Обязательное поле.",
        "deprecated": "Устарело.",
        "readOnly": "Только для вывода.",
        "writeOnly": "Только для ввода.",
        "default": "Значение по умолчанию: {}.",
        "enum": "Допустимые значения — {}.",
        "minLength": "Минимальная длина — {} символов.",
        "maxLength": "Максимальная длина — {} символов.",
        "pattern": "Значение должно соответствовать регулярному выражению `{}`.",
        "minimum": "Минимальное значение — {}.",
        "maximum": "Максимальное значение — {}.",
        "exclusiveMinimum": "Значение должно быть больше {}.",
        "exclusiveMaximum": "Значение должно быть меньше {}.",
        "minItems": "Минимальное количество элементов — {}.",
        "maxItems": "Максимальное количество элементов — {}.",
        "uniqueItems": "Значения должны быть уникальными.",
        "minProperties": "Минимальное количество элементов — {}.",
        "maxProperties": "Не более {} на ресурс.",
        "x-unique-within": "Уникально в рамках {}.",
        "x-unit": "Сколько занимает, в {}.",
        "x-one-of": "Включает только одно из полей {}.",
    },
}
"""Language -> keyword -> a sentence of the reader's vocabulary that says it."""

OF_EACH: Mapping[str, Mapping[str, str]] = {
    "en": {
        "enum": "Acceptable values for each {each} are {}.",
        "minLength": "The minimum string length in characters for each {each} is {}.",
        "maxLength": "The maximum string length in characters for each {each} is {}.",
        "pattern": "Each {each} must match the regular expression `{}`.",
        "minimum": "The minimum value for each {each} is {}.",
        "maximum": "The maximum value for each {each} is {}.",
        "exclusiveMinimum": "Each {each} must be greater than {}.",
        "exclusiveMaximum": "Each {each} must be less than {}.",
    },
    "ru": {
        "enum": "Допустимые значения для каждого {each} — {}.",
        "minLength": "Минимальная длина строки в символах для каждого {each} — {}.",
        "maxLength": "Максимальная длина строки в символах для каждого {each} — {}.",
        "pattern": "{Each} должно соответствовать регулярному выражению `{}`.",
        "minimum": "Минимальное значение для каждого {each} — {}.",
        "maximum": "Максимальное значение для каждого {each} — {}.",
        "exclusiveMinimum": "{Each} должно быть больше {}.",
        "exclusiveMaximum": "{Each} должно быть меньше {}.",
    },
}
"""Language -> keyword -> a sentence that says it of each value or key of a map."""

EACH: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {"{}": ("value", "Each value"), "{key}": ("key", "Each key")},
    "ru": {"{}": ("значения", "Каждое значение"), "{key}": ("ключа", "Каждый ключ")},
}
"""Language -> suffix of a path -> the words for that inside a sentence and at its start."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {"byte": "bytes", "second": "seconds"},
    "ru": {
        "byte": "байтах",
        "second": "секундах",
        "registry": "реестра",
        "repository": "репозитория",
        "folder": "каталога",
        "cloud": "облака",
    },
}
"""Language -> a value of `x-unit` or `x-unique-within` -> its word on a page."""

HEADINGS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "# Method get\nGives one thing.",
        "request": "## HTTP request {#https-request}",
        "path": "## Path parameters {#path_params}\n\nParameter | Description\n--- | ---",
        "query": "## Query parameters {#query_params}\n\nParameter | Description\n--- | ---",
        "body": "## Body parameters {#body_params}",
        "response": "## Response {#responses}",
        "fields": "Field | Description\n--- | ---",
        "word": "A thing of its own.",
        "end": "end of the list of possible fields",
    },
    "ru": {
        "title": "# Метод get\nДаёт одну вещь.",
        "request": "## HTTP-запрос {#https-request}",
        "path": "## Path-параметры {#path_params}\n\nПараметр | Описание\n--- | ---",
        "query": "## Query-параметры {#query_params}\n\nПараметр | Описание\n--- | ---",
        "body": "## Параметры в теле запроса {#body_params}",
        "response": "## Ответ {#responses}",
        "fields": "Поле | Описание\n--- | ---",
        "word": "Вещь как она есть.",
        "end": "конец списка возможных полей",
    },
}


LANGUAGES = tuple(PHRASES)

IMPLIES_UNIQUE = "x-unique-within"
"""Said of a list, it says that no element occurs twice."""


def says_nothing_of(mutation: Mutation, contract: Contract) -> bool:
    """Return True for a mutation that a page does not show: some facts imply another, and a type may be missing."""
    implied = {subject.path for _, subject in subjects(contract) if IMPLIES_UNIQUE in subject.constraints.values}
    untyped = {subject.path for _, subject in subjects(contract) if "type" not in subject.constraints.values}
    wide = {parameter.path for parameter in contract.parameters if parameter.constraints.values.get("format") in WIDE}
    of_type = mutation.keyword == "format" and mutation.path in untyped
    if mutation.part == "parameter" and mutation.keyword == "type":  # A URL is text: an integer in it may be wrapped.
        of_type = mutation.value is ABSENT or (mutation.value == "integer" and mutation.path in wide)
    return of_type or (mutation.keyword == "uniqueItems" and mutation.path in implied)


def page_of(contract: Contract, language: str) -> str:
    """The page of a contract; unlike on older pages, a parameter has its type, if the contract states one."""
    words, operation, response = HEADINGS[language], contract.operation, contract.response
    blocks = [
        f'---\neditable: false\n\n__system: {{"dislikeVariants":["?"]}}\n---\n\n{words["title"]}',
        f"{words['request']}\n```\n{operation.method} {operation.url}\n```",
        *_parameters(contract.parameters, language),
        *([words["body"], *_fields(contract.body, language)] if contract.body else ()),
        f"{words['response']}\n**HTTP Code: {response.status} - OK**",
        *_fields(response.fields, language),
    ]
    return "\n\n".join(blocks) + "\n"


def _parameters(parameters: Sequence[Parameter], language: str) -> Iterator[str]:
    for location in ("path", "query"):
        rows = [_row(parameter, (), language) for parameter in parameters if parameter.in_ == location]
        if rows:
            yield "\n".join([HEADINGS[language][location], *rows])


def _fields(fields: Sequence[Field], language: str) -> Iterator[str]:
    """The JSON of a body and its table."""
    text = json.dumps(_skeleton(fields, language), indent=2, ensure_ascii=False)
    json_text = re.sub(r'"(//[^"]*?) *": "//",?', r"\1", text)
    yield f"```json\n{json_text}\n```"
    rows = [_row(field, fields, language) for field in fields if not of_map(field.path)]
    yield "\n".join([HEADINGS[language]["fields"], *rows])


def _row(subject: Parameter | Field, fields: Sequence[Field], language: str) -> str:
    of_each = [field for field in fields if of_map(field.path) and _bare(field.path) == subject.path]
    phrases = " ".join([HEADINGS[language]["word"], *_phrases(subject, language), *_phrases_of_each(of_each, language)])
    name, type_ = subject.path.replace(".", ".<br>"), _type(subject)
    values = next((_type(field) for field in of_each if field.path.endswith("{}")), "")
    of_map_type = f" (map<**string**, {values}>)" if values else ""
    return f"{name} | {type_}{of_map_type}<br><p>{phrases}</p> " if type_ else f"{name} | {phrases}"


def _type(subject: Parameter | Field) -> str:
    values = subject.constraints.values
    format_ = f" ({values['format']})" if "format" in values else ""
    return f"**{values['type']}**{format_}" if "type" in values else ""


def _bare(path: str) -> str:
    return re.sub(r"\{(key)?\}$", "", path)


def _phrases(subject: Parameter | Field, language: str) -> Iterator[str]:
    values = subject.constraints.values
    for keyword, value in values.items():
        if keyword not in {"type", "format"} and not (keyword == "uniqueItems" and IMPLIES_UNIQUE in values):
            yield PHRASES[language][keyword].format(_worded(keyword, value, language))


def _phrases_of_each(fields: Sequence[Field], language: str) -> Iterator[str]:
    for field in fields:
        within, start = EACH[language][field.path.removeprefix(_bare(field.path))]
        for keyword, value in field.constraints.values.items():
            if keyword not in {"type", "format"}:
                phrase = OF_EACH[language][keyword]
                yield phrase.format(_worded(keyword, value, language), each=within, Each=start)


def _worded(keyword: str, value: Value, language: str) -> str:
    if isinstance(value, tuple):
        return ", ".join(f"`{item}`" for item in value)
    return (
        WORDS[language].get(format_value(value), format_value(value))
        if keyword in {"x-unit", "x-unique-within"}
        else format_value(value)
    )


def _skeleton(fields: Sequence[Field], language: str) -> dict[str, Any]:
    """The JSON of a body: its structure with a type for each value; a key that starts with `//` is a comment."""
    whole: dict[str, Any] = {}
    groups: dict[int, tuple[dict[str, Any], Value]] = {}
    for field in (field for field in fields if not of_map(field.path)):
        *above, name = field.path.split(".")
        type_ = field.constraints.values.get("type", "string")
        value: Any = {} if type_ == "object" else True if type_ == "boolean" else type_
        within = _within(whole, above)
        group = field.constraints.values.get("x-one-of", "")
        _, before = groups.get(id(within), (within, ""))
        if group != before:
            within |= _comment(HEADINGS[language]["end"], within) if before else {}
            within |= (
                _comment(PHRASES[language]["x-one-of"].format(_worded("", group, language)), within) if group else {}
            )
        groups[id(within)] = within, group
        within[name.removesuffix("[]")] = [value] if name.endswith("[]") else value
    for within, group in groups.values():
        within.update(_comment(HEADINGS[language]["end"], within) if group else {})
    return whole


def _comment(text: str, within: dict[str, Any]) -> dict[str, Any]:
    return {f"// {text.rstrip('.')}{' ' * len(within)}": "//"}


def _within(whole: dict[str, Any], above: Sequence[str]) -> dict[str, Any]:
    """The object at a path; one that is left out of the structure where something above it is no object."""
    for step in above:
        found = whole.get(step.removesuffix("[]"))
        inner: Any = found[0] if step.endswith("[]") and found else found
        if not isinstance(inner, dict):
            return {}
        whole = cast("dict[str, Any]", inner)
    return whole
