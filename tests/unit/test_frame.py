"""Frames: what goes in comes out, and bytes from a stranger raise nothing but ValueError."""

import json
import math
import struct
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from playground import frame

pytestmark = pytest.mark.unit

DTYPES = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", ">i4", ">f8"]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
HEADERS = st.dictionaries(TEXT.filter(lambda key: key != "arrays"), JSON, max_size=4)
ARRAYS = st.dictionaries(
    TEXT, hnp.arrays(st.sampled_from(DTYPES), hnp.array_shapes(min_dims=0, max_dims=3, min_side=0)), max_size=3
)


def spelled(header: object, rest: bytes = b"") -> bytes:
    """A frame with any header at all, valid or not."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<I", len(text)) + text + rest


@given(HEADERS, ARRAYS)
def test_what_is_packed_is_unpacked(header, arrays):
    read, views = frame.unpack(frame.pack(header, arrays))
    assert read == header
    assert list(views) == list(arrays)
    for name, array in arrays.items():
        assert views[name].shape == array.shape
        assert views[name].dtype == array.dtype.newbyteorder("<")
        assert not views[name].flags.writeable
        np.testing.assert_array_equal(views[name], array)


@given(ARRAYS)
def test_every_part_begins_at_a_multiple_of_four(arrays):
    data = frame.pack({"text": "é"}, arrays)
    assert len(data) % 4 == 0
    assert struct.unpack_from("<I", data)[0] % 4 == 0


def test_arrays_that_are_not_contiguous_keep_their_values():
    array = np.arange(24, dtype="i4").reshape(4, 6)[::2, ::-3]
    _, arrays = frame.unpack(frame.pack({}, {"a": array}))
    np.testing.assert_array_equal(arrays["a"], array)


def test_arrays_are_read_only_views_also_of_memory_that_can_be_written():
    _, arrays = frame.unpack(memoryview(bytearray(frame.pack({}, {"a": np.arange(3)}))))
    with pytest.raises(ValueError, match="read-only"):
        arrays["a"][0] = 1


@pytest.mark.parametrize("array", [np.array([None]), np.array(["a"]), np.zeros(2, "c8"), np.zeros(2, "f4,i4")])
def test_only_numbers_and_booleans_are_packed(array):
    with pytest.raises(TypeError, match="Array 'a': expected numbers or booleans"):
        frame.pack({}, {"a": array})


@given(st.binary(max_size=200))
def test_bytes_of_a_stranger_raise_nothing_but_value_error(data):
    with pytest.raises(ValueError):  # noqa: PT011  (any message will do; random bytes are never a frame)
        frame.unpack(data)


@given(JSON | st.fixed_dictionaries({"arrays": st.lists(st.lists(JSON, max_size=4) | JSON, max_size=3)}), st.binary())
def test_headers_of_a_stranger_raise_nothing_but_value_error(header, rest):
    try:
        _, arrays = frame.unpack(spelled(header, rest))
    except ValueError:
        return
    assert all(array.dtype.kind in "biuf" for array in arrays.values())


@given(HEADERS, ARRAYS, st.data())
def test_a_frame_that_was_cut_or_changed_raises_nothing_but_value_error(header, arrays, data):
    whole = bytearray(frame.pack(header, arrays))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] = data.draw(st.integers(0, 255))
    for part in (bytes(whole), bytes(whole[:at])):
        try:
            frame.unpack(part)
        except ValueError:
            continue


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ([], "expected a JSON object"),
        ({"arrays": None}, "expected a JSON object"),
        ({"arrays": [7]}, r"expected \[name, dtype, shape\]"),
        ({"arrays": [["a", "<f4"]]}, r"expected \[name, dtype, shape\]"),
        ({"arrays": [[["a"], "<f4", [1]]]}, r"expected \[name, dtype, shape\]"),
        ({"arrays": [["a", "|O", [1]]]}, "has dtype"),
        ({"arrays": [["a", ",", [1]]]}, "has dtype"),
        ({"arrays": [["a", "(9999,9999)<f8", [1]]]}, "has dtype"),
        ({"arrays": [["a", "<f4", [-1]]]}, "whole numbers of 0 or more"),
        ({"arrays": [["a", "<f4", [True]]]}, "whole numbers of 0 or more"),
        ({"arrays": [["a", "<f4", [1.0]]]}, "whole numbers of 0 or more"),
        ({"arrays": [["a", "<f4", [10**30]]]}, "bytes, 0 are left"),
        ({"arrays": [["a", "<f4", [0, 10**30]]]}, "too large"),
        ({"arrays": [["a", "<f4", [1] * 100]]}, "bytes, 0 are left"),
        (b"[" * 100_000, "no JSON .*recursion"),
        (b"\xff\xfe", "no JSON .*utf-8"),
    ],
)
def test_hostile_headers_are_named(header, words):
    with pytest.raises(ValueError, match=words):
        frame.unpack(spelled(header))


@pytest.mark.parametrize("place", ['{"arrays":[%s]}', '{"arrays":[["a","<f4",[%s]]]}'])
def test_headers_nested_as_deeply_as_json_can_read_raise_value_error(place):
    for depth in range(sys.getrecursionlimit() - 120, sys.getrecursionlimit() + 5, 3):
        with pytest.raises(ValueError, match="Frame: "):
            frame.unpack(spelled((place % ("[" * depth + "]" * depth)).encode()))


@given(st.floats())
def test_plain_spells_numbers_that_json_cannot(number):
    value = frame.plain(np.float64(number))
    assert value == number if math.isfinite(number) else value in ("NaN", "Infinity", "-Infinity")
    assert json.loads(frame.dumps({"value": number}))["value"] == value


def test_canonical_json_does_not_depend_on_the_order_of_keys():
    assert frame.dumps({"b": (1, np.int8(2)), "a": np.array([True])}) == '{"a":[true],"b":[1,2]}'
    assert frame.dumps({"a": [True], "b": [1, 2]}) == frame.dumps({"b": [1, 2], "a": [True]})


def test_what_json_cannot_spell_is_named():
    with pytest.raises(TypeError, match="of type complex"):
        frame.plain({"a": 1j})
