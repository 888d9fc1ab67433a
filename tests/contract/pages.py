"""A documentation page in our own words that states the facts of a contract, laid out as the older pages are."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from generator.contract.facts import Constraints, Contract, Field, Parameter, Value
from generator.contract.text import format_value
from tests.contract.mutations import Mutation

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
        "response": "## Response {#responses}",
        "fields": "Field | Description\n--- | ---",
        "word": "A thing of its own.",
    },
    "ru": {
        "title": "# Метод get\nДаёт одну вещь.",
        "request": "## HTTP-запрос {#https-request}",
        "path": "## Path-параметры {#path_params}\n\nПараметр | Описание\n--- | ---",
        "query": "## Query-параметры {#query_params}\n\nПараметр | Описание\n--- | ---",
        "response": "## Ответ {#responses}",
        "fields": "Поле | Описание\n--- | ---",
        "word": "Вещь как она есть.",
    },
}


LANGUAGES = tuple(PHRASES)

IMPLIES_UNIQUE = "x-unique-within"
"""Said of a list, it says that no element occurs twice."""


def says_nothing_of(mutation: Mutation, contract: Contract) -> bool:
    """Whether such a page has no room for a mutation: parameters have no type there, and one phrase says two facts."""
    implied = {field.path for field in contract.response.fields if IMPLIES_UNIQUE in field.constraints.values}
    of_type = mutation.part == "parameter" and mutation.keyword in {"type", "format"}
    return of_type or (mutation.keyword == "uniqueItems" and mutation.path in implied)


def page_of(contract: Contract, language: str) -> str:
    """The page of a contract without a body; its parameters have no type there, as on every older page."""
    assert not contract.body
    words, operation, response = HEADINGS[language], contract.operation, contract.response
    blocks = [
        f'---\neditable: false\n\n__system: {{"dislikeVariants":["?"]}}\n---\n\n{words["title"]}',
        f"{words['request']}\n```\n{operation.method} {operation.url}\n```",
        *_parameters(contract.parameters, language),
        f"{words['response']}\n**HTTP Code: {response.status} - OK**",
        f"```json\n{json.dumps(_skeleton(response.fields), indent=2)}\n```",
        "\n".join([words["fields"], *(_row(field, language) for field in response.fields)]),
    ]
    return "\n\n".join(blocks) + "\n"


def _parameters(parameters: Sequence[Parameter], language: str) -> Iterator[str]:
    for location in ("path", "query"):
        rows = [
            f"{parameter.path} | {' '.join([HEADINGS[language]['word'], *_phrases(parameter.constraints, language)])}"
            for parameter in parameters
            if parameter.in_ == location
        ]
        if rows:
            yield "\n".join([HEADINGS[language][location], *rows])


def _row(one: Field, language: str) -> str:
    values = one.constraints.values
    type_ = f"**{values['type']}**" if "type" in values else ""
    format_ = f" ({values['format']})" if "format" in values else ""
    phrases = " ".join([HEADINGS[language]["word"], *_phrases(one.constraints, language)])
    return f"{one.path.replace('.', '.<br>')} | {type_}{format_}<br><p>{phrases}</p> "


def _phrases(constraints: Constraints, language: str) -> Iterator[str]:
    for keyword, value in constraints.values.items():
        if keyword not in {"type", "format"} and not (
            keyword == "uniqueItems" and IMPLIES_UNIQUE in constraints.values
        ):
            yield PHRASES[language][keyword].format(_worded(keyword, value, language))


def _worded(keyword: str, value: Value, language: str) -> str:
    if isinstance(value, tuple):
        return ", ".join(f"`{item}`" for item in value)
    return (
        WORDS[language].get(format_value(value), format_value(value))
        if keyword in {"x-unit", "x-unique-within"}
        else format_value(value)
    )


def _skeleton(fields: Sequence[Field]) -> dict[str, Any]:
    """The JSON of a response: its structure with a type for each value."""
    whole: dict[str, Any] = {}
    for field in fields:
        *above, name = field.path.split(".")
        type_ = field.constraints.values.get("type", "string")
        value: Any = {} if type_ == "object" else True if type_ == "boolean" else type_
        within = _within(whole, above)
        within[name.removesuffix("[]")] = [value] if name.endswith("[]") else value
    return whole


def _within(whole: dict[str, Any], above: Sequence[str]) -> dict[str, Any]:
    """The object at a path; one that is left out of the structure where something above it is no object."""
    for step in above:
        found = whole.get(step.removesuffix("[]"))
        inner: Any = found[0] if step.endswith("[]") and found else found
        if not isinstance(inner, dict):
            return {}
        whole = cast("dict[str, Any]", inner)
    return whole
