"""Estimators of scikit-learn on the arrays of a network: their scores are those of fitting them directly."""

import signal

import numpy as np
import pytest
from sklearn import ensemble, linear_model, metrics, neighbors

from playground import catalog, data
from playground.data import DataError
from playground.settings import Settings
from playground.specs import DatasetSpec
from playground.specs.beside import beside_refusal, besides
from playground.training import beside
from playground.training.beside import fitted_beside

pytestmark = pytest.mark.contract

SEED = 3
BY_TASK = {
    "binary": DatasetSpec(source="moons", options={"n_samples": 120}),
    "multiclass": DatasetSpec(source="iris"),
    "images": DatasetSpec(source="digits"),
    "regression": DatasetSpec(source="diabetes"),
}
CASES = [(task, entry.id) for entry in catalog.entries("estimators") for task in entry.tasks]
DIRECT = {
    ("multiclass", "LogisticRegression"): lambda: linear_model.LogisticRegression(C=1.0, max_iter=1000),
    ("images", "KNeighbors"): lambda: neighbors.KNeighborsClassifier(5),
    ("regression", "LinearRegression"): linear_model.LinearRegression,
    ("regression", "RandomForest"): lambda: ensemble.RandomForestRegressor(100, random_state=SEED),
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    return Settings(home=tmp_path_factory.mktemp("home"))


def prepared_for(task, settings):
    return data.prepare(BY_TASK[task], SEED, settings)


@pytest.mark.parametrize(("task", "estimator"), CASES)
def test_every_estimator_fits_every_task_that_it_says(task, estimator, settings):
    prepared = prepared_for(task, settings)
    small = {"n_estimators": 5} if catalog.entry("estimators", estimator).param("n_estimators") else {}
    found = fitted_beside(prepared, estimator, small, SEED)
    names = {"mean_absolute_error", "root_mean_squared_error", "r2_score"} if task == "regression" else {"accuracy"}
    assert {part: set(scores) for part, scores in found["scores"].items()} == dict.fromkeys(data.PARTS, names)
    assert found["n_train"] == found["of"] == len(prepared.array("x_train"))
    assert found == fitted_beside(prepared, estimator, small, SEED) | {"seconds": found["seconds"]}


@pytest.mark.parametrize(("task", "estimator"), DIRECT)
def test_scores_are_those_of_a_direct_fit(task, estimator, settings):
    prepared = prepared_for(task, settings)
    found = fitted_beside(prepared, estimator, {}, SEED)["scores"]
    x, y = (prepared.array(f"{name}_train") for name in "xy")
    direct = DIRECT[task, estimator]().fit(x.reshape(len(x), -1), y)
    for part in data.PARTS:
        x, y = (prepared.array(f"{name}_{part}") for name in "xy")
        answered = direct.predict(x.reshape(len(x), -1))
        if task == "regression":
            assert found[part]["mean_absolute_error"] == pytest.approx(metrics.mean_absolute_error(y, answered))
            assert found[part]["r2_score"] == pytest.approx(metrics.r2_score(y, answered))
        else:
            assert found[part]["accuracy"] == pytest.approx(np.mean(answered == y))


def test_arguments_decide(settings):
    prepared = prepared_for("binary", settings)
    nearest = fitted_beside(prepared, "KNeighbors", {"n_neighbors": 1}, SEED)["scores"]
    assert nearest["train"]["accuracy"] == 1
    assert fitted_beside(prepared, "KNeighbors", {"n_neighbors": 50}, SEED)["scores"]["train"]["accuracy"] < 1


def test_a_search_that_was_cut_short_says_so(settings):
    prepared = prepared_for("multiclass", settings)
    assert "failed to converge" in fitted_beside(prepared, "LogisticRegression", {"max_iter": 2}, SEED)["note"]


@pytest.mark.parametrize(
    ("task", "estimator", "args", "words"),
    [
        ("regression", "LogisticRegression", {}, "Logistic regression is for binary and multiclass"),
        ("binary", "LogisticRegresion", {}, "There is no estimator .* Did you mean LogisticRegression"),
        ("binary", "KNeighbors", {"n_neighbors": 0}, "n_neighbors is 0, expected"),
        ("binary", "KNeighbors", {"algorithm": "brute"}, "has no option 'algorithm'"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(task, estimator, args, words, settings):
    with pytest.raises(DataError, match=words):
        fitted_beside(prepared_for(task, settings), estimator, args, SEED)


def test_what_no_estimator_can_learn_is_offered_none(settings):
    facts = prepared_for("regression", settings).facts
    assert [entry.id for entry in besides(facts)][:2] == ["Dummy", "LinearRegression"]
    assert besides(facts.model_copy(update={"target_shape": (3,)})) == ()
    assert besides(facts.model_copy(update={"vocabulary": 100})) == ()
    assert "task is reconstruction" in beside_refusal(facts.model_copy(update={"task": "reconstruction"}), "Ridge")


def test_many_rows_are_drawn_from(settings, monkeypatch):
    monkeypatch.setattr(beside, "MAX_ROWS", 30)
    prepared = prepared_for("binary", settings)
    found = fitted_beside(prepared, "Dummy", {}, SEED)
    assert (found["n_train"], found["of"]) == (30, len(prepared.array("x_train")))


class StopError(Exception):
    """What a progress raises that was told to cancel."""


def test_a_fit_is_cancelled_from_within_and_leaves_no_timer(settings):
    told = []

    def progress(share, message):
        told.append(message)
        if len(told) > 1:
            raise StopError

    prepared = prepared_for("images", settings)
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(StopError):
        fitted_beside(prepared, "GradientBoosting", {"n_estimators": 500}, 1, progress)
    assert told == ["Fitting Gradient boosting"] * 2
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_what_takes_too_long_is_ended(settings, monkeypatch):
    monkeypatch.setattr(beside, "MAX_S", 0.1)
    with pytest.raises(DataError, match="not fitted within"):
        fitted_beside(prepared_for("images", settings), "GradientBoosting", {"n_estimators": 500}, 1)
