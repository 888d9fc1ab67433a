"""The tables of phrases of the documentation, in Russian and English, with their facts.

A new phrase is a new line. Its first column is a regular expression for the whole sentence, white space as
single spaces, without the full stop; `{…}` in it is a placeholder of `placeholders.PLACEHOLDERS`. Its second
column is the facts: a string in braces is the value of that placeholder, anything else is the value itself.
`{each}` and `{of each}` let the sentence describe each value or each key of a map. A dash between spaces or
placeholders matches any dash.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.contract.facts import Value

Phrases = tuple[tuple[str, Mapping[str, Value]], ...]

THIS = "{this}"
"""The value of a fact that is the list item around the sentence."""

_LENGTHS: Mapping[str, Value] = {"minLength": "{least}", "maxLength": "{most}"}
_LENGTH: Mapping[str, Value] = {"minLength": "{same}", "maxLength": "{same}"}
_VALUES: Mapping[str, Value] = {"minimum": "{least}", "maximum": "{most}"}
_COUNTS: Mapping[str, Value] = {"minItems": "{least}", "maxItems": "{most}"}
_COUNT: Mapping[str, Value] = {"minItems": "{same}", "maxItems": "{same}"}

SENTENCES: Phrases = (
    # the side that sets the value
    (r"Required(?: field)?|This field is required", {"required": True}),
    (r"Обязательное поле", {"required": True}),
    (r"\(?[Oo]utput only\)?", {"readOnly": True}),
    (r"Только для вывода", {"readOnly": True}),
    (r"\(?[Ii]nput only\)?", {"writeOnly": True}),
    (r"Только для ввода", {"writeOnly": True}),
    (r"(?:This field is )?[Dd]eprecated", {"deprecated": True}),
    (r"(?:Поле )?[Уу]старело", {"deprecated": True}),
    # the length of a string
    (r"The maximum string length in characters{of each} is {most}", {"maxLength": "{most}"}),
    (r"The minimum string length in characters{of each} is {least}", {"minLength": "{least}"}),
    (r"{length}{of each} must be (?:between )?{least}(?:-| and ){most}", _LENGTHS),
    (r"{length}{of each} must be (?:equal to|exactly) {same}", _LENGTH),
    (r"{length}{of each} must be {no more than} {most}", {"maxLength": "{most}"}),
    (r"{length}{of each} must be less than {above}", {"maxLength": "{above}"}),
    (r"{length}{of each} must be {no less than} {least}", {"minLength": "{least}"}),
    (r"{length}{of each} must be greater than {below}", {"minLength": "{below}"}),
    (r"(?:{subject}[Mm]ust be )?{least}-{most} characters long", _LENGTHS),
    (r"Максимальная длина строки в символах{of each} — {most}", {"maxLength": "{most}"}),
    (r"Максимальная длина(?: \w+)? — {most} символ\w*", {"maxLength": "{most}"}),
    (r"Минимальная длина строки в символах{of each} — {least}", {"minLength": "{least}"}),
    (r"Минимальная длина(?: \w+)? — {least} символ\w*", {"minLength": "{least}"}),
    (r"{length}{of each} должна быть от {least} до {most}", _LENGTHS),
    (r"{length}{of each} должна быть равна {same}", _LENGTH),
    (r"{length}{of each} должна быть меньше {above}", {"maxLength": "{above}"}),
    (r"{length}{of each} должна быть больше {below}", {"minLength": "{below}"}),
    (r"Длина \w+ должна быть от {least} до {most} символ\w*", _LENGTHS),
    # its pattern
    (r"{each} must match the regular expression:? {pattern}", {"pattern": "{pattern}"}),
    (r"{each} долж\w+ соответствовать регулярному выражению {pattern}", {"pattern": "{pattern}"}),
    (r"(?:[Mm]ust be|[Дд]олж\w+ быть в кодировке) base64(?:[ -]?encoded)?", {"format": "byte"}),
    # a number or a duration
    (r"The maximum value{of each} is {most}", {"maximum": "{most}"}),
    (r"The minimum value{of each} is {least}", {"minimum": "{least}"}),
    (
        r"(?:Acceptable|Allowed|Possible|Valid) values{of each}(?: are|:) {least}(?:-| to ){most}(?:, inclusive)?",
        _VALUES,
    ),
    (r"{each} must be between {least} and {most}", _VALUES),
    (r"{each} must be {no more than} {most}", {"maximum": "{most}"}),
    (r"{each} must be less than {bound}", {"exclusiveMaximum": "{bound}"}),
    (r"{each} must be {no less than} {least}", {"minimum": "{least}"}),
    (r"{each} must be greater than {bound}", {"exclusiveMinimum": "{bound}"}),
    (r"{each} must be (?:one of|equal to):? {values}", {"enum": "{values}"}),
    (r"Acceptable values{of each} are:? {values}", {"enum": "{values}"}),
    (r"Range \[{least}, ?{most}\]", _VALUES),
    (r"Максимальное значение{of each} — {most}", {"maximum": "{most}"}),
    (r"Минимальное значение{of each} — {least}", {"minimum": "{least}"}),
    (r"Допустимые значения{of each} — от {least} до {most} включительно", _VALUES),
    (r"{each} должн\w+ быть больше {bound}", {"exclusiveMinimum": "{bound}"}),
    (r"{each} должн\w+ быть меньше {bound}", {"exclusiveMaximum": "{bound}"}),
    (r"{each} должн\w+ быть (?:одним из|равно|равным) {values}", {"enum": "{values}"}),
    (r"Допустимые значения{of each} — {values}", {"enum": "{values}"}),
    (r"Диапазон \[{least}, ?{most}\]", _VALUES),
    # the number of elements, or of keys
    (r"{count} must be (?:in the range|between) {least}(?:-| and ){most}", _COUNTS),
    (r"{count} must be (?:equal to|exactly) {same}", _COUNT),
    (r"{count} must be {no more than} {most}", {"maxItems": "{most}"}),
    (r"{count} must be less than {above}", {"maxItems": "{above}"}),
    (r"{count} must be {no less than} {least}", {"minItems": "{least}"}),
    (r"{count} must be greater than {below}", {"minItems": "{below}"}),
    (r"The maximum number of elements is {most}", {"maxItems": "{most}"}),
    (r"The minimum number of elements is {least}", {"minItems": "{least}"}),
    (r"Must contain at least one element", {"minItems": 1}),
    (r"Must contain exactly {same} elements?", _COUNT),
    (r"No more than {most}(?: \w+)? per resource", {"maxProperties": "{most}"}),
    (r"[M\u041c]aximum(?: of)? {most}(?: \w+)? per resource", {"maxProperties": "{most}"}),
    (r"{count} должно находиться в диапазоне от {least} до {most}", _COUNTS),
    (r"{count} должно быть равно {same}", _COUNT),
    (r"{count} должно быть больше {below}", {"minItems": "{below}"}),
    (r"{count} должно быть меньше {above}", {"maxItems": "{above}"}),
    (r"Максимальное количество элементов — {most}", {"maxItems": "{most}"}),
    (r"Минимальное количество элементов — {least}", {"minItems": "{least}"}),
    (r"Должен содержать хотя бы один элемент", {"minItems": 1}),
    (r"Долж\w+ содержать (?:ровно )?{same} элемент\w*", _COUNT),
    (r"Долж\w+ содержать не менее {least} элемент\w*", {"minItems": "{least}"}),
    (r"Не более {most}(?: \w+)? на ресурс", {"maxProperties": "{most}"}),
    (r"Максимум {most}(?: \w+)? на ресурс", {"maxProperties": "{most}"}),
    # uniqueness
    (
        r"{subject}(?:(?:is|are|[Mm]ust be) )?[Uu]nique (?:within|in|across) (?:the |a )?{scope}",
        {"x-unique-within": "{scope}"},
    ),
    (r"{subject}(?:должн\w+ быть )?[Уу]никал\w+ в(?: рамках| пределах)? {scope}", {"x-unique-within": "{scope}"}),
    (r"(?:All |The |Each )?(?:[Vv]alues?|[Ee]lements?) must be unique", {"uniqueItems": True}),
    (r"(?:Все )?(?:[Зз]начения|[Ээ]лементы) должны быть уникальными", {"uniqueItems": True}),
    # one of several fields
    (r"(?:{path} ?)?[Ii]ncludes only one of the fields {fields}", {"x-one-of": "{fields}"}),
    (r"(?:{path} ?)?[Вв]ключает только одно из полей {fields}", {"x-one-of": "{fields}"}),
    # the default
    (r"(?:The )?[Dd]efault(?: value)?(?:: | is | — ){value}", {"default": "{value}"}),
    (r"(?:Значение по умолчанию|По умолчанию)(?:: | — ){value}", {"default": "{value}"}),
    (r"\(?(?:The )?[Dd]efault(?: value)?\)?", {"default": THIS}),
    (r"\(?(?:Значение )?[Пп]о умолчанию\)?", {"default": THIS}),
)
"""Phrases for a whole sentence."""

FRAGMENTS: Phrases = (
    (r"\(required\)", {"required": True}),
    (r"^(?:This field is )?(?:[Dd]eprecated|DEPRECATED)(?=[:,;]| [Uu]se| in favor| since)", {"deprecated": True}),
    (r"\bvalues in {least}-{most}", _VALUES),
    (r"(?:, |\b)(?:specified |указанн\w+ )?(?:[Ii]n|[Вв]) {unit}\b(?! (?:per|or|of|в|или)\b)", {"x-unit": "{unit}"}),
    (r"(?:, |\b){value} by default$", {"default": "{value}"}),
)
"""Phrases for a part of a sentence; the rest is prose."""
