"""The learning rate that is changed while a model trains: what plain Keras does with it, and nothing traced anew."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest

from playground.settings import Settings
from playground.specs.order import order
from playground.training import quicker
from playground.training.evaluate import Evaluation
from playground.training.rate import Rate
from playground.training.resident import Resident
from playground.training.spans import RATE, Spans
from tests.contract.training.specs import SGD, chosen, spec
from tests.contract.training.test_control import in_spans
from tests.contract.training.test_equality import _arrays, _model
from tests.contract.training.waiting import ENDLESS, trained_in, until

FALLING = chosen(
    "Adam", learning_rate=chosen("ExponentialDecay", initial_learning_rate=0.02, decay_steps=3, decay_rate=0.8)
)
DECAY = keras.optimizers.schedules.ExponentialDecay(0.02, 3, 0.8)
OPTIMIZERS = {"plain": SGD, "schedule": FALLING}


def made(optimizer: dict[str, Any], folder: Any) -> tuple[keras.Model, Rate, Resident, Evaluation, tuple[Any, Any]]:
    case = spec(optimizer=optimizer, batch_size=40)
    facts, x, y, x_val, y_val = _arrays(case, Settings(home=folder))
    model = _model(case, facts, case.seed)
    rate = Rate(model.optimizer)
    return model, rate, Resident(model, x, y, 40), Evaluation(model, x_val, y_val, 40), (x, y)


def by_hand(name: str, folder: Any, rates: Callable[[int, float], float], epochs: int) -> list[np.ndarray]:
    """The weights after ``epochs`` of plain ``train_on_batch``, each with the rate that ``rates`` makes of the plan."""
    case = spec(optimizer=SGD if name == "plain" else chosen("Adam", learning_rate=0.02), batch_size=40)
    facts, x, y, *_ = _arrays(case, Settings(home=folder))
    model = _model(case, facts, case.seed)
    planned = DECAY if name == "schedule" else lambda step: 0.1
    step = 0
    for epoch in range(epochs):
        rows = order(case.seed, epoch, len(x))
        for first in range(0, len(x), 40):
            model.optimizer.learning_rate = rates(step, float(keras.ops.convert_to_numpy(planned(step))))
            model.train_on_batch(x[rows[first : first + 40]], y[rows[first : first + 40]])
            step += 1
    return list(model.get_weights())


@pytest.mark.parametrize(("name", "program"), [("plain", "epochs"), ("schedule", "steps"), ("schedule", "epochs")])
def test_a_changed_rate_trains_as_keras_does_with_that_rate_and_traces_nothing(name, program, tmp_path):
    optimizer, seed = OPTIMIZERS[name], spec().seed
    model, rate, resident, validation, (x, _y) = made(optimizer, tmp_path)
    per_epoch = resident.steps_per_epoch
    spans = Spans(resident, validation, is_xla=False)

    def epoch(number: int) -> None:
        rows = order(seed, number, len(x))
        if program == "epochs":
            spans.run([rows])
            return
        done = 0
        while done < per_epoch:
            done += len(resident.block(rows, done, 1_000).values)

    epoch(0)
    wanted = 0.004
    assert rate.change({"learning_rate": wanted}) == {"set": {"learning_rate": wanted}}
    assert float(keras.ops.convert_to_numpy(model.optimizer.learning_rate)) == pytest.approx(wanted)
    factor = rate.factor
    for number in (1, 2):
        epoch(number)
    traced = spans._program if program == "epochs" else resident._whole
    assert traced.experimental_get_tracing_count() == 1

    def rates(step: int, planned: float) -> float:
        if step < per_epoch:
            return planned
        return wanted if name == "plain" else planned * factor

    for mine, expected in zip(model.get_weights(), by_hand(name, tmp_path, rates, 3), strict=True):
        np.testing.assert_allclose(mine, expected, rtol=1e-4, atol=1e-6)


def test_xla_hears_of_it_too(tmp_path):
    model, rate, resident, validation, (x, _y) = made(FALLING, tmp_path)
    spans = Spans(resident, validation, is_xla=True)
    spans.ready()
    rate.change({"learning_rate": 0.0})
    before = model.get_weights()
    (logs,) = spans.run([order(3, 0, len(x))]).epochs
    assert logs[RATE] == 0
    for was, now in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(was, now)
    rate.change({"learning_rate": 0.1})
    (logs,) = spans.run([order(3, 1, len(x))]).epochs
    assert logs[RATE] > 0
    assert any((was != now).any() for was, now in zip(before, model.get_weights(), strict=True))


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ({}, "at least 0"),
        ({"learning_rate": -1}, "at least 0"),
        ({"learning_rate": float("inf")}, "at least 0"),
        ({"learning_rate": float("nan")}, "at least 0"),
        ({"learning_rate": "0.1"}, "at least 0"),
        ({"learning_rate": True}, "at least 0"),
        ({"learning_rate": 1e39}, "at least 0"),
        ({"learning_rate": 0.1, "beta_1": 0.5}, "beta_1 cannot be changed while a run trains"),
    ],
)
def test_what_is_no_rate_is_refused_and_changes_nothing(args, words, tmp_path):
    model, rate, *_ = made(SGD, tmp_path)
    with pytest.raises(ValueError, match=words):
        rate.change(args)
    assert float(model.optimizer.learning_rate.numpy()) == pytest.approx(0.1)


def test_a_schedule_that_has_come_to_nothing_cannot_be_raised_by_a_factor(tmp_path):
    ended = chosen("SGD", learning_rate=chosen("PolynomialDecay", initial_learning_rate=0.1, decay_steps=1,
                                               end_learning_rate=0.0))  # fmt: skip
    _, rate, resident, _, (x, _y) = made(ended, tmp_path)
    resident.block(order(3, 0, len(x)), 0, 2)
    with pytest.raises(ValueError, match="come to 0"):
        rate.change({"learning_rate": 0.1})
    assert rate.factor == 1.0


def test_a_rate_behind_a_scaled_loss_is_the_inner_one(tmp_path):
    inner = keras.optimizers.SGD(keras.optimizers.schedules.CosineDecay(0.1, 100))
    scaled = keras.optimizers.LossScaleOptimizer(inner)
    rate = Rate(scaled)
    rate.change({"learning_rate": 0.05})
    assert float(keras.ops.convert_to_numpy(scaled.learning_rate)) == pytest.approx(0.05)


@pytest.mark.parametrize(("name", "is_quick"), [("plain", True), ("schedule", False)])
def test_a_run_records_the_change_and_saves_a_model_that_keras_can_read(name, is_quick, trained, monkeypatch):
    if is_quick:
        in_spans(monkeypatch)
    else:
        monkeypatch.setattr(quicker, "_WORTH_S", {False: float("inf"), True: float("inf")})
    optimizer = FALLING if name == "schedule" else chosen("SGD", learning_rate=0.1)  # momentum would roll on
    run = trained(spec(epochs=ENDLESS, optimizer=optimizer))
    log = run.store.runs
    thread = run.in_background()
    until(lambda: any("program" in event.data for event in run.events) if is_quick else run.run.epoch > 1)
    asked = log.ask(run.id, "set", {"learning_rate": 0.0})
    until(lambda: run.run.acknowledged == asked)
    assert run.run.learning_rate == 0.0
    changed = next(event for event in run.events if "set" in event.data)
    until(lambda: run.run.epoch > changed.data["epoch"] + 3)
    log.ask(run.id, "finish")
    trained_in(thread)
    losses, rates = run.column("epoch/val_loss"), run.column("epoch/learning_rate")
    after = changed.data["epoch"] + 1
    assert rates[changed.data["epoch"] - 1] > 0
    assert np.all(rates[after:] == 0)
    assert np.ptp(losses[after:]) == 0, "nothing is learned any more"
    saved = keras.saving.load_model(run.folder / "model.keras", safe_mode=True)
    config = saved.optimizer.get_config()["learning_rate"]
    assert config == pytest.approx(0.0) if name == "plain" else config["class_name"] == "ExponentialDecay"
