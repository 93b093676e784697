"""What the lab of metrics shows is what scikit-learn finds, and every metric of the catalogue has a value somewhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve

from playground import catalog
from playground.engine.errors import RefusedError
from playground.engine.tensor_questions import TENSOR_QUESTIONS
from playground.labs import metric_curves, metric_points
from playground.settings import settings

pytestmark = pytest.mark.contract

FEW = examples(max_examples=8, deadline=None, derandomize=True)
POINTS = {"separation": 1.5, "share": 0.3, "n": 120, "seed": 4, "temperature": 1.0}
LINE = {"x": np.arange(6, dtype=np.float32), "y": np.array([1, 1.4, 2.1, 2.4, 3.2, 7.0], np.float32)}


def ask(question, args, arrays=None):
    return TENSOR_QUESTIONS[question](args, arrays or {}, settings())


def close(found, expected):
    assert found == pytest.approx(expected, rel=2e-4, abs=2e-5)


@FEW
@given(st.floats(0, 4), st.floats(0.05, 0.95), st.integers(0, 99), st.floats(0.3, 3), st.floats(0, 1))
def test_a_threshold_is_scikit_learns(separation, share, seed, temperature, threshold):
    points = metric_points.two_classes(separation, share, 60, seed, temperature)
    found = metric_curves.answers(points, threshold)
    truth, said = points.targets, points.answers > np.float32(threshold)
    left, false, missed, hit = sk.confusion_matrix(truth, said).ravel()
    assert found[:4] == (hit, missed, false, left)
    close(found.accuracy, sk.accuracy_score(truth, said))
    close(found.precision, sk.precision_score(truth, said, zero_division=0))
    close(found.recall, sk.recall_score(truth, said))
    close(found.f1, sk.f1_score(truth, said, zero_division=0))
    close(found.specificity, sk.recall_score(1 - truth, 1 - said))


def area_between_counts(truth, answers):
    """The area under precision over recall where the counts, not the shares, go straight from place to place."""
    at = sk.roc_curve(truth, answers, drop_intermediate=False)
    false, hit = at[0] * (truth == 0).sum(), at[1] * (truth == 1).sum()
    steps = np.linspace(1e-9, 1, 400)
    area = 0.0
    for n in range(len(hit) - 1):
        hits = hit[n] + steps * (hit[n + 1] - hit[n])
        alarms = false[n] + steps * (false[n + 1] - false[n])
        area += np.trapezoid(hits / (hits + alarms), hits) / hit[-1]
    return area


@FEW
@given(st.floats(0.2, 4), st.floats(0.1, 0.9), st.integers(0, 99), st.floats(0.3, 3))
def test_curves_are_scikit_learns(separation, share, seed, temperature):
    points = metric_points.two_classes(separation, share, 60, seed, temperature)
    found = metric_curves.curves(points)
    truth, answers = points.targets, points.answers
    alarms, hits, _at = sk.roc_curve(truth, answers, drop_intermediate=False)
    np.testing.assert_allclose(found.false_alarms, alarms, atol=1e-6)
    np.testing.assert_allclose(found.hits, hits, atol=1e-6)
    precision, recall, _at = sk.precision_recall_curve(truth, answers)
    np.testing.assert_allclose(found.precision, precision[-2::-1], atol=1e-6)
    np.testing.assert_allclose(found.recall, recall[-2::-1], atol=1e-6)
    close(found.roc_area, sk.roc_auc_score(truth, answers))
    assert found.pr_area == pytest.approx(area_between_counts(truth, answers), abs=1e-3)
    close(found.log_loss, sk.log_loss(truth, answers))
    close(found.brier, sk.brier_score_loss(truth, answers))
    share_found, said = calibration_curve(truth, answers, n_bins=10)
    np.testing.assert_allclose(found.found, share_found, atol=1e-5)
    np.testing.assert_allclose(found.said, said, atol=1e-5)
    assert found.counts.sum() == len(truth)


@pytest.mark.parametrize("threshold", [0.0, 0.13, 0.5, 0.87, 1.0])
def test_the_curve_over_thresholds_passes_through_the_chosen_one(threshold):
    points = metric_points.two_classes(1.5, 0.3, 100, 1)
    here, over = metric_curves.answers(points, threshold), metric_curves.curves(points)
    at = int(np.argmin(np.abs(over.thresholds - threshold)))
    np.testing.assert_allclose(over.by_threshold[:, at], here[4:], atol=1e-6)


def test_a_temperature_changes_certainty_and_not_the_order():
    plain, sure = (metric_curves.curves(metric_points.two_classes(1.5, 0.4, 200, 0, each)) for each in (1.0, 0.4))
    assert sure.roc_area == pytest.approx(plain.roc_area, abs=1e-3)
    assert sure.log_loss > plain.log_loss
    assert sure.off > plain.off


def test_probabilities_at_temperature_one_are_honest():
    found = metric_curves.curves(metric_points.two_classes(1.5, 0.4, 1000, 0))
    assert found.off < 0.05


def test_a_moved_sample_moves_alone():
    before, after = (metric_points.two_classes(1.0, 0.5, 20, 0, 1.0, moved) for moved in (None, {3: (2.0, True)}))
    changed = np.flatnonzero(before.scores != after.scores)
    assert changed.tolist() == np.flatnonzero(before.targets != after.targets).tolist() == [3]
    assert after.scores[3] - before.scores[3] == pytest.approx(2.0, abs=1e-5)


def values(view, threshold=None):
    if view == "regression":
        return ask("metric_values", {"view": view, "points": {"slope": 0.5, "intercept": 1.0}}, LINE)[0]["values"]
    args = {"view": view, "points": POINTS}
    return ask("metric_values", args if threshold is None else {**args, "threshold": threshold})[0]["values"]


def test_every_metric_of_the_catalogue_has_a_value():
    views = [*map(values, ("binary", "multiclass", "regression")), values("binary", 0.4)]
    found = {name: of["value"] for each in views for name, of in each.items()}
    assert set(found) == {entry.id for entry in catalog.entries("metrics")}
    assert [name for name, value in found.items() if value is None or not np.isfinite(value)] == []


def test_a_threshold_is_asked_of_those_that_have_one():
    still, moving = values("binary"), values("binary", 0.4)
    assert not set(still) & set(moving)
    assert {"Precision", "Recall", "BinaryAccuracy", "F1Score", "TruePositives"} <= set(moving)
    assert all(0.4 in of["args"].values() for of in moving.values())


def test_values_of_several_classes_are_scikit_learns():
    points = metric_points.several_classes(1.5, 120, 4)
    found = {name: of["value"] for name, of in values("multiclass").items()}
    truth, answers = points.targets.astype(int), points.answers
    close(found["SparseCategoricalAccuracy"], sk.accuracy_score(truth, answers.argmax(axis=1)))
    close(found["TopKCategoricalAccuracy"], sk.top_k_accuracy_score(truth, answers, k=2))
    close(found["CategoricalCrossentropy"], sk.log_loss(truth, answers))
    close(found["F1Score"], sk.f1_score(truth, answers.argmax(axis=1), average="macro"))


def test_values_of_numbers_are_scikit_learns():
    found = {name: of["value"] for name, of in values("regression").items()}
    truth, said = LINE["y"], 0.5 * LINE["x"] + 1
    close(found["MeanSquaredError"], sk.mean_squared_error(truth, said))
    close(found["RootMeanSquaredError"], sk.root_mean_squared_error(truth, said))
    close(found["MeanAbsoluteError"], sk.mean_absolute_error(truth, said))
    close(found["R2Score"], sk.r2_score(truth, said))
    close(found["MeanSquaredLogarithmicError"], sk.mean_squared_log_error(truth, said))


@pytest.mark.parametrize(
    ("question", "args"),
    [
        ("class_curves", {"points": {**POINTS, "n": 10**9}}),
        ("class_curves", {"points": {**POINTS, "share": 0.0}}),
        ("class_curves", {"points": {**POINTS, "temperature": 0.0}}),
        ("class_curves", {"points": {**POINTS, "separation": float("nan")}}),
        ("class_answers", {"points": POINTS, "threshold": 2.0}),
        ("metric_values", {"view": "multiclass", "points": {**POINTS, "n": 10**9}}),
        ("metric_values", {"view": "anything", "points": POINTS}),
    ],
)
def test_what_lies_outside_is_refused(question, args):
    with pytest.raises(RefusedError, match="xpected"):
        ask(question, args)


@pytest.mark.parametrize("classes", [2, 4])
def test_answers_of_a_network_have_the_values_of_scikit_learn(classes):
    rng = np.random.default_rng(2)
    shares = rng.dirichlet(np.ones(classes), 80).astype(np.float32)
    truth = (np.arange(80) % classes).astype(np.float32)
    sent = {"targets": truth, "answers": shares[:, 1] if classes == 2 else shares.ravel()}
    points = {"temperature": 1.0, "classes": classes}
    args = {"view": "binary" if classes == 2 else "multiclass", "points": points}
    found = {name: of["value"] for name, of in ask("metric_values", args, sent)[0]["values"].items()}
    if classes == 2:
        assert found["AUC"] == pytest.approx(sk.roc_auc_score(truth, shares[:, 1]), abs=0.01)  # 200 thresholds
        close(found["BinaryCrossentropy"], sk.log_loss(truth, shares[:, 1]))
        header, arrays = ask("class_curves", {"points": points}, sent)
        np.testing.assert_allclose(arrays["answers"], shares[:, 1], atol=1e-5)
        close(header["roc_area"], sk.roc_auc_score(truth, shares[:, 1]))
        moved = {**points, "moved": [[0, 0.0, True]]}
        assert ask("class_curves", {"points": moved}, sent)[1]["targets"][0] == 1 - truth[0]
    else:
        close(found["CategoricalCrossentropy"], sk.log_loss(truth, shares))
        close(found["F1Score"], sk.f1_score(truth, shares.argmax(axis=1), average="macro"))
        close(found["TopKCategoricalAccuracy"], sk.top_k_accuracy_score(truth, shares, k=2))


@pytest.mark.parametrize(
    ("targets", "answers", "classes"),
    [([0, 1], [0.5], 2), ([0, 7], [0.5] * 6, 3), ([0, 1], [np.nan, 0.5], 2), ([0] * 1001, [0.5] * 1001, 2)],
)
def test_answers_that_do_not_fit_are_refused(targets, answers, classes):
    points = {"temperature": 1.0, "classes": classes}
    sent = {"targets": np.array(targets, np.float32), "answers": np.array(answers, np.float32)}
    with pytest.raises(RefusedError, match="xpected"):
        ask("metric_values", {"view": "binary" if classes == 2 else "multiclass", "points": points}, sent)
