"""Scores of classes, thresholds and numbers are those of scikit-learn, on random answers."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from playground.scores.calibration import reliability
from playground.scores.classes import accuracy, balanced_accuracy, confusion, log_losses, macro_f1, per_class
from playground.scores.thresholds import at_threshold, average_precision, roc_area, steps
from playground.scores.values import value_scores

QUICK = settings(max_examples=60, deadline=None)


@st.composite
def answers(draw, classes=None):
    """Labels and shares of a few classes, with ties: shares are multiples of a tenth before they are divided."""
    k = classes or draw(st.integers(2, 6))
    n = draw(st.integers(1, 60))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    shares = random.integers(0, 11, (n, k)) + 0.1
    return random.integers(0, k, n), shares / shares.sum(axis=1, keepdims=True)


@given(answers())
@QUICK
def test_classes(found):
    true, shares = found
    k, answered = shares.shape[1], shares.argmax(axis=1)
    counts = confusion(true, answered, k)
    np.testing.assert_array_equal(counts, metrics.confusion_matrix(true, answered, labels=range(k)))
    assert accuracy(counts) == pytest.approx(metrics.accuracy_score(true, answered))
    assert macro_f1(counts) == pytest.approx(metrics.f1_score(true, answered, average="macro"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scikit-learn warns of answers that never occur
        assert balanced_accuracy(counts) == pytest.approx(metrics.balanced_accuracy_score(true, answered))
    wanted = metrics.precision_recall_fscore_support(true, answered, labels=range(k), zero_division=0)
    for ours, theirs in zip(per_class(counts), wanted, strict=True):
        np.testing.assert_allclose(ours, theirs)
    wanted = metrics.log_loss(true, shares, labels=range(k))
    assert log_losses(shares, true).mean() == pytest.approx(wanted)


@given(answers(classes=2))
@QUICK
def test_thresholds(found):
    true, shares = found
    scores = shares[:, 1]
    counted = steps(true == 1, scores)
    if 0 < true.sum() < len(true):
        assert roc_area(counted) == pytest.approx(metrics.roc_auc_score(true, scores))
        x, y, at = metrics.roc_curve(true, scores, drop_intermediate=False)
        np.testing.assert_allclose(counted.false_positive_rate, x)
        np.testing.assert_allclose(counted.true_positive_rate, y)
        np.testing.assert_allclose(counted.thresholds, at)
    else:
        assert np.isnan(roc_area(counted))
    if true.sum():
        assert average_precision(counted) == pytest.approx(metrics.average_precision_score(true, scores))
    for threshold in (0.0, 0.35, float(scores[0]), 1.0):
        answered = (scores >= threshold).astype(int)
        one = at_threshold(true == 1, scores, threshold)
        left, false_alarms, missed, right = metrics.confusion_matrix(true, answered, labels=[0, 1]).ravel()
        assert one == (right, missed, false_alarms, left)
        assert one.accuracy == pytest.approx(metrics.accuracy_score(true, answered))
        assert one.precision == pytest.approx(metrics.precision_score(true, answered, zero_division=0))
        assert one.recall == pytest.approx(metrics.recall_score(true, answered, zero_division=0))
        assert one.f1 == pytest.approx(metrics.f1_score(true, answered, zero_division=0))


@given(st.integers(0, 2**32), st.integers(2, 50), st.integers(1, 4))
@QUICK
def test_numbers(seed, n, columns):
    random = np.random.default_rng(seed)
    true, answered = random.normal(3, 2, (n, columns)), random.normal(3, 2, (n, columns))
    found = value_scores(true, answered)
    assert found.mean_absolute_error == pytest.approx(metrics.mean_absolute_error(true, answered))
    squared = metrics.mean_squared_error(true, answered)
    assert found.root_mean_squared_error == pytest.approx(squared**0.5)
    assert found.r2_score == pytest.approx(metrics.r2_score(true, answered))


def test_targets_that_do_not_vary_explain_nothing():
    found = value_scores(np.ones(4), np.zeros(4))
    assert np.isnan(found.r2_score)
    assert found.mean_absolute_error == 1


def test_calibration_by_hand():
    found = reliability(np.array([0.95, 0.97, 0.55, 0.51, 1.0]), np.array([True, False, True, False, True]))
    np.testing.assert_array_equal(found.rows, [0, 0, 0, 0, 0, 2, 0, 0, 0, 3])
    np.testing.assert_allclose(found.confidence[[5, 9]], [0.53, 0.9733333])
    np.testing.assert_allclose(found.right[[5, 9]], [0.5, 2 / 3])
    assert found.error == pytest.approx((2 * 0.03 + 3 * (0.9733333 - 2 / 3)) / 5)


def test_who_says_what_is_so_is_calibrated():
    random = np.random.default_rng(0)
    confidence = random.uniform(0.5, 1, 100_000)
    assert reliability(confidence, random.random(100_000) < confidence).error < 0.01
    assert reliability(confidence, random.random(100_000) < confidence - 0.2).error == pytest.approx(0.2, abs=0.01)
