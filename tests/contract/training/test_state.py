"""A training that is broken off and goes on in another process is the one that was never broken off, bit by bit."""

import dataclasses
import shutil
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from playground import data
from playground.runs import going_on
from playground.runs.artifacts import STATE
from playground.training import quicker, state
from playground.training.build import build, compile_model
from playground.training.errors import TrainingError
from playground.training.rate import Rate
from playground.training.resident import Resident
from playground.training.targets import targets
from tests.contract.training.conftest import Trained
from tests.contract.training.go_on import NEVER, go_on
from tests.contract.training.specs import chosen, layer, spec
from tests.contract.training.waiting import trained_in, until

ROOT = Path(__file__).resolve().parents[3]
FALLING = chosen("CosineDecay", initial_learning_rate=0.02, decay_steps=60, warmup_steps=10, warmup_target=0.05)
ADAM = chosen("Adam", learning_rate=FALLING, use_ema=True, ema_overwrite_frequency=5, gradient_accumulation_steps=3)
LAYERS = [
    layer("Dense", "hidden", units=16, activation="relu"),
    layer("Dropout", "drop", rate=0.3),
    layer("GaussianNoise", "noise", stddev=0.1),
    layer("BatchNormalization", "norm"),
    layer("Dense", "output", units=1, activation="sigmoid"),
]
WATCHING = chosen("EarlyStopping", monitor="val_loss", patience=50, restore_best_weights=True)
CASE = spec(LAYERS, optimizer=ADAM, callbacks=(WATCHING,), epochs=6, metrics=(chosen("accuracy"),))
STEPS = 24  # 120 training rows in batches of 32, the last one smaller


def broken_off(run: Trained, at: int) -> Trained:
    """``run``, stopped once it has done ``at`` steps in all, the last ones each a request of its own."""
    log = run.store.runs
    asked = log.ask(run.id, "pause")
    thread = run.in_background()
    until(lambda: run.run.acknowledged == asked)
    for _ in range(run.run.step, at):
        asked = log.ask(run.id, "step")
    until(lambda: run.run.acknowledged == asked)
    log.ask(run.id, "stop")
    trained_in(thread)
    assert (run.run.state, run.run.step) == ("stopped", at)
    return run


class GoingOn(Trained):
    """A run that goes on from the state in its folder."""

    def train(self) -> Trained:
        go_on(self.settings, self.id)
        return self


def next_of(run: Trained, changed: state.State | None = None) -> GoingOn:
    """A queued run that goes on from the state of ``run``, or from a changed one."""
    new = GoingOn(run.store, run.spec, run.settings)
    run.store.runs.delete(new.id)
    run.store.runs.create(run.spec, "tester", run_id=new.id, more=going_on.continued(run.store, run.id))
    new.folder.mkdir(parents=True)
    shutil.copyfile(run.folder / STATE, new.folder / STATE)
    if changed is not None:
        state.write(changed, new.folder / STATE)
    return new


def in_another_process(*runs: Trained) -> None:
    home = str(runs[0].settings.home)
    command = [sys.executable, "-m", "tests.contract.training.go_on", home, *(run.id for run in runs)]
    subprocess.run(command, cwd=ROOT, check=True)
    for run in runs:
        assert run.run.state == "finished", run.run.error


def paths(run: Trained) -> list[str]:
    """What the variables in a state are, in their order."""
    prepared = data.opened(run.spec.dataset, run.spec.seed, run.settings)
    model = build(run.spec.model, prepared.facts.input_shape, prepared.facts.input_dtype)
    compile_model(model, run.spec.training)
    Rate(model.optimizer)
    x, y = prepared.array("x_train"), targets(prepared.array("y_train"), prepared.facts, run.spec.training)
    Resident(model, x, y, 32)
    return [variable.path for variable in state.variables(model)]


def changed(saved: state.State, names: list[str], part: str, to) -> state.State:
    """``saved`` with ``to`` of every variable whose path contains ``part``."""
    assert any(part in name for name in names), names
    pairs = zip(names, saved.variables, strict=False)
    return dataclasses.replace(saved, variables=[to(value) if part in name else value for name, value in pairs])


def same(run: Trained, whole: Trained) -> bool:
    """Whether everything after the break and the whole state at the end are equal to the last bit."""
    first = run.column("batch/step")[0]
    losses = whole.column("batch/loss")[first - 1 :]
    one, other = state.read(run.folder / STATE), state.read(whole.folder / STATE)
    arrays = zip((*one.variables, *one.best_weights), (*other.variables, *other.best_weights), strict=True)
    return (
        np.array_equal(run.column("batch/loss"), losses)
        and np.array_equal(
            run.column("epoch/val_loss"), whole.column("epoch/val_loss")[-len(run.column("epoch/loss")) :]
        )
        and all(np.array_equal(mine, theirs) for mine, theirs in arrays)
        and one.best == other.best
        and dict(run.run.test) == dict(whole.run.test)
    )


@pytest.mark.timeout(900)  # eight runs, one of them compiled by XLA
def test_it_goes_on_bit_by_bit_in_another_process_and_the_controls_do_not(trained, monkeypatch):
    """Broken off twice in the middle of an epoch, and trained in one go by blocks: the same losses, the same state."""
    monkeypatch.setattr(quicker, "_WORTH_S", NEVER)
    whole = trained(CASE).train()
    assert (whole.run.state, whole.run.step) == ("finished", STEPS)
    part = broken_off(trained(CASE), 3)
    assert state.read(part.folder / STATE).position == state.Position(0, 3)
    part = broken_off(next_of(part), 10)
    saved = state.read(part.folder / STATE)
    assert saved.position == state.Position(2, 2)
    names = paths(part)
    assert len(names) == len(saved.variables)
    exact = next_of(part)
    controls = {
        "seeds": changed(saved, names, "seed_generator_state", lambda value: value + np.uint32(1)),
        "slots": changed(saved, names, "_momentum", np.zeros_like),
        "position": dataclasses.replace(saved, position=state.Position(2, 1)),
    }
    wrong = {name: next_of(part, each) for name, each in controls.items()}
    compiled = next_of(part, dataclasses.replace(saved, program="epochs with XLA"))
    in_another_process(exact, compiled, *wrong.values())
    assert same(exact, whole)
    assert exact.run.metrics == whole.run.metrics, "the curves before the break count"
    assert {name: same(run, whole) for name, run in wrong.items()} == dict.fromkeys(wrong, False)
    programs = [(event.data["step"], event.data["program"]) for event in compiled.events if "program" in event.data]
    assert programs == [(10, "epochs with XLA"), (10, "steps"), (12, "epochs with XLA")], "what trained goes on to"
    np.testing.assert_allclose(compiled.column("batch/loss"), exact.column("batch/loss"), rtol=1e-4)


def test_a_state_that_is_none_is_refused_in_words(tmp_path):
    file = tmp_path / STATE
    with pytest.raises(TrainingError, match="not there"):
        state.read(file)
    state.write(state.State([np.ones(3, np.float32)]), file)
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    with pytest.raises(TrainingError, match="damaged"):
        state.read(file)
    with file.open("wb") as pickled:  # named by a path, NumPy would add an ending
        np.savez(pickled, said=np.array([{"an": "object"}], dtype=object), allow_pickle=True)
    with pytest.raises(TrainingError, match="damaged"):
        state.read(file)


def test_the_state_of_another_model_changes_nothing():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])
    model.compile("sgd", "mse")
    model.optimizer.build(model.trainable_variables)
    before = [variable.numpy() for variable in state.variables(model)]
    other = [np.zeros((5, 5), np.float32) if array.ndim == 2 else np.zeros_like(array) for array in before]
    for saved in (other, before[:-1]):
        with pytest.raises(TrainingError, match="does not fit"):
            state.restore(model, saved)
    for now, was in zip(state.variables(model), before, strict=True):
        np.testing.assert_array_equal(now.numpy(), was)


@pytest.mark.parametrize("kind", ["EarlyStopping", "ReduceLROnPlateau"])
def test_what_a_callback_remembers_goes_through_a_file(kind, tmp_path):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")

    def made() -> keras.callbacks.Callback:
        args = {"restore_best_weights": True} if kind == "EarlyStopping" else {}
        callback = getattr(keras.callbacks, kind)(monitor="val_loss", patience=2, min_delta=0.1, **args)
        callback.set_model(model)
        callback.on_train_begin()
        return callback

    def seen(callback: keras.callbacks.Callback, losses: list[float], first: int) -> list[tuple]:
        found = []
        for at, loss in enumerate(losses):
            model.stop_training = False
            callback.on_epoch_end(first + at, {"val_loss": loss})
            found.append((model.stop_training, float(model.optimizer.learning_rate), callback.best, callback.wait))
        return found

    model.optimizer.learning_rate = 0.1
    one = made()
    seen(one, [1.0, 0.5, 0.45], 0)
    file = tmp_path / STATE
    state.write(state.State([], callbacks=[state.remembered(one)]), file)
    (saved,) = state.read(file).callbacks
    expected = seen(one, [0.44, 0.2, 0.3], 3)
    model.optimizer.learning_rate = 0.1
    other = made()
    state.remind(other, saved)
    assert seen(other, [0.44, 0.2, 0.3], 3) == expected
    model.optimizer.learning_rate = 0.1
    assert seen(made(), [0.44, 0.2, 0.3], 3) != expected, "the control"
