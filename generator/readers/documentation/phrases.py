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

_COUNT: Mapping[str, Value] = {"minItems": "{same}", "maxItems": "{same}"}
_DEFAULT: Mapping[str, Value] = {"default": "{value}"}
_VALUES: Mapping[str, Value] = {"minimum": "{least}", "maximum": "{most}"}

_SIZES = (("{length}{of each}", "Length"), ("{count}", "Items"))
"""The size of a string or list, and the end of its keywords."""

_SIZE_RELATIONS = (
    (r"must be (?:between |in the range )?{least}(?:-| and | to ){most}", "{least}", "{most}"),
    (r"must be (?:equal to|exactly) {same}", "{same}", "{same}"),
    (r"must be {no more than} {most}", "", "{most}"),
    (r"must be less than {above}", "", "{above}"),
    (r"must be {no less than} {least}", "{least}", ""),
    (r"must be greater than {below}", "{below}", ""),
    (r"долж\w+ (?:быть|находиться в диапазоне) от {least} до {most}", "{least}", "{most}"),
    (r"долж\w+ быть равн\w+ {same}", "{same}", "{same}"),
    (r"долж\w+ быть меньше {above}", "", "{above}"),
    (r"долж\w+ быть больше {below}", "{below}", ""),
)
"""A relation of a size, and its bounds."""

_EXTREMES = (
    (r"(?:The )?[Mm]aximum", "max", "{most}"),
    (r"(?:The )?[Mm]inimum", "min", "{least}"),
    (r"Максимальн\w+", "max", "{most}"),
    (r"Минимальн\w+", "min", "{least}"),
)
_MEASURES = (
    (r"(?:(?:string )?length|длина(?: \w+)?)(?: in characters| в символах)?", "Length"),
    (r"(?:value|значение)", "imum"),
    (r"(?:number of (?:elements|items)|количество элементов)", "Items"),
)
"""The two parts of `The maximum string length`, with the two parts of the keyword."""

SENTENCES: Phrases = (
    # the side that sets the value
    (r"(?:This (?:field|parameter) is |This is a )?[Rr]equired(?: field| parameter)?", {"required": True}),
    (r"(?:Это )?[Оо]бязательн\w+ (?:поле|параметр)", {"required": True}),
    (r"\(?(?:[Oo]utput only|[Rr]ead[- ]only)\)?|Только для (?:вывода|чтения)", {"readOnly": True}),
    (r"\(?[Ii]nput only\)?|Только для ввода", {"writeOnly": True}),
    (r"(?:This field is )?[Dd]eprecated|(?:Поле )?[Уу]старело", {"deprecated": True}),
    # sizes and extremes
    *(
        (
            f"{size} {relation}",
            {keyword + noun: value for keyword, value in (("min", least), ("max", most)) if value},
        )
        for size, noun in _SIZES
        for relation, least, most in _SIZE_RELATIONS
    ),
    *(
        (f"{extreme} {measure}{{of each}}{{is}} {value}{{characters}}", {keyword + noun: value})
        for extreme, keyword, value in _EXTREMES
        for measure, noun in _MEASURES
    ),
    (
        r"(?:{subject}[Mm]ust be )?{least}-{most} characters long|Длина \w+ должна быть от {least} до {most} символ\w*",
        {"minLength": "{least}", "maxLength": "{most}"},
    ),
    (r"(?:{subject}[Mm]ust be )?{up to} {most} (?:characters|символ\w*)(?: long| in length)?", {"maxLength": "{most}"}),
    (r"{up to} {most} (?:elements|items|элемент\w*)", {"maxItems": "{most}"}),
    (r"{up to} {most}(?: \w+)? (?:per resource|на ресурс)", {"maxProperties": "{most}"}),
    (r"Must contain at least one element|Должен содержать хотя бы один элемент", {"minItems": 1}),
    (r"(?:Must contain exactly|Долж\w+ содержать(?: ровно)?) {same} (?:elements?|элемент\w*)", _COUNT),
    (r"Долж\w+ содержать не менее {least} элемент\w*", {"minItems": "{least}"}),
    # its pattern
    (
        r"{each} (?:must match the regular expression|долж\w+ соответствовать регулярному выражению):? {pattern}",
        {"pattern": "{pattern}"},
    ),
    (r"(?:[Mm]ust be|[Дд]олж\w+ быть в кодировке) base64(?:[ -]?encoded)?", {"format": "byte"}),
    # a number or a duration
    (r"{acceptable values}{of each}{is}(?: от)? {least}(?:-| to | до ){most}(?:,? inclusive| включительно)?", _VALUES),
    (r"{acceptable values}{of each}{is} {values}", {"enum": "{values}"}),
    (r"(?:{each} )?[Mm]ust be (?:between |in the range (?:from )?){least}(?:-| and | to ){most}", _VALUES),
    (r"(?:{each} )?[Mm]ust be (?:{no more than}|{up to}) {most}", {"maximum": "{most}"}),
    (r"(?:{each} )?(?:[Mm]ust be less than|должн\w+ быть меньше) {bound}", {"exclusiveMaximum": "{bound}"}),
    (r"(?:{each} )?[Mm]ust be (?:{no less than}|at least) {least}", {"minimum": "{least}"}),
    (r"(?:{each} )?(?:[Mm]ust be greater than|должн\w+ быть больше) {bound}", {"exclusiveMinimum": "{bound}"}),
    (
        r"(?:{each} )?(?:[Mm]ust be (?:one of|equal to)|должн\w+ быть (?:одним из|равно|равным)):? {values}",
        {"enum": "{values}"},
    ),
    (r"(?:Range|Диапазон) \[{least}, ?{most}\]", _VALUES),
    # uniqueness
    (
        r"{subject}(?:(?:is|are|[Mm]ust be) )?[Uu]nique (?:within|in|across) (?:the |a )?{scope}",
        {"x-unique-within": "{scope}"},
    ),
    (r"{subject}(?:должн\w+ быть )?[Уу]никал\w+ в(?: рамках| пределах)? {scope}", {"x-unique-within": "{scope}"}),
    (r"(?:All |The |Each )?(?:[Vv]alues?|[Ee]lements?) must be unique", {"uniqueItems": True}),
    (r"(?:Все )?(?:[Зз]начения|[Ээ]лементы) должны быть уникальными", {"uniqueItems": True}),
    # one of several fields
    (
        r"(?:{path} ?)?(?:[Ii]ncludes only|[Oo]nly includes) one of (?:the|these)(?: following)? fields:? {fields}",
        {"x-one-of": "{fields}"},
    ),
    (r"(?:{path} ?)?[Вв]ключает только одно из (?:этих |следующих )?полей:? {fields}", {"x-one-of": "{fields}"}),
    (r"(?:Only|At most) one of {fields} (?:can|may|must) be (?:set|specified|used)", {"x-one-of": "{fields}"}),
    # the default
    (r"(?:The )?[Dd]efault(?: value)?{is} {value}|(?:Значение по умолчанию|По умолчанию){is} {value}", _DEFAULT),
    (r"(?:{if omitted},? )?(?:[Ii]t )?[Dd]efaults to {value}(?:,? \(?{if omitted}\)?)?", _DEFAULT),
    (r"{if omitted},? {value} is used|{if omitted},? используется(?: значение)? {value}", _DEFAULT),
    (r"\(?(?:The |This is (?:a|the) )?[Dd]efault(?: value)?\)?|\(?(?:Значение )?[Пп]о умолчанию\)?", {"default": THIS}),
)
"""Phrases for a whole sentence."""

FRAGMENTS: Phrases = (
    (r"\(required\)", {"required": True}),
    (r"^(?:This field is )?(?:[Dd]eprecated|DEPRECATED)(?=[:,;]| [Uu]se| in favor| since)", {"deprecated": True}),
    (r"\bvalues in {least}-{most}", _VALUES),
    (r"(?:, |\b)(?:specified |указанн\w+ )?(?:[Ii]n|[Вв]) {unit}\b(?! (?:per|or|of|в|или)\b)", {"x-unit": "{unit}"}),
    (r"(?:, from|, от|\bbetween) {least} (?:to|до|and) {most}$", _VALUES),
    (r"(?<![\w.-]){value}(?: is used)? (?:by default|{if omitted})$", _DEFAULT),
    (r", (?:the )?default value$", {"default": THIS}),
    (r"\bin (?:the )?RFC ?3339(?: text)? format$|\bв формате RFC ?3339$", {"format": "date-time"}),
    (r"\b(?:key[:=]value|ключ[:=]значение)\b", {"type": "object"}),
)
"""Phrases for a part of a sentence; the rest is prose."""
