"""Scores of rows that count several times: those of scikit-learn, and intervals that hold what they promise."""

import numpy as np
import pytest
from sklearn import metrics

from playground.scores.bootstrap import interval
from playground.scores.calibration import reliability
from playground.scores.weighted import area, calibration_error, mean_area

TRIES = 200


def answers(random, n, classes, sharpness=2.0):
    """Labels, and shares that lean towards them; with ties."""
    true = random.integers(0, classes, n)
    logits = random.normal(size=(n, classes)) + sharpness * np.eye(classes)[true]
    raised = np.exp(np.round(logits, 1))
    return true, raised / raised.sum(axis=1, keepdims=True)


def test_the_area_of_rows_that_count_several_times():
    random = np.random.default_rng(0)
    scores, positive = random.integers(0, 8, 60) / 8, random.random(60) < 0.4
    weights = random.integers(0, 4, (5, 60)).astype(float)
    found = area(scores, positive)(weights)
    wanted = [metrics.roc_auc_score(positive, scores, sample_weight=each) for each in weights]
    np.testing.assert_allclose(found, wanted)


@pytest.mark.parametrize("classes", [3, 7])
def test_the_mean_area_of_several_classes(classes):
    random = np.random.default_rng(classes)
    true, shares = answers(random, 400, classes)
    found = mean_area(shares, true)
    wanted = metrics.roc_auc_score(true, shares, multi_class="ovr", average="macro")
    assert found(np.ones((1, 400)))[0] == pytest.approx(wanted)
    # Of drawn rows it is the linear part: close to what counting all pairs anew would give.
    weights = np.array([np.bincount(random.integers(400, size=400), minlength=400) for _ in range(20)], float)
    exact = [
        metrics.roc_auc_score(true, shares, multi_class="ovr", average="macro", sample_weight=each) for each in weights
    ]
    assert np.std(found(weights) - exact) < 0.25 * np.std(exact)


def test_a_class_that_does_not_occur_has_no_area():
    true, shares = np.array([0, 1, 0, 1]), np.array([[0.8, 0.1, 0.1], [0.2, 0.7, 0.1]] * 2)
    assert mean_area(shares, true)(np.ones((1, 4)))[0] == 1
    assert np.isnan(mean_area(shares, np.zeros(4, int))(np.ones((1, 4)))[0])


def test_the_calibration_error_is_that_of_the_bins():
    random = np.random.default_rng(1)
    confidence, right = random.random(300), random.random(300) < 0.6
    found = calibration_error(confidence, right)
    assert found(np.ones((1, 300)))[0] == pytest.approx(reliability(confidence, right).error)
    twice = reliability(np.tile(confidence[:100], 2), np.tile(right[:100], 2)).error
    assert found(2.0 * (np.arange(300) < 100)[np.newaxis])[0] == pytest.approx(twice)


def held(of, true):
    """The share of intervals, of as many draws, that hold the true value."""
    found = [interval(*of(np.random.default_rng(number)), seed=number) for number in range(TRIES)]
    return np.mean([each.low <= true <= each.high for each in found])


def test_nineteen_of_twenty_intervals_of_a_mean_area_hold_it():
    true, shares = answers(np.random.default_rng(99), 40_000, 4, sharpness=1.0)
    whole = metrics.roc_auc_score(true, shares, multi_class="ovr", average="macro")

    def drawn(random):
        return mean_area(*answers(random, 150, 4, sharpness=1.0)[::-1]), 150

    # Of 200 tries at 95 %, chance leaves 92 to 98 %.
    assert 0.9 <= held(drawn, whole) <= 0.99


def test_nineteen_of_twenty_intervals_of_a_clear_calibration_error_hold_it():
    def drawn(random):
        confidence = random.uniform(0.5, 1, 150)
        return calibration_error(confidence, random.random(150) < confidence - 0.2), 150

    assert 0.9 <= held(drawn, 0.2) <= 0.99
