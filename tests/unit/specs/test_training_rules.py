"""Rules about rates, schedules, batches, callbacks and losses."""

from collections.abc import Mapping
from typing import Any

import pytest

from playground import catalog
from playground.specs import RunSpec
from playground.specs.edit import with_value
from tests.unit.specs.rule_cases import DIGITS, MULTICLASS, OUTPUT, REGRESSION, Case, dense, names, of_rule, stack


def trained(changes: Mapping[str, Any], spec: RunSpec = DIGITS) -> RunSpec:
    for path, value in changes.items():
        spec = with_value(spec, path, value)
    return spec


def cosine(steps: int, **more: int) -> RunSpec:
    args = {"initial_learning_rate": 0.01, "decay_steps": steps, **more}
    return trained({"learning_rate": {"kind": "CosineDecay", "args": args}})


def callback(kind: str, **args: object) -> RunSpec:
    return trained({"training.callbacks": [{"kind": kind, "args": args}]})


def regression(activation: str | None, loss: str) -> RunSpec:
    spec = stack("Flatten", dense(), dense(1, activation))
    return trained({"training.loss": {"kind": loss}, "training.metrics": []}, spec)


def binary(activation: str | None, loss: str) -> RunSpec:
    return trained({"training.loss": {"kind": loss}}, stack("Flatten", dense(), dense(1, activation)))


NORMALISED = stack("Flatten", dense(), "BatchNormalization", dense(), OUTPUT)
TWO = MULTICLASS.model_copy(update={"task": "binary", "classes": ("a", "b")})
TOTAL = 640  # 20 epochs of 1,000 rows in batches of 32

CASES = [
    Case(
        "rate-outside-usual",
        trained({"learning_rate": 0.2}),
        trained({"learning_rate": 0.1}),
        "training.optimizer.learning_rate",
        "expected 1e-06 to 0.1 for Adam, received 0.2; the weights would jump about",
    ),
    Case(
        "rate-outside-usual",
        trained({"learning_rate": 0.0000001}),
        trained({"learning_rate": 0.000001}),
        "training.optimizer.learning_rate",
        "the weights would hardly move",
    ),
    Case(
        "rate-outside-usual",
        trained({"optimizer": {"kind": "SGD", "args": {"learning_rate": 1.5}}}),
        trained({"optimizer": {"kind": "SGD", "args": {"learning_rate": 1.0}}}),
        "training.optimizer.learning_rate",
        "for SGD, received 1.5",
    ),
    Case(
        "rate-outside-usual",
        trained(
            {
                "learning_rate": {
                    "kind": "ExponentialDecay",
                    "args": {"initial_learning_rate": 9.0, "decay_steps": 9, "decay_rate": 0.9},
                }
            }
        ),
        trained({"optimizer": {"kind": "Adadelta", "args": {"learning_rate": 1.0}}}),
        "training.optimizer.learning_rate.initial_learning_rate",
        "received 9",
    ),
    Case(
        "schedule-against-steps",
        cosine(705),
        cosine(704),
        "training.optimizer.learning_rate.decay_steps",
        "expected about 640, the steps of this training, received 705; it never comes to its end",
    ),
    Case(
        "schedule-against-steps",
        cosine(219, warmup_steps=100),
        cosine(220, warmup_steps=100),
        "training.optimizer.learning_rate.decay_steps",
        "received 319; after that the rate stays at its end",
    ),
    Case(
        "patience-against-epochs",
        callback("EarlyStopping", patience=20),
        callback("EarlyStopping", patience=19),
        "training.callbacks.0.patience",
        "expected fewer than 20 epochs, received 20; EarlyStopping would never act",
    ),
    Case(
        "never-measured",
        callback("EarlyStopping", monitor="val_auc"),
        callback("EarlyStopping", monitor="val_accuracy"),
        "training.callbacks.0.monitor",
        "expected one of val_loss, val_accuracy, received val_auc",
    ),
    Case(
        "batch-against-rows",
        trained({"batch_size": 1001}),
        trained({"batch_size": 1000}),
        "training.batch_size",
        "expected at most the 1,000 rows to train with, received 1,001",
    ),
    Case(
        "lone-batch",
        trained({"batch_size": 1}, NORMALISED),
        trained({"batch_size": 2}, NORMALISED),
        "training.batch_size",
        "expected several rows for c, received 1",
    ),
    Case(
        "loss-domain",
        regression(None, "Poisson"),
        regression("exponential", "Poisson"),
        "model.layers.c.activation",
        "expected softplus or relu with Poisson, received no activation; below zero it is not a number",
        facts=REGRESSION,
    ),
    Case(
        "loss-domain",
        regression("elu", "MeanSquaredLogarithmicError"),
        regression("relu", "MeanSquaredLogarithmicError"),
        "model.layers.c.activation",
        "received elu",
        facts=REGRESSION,
    ),
    Case(
        "margin-out-of-reach",
        binary("sigmoid", "Hinge"),
        binary("tanh", "Hinge"),
        "model.layers.c.activation",
        "expected tanh or no activation with Hinge, received sigmoid",
        facts=TWO,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_a_rule_finds_its_problem_and_its_fix_mends_it(case):
    case.check()


@pytest.mark.parametrize("optimizer", [entry.id for entry in catalog.entries("optimizers")])
def test_the_rate_that_keras_takes_by_itself_is_usual(optimizer):
    assert of_rule("rate-outside-usual", trained({"optimizer": {"kind": optimizer}}), MULTICLASS) == []


def test_how_long_a_schedule_may_be_is_not_known_without_rows():
    unknown = MULTICLASS.model_copy(update={"n_train": None})
    assert of_rule("schedule-against-steps", cosine(10_000), unknown) == []
    assert TOTAL == 20 * -(-1000 // 32)
