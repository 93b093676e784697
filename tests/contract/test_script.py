"""The exported script gives the numbers of the app."""

import pytest

from playground import data
from playground.export import script
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import started
from tests.contract.alone import gives_the_numbers_here
from tests.contract.training.specs import ADAM, TWO_ARMS, chosen, layer, spec


def _autoencoder() -> RunSpec:
    dataset = first_dataset("digits").model_copy(update={"target": "input"})
    return with_value(started(dataset, data.outline(dataset), "autoencoder", seed=3), "training.epochs", 2)


ATTENTION = spec(
    [
        layer("MultiHeadAttention", "attend", "input", num_heads=2, key_dim=4, use_causal_mask=True),
        layer("Add", "model", "input", "attend"),
        layer("Bidirectional", "class", layer={"kind": "LSTM", "args": {"units": 3}}),
        layer("Dense", "output", units=10, activation="softmax"),
    ],
    "digits",
    steps=(chosen("scale", maximum=16),),
    loss=chosen("SparseCategoricalCrossentropy"),
    epochs=1,
)


def _groups() -> RunSpec:
    dataset = first_dataset("gapminder")
    return with_value(started(dataset, data.outline(dataset), "mlp", seed=2), "training.epochs", 2)


CASES = {
    "a graph on standardised columns": spec(
        [*TWO_ARMS],
        "diabetes",
        options={},
        steps=(chosen("standardise"), chosen("min_max")),
        loss=chosen("MeanSquaredError"),
        optimizer=ADAM,
        metrics=(chosen("MeanAbsoluteError"), chosen("R2Score")),
        callbacks=(chosen("EarlyStopping", monitor="val_loss", patience=0),),
    ),
    "one-hot wine": spec(
        [{"kind": "Dense", "name": "output", "args": {"units": 3, "activation": "softmax"}, "inputs": []}],
        "wine",
        steps=(chosen("standardise"),),
        loss=chosen("CategoricalCrossentropy"),
        optimizer=chosen(
            "SGD", learning_rate=chosen("ExponentialDecay", initial_learning_rate=0.1, decay_steps=5, decay_rate=0.5)
        ),
    ),
    "an autoencoder": _autoencoder(),
    "a public table divided by countries": _groups(),
    "attention of a layer to itself": ATTENTION,
    "everything trains": spec(split=chosen("none"), epochs=2),
}
"""What the recipes do not have: graphs, nested layers, other targets, schedules, steps fitted to the data."""


@pytest.mark.parametrize("name", CASES)
def test_the_script_gives_the_numbers_of_the_app(name, tmp_path, monkeypatch):
    gives_the_numbers_here(name, CASES[name], script(CASES[name]), tmp_path, monkeypatch)
