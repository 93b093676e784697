"""Mean and standard deviation over several runs."""

import math

import pytest

from playground.runs import Metric, Run
from playground.runs.spread import spread, spreads, telling_metric


def run(last: float, best: float) -> Run:
    metrics = {"val_mae": Metric(last, best, 1), "mae": Metric(0.0, 0.0, 1)}
    return Run("id", "name", "ada", "digest", 5, 0.0, metrics=metrics)


def test_the_spread_is_that_of_a_sample():
    found = spread([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0])
    assert (found.mean, found.n) == (5.0, 8)
    assert found.sd == pytest.approx(math.sqrt(32 / 7))


def test_of_one_number_there_is_a_mean_and_no_spread():
    assert spread([3.0]).mean == 3.0
    assert math.isnan(spread([3.0]).sd)


@pytest.mark.parametrize("numbers", [[], [1.0, math.nan], [1.0, math.inf]])
def test_what_is_no_number_is_not_averaged_away(numbers):
    assert math.isnan(spread(numbers).mean)
    assert math.isnan(spread(numbers).sd)


def test_last_and_best_of_every_validation_metric():
    found = spreads([run(3.0, 2.0), run(5.0, 4.0), Run("new", "name", "ada", "digest", 5, 0.0)])
    assert set(found) == {"val_mae"}
    last, best = found["val_mae"]
    assert (last.mean, best.mean, last.n) == (4.0, 3.0, 2)
    assert last.sd == pytest.approx(math.sqrt(2))


def measured(*names: str) -> Run:
    return Run("id", "name", "ada", "digest", 5, 0.0, metrics={name: Metric(0.0, 0.0, 1) for name in names})


@pytest.mark.parametrize(
    ("runs", "name"),
    [
        ([], "loss"),
        ([("loss",)], "loss"),
        ([("loss", "accuracy")], "accuracy"),
        ([("loss", "val_loss", "mae", "val_mae")], "val_mae"),
        ([("loss", "mae", "val_loss")], "val_loss"),
        ([("val_loss", "val_binary_accuracy", "val_accuracy"), ("val_loss", "val_accuracy")], "val_accuracy"),
    ],
)
def test_runs_are_compared_by_the_validation_metric_that_most_have(runs, name):
    assert telling_metric(measured(*each) for each in runs) == name
