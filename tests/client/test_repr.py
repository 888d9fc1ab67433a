"""The `repr` of a model fits on a screen."""

from __future__ import annotations

import io

import pytest

from generated_client import Blob, Image, Timestamp
from generated_client.errors import Call, DecodeError, NotFound


def test_an_image_of_127_layers_does_not_flood_a_terminal() -> None:
    """Of a long list the first elements are shown, and how many more there are; a short one is shown whole."""
    shown = repr(Image(layers=[Blob(id=f"layer{number}") for number in range(127)], tags=["latest", "2.4.1"]))
    assert len(shown) < 500
    assert "layer2" in shown
    assert "layer3" not in shown
    assert "... 124 more]" in shown
    assert "tags=['latest', '2.4.1']" in shown


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp866", "koi8-r", "utf-8"])
def test_every_terminal_can_print_an_image_and_an_error_that_was_cut(encoding: str) -> None:
    """The content of the text does not matter."""
    text = "\u043e\u0431\u0440\u0430\u0437 \U0001f600 \u2026"
    layer = Blob(id=text)
    image = Image(name=text, config=layer, layers=[layer] * 5, tags=[text], additional_properties={text: text})
    image.created_at = Timestamp.parse("2026-03-14T09:26:53Z")
    terminal = io.TextIOWrapper(io.BytesIO(), encoding)
    print(image, repr(image), [image], file=terminal)
    with pytest.raises(DecodeError) as raised:
        Image.from_dict({"name": 7, "tags": "\u043e" * 500, "config": "x" * 500})
    print(raised.value, NotFound("404", Call("GET", "https://example.com", "")), file=terminal)


def test_a_message_within_itself_is_shown() -> None:
    image = Image(id="crp1")
    image.additional_properties["itself"] = image
    assert "..." in repr(image)
