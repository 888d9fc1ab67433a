"""An int64 is a decimal string in JSON and an `int` in Python; nothing else is accepted."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generated_client import Blob, Image, Status
from generated_client.errors import DecodeError
from tests.client.messages import ImageMessage, from_json

LOWEST, HIGHEST = -(2**63), 2**63 - 1


@pytest.mark.parametrize("number", [LOWEST, -1, 0, 1, 48213907, HIGHEST])
@pytest.mark.parametrize("form", [str, int])
def test_an_int64_comes_as_a_decimal_string_or_as_an_integer(number: int, form: type) -> None:
    assert Image.from_dict({"compressedSize": form(number)}).compressed_size == number
    assert Blob.from_dict({"size": form(number)}).size == number


@pytest.mark.parametrize("number", [LOWEST, -1, 1, HIGHEST])
@pytest.mark.parametrize("form", [str, int])
def test_an_int64_is_written_as_a_decimal_string_however_it_came(number: int, form: type) -> None:
    assert Image.from_dict({"compressedSize": form(number)}).to_dict() == {"compressedSize": str(number)}


@pytest.mark.parametrize("number", [LOWEST - 1, HIGHEST + 1, 10**30, -(10**30)])
@pytest.mark.parametrize("form", [str, int])
def test_an_int64_beyond_its_range_is_refused(number: int, form: type) -> None:
    with pytest.raises(DecodeError, match="compressedSize: expected an int64 as a decimal string, got"):
        Image.from_dict({"compressedSize": form(number)})


@pytest.mark.parametrize(
    "value",
    [
        *(True, False, 1.0, 1e3, float("nan"), [], ["1"], {}, b"1"),
        *("", "1e3", "1.0", " 1", "1 ", "+1", "１", "٣", "²", "1_0", "0x1", "-", "--1", "NaN", "1" * 5000),
    ],
    ids=lambda value: ascii(value)[:12],
)
def test_nothing_else_is_taken_for_an_int64(value: Any) -> None:
    with pytest.raises(DecodeError, match="compressedSize: expected an int64 as a decimal string, got"):
        Image.from_dict({"compressedSize": value})


@given(st.text("0123456789-+ _.eE١１", max_size=22))
@example("-0")
@example("007")
def test_no_text_is_read_as_another_number_than_protobuf_reads(text: str) -> None:
    try:
        number = Image.from_dict({"compressedSize": text}).compressed_size
    except DecodeError:
        return
    assert number == from_json(ImageMessage, {"compressedSize": text}).compressed_size


@pytest.mark.parametrize("number", [-(2**31), 5, 2**31 - 1])
def test_an_int32_is_an_integer_both_ways(number: int) -> None:
    status = Status.from_dict({"code": number})
    assert (status.code, status.to_dict()) == (number, {"code": number})


@pytest.mark.parametrize("value", [-(2**31) - 1, 2**31, True, 5.0, "five", {}, []])
def test_an_int32_beyond_its_range_or_of_another_type_is_refused(value: Any) -> None:
    with pytest.raises(DecodeError, match="code: expected an int32, got"):
        Status.from_dict({"code": value})


@pytest.mark.parametrize("number", [10**5000, -(10**5000)], ids=["above", "below"])
def test_an_integer_too_long_to_be_printed_is_refused_like_any_other(number: int) -> None:
    with pytest.raises(DecodeError) as raised:
        Image.from_dict({"compressedSize": number})
    assert len(str(raised.value)) < 200
