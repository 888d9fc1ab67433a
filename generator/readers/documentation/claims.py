"""What the text of a field claims: the vocabulary's facts, put where they belong for a field of this type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from attrs import evolve, frozen

from generator.contract.facts import Value

from .cells import Cell, Piece
from .phrases import THIS
from .placeholders import UNITS
from .prose import CODE, Prose
from .vocabulary import ParsedSentence, UnparsedSentence, understand


@frozen
class Claim:
    """One fact as one sentence claims it; `suffix` is ``, `{}` for a map's values, `{key}` for its keys.

    `timed` is true where the sentence has a number with a unit of time.
    """

    suffix: str
    keyword: str
    value: Value
    text: str
    line: int
    timed: bool = False


Known = Mapping[tuple[str, str], Value]
"""What the type of a field has said already: (suffix, keyword) -> value."""

_SUFFIXES = {"value": "{}", "key": "{key}", "": ""}
_STRINGS, _NUMBERS = frozenset({"string"}), frozenset({"string", "integer", "number"})
_SCALARS = _NUMBERS | {"boolean"}

FITS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "minLength": _STRINGS,
        "maxLength": _STRINGS,
        "pattern": _STRINGS,
        "format": _STRINGS,
        "minimum": _NUMBERS,
        "maximum": _NUMBERS,
        "exclusiveMinimum": _NUMBERS,
        "exclusiveMaximum": _NUMBERS,
        "enum": _NUMBERS,
        "default": _SCALARS,
        "minProperties": frozenset({"object", "string"}),
        "maxProperties": frozenset({"object", "string"}),
        "x-unique-within": _NUMBERS,
        "x-unit": _NUMBERS,
    }
)
"""Keyword -> the types of which it can be said (some pages show a map as a string). What does not fit is unread."""

_BOUNDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})
"""What text has only where it is a duration."""

_REPEATED = frozenset({"minItems", "maxItems", "uniqueItems"})
_AS_ITEMS = {"minProperties": "minItems", "maxProperties": "maxItems"}
_AS_PROPERTIES = {items: properties for properties, items in _AS_ITEMS.items()}
_NAMED = re.compile(rf"(?P<name>[A-Z][A-Z0-9_]+|{CODE})(?=$|:)")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9_]+(?=$|:)")
"""The name of an enumeration's value, as its item opens: bare in the older pages, a code span in the newer."""


def claims_of_text(content: Cell, name: str, known: Known) -> tuple[list[Claim], list[tuple[str, int]]]:
    """What the text of the field `name` claims, and its sentences that were not understood, with their lines."""
    claims: list[Claim] = []
    suspects: list[tuple[str, int]] = []
    values = _enumerated(content, known)
    items = [piece.prose for piece in content.pieces if piece.item and _CAPITALS.match(piece.prose.text)]
    if values:
        claims.append(Claim("", "enum", tuple(values.values()), "", min(piece.prose.line for piece in values)))
    elif items:
        suspects.append((f"a list that may name values of `{name}`", items[0].line))
    for piece in content.pieces:
        for said in _said(piece, values):
            if isinstance(said, UnparsedSentence):
                suspects.append((said.text, said.line))
                continue
            placed = [_placed(claim, name, known) for claim in _claims(said)]
            if None in placed:
                suspects.append((said.text, said.line))
            claims += [claim for claim in placed if claim is not None]
    claims += [evolve(one, keyword="uniqueItems", value=True) for one in claims if _makes_items_unique(one, name)]
    return claims, suspects


def _makes_items_unique(claim: Claim, name: str) -> bool:
    return claim.keyword == "x-unique-within" and name.endswith("[]")


def _enumerated(content: Cell, known: Known) -> dict[Piece, str]:
    """The items that name the values of an enumeration.

    Where the type says so, they are those that open with a name; an older page's type does not say, so all
    items of the list must be names in capital letters.
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


def _said(piece: Piece, values: Mapping[Piece, str]) -> Iterator[ParsedSentence | UnparsedSentence]:
    """What a piece says of the field: an item only which value is the default, anything else of it is unread."""
    if piece not in values:
        text = piece.prose
    else:
        text = evolve(piece.prose, text=_NAMED.sub("", piece.prose.text, count=1).lstrip(": "))
    for said in understand(text):
        if isinstance(said, ParsedSentence) and piece.item and set(said.values) != {"default"}:
            yield UnparsedSentence(said.text, said.line)
        elif isinstance(said, ParsedSentence) and said.values.get("default") == THIS:
            default = {"default": values[piece]} if piece in values else None
            yield evolve(said, values=default) if default else UnparsedSentence(said.text, said.line)
        else:
            yield said


def _claims(said: ParsedSentence) -> Iterable[Claim]:
    suffix = _SUFFIXES[said.whose]
    timed = "x-unit" in said.values and len(said.values) > 1
    return [Claim(suffix, keyword, value, said.text, said.line, timed) for keyword, value in said.values.items()]


def _placed(claim: Claim, name: str, known: Known) -> Claim | None:
    """A claim on the subject and the keyword that it means for this field; None where it cannot be meant."""
    repeated = name.endswith("[]")
    if repeated and claim.suffix == "{}":
        claim = evolve(claim, suffix="")
    is_map = known.get(("", "type")) == "object" and not repeated
    counted = _AS_ITEMS if repeated else _AS_PROPERTIES if is_map else {}
    keyword = counted.get(claim.keyword, claim.keyword)
    claim = evolve(claim, keyword=keyword)
    if (claim.suffix and not is_map) or (keyword in _REPEATED and not repeated):
        return None
    kind = "string" if claim.suffix == "{key}" else known.get((claim.suffix, "type"))
    if kind == "string" and (claim.suffix, "format") not in known and not _fits_text(claim):
        return None
    return claim if kind is None or (kind in FITS.get(keyword, (kind,)) and _fits_value(claim, str(kind))) else None


def _fits_text(claim: Claim) -> bool:
    """Whether a claim can be true of text: bounds only in time, and a unit only where it ends its sentence.

    The older pages show a duration as plain text.
    """
    if claim.keyword == "x-unit" and not claim.timed:
        return claim.text.split()[-1].strip("().,") in UNITS
    return claim.keyword not in _BOUNDS or claim.timed


def _fits_value(claim: Claim, kind: str) -> bool:
    """Whether a default is a value of the type."""
    if claim.keyword != "default" or kind == "string":
        return True
    return isinstance(claim.value, bool) if kind == "boolean" else type(claim.value) in {int, float}
