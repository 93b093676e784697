"""Arguments: immutable, equal by value, and the same after JSON."""

import copy
import enum
import json
import math
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from playground.specs import Args

scalars = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | st.text(max_size=20)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
mappings = st.dictionaries(st.text(max_size=8), values, max_size=4)


class Holder(BaseModel):
    args: Args = Args()


@given(mappings)
def test_json_changes_nothing(given_args: dict):
    args = Args(given_args)
    again = Args(json.loads(json.dumps(args.plain(), allow_nan=False)))
    assert again == args
    assert hash(again) == hash(args)
    assert again.plain() == args.plain()


@given(mappings)
def test_the_order_of_names_does_not_matter(given_args: dict):
    backwards = dict(reversed(given_args.items()))
    assert Args(backwards) == Args(given_args)
    assert list(Args(backwards)) == sorted(given_args)


@given(mappings)
def test_copies_are_equal(given_args: dict):
    args = Args(given_args)
    for twin in (copy.deepcopy(args), pickle.loads(pickle.dumps(args)), Args(args), Args(args.plain())):
        assert twin == args
        assert hash(twin) == hash(args)


@given(mappings, mappings)
def test_equal_means_the_same_json(one: dict, other: dict):
    is_same = json.dumps(Args(one).plain()) == json.dumps(Args(other).plain())
    assert (Args(one) == Args(other)) == is_same
    assert len({Args(one), Args(other)}) == (1 if is_same else 2)


def test_lists_are_tuples_and_mappings_are_args():
    args = Args(kernel_size=[3, 3], kernel_regularizer={"kind": "L2", "args": {"l2": 0.01}}, units=64)
    assert args == Args(kernel_size=(3, 3), kernel_regularizer=Args(kind="L2", args=Args(l2=0.01)), units=64)
    assert args["kernel_size"] == (3, 3)
    assert isinstance(args["kernel_regularizer"], Args)
    assert args["kernel_regularizer"]["args"]["l2"] == 0.01
    assert args.plain() == {
        "kernel_regularizer": {"args": {"l2": 0.01}, "kind": "L2"},
        "kernel_size": [3, 3],
        "units": 64,
    }


@pytest.mark.parametrize(("number", "spelled"), [(math.nan, "NaN"), (math.inf, "Infinity"), (-math.inf, "-Infinity")])
def test_numbers_that_json_lacks_are_spelled(number: float, spelled: str):
    assert Args(a=number, b=[number])["a"] == spelled
    assert Args(a=number, b=[number]) == Args(a=spelled, b=(spelled,))
    assert Args(a=np.float32(number))["a"] == spelled


def test_numbers_of_different_types_differ():
    assert len({Args(a=1), Args(a=1.0), Args(a=True), Args(a="1")}) == 4


class Size(enum.IntEnum):
    SMALL = 3


@pytest.mark.parametrize(
    ("given_value", "kept"),
    [
        (np.int64(3), 3),
        (np.float64(0.5), 0.5),
        (np.float32(0.5), 0.5),
        (np.bool_(True), True),
        (np.str_("relu"), "relu"),
        (Size.SMALL, 3),
    ],
)
def test_values_become_plain_python(given_value: object, kept: object):
    value = Args(a=given_value)["a"]
    assert value == kept
    assert type(value) is type(kept)


def test_nothing_can_be_changed_in_place():
    args = Args(units=64, kernel_size=[3, 3], inner={"a": 1})
    with pytest.raises(TypeError):
        args["units"] = 32
    with pytest.raises(TypeError):
        del args["units"]
    with pytest.raises(AttributeError):
        args.units = 32
    with pytest.raises(TypeError):
        args["inner"]["a"] = 2
    assert not hasattr(args["kernel_size"], "append")


def test_what_was_handed_in_or_out_is_a_copy():
    source = {"shape": [1, 2], "inner": {"a": 1}}
    args = Args(source)
    source["shape"].append(3)
    source["inner"]["a"] = 2
    out = args.plain()
    out["inner"]["a"] = 3
    assert args == Args(shape=(1, 2), inner={"a": 1})


def test_replace_and_without_give_copies():
    args = Args(units=64, activation="relu")
    assert args.replace(units=32) == Args(units=32, activation="relu")
    assert args.without("activation", "not_there") == Args(units=64)
    assert args == Args(units=64, activation="relu")


def test_it_is_a_mapping():
    args = Args({"b": 2, "a": 1})
    assert (len(args), "a" in args, args.get("c"), dict(args)) == (2, True, None, {"a": 1, "b": 2})
    assert args != {"a": 1, "b": 2}, "a dict has no hash to agree with"
    assert repr(args) == 'Args({"a":1,"b":2})'
    with pytest.raises(KeyError):
        args["c"]


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", print, 1j, np.zeros(3)])
def test_values_that_json_lacks_are_refused(value: object):
    with pytest.raises(ValueError, match=f"expected text, numbers, lists or mappings, received {type(value).__name__}"):
        Args(a=value)


def test_names_are_text():
    with pytest.raises(ValueError, match="names must be text"):
        Args({1: 2})


def test_text_that_nobody_can_store_is_refused():
    for items in ({"a": "\ud800"}, {"\ud800": 1}, {"a": [{"b": "x\udfff"}]}):
        with pytest.raises(ValueError, match="does not exist, at position"):
            Args(items)
    with pytest.raises(ValueError, match="100,001 characters, expected at most 100,000"):
        Args(a="x" * 100_001)


@pytest.mark.parametrize("wrap", [lambda inner: [inner], lambda inner: {"a": inner}])
def test_values_are_not_nested_without_end(wrap):
    value: object = 1
    for _ in range(11):
        value = wrap(value)
    assert Args(a=value)
    for _ in range(5_000):
        value = wrap(value)
    with pytest.raises(ValueError, match="nested more than 12 deep"):
        Args(a=value)


def test_a_model_takes_mappings_and_gives_plain_json():
    holder = Holder.model_validate({"args": {"size": [3, 3]}})
    assert holder.args == Args(size=(3, 3))
    assert holder.model_dump() == {"args": {"size": [3, 3]}}
    assert Holder.model_validate_json(holder.model_dump_json()) == holder
    assert Holder.model_json_schema()["properties"]["args"]["type"] == "object"
    with pytest.raises(ValidationError, match="expected arguments by name"):
        Holder.model_validate({"args": [1, 2]})
