"""Baselines against scikit-learn's dummies."""

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.metrics import accuracy_score, mean_absolute_error, mean_squared_error, r2_score

from playground.specs.facts import Facts
from playground.training.baseline import baseline

rng = np.random.default_rng(5)


def test_the_most_frequent_class():
    train, test = rng.choice(4, 300, p=[0.1, 0.5, 0.2, 0.2]), rng.choice(4, 100)
    dummy = DummyClassifier(strategy="most_frequent").fit(np.zeros((300, 1)), train)
    expected = accuracy_score(test, dummy.predict(np.zeros((100, 1))))
    facts = Facts(task="multiclass", input_shape=(2,), classes=("a", "b", "c", "d"))
    assert baseline(train, test, facts, ["loss", "accuracy"]) == {"accuracy": pytest.approx(expected)}


def test_the_mean():
    train, test = rng.normal(3, 2, 300).astype("float32"), rng.normal(4, 2, 100).astype("float32")
    guess = DummyRegressor().fit(np.zeros((300, 1)), train).predict(np.zeros((100, 1)))
    names = ["loss", "mean_absolute_error", "mean_squared_error", "root_mean_squared_error", "r2_score"]
    found = baseline(train, test, Facts(task="regression", input_shape=(2,)), names)
    assert found == {
        "mean_absolute_error": pytest.approx(mean_absolute_error(test, guess), rel=1e-5),
        "mean_squared_error": pytest.approx(mean_squared_error(test, guess), rel=1e-5),
        "root_mean_squared_error": pytest.approx(mean_squared_error(test, guess) ** 0.5, rel=1e-5),
        "r2_score": pytest.approx(r2_score(test, guess), rel=1e-4),
    }


def test_nothing_to_score():
    assert baseline(np.zeros(3), np.zeros(0), Facts(task="binary", input_shape=(2,)), ["accuracy"]) == {}
