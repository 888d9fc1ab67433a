"""The checks that a model makes itself accept nothing that the decoder rejects, and reject nothing that it accepts."""

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from generated_client import Blob, Image
from generated_client._wire import Decoder

DIGITS = st.text(st.sampled_from("0123456789٣²½-+_ .e"), max_size=21)
"""Texts that are nearly an int64: other digits, signs, separators, too many of them."""

VALUES: st.SearchStrategy[object] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**64), 2**64),
    st.floats(allow_nan=False),
    st.text(st.characters(), max_size=8),
    DIGITS,
    st.integers(-(2**64), 2**64).map(str),
    st.binary(max_size=4),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
)


def decoded_by(decoder: Decoder, model: type[Blob | Image], data: dict[str, Any]) -> Any:
    """Decode the strings and the integer of an object by the methods of the decoder alone."""
    names = {"id": "id", "digest": "digest", "size": "size"}
    if model is Image:
        names = {"id": "id", "name": "name", "digest": "digest", "compressedSize": "compressed_size"}
    values: dict[str, Any] = {
        name: (decoder.int64 if name.endswith("size") else decoder.string)(wire_name, data.get(wire_name))
        for wire_name, name in names.items()
    }
    return model(**values, additional_properties={name: data[name] for name in data if name not in names})


@st.composite
def fields(draw: st.DrawFn, *names: str) -> dict[str, Any]:
    """Objects with some of the fields, and with others that nobody knows."""
    known = draw(st.dictionaries(st.sampled_from(names), VALUES))
    return known | draw(st.dictionaries(st.sampled_from(("x", "y")), VALUES))


@given(fields("id", "digest", "size"))
@example({"id": "a", "digest": "b", "size": "9" * 18})
@example({"id": "a", "digest": "b", "size": "9" * 19})
@example({"id": "a", "digest": "b", "size": "٣"})
@example({"id": "\ud800", "digest": "b", "size": "1_0"})
@example({"id": "a", "digest": "b", "unknown": 1})
def test_a_blob_is_what_the_decoder_makes_of_its_fields(data: dict[str, Any]) -> None:
    ours, theirs = Decoder(), Decoder()
    assert Blob.decode(data, ours) == decoded_by(theirs, Blob, data)
    assert ours.problems == theirs.problems


@given(fields("id", "name", "digest", "compressedSize"))
def test_an_image_is_what_the_decoder_makes_of_its_fields(data: dict[str, Any]) -> None:
    ours, theirs = Decoder(), Decoder()
    assert Image.decode(data, ours) == decoded_by(theirs, Image, data)
    assert ours.problems == theirs.problems
