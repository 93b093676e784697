"""Points set by hand are the options of the spec, as they are, and bad ones are refused in words."""

import numpy as np
import pytest

from playground.data import DataError, outline, prepare
from playground.data.sets.hand_points import MAX_POINTS, MIN_POINTS
from playground.export.link import MAX_CHARACTERS, packed, unpacked
from playground.specs import DatasetSpec, SplitSpec
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import started


def drawn(x1, x2, label) -> DatasetSpec:
    return DatasetSpec(source="points", options={"x1": x1, "x2": x2, "label": label}, split=SplitSpec(kind="none"))


def test_the_points_are_those_of_the_spec_whatever_the_seed(server_settings):
    rng = np.random.default_rng(0)
    x = rng.uniform(-1, 1, (30, 2)).round(2)
    y = np.arange(30) % 3
    spec = drawn(x[:, 0].tolist(), x[:, 1].tolist(), y.tolist())
    for seed in (1, 2):
        prepared = prepare(spec, seed, server_settings)
        np.testing.assert_array_equal(prepared.array("x_train"), x.astype("float32"))
        np.testing.assert_array_equal(prepared.array("y_train"), y)
    assert prepared.facts.task == "multiclass"
    assert prepared.facts.classes == ("1", "2", "3")


@pytest.mark.parametrize(
    ("x1", "x2", "label", "words"),
    [
        (None, None, None, f"expected {MIN_POINTS} to {MAX_POINTS} points, there are 0"),
        ([0.0] * 9, [0.0] * 9, [0, 1, 0] * 3, "there are 9"),
        ([0.0] * 501, [0.0] * 501, [0] * 500 + [1], "there are 501"),
        ([0.0] * 20, [0.0] * 19, [0, 1] * 10, r"received \[19, 20\]"),
        ([0.0] * 20, [0.0] * 20, [0] * 20, "classes 1, 2 and so on, received 1"),
        ([0.0] * 20, [0.0] * 20, [0, 2] * 10, "received 1, 3"),
        ([0.0] * 20, [0.0] * 20, [0, 0.5] * 10, "whole numbers as labels"),
        ([1.5] * 20, [0.0] * 20, [0, 1] * 10, "x1 is .* between -1 and 1"),
        ([0.0] * 20, [0.0] * 20, [0, 7] * 10, "label is .* between 0 and 4"),
    ],
)
def test_what_does_not_fit_is_named(x1, x2, label, words):
    with pytest.raises(DataError, match=words):
        outline(drawn(x1, x2, label))


def test_a_link_carries_as_many_points_as_are_allowed():
    rng = np.random.default_rng(1)
    x = rng.uniform(-1, 1, (MAX_POINTS, 2)).round(2)
    labels = rng.integers(0, 5, MAX_POINTS).tolist()
    dataset = drawn(x[:, 0].tolist(), x[:, 1].tolist(), labels)
    spec = started(dataset, outline(dataset), "mlp")
    text = packed(spec)
    assert len(text) <= MAX_CHARACTERS
    assert unpacked(text) == spec


def test_there_are_points_to_begin_with():
    facts = outline(first_dataset("points"))
    assert (facts.task, facts.n_train) == ("binary", 28)
