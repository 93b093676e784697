"""Data whose targets are the inputs themselves."""

import numpy as np
import pytest

from playground.data import SOURCES, DataError, outline, prepare
from playground.specs import DatasetSpec
from playground.specs.first_dataset import first_dataset

SOME = [name for name, source in SOURCES.items() if source.stamp is None]
NUMBERED = [name for name in SOME if outline(first_dataset(name)).vocabulary is not None]


def itself(source: str) -> DatasetSpec:
    return first_dataset(source).model_copy(update={"target": "input"})


@pytest.mark.parametrize("source", NUMBERED)
def test_numbers_of_symbols_have_no_order_to_reconstruct(source, server_settings):
    with pytest.raises(DataError, match="have no order"):
        prepare(itself(source), 3, server_settings)


@pytest.mark.parametrize("source", [name for name in SOME if name not in NUMBERED])
def test_targets_are_the_inputs(source, server_settings):
    spec = itself(source)
    prepared = prepare(spec, 3, server_settings)
    facts = outline(spec)
    assert prepared.facts.model_copy(update={"fitted": (), "repeated": None}) == facts
    assert facts.task == "reconstruction"
    assert facts.target_shape == facts.input_shape
    assert (facts.classes, facts.unit) == ((), "")
    for part in ("train", "validation", "test"):
        np.testing.assert_array_equal(prepared.array(f"y_{part}"), prepared.array(f"x_{part}"))
        assert prepared.array(f"y_{part}").dtype == facts.target_dtype


def test_they_are_the_prepared_inputs_and_are_not_written_twice(server_settings):
    prepared = prepare(itself("digits"), 3, server_settings)
    assert prepared.array("y_train").max() == 1.0, "divided by 16 as the inputs are"
    assert prepared.array("y_train").filename == prepared.array("x_train").filename
    assert not list(prepared.folder.glob("y_*"))


def test_the_parts_have_the_rows_that_they_have_for_the_class(server_settings):
    """The labels still decide a stratified split: only the target changes."""
    rows = [
        prepare(spec, 3, server_settings).array("rows_test") for spec in (itself("digits"), first_dataset("digits"))
    ]
    np.testing.assert_array_equal(*rows)


def test_it_is_other_data_than_that_of_the_class():
    assert itself("digits").prepared_key(3) != first_dataset("digits").prepared_key(3)


@pytest.mark.parametrize("target", ["inputs", "Input", "", 0])
def test_no_other_word_is_taken_for_it(target):
    with pytest.raises(DataError, match="expected none, or 'input' for the inputs themselves"):
        outline(DatasetSpec(source="digits", target=target))


def test_chosen_columns_are_what_is_rebuilt():
    facts = outline(DatasetSpec(source="iris", target="input", features=(0, 2)))
    assert facts.target_shape == (2,)
