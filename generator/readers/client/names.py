"""Names as proto3 JSON writes them."""

from __future__ import annotations


def camel_case(name: str) -> str:
    """Return the JSON name of a Python one: `image_id` is `imageId`, `type_` is `type`."""
    first, *rest = name.strip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)
