"""Programs of whole epochs and those that XLA compiles train as single epochs in graph mode do."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from playground import data
from playground.runs import open_store
from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.order import order
from playground.training import programs, quicker, session
from playground.training.evaluate import Evaluation
from playground.training.portable_random import portable_random
from playground.training.resident import Resident
from playground.training.spans import RATE, Spans
from tests.contract.training.specs import chosen, layer, spec
from tests.contract.training.test_equality import CASES, _arrays, _model
from tests.sweeps import some

EPOCHS = 4
DROPPING = spec(
    [
        layer("Dense", "hidden", units=16, activation="relu"),
        layer("Dropout", "drop", rate=0.3),
        layer("GaussianNoise", "noise", stddev=0.1),
        layer("BatchNormalization", "norm"),
        layer("Dense", "output", units=1, activation="sigmoid"),
    ],
    batch_size=50,
    metrics=(chosen("accuracy"),),
)
ALL = CASES | {"dropout, noise and batch normalisation": DROPPING}
COVERED = ("an MLP with SGD", "batches that come out even", "one-hot targets")
"""What has nothing that another case has not; each is compiled anew."""


def made(case: Any, folder: Any) -> tuple[Any, Resident, Evaluation, int]:
    facts, x, y, x_val, y_val = _arrays(case, Settings(home=folder))
    model = _model(case, facts, case.seed)
    batch = case.training.batch_size
    return model, Resident(model, x, y, batch), Evaluation(model, x_val, y_val, batch), case.seed


def singly(case: Any, folder: Any) -> tuple[list[np.ndarray], list[dict[str, float]], list[Any], list[Any]]:
    """Values and logs of every epoch, the last weights, and those of the lowest validation loss."""
    model, resident, validation, seed = made(case, folder)
    values, logs, best, least = [], [], None, np.inf
    for epoch in range(EPOCHS):
        done, blocks, closed = 0, [], {}
        while done < resident.steps_per_epoch:
            block = resident.block(order(seed, epoch, resident.n), done, 1_000)
            blocks.append(block.values)
            done, closed = done + len(block.values), block.closed
        values.append(np.concatenate(blocks))
        logs.append(closed | {f"val_{name}": value for name, value in validation.values().items()})
        if logs[-1]["val_loss"] < least:
            least, best = logs[-1]["val_loss"], model.get_weights()
    return values, logs, model.get_weights(), best or []


def same(case: Any, folder: Any, calls: Sequence[int], *, is_xla: bool, rtol: float) -> None:
    values, logs, weights, best = singly(case, folder)
    model, resident, validation, seed = made(case, folder)
    validation.trace()
    before = model.get_weights()
    spans = Spans(resident, validation, is_xla=is_xla)
    spans.ready()
    for was, now in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(was, now, "making the program trains nothing")
    spans.begin(None, [])
    at = 0
    for count in calls:
        span = spans.run([order(seed, at + each, resident.n) for each in range(count)])
        for mine, found in zip(span.values, span.epochs, strict=True):
            np.testing.assert_allclose(mine, values[at], rtol=rtol, atol=1e-5)
            assert {**found, RATE: 0} == pytest.approx({**logs[at], RATE: 0}, rel=rtol, abs=1e-5)
            assert found[RATE] > 0
            at += 1
    for kept, expected in ((model.get_weights(), weights), (spans.best_weights(), best)):
        for mine, theirs in zip(kept, expected, strict=True):
            np.testing.assert_allclose(mine, theirs, rtol=10 * rtol, atol=1e-5)


@pytest.mark.parametrize("name", some((name for name in ALL if name not in COVERED), 2))
def test_whole_epochs_in_one_call_are_the_epochs_one_by_one(name, tmp_path):
    same(ALL[name], tmp_path, (1, 3), is_xla=False, rtol=1e-6)


def test_xla_trains_as_graph_mode_does_and_drops_the_same_units(tmp_path):
    same(DROPPING, tmp_path, (3, 1), is_xla=True, rtol=2e-4)


def test_steps_that_xla_compiles_are_those_of_graph_mode(tmp_path):
    case = CASES["an MLP with Adam and an uneven last batch"]
    values, *_ = singly(case, tmp_path)
    _, resident, validation, seed = made(case, tmp_path)
    validation.trace()
    resident.compile()
    resident.is_xla = True
    rows = order(seed, 0, resident.n)
    block = resident.block(rows, 0, 1_000)
    np.testing.assert_allclose(block.values, values[0][: len(block.values)], rtol=2e-4, atol=1e-5)


def test_without_the_patch_xla_draws_other_numbers():
    """The control of the tests with dropout, and a pin of TensorFlow's private functions that the patch replaces."""
    seed = tf.constant([3, 7])
    for draw in (tf.random.stateless_uniform, tf.random.stateless_normal):

        def drawn(seed: Any, draw: Any = draw) -> Any:
            return draw((1001,), seed)

        plain = drawn(seed).numpy()
        other = tf.function(drawn, jit_compile=True, autograph=False)(seed).numpy()
        assert np.abs(other - plain).max() > 0.1
        for jit in (False, True):
            with portable_random():
                ours = tf.function(drawn, jit_compile=jit, autograph=False)(seed).numpy()
            np.testing.assert_allclose(ours, plain, atol=5e-6)


def run_of(case: Any, folder: Any) -> tuple[Any, dict[str, np.ndarray], list[str]]:
    """The run, its columns over epochs and batches, and the programs that it used, in order."""
    settings = Settings(home=folder)
    store = open_store(settings)
    run_id = store.runs.create(case, "tester")
    store.runs.append(run_id, "started", {"pid": 1, "device": "CPU"})
    prepared = data.prepare(case.dataset, case.seed, settings, None)
    session.train(case, prepared, store.runs.journal(run_id), settings.run_dir(run_id), settings, {"device": "CPU"})
    events = store.runs.events(run_id)
    columns: dict[str, list[float]] = {}
    for event in events:
        for name, numbers in event.columns.items():
            columns.setdefault(name, []).extend(numbers.tolist())
    used = [str(event.data["program"]) for event in events if "program" in event.data]
    return store.runs.run(run_id), {name: np.array(each) for name, each in columns.items()}, used


def test_a_run_changes_programs_on_its_way_and_no_number(tmp_path, monkeypatch):
    stopping = [{"kind": "EarlyStopping", "args": {"monitor": "val_loss", "patience": 3}}]
    case = with_value(with_value(DROPPING, "epochs", 120), "training.callbacks", stopping)
    plain, expected, used = run_of(case, tmp_path / "plain")
    assert used == [], "small work is left alone"
    monkeypatch.setattr(quicker, "_WORTH_S", {False: 0.0, True: 0.0})
    monkeypatch.setattr(programs, "_SHORT_S", 1e9)  # as on a machine that has nothing else to do
    monkeypatch.setattr(quicker, "_TRIAL_S", 0.0)
    monkeypatch.setattr(quicker, "_FASTER", 1e9)  # each is kept, however fast
    monkeypatch.setattr(programs.Ahead, "is_busy", property(lambda self: self.join()))
    run, columns, used = run_of(case, tmp_path / "quick")
    assert used == ["epochs", "epochs with XLA"]
    assert (run.state, run.epoch, run.step) == (plain.state, plain.epoch, plain.step)
    assert columns.keys() == expected.keys()
    for name, values in expected.items():
        np.testing.assert_allclose(columns[name], values, rtol=5e-3, atol=1e-4, err_msg=name)
    assert run.test == pytest.approx(dict(plain.test), rel=1e-2, abs=1e-3)
    assert run.metrics["val_loss"].best_epoch == plain.metrics["val_loss"].best_epoch
