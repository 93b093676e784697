"""Baselines against scikit-learn's dummies."""

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.metrics import accuracy_score, log_loss, mean_absolute_error, mean_squared_error, r2_score

from playground.specs import LossSpec
from playground.specs.facts import Facts
from playground.training.baseline import answer, baseline

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


def test_over_all_outputs_a_constant_class_is_mostly_right():
    train, test = np.arange(100) % 10, np.arange(50) % 10
    facts = Facts(task="multiclass", input_shape=(2,), classes=tuple("abcdefghij"))
    guess = np.eye(10)[np.zeros(50, int)]
    expected = np.mean(guess == np.eye(10)[test])
    found = baseline(train, test, facts, ["accuracy", "binary_accuracy"])
    assert found == {"accuracy": pytest.approx(0.1), "binary_accuracy": pytest.approx(expected)}


@pytest.mark.parametrize(
    ("task", "kind"), [("binary", "BinaryCrossentropy"), ("multiclass", "CategoricalCrossentropy")]
)
def test_the_loss_of_always_answering_the_shares(task, kind):
    n = 2 if task == "binary" else 3
    train, test = rng.choice(n, 300, p=[0.7, 0.3] if n == 2 else [0.6, 0.3, 0.1]), rng.choice(n, 100)
    dummy = DummyClassifier(strategy="prior").fit(np.zeros((300, 1)), train)
    expected = log_loss(test, dummy.predict_proba(np.zeros((100, 1))), labels=range(n))
    facts = Facts(task=task, input_shape=(2,), classes=tuple("abc"[:n]))
    assert baseline(train, test, facts, ["loss"], loss=LossSpec(kind=kind)) == {"loss": pytest.approx(expected)}
    assert baseline(train, test, facts, ["loss"]) == {}
    assert baseline(train, test, facts, ["loss"], loss=LossSpec(kind="Hinge")) == {}


def test_several_places_have_an_answer_each():
    train = np.array([[0, 2], [0, 2], [1, 2], [0, 1]])
    facts = Facts(task="multiclass", input_shape=(2,), target_shape=(2,), classes=tuple("abc"))
    assert baseline(train, np.array([[0, 2], [1, 2]]), facts, ["accuracy"]) == {"accuracy": 0.75}
    facts = Facts(task="regression", input_shape=(2,), target_shape=(2,))
    numbers, last = np.array([[1.0, 10.0], [3.0, 30.0]]), np.array([1.0, 20.0])
    found = baseline(numbers, numbers, facts, ["mean_squared_error", "r2_score"])
    assert found == {"mean_squared_error": pytest.approx((1 + 100) / 2), "r2_score": pytest.approx(0.0)}
    found = baseline(numbers, numbers, facts, ["mean_absolute_error"], last)
    assert found == {"mean_absolute_error": pytest.approx((0 + 9 + 17 + 10) / 4)}


def test_which_answer_it_is():
    known = {"input_shape": (2,)}
    assert answer(Facts(task="binary", **known)) == "class"
    assert answer(Facts(task="regression", **known)) == "mean"
    assert answer(Facts(task="regression", is_series=True, **known)) == "last value"
    assert answer(Facts(task="reconstruction", **known)) == "mean input"
