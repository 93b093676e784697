"""Data of a few rows: what the catalogue says of it is so."""

import numpy as np
import pytest

from playground.data import prepare
from playground.data.sets.few_points import six_points, truth_table, two_answers
from playground.specs import DatasetSpec, SplitSpec


def test_the_best_line_of_the_six_points_is_the_one_that_is_said():
    x, y = six_points()
    found, *_rest = np.linalg.lstsq(np.column_stack([x.astype("float64"), np.ones(6)]), y.astype("float64"))
    np.testing.assert_allclose(found, [1.26, 0.29], atol=1e-6)
    np.testing.assert_array_equal(np.round(y, 2), y)
    assert np.abs(y - (1.26 * x[:, 0] + 0.29)).min() > 0.05, "no point lies on the line"


def test_two_answers_are_a_matrix_and_two_biases_exactly():
    x, y = two_answers()
    found, *_rest = np.linalg.lstsq(np.column_stack([x, np.ones(4)]), y)
    np.testing.assert_allclose(found, [[1.26, 0.50], [-0.40, 0.80], [0.29, -0.10]], atol=1e-6)
    np.testing.assert_allclose(np.column_stack([x, np.ones(4)]) @ found, y, atol=1e-6)


@pytest.mark.parametrize(("function", "labels"), [("xor", [0, 1, 1, 0]), ("and", [0, 0, 0, 1]), ("or", [0, 1, 1, 1])])
def test_a_truth_table_is_that_of_its_function(function, labels, server_settings):
    x, y = truth_table(function, 1)
    np.testing.assert_array_equal(x, [[0, 0], [0, 1], [1, 0], [1, 1]])
    np.testing.assert_array_equal(y, labels)
    spec = DatasetSpec(source="truth_table", options={"function": function, "copies": 1}, split=SplitSpec(kind="none"))
    np.testing.assert_array_equal(prepare(spec, 5, server_settings).array("y_train"), labels)


def test_no_seed_changes_the_rows(server_settings):
    spec = DatasetSpec(source="six_points", split=SplitSpec(kind="none"))
    first, other = (np.array(prepare(spec, seed, server_settings).array("y_train")) for seed in (1, 2))
    np.testing.assert_array_equal(first, other)
