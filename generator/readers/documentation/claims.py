"""Claims: the facts in the text of a field, placed on the subject and the keyword that fit its type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from attrs import evolve, frozen

from generator.contract.facts import Value

from .cells import Cell, Piece
from .keywords import ARRAY_KEYWORDS, MAP_KEYWORDS, NUMBER_BOUNDS, STRING_KEYWORDS
from .phrases import THIS
from .placeholders import UNITS
from .prose import CODE, Prose
from .vocabulary import Sentence, parse_prose


@frozen
class Claim:
    """A fact in one sentence; `suffix` is ``, `{}` for a map's values, `{key}` for its keys.

    `timed` is true if the sentence has a number with a unit of time.
    """

    suffix: str
    keyword: str
    value: Value
    text: str
    line: int
    timed: bool = False


TypeFacts = Mapping[tuple[str, str], Value]
"""The facts in the type of a field: (suffix, keyword) -> value."""

_SUFFIXES = {"value": "{}", "key": "{key}", "": ""}
_STRINGS, _NUMBERS = frozenset({"string"}), frozenset({"string", "integer", "number"})
_SCALARS = _NUMBERS | {"boolean"}

FITS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **dict.fromkeys((*STRING_KEYWORDS, "format"), _STRINGS),
        **dict.fromkeys((*NUMBER_BOUNDS, "enum", "x-unique-within", "x-unit"), _NUMBERS),
        **dict.fromkeys(MAP_KEYWORDS, frozenset({"object"})),
        "default": _SCALARS,
    }
)
"""Keyword -> the types that it applies to. For other types it is unparsed."""

_AS_ITEMS = {"minProperties": "minItems", "maxProperties": "maxItems"}
_AS_PROPERTIES = {items: properties for properties, items in _AS_ITEMS.items()}
_NAMED = re.compile(rf"(?P<name>[A-Z][A-Z0-9_]+|{CODE})(?=$|:)")
_LIST_HEAD = re.compile(
    r"(?:acceptable|allowed|possible|valid|supported|available) values(?: are)?:|(?:возможн|допустим)\w+ значения:",
    re.IGNORECASE,
)
"""The sentence above the list of an enumeration's values."""

_CAPITALS = re.compile(r"[A-Z][A-Z0-9_]+(?=$|:)")
"""The name of an enumeration's value at the start of its item: bare in the older pages, a code span in the newer."""


def parse_text(content: Cell, name: str, known: TypeFacts) -> tuple[list[Claim], list[tuple[str, int]]]:
    """The claims in the text of the field `name`, and the sentences that were not understood, with their lines."""
    claims: list[Claim] = []
    unparsed: list[tuple[str, int]] = []
    values = _enum_names(content, known)
    items = [piece.prose for piece in content.pieces if piece.item and _CAPITALS.match(piece.prose.text)]
    if values:
        claims.append(Claim("", "enum", tuple(values.values()), "", min(piece.prose.line for piece in values)))
    elif items:
        unparsed.append((f"a list that may name values of `{name}`", items[0].line))
    sentences = [sentence for piece in content.pieces for sentence in _sentences_of(piece, values)]
    if of_map := next((sentence for sentence in sentences if _describes_map(sentence, name, known)), None):
        claims.append(Claim("", "type", "object", of_map.text, of_map.line))
        known = {**known, ("", "type"): "object"}
    for sentence in sentences:
        if values and not sentence.facts and _LIST_HEAD.fullmatch(sentence.text):
            continue
        placed = [_place_claim(claim, name, known) for claim in _claims_of(sentence) if claim.keyword != "type"]
        if not sentence.facts or None in placed:
            unparsed.append((sentence.text, sentence.line))
        claims += [claim for claim in placed if claim is not None]
    if name.endswith("[]"):
        unique = [claim for claim in claims if claim.keyword == "x-unique-within"]
        claims += [evolve(claim, keyword="uniqueItems", value=True) for claim in unique]
    return claims, unparsed


def _describes_map(sentence: Sentence, name: str, known: TypeFacts) -> bool:
    """Return True if the type `string` contradicts a sentence: some pages print it for a map."""
    if name.endswith("[]") or known.get(("", "type")) != "string":
        return False
    return sentence.target == "key" or not MAP_KEYWORDS.union({"type"}).isdisjoint(sentence.facts)


def _enum_names(content: Cell, known: TypeFacts) -> dict[Piece, str]:
    """The items that name the values of an enumeration.

    If the type is an enumeration, they are the items that start with a name. The older pages print another type,
    so all items of the list must be names in capital letters.
    """
    if known.get(("", "type"), "string") != "string" or ("", "format") in known:
        return {}
    items = [piece for piece in content.pieces if piece.item]
    names = {piece: _value(match["name"], piece.prose) for piece in items if (match := _NAMED.match(piece.prose.text))}
    if content.type is not None and content.type.name == "enum":
        return {piece: name for piece, name in names.items() if name.isidentifier()}
    return names if len(names) == len(items) and all(name.isupper() for name in names.values()) else {}


def _value(name: str, prose: Prose) -> str:
    return prose.code(name) if re.fullmatch(CODE, name) else name


def _sentences_of(piece: Piece, names: Mapping[Piece, str]) -> Iterator[Sentence]:
    """Parse the sentences of a piece; in an item of a list, all facts but a default are unparsed."""
    text = piece.prose
    if piece in names:
        text = evolve(text, text=_NAMED.sub("", text.text, count=1).lstrip(": "))
    for sentence in parse_prose(text):
        if piece.item and set(sentence.facts) != {"default"}:
            yield evolve(sentence, facts={})
        elif sentence.facts.get("default") == THIS:
            yield evolve(sentence, facts={"default": names[piece]} if piece in names else {})
        else:
            yield sentence


def _claims_of(sentence: Sentence) -> list[Claim]:
    suffix, facts = _SUFFIXES[sentence.target], sentence.facts
    timed = "x-unit" in facts and len(facts) > 1
    return [Claim(suffix, keyword, value, sentence.text, sentence.line, timed) for keyword, value in facts.items()]


def _place_claim(claim: Claim, name: str, known: TypeFacts) -> Claim | None:
    """Move a claim to the subject and the keyword that fit this field; None if none fits."""
    repeated = name.endswith("[]")
    if repeated and claim.suffix == "{}":
        claim = evolve(claim, suffix="")
    is_map = known.get(("", "type")) == "object" and not repeated
    counted = _AS_ITEMS if repeated else _AS_PROPERTIES if is_map else {}
    keyword = counted.get(claim.keyword, claim.keyword)
    claim = evolve(claim, keyword=keyword)
    if (claim.suffix and not is_map) or (keyword in ARRAY_KEYWORDS and not repeated):
        return None
    kind = "string" if claim.suffix == "{key}" else known.get((claim.suffix, "type"))
    if kind == "string" and (claim.suffix, "format") not in known and not _fits_text(claim):
        return None
    return claim if kind is None or (kind in FITS.get(keyword, (kind,)) and _fits_value(claim, str(kind))) else None


def _fits_text(claim: Claim) -> bool:
    """Return True if a claim applies to text: bounds only of a duration, a unit only at the end of its sentence.

    The older pages show a duration as plain text.
    """
    if claim.keyword == "x-unit" and not claim.timed:
        return claim.text.split()[-1].strip("().,") in UNITS
    return claim.keyword not in NUMBER_BOUNDS or claim.timed


def _fits_value(claim: Claim, kind: str) -> bool:
    """Return True unless the claim is a default of another type."""
    if claim.keyword != "default" or kind == "string":
        return True
    return isinstance(claim.value, bool) if kind == "boolean" else type(claim.value) in {int, float}
