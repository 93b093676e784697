"""Our loop gives what plain Keras gives: same seed, same order, same numbers."""

from typing import Any

import keras
import numpy as np
import pytest

from playground import data
from playground.specs.order import order
from playground.training.build import build, compile_model
from playground.training.evaluate import Evaluation
from playground.training.resident import Resident
from playground.training.targets import targets
from tests.contract.training.specs import (
    ADAM,
    CHANNEL,
    DIGITS_CNN,
    DIGITS_LSTM,
    MULTICLASS,
    RMSPROP_DECAYING,
    SCALED,
    SGD,
    SQUARED,
    TWO_ARMS,
    chosen,
    layer,
    spec,
)

DIGITS_DENSE = [layer("Flatten", "flatten"), layer("Dense", "output", units=10, activation="softmax")]
_SCORES = (chosen("accuracy"), chosen("AUC"), chosen("Precision"))
CASES = {
    "an MLP with SGD": spec(optimizer=SGD),
    "an MLP with Adam and an uneven last batch": spec(batch_size=50, metrics=_SCORES),
    "a batch larger than the data": spec(batch_size=5000),
    "batches that come out even": spec(options={"n_samples": 100}, batch_size=20),
    "a CNN with batch normalisation, dropout and L2": spec(
        DIGITS_CNN, "digits", steps=(SCALED, CHANNEL), loss=MULTICLASS, epochs=2, batch_size=64
    ),
    "an LSTM with a decaying rate": spec(
        DIGITS_LSTM, "digits", steps=(SCALED,), loss=MULTICLASS, optimizer=RMSPROP_DECAYING, epochs=2, batch_size=128
    ),
    "one-hot targets": spec(
        DIGITS_DENSE, "digits", steps=(SCALED,), loss=chosen("CategoricalCrossentropy"), epochs=1, batch_size=128
    ),
    "two arms on a plane": spec(
        TWO_ARMS, "plane", loss=SQUARED, optimizer=ADAM, metrics=(chosen("MeanAbsoluteError"), chosen("R2Score"))
    ),
    "gradient accumulation and clipping": spec(
        optimizer=chosen("Adam", learning_rate=0.01, gradient_accumulation_steps=3, clipnorm=0.5)
    ),
}


def _arrays(case: Any, settings: Any) -> tuple[Any, ...]:
    prepared = data.prepare(case.dataset, case.seed, settings, None)
    parts = []
    for part in ("train", "validation"):
        y = targets(prepared.array(f"y_{part}"), prepared.facts, case.training)
        parts += [np.asarray(prepared.array(f"x_{part}")), y]
    return prepared.facts, *parts


def _model(case: Any, facts: Any, seed: int) -> keras.Model:
    keras.utils.clear_session(free_memory=False)  # names such as auc are counted per process
    keras.utils.set_random_seed(seed)
    model = build(case.model, facts.input_shape, facts.input_dtype)
    compile_model(model, case.training)
    return model


@pytest.mark.parametrize("name", CASES)
def test_batches_epochs_and_weights_are_those_of_keras(name, tmp_path):
    from playground.settings import Settings

    case = CASES[name]
    facts, x, y, x_val, y_val = _arrays(case, Settings(home=tmp_path))
    batch = case.training.batch_size

    theirs = _model(case, facts, case.seed)
    history: list[dict[str, Any]] = []
    batch_losses: list[float] = []
    for epoch in range(case.training.epochs):
        rows = order(case.seed, epoch, len(x))
        fitted = theirs.fit(
            x[rows],
            y[rows],
            batch_size=batch,
            shuffle=False,
            initial_epoch=epoch,
            epochs=epoch + 1,
            validation_data=(x_val, y_val),
            verbose=0,
        )
        history.append({metric: values[-1] for metric, values in fitted.history.items()})

    by_hand = _model(case, facts, case.seed)
    for epoch in range(case.training.epochs):
        rows = order(case.seed, epoch, len(x))
        for start in range(0, len(x), batch):
            part = rows[start : start + batch]
            by_hand.reset_metrics()
            batch_losses.append(by_hand.train_on_batch(x[part], y[part], return_dict=True)["loss"])
        by_hand.evaluate(x_val, y_val, batch_size=batch, verbose=0)  # a recurrent layer's dropout draws here too

    ours = _model(case, facts, case.seed)
    resident = Resident(ours, x, y, batch)
    validation = Evaluation(ours, x_val, y_val, batch)
    at = resident.batch_names.index("loss")
    losses: list[float] = []
    for epoch in range(case.training.epochs):
        values, closed = _epoch(resident, order(case.seed, epoch, len(x)))
        losses += values[:, at].tolist()
        scores = closed | {f"val_{key}": value for key, value in validation.values().items()}
        assert scores.keys() == history[epoch].keys()
        for metric, value in scores.items():
            assert value == pytest.approx(history[epoch][metric], rel=2e-4, abs=2e-5), metric

    np.testing.assert_allclose(losses, batch_losses, rtol=3e-4, atol=3e-5)
    for mine, plain in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(mine, plain, rtol=1e-3, atol=1e-5)


def _epoch(resident, rows):
    """Train one epoch in blocks of growing length; each batch's values (steps, names), and the epoch's metrics."""
    values, done, steps = [], 0, 1
    while done < resident.steps_per_epoch:
        block = resident.block(rows, done, steps)
        values.append(block.values)
        done, steps = done + len(block.values), steps * 2
        assert bool(block.closed) == (done == resident.steps_per_epoch)
    return np.concatenate(values), block.closed


def test_another_seed_gives_other_numbers(tmp_path):
    """The control: the comparison above can fail."""
    from playground.settings import Settings

    case = CASES["an MLP with SGD"]
    facts, x, y, *_ = _arrays(case, Settings(home=tmp_path))
    losses = []
    for seed in (1, 1, 2):
        resident = Resident(_model(case, facts, seed), x, y, 32)
        losses.append(_epoch(resident, order(seed, 0, len(x)))[0][:, 0])
    np.testing.assert_array_equal(losses[0], losses[1])
    assert np.abs(losses[0] - losses[2]).max() > 1e-3


def test_batch_values_are_each_batch_alone(tmp_path):
    """Accuracy of one batch is the share of its own right answers, not a running mean."""
    from playground.settings import Settings

    case = spec(optimizer=chosen("SGD", learning_rate=1e-9))
    facts, x, y, *_ = _arrays(case, Settings(home=tmp_path))
    model = _model(case, facts, 1)
    right = (model.predict(x, verbose=0) > 0.5) == y
    rows = order(1, 0, len(x))
    resident = Resident(model, x, y, 32)
    values = _epoch(resident, rows)[0][:, resident.batch_names.index("accuracy")]
    expected = [right[rows[start : start + 32]].mean() for start in range(0, len(x), 32)]
    np.testing.assert_allclose(values, expected, atol=1e-6)


def test_the_order_is_a_permutation_and_a_pure_function():
    for n in (1, 2, 1000):
        assert sorted(order(7, 3, n)) == list(range(n))
        np.testing.assert_array_equal(order(7, 3, n), order(7, 3, n))
    assert order(7, 3, 1000).tolist() != order(7, 4, 1000).tolist()
    assert order(7, 3, 1000).tolist() != order(8, 3, 1000).tolist()
