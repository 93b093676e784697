"""Means of seeds and their differences, held against SciPy's own tests."""

import math

import numpy as np
import pytest
from scipy import stats

from playground.runs.seeds import apart, mean_of


def seeds(values) -> dict[int, float]:
    return dict(enumerate(values))


def test_a_mean_has_students_interval():
    values = [0.9, 0.92, 0.95, 0.89, 0.93]
    found = mean_of(values)
    low, high = stats.t.interval(0.95, len(values) - 1, np.mean(values), stats.sem(values))
    assert (found.mean, found.low, found.high, found.n) == pytest.approx((np.mean(values), low, high, 5))


def test_one_value_has_no_interval_and_what_diverged_no_mean():
    assert mean_of([0.5])[0] == 0.5
    assert math.isnan(mean_of([0.5]).low)
    assert math.isnan(mean_of([0.5, math.nan]).mean)
    assert math.isnan(mean_of([]).mean)


def test_the_same_seeds_are_compared_in_pairs():
    a, b = [0.9, 0.8, 0.95, 0.7], [0.88, 0.79, 0.92, 0.69]
    found = apart(seeds(a), seeds(b))
    interval = stats.ttest_rel(a, b).confidence_interval(0.95)
    assert found.is_paired
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))
    assert found.is_beyond_noise
    assert not apart(dict(enumerate(a)), dict(enumerate(b, start=10))).is_beyond_noise, "the spread of seeds hides it"


def test_other_seeds_are_compared_by_their_spreads():
    a, b = [0.9, 0.93, 0.88, 0.91, 0.9], [0.7, 0.9, 0.8]
    found = apart(seeds(a), dict(zip((7, 8, 9), b, strict=True)))
    interval = stats.ttest_ind(a, b, equal_var=False).confidence_interval(0.95)
    assert not found.is_paired
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))


def test_more_rivals_and_rounding_make_it_stricter():
    a, b = seeds([0.9, 0.91, 0.92]), seeds([0.88, 0.89, 0.9])
    assert apart(a, b).low == pytest.approx(0.02), "the same difference in every seed"
    assert apart(a, b, grain=0.05).low < 0
    wide = seeds([0.9, 0.8, 0.95])
    assert apart(wide, b, rivals=5).low < apart(wide, b).low


def test_too_few_or_diverged_seeds_say_nothing():
    assert apart(seeds([0.9]), seeds([0.8, 0.7])) is None
    assert apart(seeds([0.9, math.nan]), seeds([0.8, 0.7])) is None


def test_equal_numbers_are_not_apart():
    found = apart({1: 0.5, 2: 0.5}, {3: 0.5, 4: 0.5})
    assert (found.difference, found.is_beyond_noise) == (0.0, False)


def test_the_interval_holds_the_true_difference_as_often_as_it_says():
    draws = np.random.default_rng(0)
    held = 0
    for _ in range(1000):
        found = apart(seeds(draws.normal(0.3, 1, 5)), dict(enumerate(draws.normal(0, 2, 4), start=9)))
        held += found.low <= 0.3 <= found.high
    assert 0.93 <= held / 1000 <= 0.98
