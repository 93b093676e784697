"""Verdicts of runs that were really trained, small ones."""

import pytest

from playground import recipes
from playground.runs.judged import epoch_curves
from playground.runs.verdict import Verdict, verdict
from playground.specs.edit import with_value
from playground.specs.remedies import remedies
from tests.contract.training import specs
from tests.contract.training.specs import chosen, layer

STRAIGHT = [layer("Dense", "output", units=1, activation="sigmoid")]
WIDE = [
    layer("Dense", "one", units=128, activation="relu"),
    layer("Dense", "two", units=128, activation="relu"),
    *STRAIGHT,
]


def said(run) -> Verdict | None:
    return verdict(run.spec, run.run, epoch_curves(run.events))


def few_rows(**changes):
    """A wide network on sixty points of two moons that run into each other, as many to validate."""
    return specs.spec(
        WIDE,
        options={"n_samples": 150, "noise": 0.5},
        split=chosen("holdout", validation=0.5, test=0.1),
        epochs=100,
        seed=1,
        **changes,
    )


def test_a_wide_network_on_few_noisy_rows_overfits_and_stopping_early_mends_it(trained):
    run = trained(few_rows()).train()
    found = said(run)
    assert found.kind == "overfits"
    assert found.judged.training > 0.9
    assert found.judged.best_epoch < 50
    early = remedies(found.kind, run.spec, best_epoch=found.judged.best_epoch)[0]
    again = said(trained(early.spec).train())
    assert again.gave_back == 0
    assert again.judged.gap < found.judged.gap


def test_a_straight_line_underfits_a_circle_and_a_hidden_layer_mends_it(trained):
    spec = specs.spec(
        STRAIGHT, "circles", options={"n_samples": 400}, epochs=40, optimizer=chosen("Adam", learning_rate=0.03)
    )
    found = said(trained(spec).train())
    assert found.kind == "underfits"
    deeper = remedies(found.kind, spec)[0]
    assert deeper.name == "deeper"
    assert said(trained(deeper.spec).train()).kind == "fits"


def test_random_labels_are_no_better_than_the_baseline(trained):
    rolled = with_value(
        recipes.recipe("random-labels").spec, "dataset.split", chosen("holdout", validation=0.3, test=0.1)
    )
    run = trained(rolled).train()
    found = said(run)
    assert found.kind == "no-better"
    assert found.has_learned  # by heart
    assert found.judged.baseline == pytest.approx(0.1, abs=0.05)


def test_digits_fit(trained):
    run = trained(recipes.recipe("digits-mlp").spec).train()
    assert said(run).kind == "fits"
    assert run.run.baseline_answer == "class"
    assert run.run.validation_baseline["loss"] == pytest.approx(2.3026, abs=0.001)


def test_a_rate_beyond_all_measure_diverges(trained):
    run = trained(specs.spec(optimizer=chosen("Adam", learning_rate=1e38))).train()
    assert (run.run.state, run.run.is_diverged) == ("failed", True)
    assert said(run).kind == "diverged"


def test_a_regression_is_compared_with_the_mean(trained):
    line = specs.spec(
        [layer("Dense", "output", units=1)],
        "plane",
        loss=specs.SQUARED,
        metrics=(),
        epochs=30,
        optimizer=chosen("Adam", learning_rate=0.05),
    )
    run = trained(line).train()
    assert (said(run).kind, run.run.baseline_answer) == ("fits", "mean")


def test_without_rows_for_validation_nothing_is_said_of_them(trained):
    run = trained(specs.spec(split=chosen("holdout", validation=0.0, test=0.2))).train()
    assert run.run.validation_baseline == {}
    assert said(run).kind == "too-little-data"
