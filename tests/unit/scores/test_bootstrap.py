"""Intervals hold what they promise: 95 of 100 hold the true value."""

import numpy as np
import pytest

from playground.scores.bootstrap import interval

TRIES, ROWS = 300, 100


@pytest.mark.parametrize(
    ("draw", "true"),
    [
        pytest.param(lambda random: random.random(ROWS) < 0.8, 0.8, id="share"),
        pytest.param(lambda random: random.exponential(2.0, ROWS), 2.0, id="skewed error"),
    ],
)
def test_nineteen_of_twenty_intervals_hold_the_true_value(draw, true):
    random = np.random.default_rng(4)
    held = held_by_half = 0
    for number in range(TRIES):
        values = draw(random)
        found = interval(lambda weights, values=values: weights @ values / weights.sum(axis=1), ROWS, number)
        held += found.low <= true <= found.high
        held_by_half += abs(true - found.value) <= (found.high - found.low) / 4
    # Of 300 tries at 95 %, chance leaves 92.5 to 97.5 %; a skewed mean of 100 rows is known to fall a little short.
    assert 0.91 <= held / TRIES <= 0.98
    assert held_by_half / TRIES < 0.8, "intervals of half the width would be noticed"


def test_more_rows_give_narrower_intervals():
    random = np.random.default_rng(0)
    widths = []
    for n in (100, 10_000):
        values = random.normal(size=n)
        found = interval(lambda weights, values=values: weights @ values / weights.sum(axis=1), n)
        assert found.value == pytest.approx(values.mean())
        assert found.low < found.value < found.high
        widths.append(found.high - found.low)
    assert widths[0] / widths[1] == pytest.approx(10, rel=0.4)


def test_rows_that_all_agree_say_nothing():
    found = interval(lambda weights: weights @ np.ones(50) / weights.sum(axis=1), 50)
    assert found.value == 1
    assert np.isnan([found.low, found.high]).all()


def test_no_rows_have_no_score():
    assert np.isnan(interval(lambda weights: weights.sum(axis=1), 0)).all()
