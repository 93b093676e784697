"""Who is ahead in a race, and what several seeds can say about it."""

import math

import numpy as np
import pytest

from playground.runs.race import placed

CLOSE = {"a": [0.90, 0.91, 0.92], "b": [0.50, 0.52, 0.51], "c": [0.89, 0.93, 0.90]}


def test_the_best_mean_is_first_and_only_who_is_clearly_behind_is_out():
    first, second, third = placed(CLOSE, is_high=True)
    assert [each.label for each in (first, second, third)] == ["a", "c", "b"]
    assert [each.may_be_best for each in (first, second, third)] == [True, True, False]
    assert (first.behind, second.behind) == (0.0, pytest.approx(0.01 / 3))
    assert [each.wins for each in (first, second, third)] == [2, 1, 0]
    assert first.values == (0.90, 0.91, 0.92)
    assert first.spread.mean == pytest.approx(0.91)


def test_where_low_is_good_the_order_turns_round():
    found = placed(CLOSE, is_high=False)
    assert [each.label for each in found] == ["b", "c", "a"]
    assert [each.may_be_best for each in found] == [True, False, False]
    assert found[2].behind == pytest.approx(0.4)


def test_seeds_are_held_against_each_other_in_pairs():
    """Seeds lie far apart, the contestants of each seed close together and always in the same order."""
    hard = np.array([0.3, 0.5, 0.7, 0.9])
    found = placed({"better": hard + np.array([0.021, 0.02, 0.019, 0.02]), "worse": hard}, is_high=True)
    assert [each.may_be_best for each in found] == [True, False]
    shuffled = placed({"better": hard + 0.02, "worse": hard[::-1]}, is_high=True)
    assert [each.may_be_best for each in shuffled] == [True, True]


def test_of_one_seed_nothing_is_said():
    assert [each.may_be_best for each in placed({"a": [1.0], "b": [0.0]}, is_high=True)] == [None, None]
    assert placed({}, is_high=True) == []


def test_who_diverged_is_last_and_out_and_hides_nothing_of_the_others():
    found = placed({"a": [0.9, 0.9, 0.8], "gone": [0.99, math.nan, 0.99]}, is_high=True)
    assert [(each.label, each.may_be_best) for each in found] == [("a", True), ("gone", False)]
    assert math.isnan(found[1].spread.mean)


def test_equal_differences_of_rounded_values_are_not_taken_for_certain():
    table = {"a": [0.92, 0.94], "b": [0.90, 0.92]}
    assert placed(table, is_high=True)[1].may_be_best is False, "without rounding it never varies"
    assert placed(table, is_high=True, grain=0.02)[1].may_be_best is True


def test_the_best_is_out_no_more_often_than_promised():
    """Eight alike in mean, six seeds with an effect of their own: any could be the best, and 'a' is."""
    draws = np.random.default_rng(1)
    out = 0
    for _ in range(400):
        table = draws.normal(size=(1, 6)) + draws.normal(size=(8, 6))
        found = placed(dict(zip("abcdefgh", table, strict=True)), is_high=True)
        out += next(each.may_be_best is False for each in found if each.label == "a")
    assert 0 < out / 400 < 0.05 + 3 * math.sqrt(0.05 * 0.95 / 400)
