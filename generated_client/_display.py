# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Short representations of messages, in ASCII: every terminal can print them."""

from __future__ import annotations

from reprlib import recursive_repr
from typing import cast

from attrs import AttrsInstance, fields

_SHOWN = 3
_SHOWN_BYTES = 24


class BriefRepr:
    """Gives a message its `repr`: of a long list, the first elements and the number of the others."""

    __slots__ = ()

    @recursive_repr()
    def __repr__(self) -> str:
        kind = cast("type[AttrsInstance]", type(self))
        values = (f"{field.alias}={_brief(getattr(self, field.name))}" for field in fields(kind))
        return f"{kind.__name__}({', '.join(values)})"


def _brief(value: object) -> str:
    if isinstance(value, list):
        elements = cast("list[object]", value)
        more = [f"... {len(elements) - _SHOWN} more"] if len(elements) > _SHOWN else []
        return f"[{', '.join([*map(ascii, elements[:_SHOWN]), *more])}]"
    if isinstance(value, bytes) and len(value) > _SHOWN_BYTES:
        return f"<{len(value)} bytes>"
    return ascii(value)
