"""Holds a document against the tables of objects as far as its changes have to be understood, and no further."""

from __future__ import annotations

import re

from generator.contract.places import Place, Unreadable

from .grammar import Fault, Start, walk

_BESIDES = frozenset(
    {
        *("nullable", "allOf", "multipleOf", "unevaluatedProperties"),  # read as facts
        *("style", "explode", "allowReserved", "allowEmptyValue"),  # of parameters
        *("deprecated", "flows", "openIdConnectUrl"),  # of operations and security schemes
        *("summary", "description", "title"),
    }
)
"""Keywords that say something about an operation which is held besides its facts, or nothing at all."""

_ANSWERS = re.compile(r"[1-5]XX")


def tolerate(fault: Fault, sentence: str, place: Place) -> None:
    """The objection of who compares documents: raises Unreadable for what could hide a difference."""
    keyword = place.pointer.rpartition("/")[2]
    known = fault is Fault.UNKNOWN_KEYWORD and (keyword in _BESIDES or _ANSWERS.fullmatch(keyword))
    if not (known or fault is Fault.UNKNOWN_FORMAT):
        raise Unreadable(sentence, place)


def hold(start: Start) -> None:
    """Raise Unreadable for what cannot be read anywhere below a start, the members of an `allOf` among it."""
    rest, seen = [start], set[int]()
    while rest:
        for found in walk(rest.pop(), objection=tolerate):
            members = found.table.get("allOf", ()) if found.kind == "schema" else ()
            fresh = [one for one in members if id(one) not in seen]
            seen |= {id(one) for one in fresh}
            rest += [Start(one, "schema", found.references, found.table.at("allOf")) for one in fresh]
