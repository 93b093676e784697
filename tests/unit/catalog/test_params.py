"""Arguments: words, bounds, defaults that are allowed, and values in one type."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import catalog, recipes
from playground.catalog import Entry, Param
from playground.specs import Args
from playground.specs.edit import with_value
from playground.specs.normalise import normalised
from playground.specs.problems import problems

ALL = {
    f"{each.kind}/{each.id}/{param.name}": param
    for kind in catalog.KINDS
    for each in catalog.entries(kind)
    for param in each.params
}
WITH_ARGUMENTS = [each for kind in catalog.KINDS for each in catalog.entries(kind) if each.params]
NEVER = (math.nan, math.inf, -math.inf, 10**400, "1", True)

numbers = st.integers() | st.floats() | st.booleans()
values = st.recursive(
    st.none() | numbers | st.text(max_size=5) | st.builds(Args, kind=st.text(max_size=5)),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=5,
)
params = st.sampled_from(list(ALL.values()))


def those(kind: str) -> dict[str, Param]:
    """All arguments that take values of ``kind``, by place."""
    found = {place: param for place, param in ALL.items() if param.kind == kind}
    assert found
    return found


def test_every_argument_has_help_that_ends_its_words():
    bad = [place for place, param in ALL.items() if not param.help or param.help != param.help.strip()]
    assert bad == []
    assert [place for place, param in ALL.items() if "{{" in param.help] == [], "a placeholder of Keras's"


def test_labels_begin_as_sentences_do():
    labels = {param.label for param in ALL.values() if param.label}
    assert labels
    formulas = {param.label for param in catalog.entry("steps", "plane_features").params if param.kind == "flag"}
    assert {label for label in labels if not label[0].isupper()} <= {"β", "β₁", "β₂", "ρ"} | formulas


def test_every_default_is_allowed_and_in_its_own_type():
    for place, param in ALL.items():
        if not param.required:
            kept = param.normalise(param.default)
            assert param.accepts(param.default), place
            assert (kept, type(kept)) == (param.default, type(param.default)), place
            assert Args(x=param.default)["x"] == param.default, place


def test_nothing_is_allowed_only_where_it_means_something():
    allowed = {place for place, param in ALL.items() if param.accepts(None)}
    assert "optimizers/Adam/clipnorm" in allowed
    assert "layers/Dense/units" not in allowed
    assert allowed == {place for place, param in ALL.items() if not param.required and param.default is None} | {
        place for place, param in ALL.items() if param.optional
    }


def test_bounds_leave_room_and_belong_to_numbers():
    for place, param in ALL.items():
        bounds = [bound for bound in (param.minimum, param.maximum) if bound is not None]
        assert bounds == sorted(set(bounds)), place
        assert not bounds or param.kind in ("int", "float", "shape", "list"), place
        assert bounds or not param.exclusive, place


@pytest.mark.parametrize(("kind", "number"), [("int", int), ("float", float)])
def test_a_bound_is_allowed_unless_it_is_exclusive_and_what_lies_beyond_never_is(kind, number):
    for place, param in those(kind).items():
        for bound, beyond in ((param.minimum, -1), (param.maximum, 1)):
            if bound is not None:
                assert param.accepts(number(bound)) != param.exclusive, place
                assert not param.accepts(number(bound) + beyond), place
        assert [value for value in NEVER if param.accepts(value)] == [], place


def test_lists_have_as_many_numbers_as_they_say_and_are_never_empty():
    for place, param in those("list").items():
        low = param.minimum or 0.0
        right = (low,) * (param.length or 3)
        assert param.accepts(right), place
        assert not param.accepts(()), place
        assert param.accepts((*right, low)) == (param.length is None), place
        assert (str(param.length) in param.expected()) == (param.length is not None), place
    assert ALL["layers/RandomGaussianBlur/value_range"].length == 2


def test_choices_are_several_and_no_others_are_allowed():
    for place, param in those("choice").items():
        assert len(set(param.choices)) == len(param.choices) > 1, place
        assert all(param.accepts(choice) and str(choice) in param.expected() for choice in param.choices), place
        assert not param.accepts("no such choice"), place
    assert [place for place, param in ALL.items() if param.choices and param.kind != "choice"] == []


def test_objects_come_from_a_table_that_has_their_default():
    assert [place for place, param in those("object").items() if param.of is None] == []
    for place, param in ALL.items():
        if param.of is None:
            continue
        assert param.kind in ("object", "float"), place
        assert param.accepts(Args(kind=catalog.entries(param.of)[0].id)), place
        if isinstance(param.default, str):
            assert catalog.entry(param.of, param.default) is not None, place


@settings(deadline=None)
@given(params, values)
def test_a_normalised_value_is_normal_and_means_the_same(param: Param, value: Any):
    once = param.normalise(value)
    assert repr(param.normalise(once)) == repr(once)
    assert once == value or repr(once) == repr(value)


@settings(deadline=None)
@given(params, values)
def test_what_is_allowed_stays_allowed(param: Param, value: Any):
    if param.accepts(value):
        assert param.accepts(param.normalise(value))


def arguments_of(each: Entry) -> st.SearchStrategy[tuple[Entry, Args]]:
    drawn = {param.name: numbers | st.lists(numbers, max_size=3) for param in each.params}
    return st.fixed_dictionaries({}, optional=drawn).map(lambda found: (each, Args(found)))


@settings(deadline=None)
@given(st.sampled_from(WITH_ARGUMENTS).flatmap(arguments_of))
def test_normalised_arguments_are_normal(case: tuple[Entry, Args]):
    each, args = case
    once = normalised(args, each)
    assert set(once) == set(args)
    assert normalised(once, each) == once


def nested(value: Any) -> Args:
    """A wrapped layer, in it one with a regularizer and an initializer; numbers as ``value`` makes them."""
    parts = {"kernel_regularizer": {"kind": "L2", "args": {"l2": value(1)}}, "units": value(4)}
    inner = {"kind": "LSTM", "args": {**parts, "kernel_initializer": {"kind": "Constant", "args": {"value": value(2)}}}}
    return Args(layer={"kind": "Bidirectional", "args": {"layer": inner}})


def test_numbers_take_their_types_in_objects_inside_objects_too():
    wrapper = catalog.entry("layers", "TimeDistributed")
    found = [normalised(nested(value), wrapper) for value in (int, float)]
    assert found[0] == found[1]
    inner = found[0]["layer"]["args"]["layer"]["args"]
    assert repr(inner["units"]) == "4"
    assert repr(inner["kernel_regularizer"]["args"]["l2"]) == "1.0"
    assert repr(inner["kernel_initializer"]["args"]["value"]) == "2.0"


@pytest.mark.parametrize(
    ("table", "kind", "args", "wrong", "field"),
    [
        (
            "model.layers.0",
            "TimeDistributed",
            {"layer": {"kind": "Dense", "args": {"units": 0}}},
            "wrong-value",
            "units",
        ),
        (
            "model.layers.0",
            "TimeDistributed",
            {
                "layer": {
                    "kind": "Dense",
                    "args": {"units": 1, "kernel_regularizer": {"kind": "L2", "args": {"l2": -1}}},
                }
            },
            "wrong-value",
            "l2",
        ),
        (
            "model.layers.0",
            "Bidirectional",
            {"layer": {"kind": "TimeDistributed", "args": {"layer": {"kind": "Dense"}}}},
            "missing-argument",
            "units",
        ),
        (
            "model.layers.0",
            "Bidirectional",
            {"layer": {"kind": "LSTM", "args": {"units": 1, "recurrent_constraint": {"kind": "No", "args": {}}}}},
            "unknown-kind",
            "kind",
        ),
        (
            "training.optimizer",
            "SGD",
            {"learning_rate": {"kind": "CosineDecay", "args": {"initial_learning_rate": -1, "decay_steps": 2}}},
            "wrong-value",
            "initial_learning_rate",
        ),
    ],
)
def test_what_is_wrong_inside_objects_is_found_where_it_stands(table, kind, args, wrong, field):
    spec = recipes.recipe("digits-mlp").spec
    for name, value in (("kind", kind), ("args", args)):
        spec = with_value(spec, f"{table}.{name}", value)
    found = [each for each in problems(spec) if each.rule == wrong]
    assert [each.place.rsplit(".", 1)[1] for each in found] == [field]
    assert found[0].is_blocking


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("float", 1, 1.0),
        ("float", True, True),
        ("float", 2**60, 2**60),
        ("int", 64.0, 64),
        ("int", 64.5, 64.5),
        ("int", "64", "64"),
        ("shape", (3.0, 3), (3, 3)),
        ("shape", 3.0, 3),
        ("shape", ((1.0, 1), (2, 2.0)), ((1, 1), (2, 2))),
        ("list", (1, 2.5), (1, 2.5)),
        ("flag", 1, 1),
        ("text", "a", "a"),
    ],
)
def test_numbers_take_the_type_of_their_argument(kind, value, kept):
    found = Param("x", kind).normalise(value)
    assert repr(found) == repr(kept)


@pytest.mark.parametrize(
    ("param", "words"),
    [
        (Param("x", "int"), "a whole number"),
        (Param("x", "int", minimum=1), "a whole number of at least 1"),
        (Param("x", "float", minimum=0.0, exclusive=True), "a number above 0"),
        (Param("x", "float", maximum=0.5, exclusive=True, optional=True), "a number below 0.5 or nothing"),
        (Param("x", "float", maximum=0.0), "a number of at most 0"),
        (Param("x", "float", minimum=0.0, maximum=1.0), "a number between 0 and 1"),
        (Param("x", "float", minimum=0.0, maximum=1.0, exclusive=True), "a number between 0 and 1 (exclusive)"),
        (Param("x", "int", maximum=100_000), "a whole number of at most 100,000"),
        (Param("x", "choice", choices=("valid", "same")), "one of valid, same"),
        (Param("x", "object", of="layers"), "one of the layers"),
        (Param("x", "object"), "an object"),
        (Param("x", "flag"), "true or false"),
        (Param("x", "shape", optional=True), "whole numbers or nothing"),
        (Param("x", "shape", listed=True), "a list of whole numbers"),
        (Param("x", "list"), "a list of numbers"),
        (Param("x", "text"), "text"),
    ],
)
def test_what_is_expected_is_said_in_words(param, words):
    assert param.expected() == words


@pytest.mark.parametrize(
    ("param", "value", "is_allowed"),
    [
        (Param("x", "flag"), True, True),
        (Param("x", "flag"), 1, False),
        (Param("x", "text"), "val_loss", True),
        (Param("x", "text"), 3, False),
        (Param("x", "shape", minimum=1), 3, True),
        (Param("x", "shape", minimum=1), (3, 3), True),
        (Param("x", "shape", minimum=1, listed=True), 3, False),
        (Param("x", "shape", minimum=1, listed=True), (3,), True),
        (Param("x", "shape", minimum=1), (3, 0), False),
        (Param("x", "shape", minimum=1), (3, 0.5), False),
        (Param("x", "shape", minimum=1), (), False),
        (Param("x", "shape", minimum=0), ((1, 1), (0, 2)), True),
        (Param("x", "list", minimum=0), (), False),
        (Param("x", "list", minimum=0), (1, 0.5), True),
        (Param("x", "list", minimum=0), (1, -0.5), False),
        (Param("x", "list"), 1, False),
        (Param("x", "list"), (True,), False),
        (Param("x", "choice", choices=(1, 2)), 1, True),
        (Param("x", "choice", choices=(1, 2)), 1.0, False),
        (Param("x", "choice", choices=(1, 2)), True, False),
        (Param("x", "object", of="layers"), "Dense", True),
        (Param("x", "object", of="layers"), 3, False),
        (Param("x", "float", of="schedules"), Args(kind="CosineDecay"), True),
        (Param("x", "float"), Args(kind="CosineDecay"), False),
        (Param("x", "int", required=True), None, False),
        (Param("x", "int", default=3), None, False),
        (Param("x", "int", default=3, optional=True), None, True),
    ],
)
def test_what_is_allowed_follows_from_the_kind(param, value, is_allowed):
    assert param.accepts(value) is is_allowed
