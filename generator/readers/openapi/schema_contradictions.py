"""Finds contradictions between the keywords of one schema, such as bounds that no value meets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import ceil, floor

from generator.contract.formats import INTEGER_LIMITS, WIDE
from generator.errors import InputError

from .schemas import KeywordValue, MergedSchema


def contradictions(schema: MergedSchema) -> Iterator[InputError]:
    """Yield a problem for each keyword of a schema that contradicts another one, or that Python cannot check."""
    keywords = schema.keywords
    if "nullable" in keywords and ("format" not in keywords or keywords["format"].value not in WIDE):
        sentence = "`type: [string, 'null']` needs `format: int64` or `uint64`; write `type: string`"
        yield InputError(sentence, keywords["nullable"].location)
    if "required" in keywords and "properties" in keywords:
        required = keywords["required"]
        for name in sorted(set(required.value) - keywords["properties"].value.keys()):
            yield InputError(f"`required` names {name!r}, which is not a property here; correct it", required.location)
    if "pattern" in keywords:
        try:
            re.compile(keywords["pattern"].value)
        except re.error as problem:
            yield InputError(f"`pattern` is invalid in Python: {problem}", keywords["pattern"].location)
    yield from _check_bounds(schema)


_BOUNDS = (
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    *((least, most) for least in ("minimum", "exclusiveMinimum") for most in ("maximum", "exclusiveMaximum")),
)
"""Every pair of a lower and an upper bound."""


def _check_bounds(schema: MergedSchema) -> Iterator[InputError]:
    keywords = schema.keywords
    format_ = keywords["format"].value if "format" in keywords else None
    is_whole = schema.type == "integer" or format_ in INTEGER_LIMITS
    for lower, upper in _BOUNDS:
        if lower in keywords and upper in keywords and not _any_between(keywords, lower, upper, is_whole=is_whole):
            least, most = keywords[lower].value, keywords[upper].value
            is_less = f"`{upper}` is less than `{lower}`"
            sentence = is_less if most < least else f"no value is between `{lower}: {least}` and `{upper}: {most}`"
            yield InputError(f"{sentence}; correct one of them", keywords[upper].location)


def _any_between(keywords: Mapping[str, KeywordValue], lower: str, upper: str, *, is_whole: bool) -> bool:
    least: int | float = keywords[lower].value
    most: int | float = keywords[upper].value
    above, below = lower.startswith("exclusive"), upper.startswith("exclusive")
    if is_whole:
        return (floor(least) + 1 if above else ceil(least)) <= (ceil(most) - 1 if below else floor(most))
    return least < most if above or below else least <= most
