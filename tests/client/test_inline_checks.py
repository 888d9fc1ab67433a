"""The checks that a model makes itself accept nothing that the decoder rejects, and reject nothing that it accepts."""

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from generated_client import Blob, Image
from generated_client._wire import Decoder

VALUES: st.SearchStrategy[object] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**64), 2**64),
    st.floats(allow_nan=False),
    st.text(st.characters(), max_size=8),
    st.text(st.sampled_from("0123456789٣²½-+_ .e"), max_size=21),  # nearly an int64
    st.integers(-(2**64), 2**64).map(str),
    st.binary(max_size=4),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
)

ATTRIBUTES: dict[type[Blob | Image], dict[str, str]] = {
    Blob: {"id": "id", "digest": "digest", "size": "size"},
    Image: {"id": "id", "name": "name", "digest": "digest", "compressedSize": "compressed_size"},
}
"""A model -> the attributes of its strings and its integer, by their names in JSON."""

FIELDS = st.dictionaries(st.sampled_from(("id", "name", "digest", "size", "compressedSize", "unknown")), VALUES)


@given(FIELDS)
@example({"id": "a", "digest": "b", "size": "9" * 18})
@example({"id": "a", "digest": "b", "size": "9" * 19})
@example({"id": "a", "digest": "b", "size": "٣"})
@example({"id": "\ud800", "digest": "b", "size": "1_0"})
@example({"id": "a", "digest": "b", "unknown": 1})
def test_a_model_is_what_the_decoder_makes_of_its_fields(data: dict[str, Any]) -> None:
    for model, attributes in ATTRIBUTES.items():
        inline, decoder = Decoder(), Decoder()
        decoded = model.decode(data, inline)
        values: dict[str, Any] = {
            attribute: (decoder.int64 if attribute.endswith("size") else decoder.string)(name, data.get(name))
            for name, attribute in attributes.items()
        }
        unknown = {name: data[name] for name in data if name not in attributes}
        assert decoded == model(**values, additional_properties=unknown)
        assert inline.problems == decoder.problems
