"""Sequences follow their rule, and what is tested on is nowhere trained on."""

import numpy as np
import pytest

from playground import catalog
from playground.data import PARTS, DataError, outline, prepare
from playground.data.sets.sources_sequences import DRAWINGS
from playground.specs import DatasetSpec, SplitSpec, StepSpec
from playground.specs.first_dataset import first_dataset

WHOLE = SplitSpec(kind="none")


def rows(source: str, server_settings, **options) -> tuple[np.ndarray, np.ndarray]:
    """All inputs and targets as they come."""
    found = prepare(DatasetSpec(source=source, options=options, split=WHOLE), 1, server_settings)
    return np.asarray(found.array("x_train")), np.asarray(found.array("y_train"))


def test_every_kind_of_sequence_has_a_card():
    assert [entry.id for entry in catalog.entries("datasets") if entry.group == "Sequences"] == list(DRAWINGS)


def test_the_next_value_follows_from_the_differences(server_settings):
    x, y = rows("next_value", server_settings, n_samples=200, length=5)
    second = np.diff(np.column_stack([x[:, :, 0], y]), n=2, axis=1)
    assert x.shape == (200, 5, 1)
    np.testing.assert_array_equal(second, np.repeat(second[:, :1], 4, axis=1))


def test_options_bound_first_value_difference_and_growth(server_settings):
    x, _ = rows("next_value", server_settings, n_samples=24, first=3, step=2, growth=2)
    assert set(x[:, 0, 0]) == {0, 1, 2, 3}
    assert set(x[:, 1, 0] - x[:, 0, 0]) == {1, 2}
    assert set(np.diff(x[:, :3, 0], n=2)[:, 0]) == {0, 1, 2}


def test_trends_rise_fall_stay_or_turn(server_settings):
    x, y = rows("trend", server_settings, n_samples=90, length=7)
    steps = np.sign(np.diff(x[:, :, 0], axis=1))
    ways = {0: [1] * 6, 1: [-1] * 6, 2: [0] * 6, 3: [1, -1] * 3}
    for label, way in ways.items():
        assert (steps[y == label] == way).all()
    assert sorted(np.bincount(y).tolist()) == [22, 22, 23, 23]


def test_the_third_sequence_is_as_far_from_the_second(server_settings):
    x, y = rows("aligned", server_settings, n_samples=100, length=4)
    np.testing.assert_array_equal(y[..., 0] - x[..., 1], x[..., 1] - x[..., 0])
    assert (x[..., 1] > x[..., 0]).all()


def test_a_continuation_goes_on_as_before(server_settings):
    x, y = rows("continuation", server_settings, n_samples=100, length=4, ahead=5)
    assert y.shape == (100, 5, 1)
    second = np.diff(np.concatenate([x, y], axis=1)[..., 0], n=2)
    np.testing.assert_array_equal(second, np.repeat(second[:, :1], 7, axis=1))


def test_three_numbers_unfold_to_a_sequence(server_settings):
    x, y = rows("unfolded", server_settings, n_samples=100, length=6)
    sequence = y[..., 0]
    np.testing.assert_array_equal(sequence[:, 0], x[:, 0])
    np.testing.assert_array_equal(sequence[:, 1] - sequence[:, 0], x[:, 1])
    np.testing.assert_array_equal(np.diff(sequence, n=2), np.repeat(x[:, 2:], 4, axis=1))


def test_a_text_comes_back_reversed(server_settings):
    x, y = rows("reversed", server_settings, n_samples=50, length=6, letters=4)
    assert x.dtype == np.int32
    np.testing.assert_array_equal(y, x[:, ::-1])
    facts = outline(DatasetSpec(source="reversed", options={"length": 6, "letters": 4, "n_samples": 50}))
    assert (facts.classes, facts.symbols, facts.vocabulary) == (tuple("abcd"), tuple("abcd"), 4)
    assert (facts.target_shape, facts.answer_shape) == ((6,), (6, 4))


@pytest.mark.parametrize("digits", [1, 2, 3])
def test_sums_are_right_character_by_character(digits, server_settings):
    x, y = rows("addition", server_settings, n_samples=60, digits=digits)
    symbols = outline(first_dataset("addition")).symbols
    for asked, answer in zip(x, y, strict=True):
        one, two = "".join(symbols[at] for at in asked).split("+")
        assert int(one) + int(two) == int("".join(symbols[at] for at in answer))
    assert (x.shape, y.shape) == ((60, 2 * digits + 1), (60, digits + 1))


@pytest.mark.parametrize("source", DRAWINGS)
def test_no_sequence_of_one_part_is_in_another(source, server_settings):
    found = prepare(first_dataset(source), 2, server_settings)
    assert found.facts.repeated == (0, 0)
    inputs = np.concatenate([found.array(f"x_{part}").reshape(-1, found.array("x_train")[0].size) for part in PARTS])
    assert len(np.unique(inputs, axis=0)) == len(inputs)


@pytest.mark.parametrize("source", DRAWINGS)
def test_another_seed_draws_others_and_the_same_the_same(source, server_settings):
    dataset = first_dataset(source)
    one, again, other = (prepare(dataset, seed, server_settings).array("x_train") for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert (np.asarray(one) != np.asarray(other)).any()


@pytest.mark.parametrize(
    ("source", "options", "most"),
    [
        ("next_value", {"n_samples": 13, "first": 1, "step": 3, "growth": 1}, 12),
        ("trend", {"n_samples": 41, "first": 9, "step": 5}, 40),
        ("reversed", {"n_samples": 33, "letters": 2, "length": 5}, 32),
        ("addition", {"n_samples": 101, "digits": 1}, 100),
    ],
)
def test_more_sequences_than_there_are_is_refused(source, options, most, server_settings):
    with pytest.raises(DataError, match=f"only {most} different"):
        outline(DatasetSpec(source=source, options=options))
    x, _ = rows(source, server_settings, **options | {"n_samples": most})
    assert len(np.unique(x.reshape(most, -1), axis=0)) == most


def test_the_widest_options_can_be_drawn(server_settings):
    x, _ = rows("reversed", server_settings, n_samples=1_000, letters=26, length=12)
    assert len(np.unique(x, axis=0)) == 1_000


def test_a_target_of_several_numbers_is_standardised_as_one(server_settings):
    dataset = DatasetSpec(source="continuation", steps=(StepSpec(kind="standardise_target"),), split=WHOLE)
    found = prepare(dataset, 1, server_settings)
    y = np.asarray(found.array("y_train"))
    assert y.mean() == pytest.approx(0, abs=1e-5)
    assert y.std() == pytest.approx(1, abs=1e-5)
    raw = rows("continuation", server_settings)[1]
    np.testing.assert_allclose(y * raw.std() + raw.mean(), raw, rtol=1e-4)
