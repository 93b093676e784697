"""One run from spec to last event, on a real store."""

import keras
import numpy as np
import pytest

from playground import data
from playground.runs.artifacts import STATE
from playground.training import state
from playground.training.targets import targets
from tests.contract.training.specs import BINARY, DIGITS_CNN, MLP, SQUARED, chosen, layer, spec
from tests.contract.training.waiting import ENDLESS, trained_in, until


def test_the_events_of_a_run_tell_its_story(trained):
    done = trained(spec(epochs=4)).train()
    run = done.run
    assert run.state == "finished", run.error
    phases = list(dict.fromkeys(event.data["phase"] for event in done.events if event.kind == "progress"))
    assert phases == ["building", "training", "testing"]
    assert (run.epoch, run.step, run.parameters) == (4, 4 * 4, 2 * 8 + 8 + 8 + 1)
    np.testing.assert_array_equal(done.column("batch/step"), np.arange(1, 17))
    np.testing.assert_array_equal(done.column("epoch/epoch"), [1, 2, 3, 4])
    for name in ("epoch/loss", "epoch/val_loss", "epoch/accuracy", "epoch/val_accuracy", "epoch/learning_rate"):
        assert done.column(name).dtype == np.float64
        assert len(done.column(name)) == 4
    assert done.column("batch/loss").dtype == np.float32
    assert np.all(done.column("epoch/learning_rate") == np.float32(0.01))
    assert set(run.test) == {"loss", "accuracy"}


def test_the_saved_model_has_the_test_score_of_the_event(trained):
    done = trained(spec(epochs=30)).train()
    prepared = data.opened(done.spec.dataset, done.spec.seed, done.settings)
    y = targets(prepared.array("y_test"), prepared.facts, done.spec.training)
    model = keras.saving.load_model(done.folder / "model.keras", safe_mode=True)
    scores = model.evaluate(prepared.array("x_test"), y, verbose=0, return_dict=True)
    assert scores["loss"] == pytest.approx(done.run.test["loss"], rel=1e-5)
    assert scores["accuracy"] == pytest.approx(done.run.test["accuracy"])
    assert done.run.test["accuracy"] > done.run.baseline["accuracy"]


def test_the_best_checkpoint_is_of_the_best_epoch(trained):
    done = trained(spec(epochs=60, optimizer=chosen("Adam", learning_rate=0.3))).train()
    losses = done.column("epoch/val_loss")
    best = [event.data for event in done.events if event.kind == "checkpoint" and event.data["which"] == "best"][-1]
    assert best["epoch"] == int(np.argmin(losses)) + 1
    assert best["value"] == losses.min()
    prepared = data.opened(done.spec.dataset, done.spec.seed, done.settings)
    model = keras.saving.load_model(done.folder / "model.keras", safe_mode=True)
    model.load_weights(done.folder / "best.weights.h5")
    y = targets(prepared.array("y_validation"), prepared.facts, done.spec.training)
    scores = model.evaluate(prepared.array("x_validation"), y, verbose=0, return_dict=True)
    assert scores["loss"] == pytest.approx(best["value"], rel=1e-4)


def test_pause_step_resume_and_stop(trained, in_blocks):
    run = trained(spec(epochs=ENDLESS))
    thread = run.in_background()
    log = run.store.runs
    until(lambda: run.run.step > 0)
    pause = log.ask(run.id, "pause")
    until(lambda: run.run.acknowledged == pause)
    stood = run.run
    assert stood.state == "paused"
    assert stood.step == run.column("batch/step")[-1], "everything up to the pause is written"
    for count in (1, 2):
        step = log.ask(run.id, "step")
        until(lambda asked=step: run.run.acknowledged == asked)
        assert (run.run.step, run.run.state) == (stood.step + count, "paused")
    resume = log.ask(run.id, "resume")
    until(lambda: run.run.acknowledged == resume and run.run.step > stood.step + 10)
    stop = log.ask(run.id, "stop")
    trained_in(thread)
    ended = run.run
    assert (ended.state, ended.acknowledged, ended.reason) == ("stopped", stop, "Stopped by you.")
    steps = run.column("batch/step")
    np.testing.assert_array_equal(steps, np.arange(1, len(steps) + 1))
    assert ended.step == len(steps)
    assert (run.folder / "last.weights.h5").is_file()
    assert ended.test == {}


def test_a_stop_waits_for_the_state_and_not_for_files_of_weights(trained, in_blocks, capfd):
    run = trained(spec(epochs=ENDLESS))
    (run.folder / "part-last.weights.h5").mkdir(parents=True)  # no file can be written under that name
    thread = run.in_background()
    until(lambda: run.run.step > 0)
    run.store.runs.ask(run.id, "stop")
    trained_in(thread)
    assert (run.run.state, run.run.reason) == ("stopped", "Stopped by you.")
    assert not (run.folder / "last.weights.h5").exists()
    assert "part-last.weights.h5" in capfd.readouterr().err, "the log has why"
    assert state.read(run.folder / STATE).step == run.run.step


def test_stop_while_paused_ends_the_run(trained):
    run = trained(spec(epochs=ENDLESS))
    thread = run.in_background()
    run.store.runs.ask(run.id, "pause")
    until(lambda: run.run.state == "paused")
    run.store.runs.ask(run.id, "stop")
    trained_in(thread)
    assert run.run.state == "stopped"


def test_a_pause_changes_no_number(trained, in_blocks):
    plain = trained(spec(epochs=40)).train()
    run = trained(spec(epochs=40))
    run.store.runs.ask(run.id, "pause")
    thread = run.in_background()
    for _ in range(5):
        asked = run.store.runs.ask(run.id, "step")
        until(lambda asked=asked: run.run.acknowledged == asked)
    run.store.runs.ask(run.id, "resume")
    trained_in(thread)
    np.testing.assert_array_equal(run.column("batch/loss"), plain.column("batch/loss"))


def test_a_rate_that_explodes_fails_in_words(trained):
    layers = [layer("Dense", "hidden", units=8), layer("Dense", "output", units=1)]
    case = spec(layers, "plane", loss=SQUARED, optimizer=chosen("SGD", learning_rate=1e6), metrics=(), epochs=50)
    done = trained(case).train()
    assert done.run.state == "failed"
    assert done.run.error.startswith("Loss became ")
    assert "at a learning rate of 1e+06" in done.run.error
    losses = done.column("batch/loss")
    assert not np.isfinite(losses[-1]), "the value that ended it is in the record"


def test_a_layer_that_does_not_fit_fails_by_name(trained):
    done = trained(spec(DIGITS_CNN)).train()
    assert done.run.state == "failed"
    assert "conv (Conv2D) does not fit an input of shape 2" in done.run.error


def test_a_loss_that_does_not_fit_the_output_fails_in_words(trained, capfd):
    layers = [*MLP[:1], layer("Dense", "output", units=3, activation="softmax")]
    done = trained(spec(layers, loss=BINARY)).train()
    assert done.run.state == "failed"
    assert "shape" in done.run.error
    assert "Traceback" not in done.run.error
    assert "Traceback" in capfd.readouterr().err, "the log has it"


def test_the_time_limit_stops_a_run(trained, in_blocks):
    done = trained(spec(epochs=1_000_000), max_seconds=1).train()
    assert done.run.state == "stopped"
    assert "PLAYGROUND_MAX_SECONDS" in done.run.reason


def test_no_validation_part(trained):
    done = trained(spec(split=chosen("holdout", validation=0.0, test=0.2))).train()
    assert done.run.state == "finished"
    assert "val_loss" not in done.run.metrics
    best = [event.data for event in done.events if event.kind == "checkpoint" and event.data["which"] == "best"]
    assert best[-1]["monitor"] == "loss"


def test_a_split_into_nothing_tests_on_the_training_rows(trained):
    done = trained(spec(split=chosen("none"))).train()
    prepared = data.opened(done.spec.dataset, done.spec.seed, done.settings)
    np.testing.assert_array_equal(prepared.array("x_train"), prepared.array("x_test"))
    assert done.run.state == "finished"


def test_early_stopping_ends_and_restores(trained):
    stopping = chosen("EarlyStopping", monitor="val_loss", patience=5, restore_best_weights=True)
    case = spec(epochs=500, optimizer=chosen("Adam", learning_rate=0.3), callbacks=(stopping,))
    done = trained(case).train()
    assert done.run.state == "finished"
    losses = done.column("epoch/val_loss")
    assert len(losses) < 500
    assert len(losses) == int(np.argmin(losses)) + 1 + 5
    prepared = data.opened(done.spec.dataset, done.spec.seed, done.settings)
    y = targets(prepared.array("y_validation"), prepared.facts, done.spec.training)
    model = keras.saving.load_model(done.folder / "model.keras", safe_mode=True)
    scores = model.evaluate(prepared.array("x_validation"), y, verbose=0, return_dict=True)
    assert scores["loss"] == pytest.approx(losses.min(), rel=1e-4)


def test_the_rate_on_a_plateau_is_recorded(trained):
    falling = chosen("ReduceLROnPlateau", monitor="val_loss", factor=0.5, patience=1, min_delta=100.0)
    done = trained(spec(epochs=6, callbacks=(falling,))).train()
    rates = done.column("epoch/learning_rate")
    assert rates[0] == np.float32(0.01)
    assert rates[-1] < rates[0]


def test_a_folder_that_cannot_be_written_fails_in_words(trained):
    run = trained(spec())
    run.folder.parent.mkdir(parents=True, exist_ok=True)
    run.folder.write_text("in the way")
    run.train()
    assert run.run.state == "failed"
    assert "Could not write" in run.run.error
