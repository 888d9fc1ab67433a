"""What a model shows of itself fits on a screen."""

from __future__ import annotations

from generated_client import Blob, Image


def test_an_image_of_127_layers_does_not_flood_a_terminal() -> None:
    """Of a long list the first elements are shown, and how many more there are."""
    shown = repr(Image(layers=[Blob(id=f"layer{number}") for number in range(127)]))
    assert len(shown) < 500
    assert "layer2" in shown
    assert "layer3" not in shown
    assert "… 124 more]" in shown


def test_a_short_list_is_shown_whole() -> None:
    """Nothing is left out where there is room."""
    assert "tags=['latest', '2.4.1']" in repr(Image(tags=["latest", "2.4.1"]))
