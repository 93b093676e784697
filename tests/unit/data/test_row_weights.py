"""How much rows count: by class, and by a column of one's own table."""

import numpy as np
import pytest

from playground.data import DataError
from playground.data.row_weights import class_weights
from playground.data.uploads.proposal import proposed
from playground.data.uploads.upload import take_in
from playground.data.weight_column import check_weight_column, column_problems, column_weights, weight_columns
from playground.specs import RunSpec
from playground.specs.edit import with_value


@pytest.fixture
def spec(server_settings, tmp_path) -> RunSpec:
    """A table whose target has gaps, with columns that can be weights and such that cannot."""
    path = tmp_path / "own.csv"
    lines = ["a,times,fewer,gaps,word,y"]
    for row in range(60):
        gap, goal = "" if row == 5 else row, "" if row % 10 == 2 else row * 1.5
        lines.append(f"{row * 0.37:.2f},{row % 4},{row - 3},{gap},w{row % 3},{goal}")
    path.write_text("\n".join(lines))
    profile = take_in(path, path.name, server_settings, lambda fraction, message: None)
    found = proposed(profile, server_settings, seed=1)
    return with_value(with_value(found, "dataset.target", "y"), "dataset.features", ["a"])


def test_columns_of_numbers_that_are_not_negative_and_have_no_gaps_can_be_weights(spec, server_settings):
    assert weight_columns(spec.dataset, server_settings) == ("a", "times")


@pytest.mark.parametrize(
    ("name", "words"),
    [("fewer", "below 0"), ("gaps", "gaps"), ("word", "no plain numbers"), ("y", "the target"), ("tims", "times")],
)
def test_other_columns_are_refused_with_the_reason(name, words, spec, server_settings):
    with pytest.raises(DataError, match=words):
        check_weight_column(spec.dataset, name, server_settings)
    (problem,) = column_problems(with_value(spec, "training.sample_weight", name), server_settings)
    assert problem.is_blocking
    assert problem.fix.training.sample_weight is None


def test_rows_are_counted_as_the_prepared_arrays_count_them(spec, server_settings):
    """The rows without a target are none: every tenth is left out before rows have numbers."""
    kept = [row for row in range(60) if row % 10 != 2]
    found = column_weights(spec.dataset, "times", np.array([0, 2, 9, 53]), server_settings)
    assert found.tolist() == [kept[at] % 4 for at in (0, 2, 9, 53)]


def test_a_column_of_nothing_but_zeros_among_the_rows_is_refused(spec, server_settings):
    with pytest.raises(DataError, match="0 in every row"):
        column_weights(spec.dataset, "times", np.array([0]), server_settings)


def test_data_that_is_no_table_of_ones_own_has_no_such_columns(server_settings):
    from playground.specs.first_dataset import first_dataset

    digits = first_dataset("digits")
    assert weight_columns(digits, server_settings) == ()
    with pytest.raises(DataError, match="one's own table"):
        check_weight_column(digits, "times", server_settings)


def test_balanced_classes_have_equal_sums_and_the_mean_row_counts_once():
    y = np.repeat([0, 1, 3], [10, 30, 2])
    weights = class_weights("balanced", y, 4)
    assert weights[2] == 1.0  # which does not occur
    sums = [weights[label] * (y == label).sum() for label in (0, 1, 3)]
    assert np.ptp(sums) < 1e-12
    assert weights[y].mean() == pytest.approx(1)
