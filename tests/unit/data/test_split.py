"""Rows are divided completely, reproducibly and, where asked, in the classes' proportions."""

import numpy as np
import pytest

from playground.data import DataError
from playground.data.split import Sizes, divide, sizes

LABELS = np.repeat([0, 1, 2], [60, 30, 10])
HOLDOUT = {"validation": 0.2, "test": 0.3, "stratify": True}


@pytest.mark.parametrize("stratify", [True, False])
@pytest.mark.parametrize(("validation", "test"), [(0.2, 0.3), (0.0, 0.3), (0.2, 0.0), (0.0, 0.0)])
def test_holdout_uses_every_row_once(validation, test, stratify):
    args = {"validation": validation, "test": test, "stratify": stratify}
    rows = divide("holdout", args, LABELS, 100, 0, seed=1)
    assert sorted(np.concatenate(rows)) == list(range(100))
    assert tuple(map(len, rows)) == sizes("holdout", args, 100, 0)
    assert tuple(map(len, rows)) == (100 - round(100 * validation) - round(100 * test), 100 * validation, 100 * test)
    assert all(part.dtype == np.int64 for part in rows)


def test_stratified_parts_have_the_proportions_of_the_whole():
    for part, n in zip(divide("holdout", HOLDOUT, LABELS, 100, 0, seed=5), (50, 20, 30), strict=True):
        np.testing.assert_allclose(np.bincount(LABELS[part]), np.array([0.6, 0.3, 0.1]) * n, atol=1)


def test_without_stratify_they_differ_between_seeds():
    args = {**HOLDOUT, "stratify": False}
    counts = {tuple(np.bincount(LABELS[divide("holdout", args, LABELS, 100, 0, seed).test])) for seed in range(10)}
    assert len(counts) > 1


def test_the_seed_decides_the_rows():
    first, again, other = (divide("holdout", HOLDOUT, LABELS, 100, 0, seed) for seed in (1, 1, 2))
    for one, two in zip(first, again, strict=True):
        np.testing.assert_array_equal(one, two)
    assert set(first.test) != set(other.test)


def test_given_keeps_the_test_part():
    rows = divide("given", {"validation": 0.25}, LABELS, 100, 20, seed=1)
    assert list(rows.test) == list(range(80, 100))
    assert len(rows.validation) == 20
    assert sorted([*rows.train, *rows.validation]) == list(range(80))


def test_none_tests_on_the_training_rows():
    rows = divide("none", {}, LABELS, 100, 0, seed=1)
    assert list(rows.train) == list(rows.test) == list(range(100))
    assert len(rows.validation) == 0
    assert sizes("none", {}, 100, 0) == Sizes(100, 0, 100)


@pytest.mark.parametrize(
    "labels",
    [
        pytest.param(np.array([0] * 19 + [1]), id="one row in a class"),
        pytest.param(np.arange(20) % 10, id="more classes than rows in a part"),
        pytest.param(np.array([0] * 18 + [1] * 2), id="one row left for the second draw"),
    ],
)
def test_too_few_rows_for_stratifying_is_said_plainly(labels):
    args = {"validation": 0.1, "test": 0.5, "stratify": True}
    with pytest.raises(DataError, match=r"Too few rows for a stratified split: .* Turn stratify off"):
        divide("holdout", args, labels, 20, 0, seed=1)
    assert len(divide("holdout", {**args, "stratify": False}, labels, 20, 0, seed=1).train) == 8


def test_a_part_of_no_rows_is_refused():
    with pytest.raises(DataError, match="1% of 20 for the test part is not one row"):
        sizes("holdout", {"validation": 0.0, "test": 0.01, "stratify": True}, 20, 0)


@pytest.mark.parametrize("stratify", [True, False])
def test_every_row_validates_in_one_fold_and_the_test_part_stays(stratify):
    args = {"folds": 5, "test": 0.2, "stratify": stratify}
    folds = [divide("kfold", {**args, "fold": fold}, LABELS, 100, 0, 3) for fold in range(1, 6)]
    assert all(set(fold.test) == set(folds[0].test) for fold in folds)
    assert sorted(np.concatenate([fold.validation for fold in folds])) == sorted(set(range(100)) - set(folds[0].test))
    for fold in folds:
        assert sorted(np.concatenate(fold)) == list(range(100))
        known = sizes("kfold", {**args, "fold": 1}, 100, 0)
        assert known is None if stratify else tuple(map(len, fold)) == known


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ({"folds": 3, "fold": 4, "test": 0.1}, "no fold 4: expected 1 to 3"),
        ({"folds": 50, "fold": 1, "test": 0.8}, "cannot be cut into 50 folds"),
        ({"folds": 12, "fold": 1, "test": 0.0}, "smallest class has 10"),
    ],
)
def test_folds_that_cannot_be_are_said_plainly(args, words):
    with pytest.raises(DataError, match=words):
        divide("kfold", {**args, "stratify": True}, LABELS, 100, 0, 1)


def test_a_repeat_draws_other_rows_for_validation_and_the_same_for_the_test():
    first, second = (divide("repeated", {**HOLDOUT, "repeat": repeat}, LABELS, 100, 0, 4) for repeat in (1, 2))
    assert set(first.test) == set(second.test)
    assert set(first.validation) != set(second.validation)
    assert tuple(map(len, first)) == sizes("repeated", HOLDOUT, 100, 0)


def test_groups_stay_together():
    groups = np.arange(100) % 13
    rows = divide("groups", {"validation": 0.2, "test": 0.3}, LABELS, 100, 0, 1, by=groups)
    assert sorted(np.concatenate(rows)) == list(range(100))
    found = [set(groups[part]) for part in rows]
    assert [len(each) for each in found] == [6, 3, 4]
    assert len(set.union(*found)) == 13
    with pytest.raises(DataError, match="Too few groups"):
        divide("groups", {"validation": 0.01, "test": 0.3}, LABELS, 100, 0, 1, by=groups)


def test_a_column_can_say_the_part_and_the_order():
    marks = np.arange(100) % 3
    rows = divide("by_column", {}, LABELS, 100, 0, 1, by=marks)
    assert [list(part) for part in rows] == [list(range(part, 100, 3)) for part in range(3)]
    rows = divide("ordered", {"validation": 0.1, "test": 0.2}, LABELS, 100, 0, 1, by=-np.arange(100.0))
    assert list(np.concatenate(rows)) == list(range(99, -1, -1))
