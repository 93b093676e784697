"""Sequences with a sequence as their answer, trained by Keras: what is learned, beside answers that look at nothing."""

import keras
import numpy as np
import pytest

from playground.data import outline
from playground.specs import RunSpec
from playground.specs.dataset_change import changed
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import started
from playground.training.baseline import baseline
from playground.training.targets import targets
from tests.contract.training.specs import chosen, layer, spec
from tests.contract.training.test_fixes import mended, shapes_of

LABELS = chosen("SparseCategoricalCrossentropy")
SQUARED, ERROR = chosen("MeanSquaredError"), (chosen("MeanAbsoluteError"),)
SPLIT = chosen("holdout", validation=0.15, test=0.15)


def applied(units: int, **args: object) -> dict[str, object]:
    return layer("TimeDistributed", "output", layer={"kind": "Dense", "args": {"units": units, **args}})


def adam(rate: float, updates: int) -> dict[str, object]:
    decay = chosen("CosineDecay", initial_learning_rate=rate, decay_steps=updates)
    return chosen("Adam", learning_rate=decay)


NEXT = spec(
    [layer("LSTM", "lstm", units=50, activation="relu"), layer("Dense", "output", units=1)],
    "next_value",
    options={"n_samples": 1_000},
    loss=SQUARED,
    metrics=ERROR,
    optimizer=adam(0.01, 1_320),
    epochs=60,
    split=SPLIT,
)
ENCODED = [
    layer("Embedding", "letters", input_dim=8, output_dim=16),
    layer("LSTM", "encoder", units=96),
    layer("RepeatVector", "repeat", n=4),
    layer("LSTM", "decoder", units=96, return_sequences=True),
    applied(8, activation="softmax"),
]
REVERSED = spec(
    ENCODED,
    "reversed",
    options={"n_samples": 4_000, "length": 4, "letters": 8},
    loss=LABELS,
    epochs=14,
    split=SPLIT,
)


def test_the_next_value_is_within_a_half(trained):
    run = trained(NEXT).train().run
    assert run.state == "finished", run.error
    assert run.test["mean_absolute_error"] < 0.5 < run.baseline["mean_absolute_error"] / 10


def test_an_encoder_and_a_decoder_reverse_texts_never_seen(trained):
    """Takes about five seconds: letters come right all at once, after some hundred steps."""
    run = trained(REVERSED).train().run
    assert run.state == "finished", run.error
    assert run.test["accuracy"] >= 0.95
    assert run.baseline["accuracy"] < 0.2


def test_a_straight_line_for_each_number_of_the_answer_is_enough(trained):
    """Each is a weighted sum of what comes in, so the smallest of the templates finds it."""
    dataset = first_dataset("continuation")
    straight = with_value(
        started(dataset, outline(dataset), "linear", seed=2), "training.optimizer.learning_rate", 0.02
    )
    run = trained(with_value(straight, "training.epochs", 40)).train().run
    assert run.state == "finished", run.error
    assert run.test["mean_absolute_error"] < run.baseline["mean_absolute_error"] / 10


@pytest.mark.parametrize("source", ["aligned", "continuation", "reversed", "addition"])
@pytest.mark.parametrize("before", ["next_value", "trend"])
def test_a_model_of_one_answer_is_led_to_a_sequence_and_back(before, source):
    own, other = first_dataset(before), first_dataset(source)
    start = started(own, outline(own), "lstm")
    moved = changed(start, other, outline(other)).spec
    if outline(other).symbols:  # letters are looked up, which no remedy guesses
        embedding = layer("Embedding", "letters", input_dim=len(outline(other).symbols), output_dim=4)
        layers = [embedding, *(each.model_dump() for each in moved.model.layers)]
        moved = with_value(moved, "model.layers", layers)
    led = mended(moved)
    assert shapes_of(led).output(led.model.layers[-1].name) == outline(other).answer_shape
    back = mended(changed(with_value(led, "model.layers", _without_embedding(led)), own, outline(own)).spec)
    assert shapes_of(back).output(back.model.layers[-1].name) == outline(own).answer_shape


def _without_embedding(of: RunSpec) -> list[dict[str, object]]:
    return [each.model_dump() for each in of.model.layers if each.kind != "Embedding"]


def test_targets_are_what_keras_computes_its_losses_of():
    rng = np.random.default_rng(3)
    facts = Facts(task="multiclass", input_shape=(5,), target_shape=(3,), classes=tuple("abcd"))
    labels = rng.integers(0, 4, (20, 3))
    answers = rng.dirichlet(np.ones(4), (20, 3)).astype("float32")
    by_label = targets(labels, facts, REVERSED.training)
    one_hot = REVERSED.training.model_copy(
        update={"loss": with_value(REVERSED, "training.loss.kind", "CategoricalCrossentropy").training.loss}
    )
    by_row = targets(labels, facts, one_hot)
    assert (by_label.shape, by_label.dtype, by_row.shape) == ((20, 3), np.int32, (20, 3, 4))
    first = keras.losses.SparseCategoricalCrossentropy()(by_label, answers)
    assert float(first) == pytest.approx(float(keras.losses.CategoricalCrossentropy()(by_row, answers)), rel=1e-5)
    numbers = Facts(task="regression", input_shape=(5,), target_shape=(3, 1))
    assert targets(rng.normal(size=(20, 3, 1)), numbers, NEXT.training).shape == (20, 3, 1)


def test_the_baseline_of_a_sequence_is_that_of_each_place():
    facts = Facts(task="multiclass", input_shape=(2,), target_shape=(2,), classes=tuple("abc"))
    train = np.array([[0, 2], [0, 2], [1, 2], [0, 1]])
    test = np.array([[0, 0], [0, 2], [2, 2]])
    assert baseline(train, test, facts, ["accuracy"]) == {"accuracy": pytest.approx(4 / 6)}
    rng = np.random.default_rng(4)
    train, test = rng.normal([[1, 9]], 1, (50, 2)), rng.normal([[1, 9]], 1, (30, 2))
    numbers = Facts(task="regression", input_shape=(2,), target_shape=(2,))
    found = baseline(train, test, numbers, ["mean_absolute_error", "r2_score"])
    answers = np.tile(train.mean(axis=0), (30, 1))
    metric = keras.metrics.R2Score()
    metric.update_state(test.astype("float32"), answers.astype("float32"))
    assert found["mean_absolute_error"] == pytest.approx(np.abs(test - answers).mean())
    assert found["r2_score"] == pytest.approx(float(metric.result()), rel=1e-3)
