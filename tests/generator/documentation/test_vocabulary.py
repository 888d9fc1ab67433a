"""Each phrase gives its facts; a sentence that looks like a constraint and matches none is reported."""

import re
from collections.abc import Mapping

import pytest

from generator.contract.facts import Value
from generator.readers.documentation.constraint_hints import FALSE_HINTS, HINTS
from generator.readers.documentation.phrases import FRAGMENTS, SENTENCES, THIS
from generator.readers.documentation.prose import parse_markup
from generator.readers.documentation.vocabulary import parse_prose, pattern_of
from tests.generator.documentation.cases import spelled

RELATIONS: list[tuple[str, dict[str, Value]]] = [
    ("must be 2–7", {"min": 2, "max": 7}),
    ("must be between 2 and 7", {"min": 2, "max": 7}),
    ("must be in the range `2` to `7`", {"min": 2, "max": 7}),
    ("must be equal to 7", {"min": 7, "max": 7}),
    ("must be exactly 7", {"min": 7, "max": 7}),
    ("must be «no more» 7", {"max": 7}),
    ("must be less than 7", {"max": 6}),
    ("must be «no less» 7", {"min": 7}),
    ("must be greater than 7", {"min": 8}),
    ("должна быть от 2 до 7", {"min": 2, "max": 7}),
    ("должно находиться в диапазоне от 2 до 7", {"min": 2, "max": 7}),
    ("должна быть равна 7", {"min": 7, "max": 7}),
    ("должно быть меньше 7", {"max": 6}),
    ("должно быть больше 7", {"min": 8}),
]
"""A relation of a size, and its bounds."""

SIZES = (
    ("The string length in characters", "Length", ""),
    ("The length of each map value", "Length", "value"),
    ("Длина строки для каждого ключа", "Length", "key"),
    ("«count»", "Items", ""),
    ("«количество»", "Items", ""),
)
"""A size, the end of its keywords, and their target."""

EXTREMES = (("The maximum", "max"), ("Minimum", "min"), ("Максимальная", "max"), ("Минимальное", "min"))
MEASURES = (
    ("string length in characters", "Length"),
    ("длина описания", "Length"),
    ("value", "imum"),
    ("значение", "imum"),
    ("number of elements", "Items"),
    ("количество элементов", "Items"),
)
"""The two parts of an extreme, with the two parts of its keyword."""

MEANINGS: list[tuple[str, str, dict[str, Value]]] = [
    *(
        (f"{size} {relation}.", target, {bound + noun: value for bound, value in bounds.items()})
        for size, noun, target in SIZES
        for relation, bounds in RELATIONS
    ),
    *(
        (f"{extreme} {measure} is 7.", "", dict[str, Value]({bound + noun: 7}))
        for extreme, bound in EXTREMES
        for measure, noun in MEASURES
    ),
    ("Required.", "", {"required": True}),
    ("Name (required)", "", {"required": True}),
    ("Обязательное поле.", "", {"required": True}),
    ("Output only.", "", {"readOnly": True}),
    ("Только для вывода.", "", {"readOnly": True}),
    ("Input only.", "", {"writeOnly": True}),
    ("Только для ввода.", "", {"writeOnly": True}),
    ("This field is deprecated.", "", {"deprecated": True}),
    ("Deprecated: sail another one.", "", {"deprecated": True}),
    ("Поле устарело.", "", {"deprecated": True}),
    ("«least» for each key is 7.", "key", {"minLength": 7}),
    ("The name must be 2-7 characters long.", "", {"minLength": 2, "maxLength": 7}),
    ("2-7 characters long.", "", {"minLength": 2, "maxLength": 7}),
    ("«наибольшая» для каждого ключа - 7.", "key", {"maxLength": 7}),
    ("«наименьшая» для каждого значения — 7.", "value", {"minLength": 7}),
    ("Длина имени должна быть от 2 до 7 символов.", "", {"minLength": 2, "maxLength": 7}),
    ("Value «match» `[a-z]`.", "", {"pattern": "[a-z]"}),
    ("Each key «match» `` [a`z] ``.", "key", {"pattern": "[a`z]"}),
    ("Each value «match» ``` |a|b ```.", "value", {"pattern": "|a|b"}),
    ("Значение «должно» <code>[a&lt;z]</code>.", "", {"pattern": "[a<z]"}),
    ("Каждый ключ «должен» `a`.", "key", {"pattern": "a"}),
    ("Each map key «match»: `a`.", "key", {"pattern": "a"}),
    ("Must be base64-encoded.", "", {"format": "byte"}),
    ("Должен быть в кодировке base64.", "", {"format": "byte"}),
    ("The maximum value is 1.5.", "", {"maximum": 1.5}),
    ("The minimum value is -7.", "", {"minimum": -7}),
    ("The minimum value is 2 days.", "", {"minimum": 172800, "x-unit": "second"}),
    ("Acceptable values are 2 to 7, inclusive.", "", {"minimum": 2, "maximum": 7}),
    ("Acceptable values are 1 minute to 2 hours, inclusive.", "", {"minimum": 60, "maximum": 7200, "x-unit": "second"}),
    ("Acceptable values are 1 to 2 hours, inclusive.", "", {"minimum": 3600, "maximum": 7200, "x-unit": "second"}),
    ("The value must be between 2 and 7.", "", {"minimum": 2, "maximum": 7}),
    ("The value must be «no more» 7.", "", {"maximum": 7}),
    ("The value must be «no less» 7.", "", {"minimum": 7}),
    ("Life of a record, values in 2-7 (optional)", "", {"minimum": 2, "maximum": 7}),
    ("Possible values are 2-7.", "", {"minimum": 2, "maximum": 7}),
    ("Each value must be less than 7.", "value", {"exclusiveMaximum": 7}),
    ("Value must be one of 2, 3 or 7.", "", {"enum": (2, 3, 7)}),
    ("Value must be equal to 2,3,7.", "", {"enum": (2, 3, 7)}),
    ("Acceptable values are `a`, `b`.", "", {"enum": ("a", "b")}),
    ("Range [0, 1].", "", {"minimum": 0, "maximum": 1}),
    ("Максимальное значение — 43200 seconds.", "", {"maximum": 43200, "x-unit": "second"}),
    ("Допустимые значения — от 2 до 7 включительно.", "", {"minimum": 2, "maximum": 7}),
    ("Допустимые значения — 2, 3 или 7.", "", {"enum": (2, 3, 7)}),
    ("Значение должно быть больше 0.", "", {"exclusiveMinimum": 0}),
    ("Каждое значение должно быть меньше 7.", "value", {"exclusiveMaximum": 7}),
    ("Значение должно быть равно 2, 3 или 7.", "", {"enum": (2, 3, 7)}),
    ("Диапазон [0, 1].", "", {"minimum": 0, "maximum": 1}),
    ("Must contain at least one element.", "", {"minItems": 1}),
    ("Must contain exactly 1 element.", "", {"minItems": 1, "maxItems": 1}),
    ("\u041caximum of 7 per resource.", "", {"maxProperties": 7}),
    ("Должен содержать хотя бы один элемент.", "", {"minItems": 1}),
    ("Должен содержать ровно 1 элемент.", "", {"minItems": 1, "maxItems": 1}),
    ("Должно содержать не менее 2 элементов.", "", {"minItems": 2}),
    ("Максимум 7 меток на ресурс.", "", {"maxProperties": 7}),
    ("The boat name is unique within the harbour.", "", {"x-unique-within": "harbour"}),
    ("Имя должно быть уникальным в каталоге.", "", {"x-unique-within": "folder"}),
    ("Каждый якорь уникален в пределах репозитория.", "", {"x-unique-within": "repository"}),
    ("Name unique in the harbour.", "", {"x-unique-within": "harbour"}),
    ("Each element must be unique.", "", {"uniqueItems": True}),
    ("Значения должны быть уникальными.", "", {"uniqueItems": True}),
    ("`c`includes only one of the fields `a`", "", {"x-one-of": ("a",)}),
    ("`c.d[]` включает только одно из полей `a`, `b`", "", {"x-one-of": ("a", "b")}),
    ("Default value: 100.", "", {"default": 100}),
    ("The default is `true`.", "", {"default": True}),
    ("Default value: 2 minutes.", "", {"default": 120, "x-unit": "second"}),
    ("Default value.", "", {"default": THIS}),
    ("Значение по умолчанию: `wood`.", "", {"default": "wood"}),
    ("(по умолчанию)", "", {"default": THIS}),
    ("Weight of the boat, specified in bytes.", "", {"x-unit": "byte"}),
    ("Вес лодки, указанный в байтах", "", {"x-unit": "byte"}),
    ("Let it sail, true by default", "", {"default": True}),
    ("This is a required parameter.", "", {"required": True}),
    ("Обязательный параметр.", "", {"required": True}),
    ("Read-only.", "", {"readOnly": True}),
    ("Maximum string length: 7 characters.", "", {"maxLength": 7}),
    ("The maximum value is 7,000.", "", {"maximum": 7000}),
    ("Number of items must be between `2` and `7`.", "", {"minItems": 2, "maxItems": 7}),
    ("This value must be greater than 7.", "", {"exclusiveMinimum": 7}),
    ("Must be at least 7.", "", {"minimum": 7}),
    ("Acceptable values are 2 - 2^63 - 1.", "", {"minimum": 2, "maximum": 2**63 - 1}),
    ("Value must be between -2^31 and 10^6.", "", {"minimum": -(2**31), "maximum": 10**6}),
    ("Share of the load, from 0 to 1.", "", {"minimum": 0, "maximum": 1}),
    ("A number between 1 and 7.", "", {"minimum": 1, "maximum": 7}),
    ("Possible values: SAIL, `OAR`, or `motor`.", "", {"enum": ("SAIL", "OAR", "motor")}),
    ("Up to 7 characters.", "", {"maxLength": 7}),
    ("Must be a maximum of 7 characters long.", "", {"maxLength": 7}),
    ("Не более 7 символов.", "", {"maxLength": 7}),
    ("Up to 7 elements.", "", {"maxItems": 7}),
    ("`hull` only includes one of these fields: `a`, `b`, or `c`", "", {"x-one-of": ("a", "b", "c")}),
    ("At most one of [maxSize](#a) and [minSize](#a) can be set.", "", {"x-one-of": ("maxSize", "minSize")}),
    ("Defaults to `wood` if omitted.", "", {"default": "wood"}),
    ("If it is not specified, `wood` is used.", "", {"default": "wood"}),
    ("Если не указано, используется значение `wood`.", "", {"default": "wood"}),
    ("Age of a boat: 7 if omitted", "", {"default": 7}),
    ("The common kind, default value.", "", {"default": THIS}),
    ("Time of launch in the RFC3339 format.", "", {"format": "date-time"}),
    ("Время спуска в формате RFC3339.", "", {"format": "date-time"}),
    ("Labels as key:value pairs.", "", {"type": "object"}),
    ("Labels as `key:value` pairs.", "", {"type": "object"}),
    ("Метки в формате <code>ключ:значение</code>.", "", {"type": "object"}),
]


def _read(text: str) -> tuple[list[tuple[str, Mapping[str, Value]]], list[str]]:
    """The facts of a text, and its unparsed sentences."""
    read = list(parse_prose(parse_markup(spelled(text), 1)))
    parsed = [(sentence.target, sentence.facts) for sentence in read if sentence.facts]
    return parsed, [sentence.text for sentence in read if not sentence.facts]


@pytest.mark.parametrize(("text", "target", "facts"), MEANINGS, ids=[text for text, _, _ in MEANINGS])
def test_phrase_means_its_facts(text: str, target: str, facts: dict[str, Value]) -> None:
    """A phrase gives its facts and leaves nothing unparsed."""
    assert _read(text) == ([(target, facts)], [])


def test_every_phrase_has_its_case() -> None:
    """Each line of the two tables of phrases is shown by a case above."""
    texts = [parse_markup(spelled(text), 1).text.rstrip(" .") for text, _, _ in MEANINGS]
    for phrase, _ in (*SENTENCES, *FRAGMENTS):
        assert any(re.search(pattern_of(phrase), text) for text in texts), phrase


@pytest.mark.parametrize(
    "text",
    [
        "The maximum value is 12h",
        "Possible values are many",
        "It defaults to blue",
        "Blue by default, or grey",
        "Weight in bytes per second",
        "Rest in hours or days",
        "The name is unique within the harbour and short",
        "A deprecated boat",
        "Number of a boat (UUID format)",
        "The weight is a multiple of 24 hours",
        "If not specified, the crew decides",
        "As ISO 639-1 says, boats must swim",
    ],
)
def test_sentence_that_resembles_a_phrase_is_unparsed(text: str) -> None:
    """A sentence that looks like a constraint and matches no phrase is unparsed, word for word."""
    assert _read(f"{text}.") == ([], [text])


HINT_EXAMPLES = (
    *("25mb", "exactly one", "хотя бы один", "no more than `size`", "не превышает", "only used together"),
    *("указываются вместе", "mutually exclusive", "взаимоисключающие", "a multiple of", "кратно", "should be"),
    *("cannot", "do not set", "должен", "не может", "mandatory", "обязательна", "требуется", "unique", "уникальна"),
    *("possible values", "one of `a`", "одно из значений", "not supported", "поддерживаются только", "допустимо"),
    *("возможные значения", "starts with", "начинается с буквы", "uuid format", "may contain", "может содержать"),
    *("lowercase", "латинские", "positive", "положительное", "only if", "только если", "without duplicates"),
    *("без повторов", "immutable", "three letters", "в днях или часах", "default value of a boat", "default is"),
    *("by default", "синий по умолчанию", "if omitted", "если не указано", "a deprecated boat", "устарел"),
)
"""A sentence for each hint, in their order."""


def test_every_hint_has_an_example() -> None:
    """Each line of the table of hints is the first to match its example, which is unparsed."""
    for text, expected in zip(HINT_EXAMPLES, HINTS, strict=True):
        plain = parse_markup(text, 1).text
        assert next(hint for hint in HINTS if re.search(rf"\b(?:{hint})", plain)) == expected, text
        assert _read(text) == ([], [text])


FALSE_HINT_EXAMPLES = (
    *("As ISO 639-1 says.", "For instance 10.0.0.1/8.", "In order: 1."),
    *("A range of possible values is from `0` to `1`.", "With from 0 to 9 digits.", "Has precision (9 digits)."),
    *("Mooring may take up to 15 minutes.", "Bells ring every 7 days.", "A 16-bit signal."),
    *("The unique identifier of a boat.", "Уникальный идентификатор лодки.", "Указывает, должен ли парус висеть."),
    *("whether at least one sail hangs", "exactly one of `a` or `b` is set.", "As a form of a regular expression."),
    *(
        "User must click.",
        "A boat cannot be restored.",
        "Boats that must be left.",
        "Any method that sails should sail.",
    ),
    *("May contain several sails.", "The default value for most fields is null or 0.", "A sail, for example 7."),
    *("Returns the code 404.", "A sailor of version 1.2.", "Лодка, которая должна быть спущена."),
    *("Парус, используемый по умолчанию.", "No authentication is required."),
)
"""A sentence for each false hint, in their order."""


def test_every_false_hint_has_an_example() -> None:
    """A false hint is neither a fact nor unparsed; without its line it would be unparsed."""
    for text, (pattern, _) in zip(FALSE_HINT_EXAMPLES, FALSE_HINTS, strict=True):
        plain = parse_markup(text, 1).text.lower().rstrip(" .")
        assert re.search(pattern, plain), text
        assert re.search(rf"\b(?:{'|'.join(HINTS)})", plain), text
        assert _read(text) == ([], [])


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Required field. key of a door", ["required"]),
        ("A boat, i.e. 5 planks. Required.", ["required"]),
        ("Name of the boat\nRequired.", ["required"]),
        ("Ships, boats etc. are meant. Output only.", ["readOnly"]),
        ("Required.\nOutput only. Input only", ["required", "readOnly", "writeOnly"]),
    ],
)
def test_sentences_end_where_a_reader_sees_it(text: str, sentences: list[str]) -> None:
    """A sentence ends at a full stop that is no abbreviation's, and where a line starts with a capital."""
    assert [keyword for _, values in _read(text)[0] for keyword in values] == sentences


def test_lines_are_those_of_the_sentences() -> None:
    """Each fact has the line that its sentence starts in."""
    read = parse_prose(parse_markup("One\ntwo.\nRequired. Output\nonly.\n\nMust swim.", 5))
    assert [(sentence.text, sentence.line) for sentence in read] == [
        ("Required", 7),
        ("Output only", 7),
        ("Must swim", 10),
    ]
