"""Numbers of layers, of the optimizer and of a batch that are changed between two epochs of a run that trains."""

import dataclasses
import shutil
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from playground.engine.going_on import more_epochs
from playground.runs import going_on, new_id
from playground.runs.artifacts import STATE
from playground.specs.adjustable import BATCH_SIZE
from playground.training.changing import Changing
from playground.training.recorder import Recorder
from tests.contract.training.go_on import go_on
from tests.contract.training.specs import MLP, SGD, chosen, layer, spec
from tests.contract.training.test_control import STEPS, in_spans
from tests.contract.training.waiting import ENDLESS, trained_in, until

pytestmark = pytest.mark.usefixtures("in_blocks")  # on a busy machine a short run seems long, and its program changes
DROPPING = [MLP[0], layer("Dropout", "drop", rate=0.5), MLP[1]]
RATE = "model.layers.1.rate"
MOMENTUM = "training.optimizer.momentum"


def changed(trained: Any, run_spec: Any, epoch: int, *changes: Mapping[str, Any], **more: Any) -> Any:
    """A run of ``run_spec`` that is paused after ``epoch`` epochs, asked for the changes, and trained to its end."""
    run = trained(run_spec, **more)
    log = run.store.runs
    log.ask(run.id, "epoch")
    thread = run.in_background()
    for done in range(1, epoch + 1):
        until(lambda done=done: (run.run.state, run.run.epoch) == ("paused", done))
        if done < epoch:
            log.ask(run.id, "epoch")
    for values in changes:
        log.ask(run.id, "adjust", {"values": values})
    log.ask(run.id, "resume")
    trained_in(thread)
    return run


def test_only_what_comes_after_it_is_different(trained):
    plain = trained(spec(DROPPING, epochs=4)).train()
    run = changed(trained, spec(DROPPING, epochs=4), 2, {RATE: 0.1})
    assert run.run.state == "finished", run.run.error
    same, other = plain.column("batch/loss"), run.column("batch/loss")
    np.testing.assert_array_equal(other[: 2 * STEPS], same[: 2 * STEPS])
    assert (other[2 * STEPS :] != same[2 * STEPS :]).all()
    assert run.run.adjusted == {"values": {RATE: 0.1}, "turns": [[2, 2 * STEPS]]}
    assert run.store.runs.refold(run.id) == run.run


@pytest.mark.parametrize("optimizer", [chosen("Adam", learning_rate=0.01), SGD])
def test_the_same_number_again_changes_nothing_at_all(trained, optimizer):
    """Weights, what the optimizer remembers, its rate, the seeds of dropout and what callbacks remember: all go on."""
    stopping = (chosen("EarlyStopping", monitor="loss", patience=2, min_delta=9.0),)
    of = spec(DROPPING, epochs=5, optimizer=optimizer, callbacks=stopping)
    plain = trained(of).train()
    run = changed(trained, of, 2, {RATE: 0.5})
    assert plain.run.epoch < 5, "the callback has to end it, or what it remembers is not tested"
    for column in ("batch/loss", "epoch/val_loss", "epoch/learning_rate"):
        np.testing.assert_array_equal(run.column(column), plain.column(column))
    assert run.run.test == plain.run.test


def test_another_batch_size_makes_other_epochs(trained):
    run = changed(trained, spec(epochs=4), 2, {BATCH_SIZE: 20})
    done = run.run
    assert (done.state, done.steps_per_epoch, done.step) == ("finished", 6, 2 * STEPS + 2 * 6), done.error
    assert [done.epochs_at(step) for step in (0, 2, 8, 11, 20)] == [0, 0.5, 2, 2.5, 4]
    half = dataclasses.replace(done, state="running", step=14)
    assert half.progress == 0.75
    assert half.left_s == pytest.approx(half.seconds * 6 / 14)
    np.testing.assert_array_equal(run.column("epoch/epoch"), [1, 2, 3, 4])


def test_what_needs_another_network_is_refused_and_changes_nothing(trained):
    of = spec(epochs=3, optimizer=chosen("SGD", learning_rate=0.1))
    plain = trained(of).train()
    run = changed(trained, of, 1, {MOMENTUM: 0.9})
    assert [event.data["refused"] for event in run.events if "refused" in event.data] == [
        "That would be another network or optimizer, which needs a run of its own."
    ]
    assert run.run.adjusted == {}
    np.testing.assert_array_equal(run.column("batch/loss"), plain.column("batch/loss"))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "expected numbers by path"),
        ({RATE: 2}, "between 0 and"),
        ({RATE: float("nan")}, "between 0 and"),
        ({RATE: None}, "between 0 and"),
        ({BATCH_SIZE: 0}, "at least 1"),
        ({"model.layers.0.units": 9}, "cannot be changed while a run trains"),
        ({"training.optimizer.learning_rate": 0.1}, "cannot be changed while a run trains"),
        ({RATE: 0.2, "dataset.source": "/etc/passwd"}, "cannot be changed while a run trains"),
    ],
)
def test_what_no_number_can_be_is_answered_at_once(values, words):
    recorder = Recorder(None, ["loss"])
    changing = Changing(spec(DROPPING), recorder, {})
    with pytest.raises(ValueError, match=words):
        changing.ask({"values": values})
    assert not changing.is_due()


def test_a_step_that_is_asked_for_after_it_is_trained_with_it(trained):
    run = trained(spec(epochs=3))
    log = run.store.runs
    log.ask(run.id, "epoch")
    thread = run.in_background()
    until(lambda: (run.run.state, run.run.epoch) == ("paused", 1))
    log.ask(run.id, "adjust", {"values": {BATCH_SIZE: 60}})
    step = log.ask(run.id, "step")
    until(lambda: run.run.acknowledged == step)
    assert (run.run.step, run.run.steps_per_epoch) == (STEPS + 1, 2)
    log.ask(run.id, "resume")
    trained_in(thread)
    assert (run.run.state, run.run.step) == ("finished", STEPS + 2 * 2)


def test_a_run_of_a_race_stays_as_it_is():
    changing = Changing(spec(DROPPING), Recorder(None, ["loss"]), {}, is_racing=True)
    with pytest.raises(ValueError, match="In a race"):
        changing.ask({"values": {RATE: 0.1}})


def test_dropout_that_begins_and_ends_on_the_way(trained):
    """A rate of 0 draws nothing, so the layer has no seed then; the network is the same all along."""
    none = [MLP[0], layer("Dropout", "drop", rate=0.0), MLP[1]]
    plain = trained(spec(none, epochs=4)).train()
    run = changed(trained, spec(none, epochs=4), 2, {RATE: 0.3})
    assert run.run.adjusted["values"] == {RATE: 0.3}
    assert (run.column("batch/loss")[2 * STEPS :] != plain.column("batch/loss")[2 * STEPS :]).all()
    run = changed(trained, spec(none, epochs=4), 2, {RATE: 0.3}, {RATE: 0.0})
    np.testing.assert_array_equal(run.column("batch/loss"), plain.column("batch/loss"))


def test_whole_epochs_in_one_call_hear_of_it_too(trained, monkeypatch):
    in_spans(monkeypatch)
    run = trained(spec(DROPPING, epochs=ENDLESS))
    log = run.store.runs
    thread = run.in_background()
    until(lambda: any("program" in event.data for event in run.events))
    log.ask(run.id, "adjust", {"values": {RATE: 0.0, BATCH_SIZE: 60}})
    until(lambda: run.run.adjusted)
    programs = lambda: [event.data["program"] for event in run.events if "program" in event.data]  # noqa: E731
    until(lambda: len(programs()) == 3)
    log.ask(run.id, "stop")
    trained_in(thread)
    assert programs() == ["epochs", "steps", "epochs"]
    ((epoch, step),) = run.run.adjusted["turns"]
    assert step == epoch * STEPS
    assert run.run.steps_per_epoch == 2
    np.testing.assert_array_equal(np.diff(run.column("batch/step")), 1)


def test_a_run_that_goes_on_has_what_was_changed_before(trained):
    whole = changed(trained, spec(DROPPING, epochs=4), 2, {RATE: 0.1, BATCH_SIZE: 60})
    run = trained(spec(DROPPING, epochs=4))
    log = run.store.runs
    log.ask(run.id, "epoch")
    thread = run.in_background()
    until(lambda: (run.run.state, run.run.epoch) == ("paused", 1))
    log.ask(run.id, "epoch")
    until(lambda: (run.run.state, run.run.epoch) == ("paused", 2))
    log.ask(run.id, "adjust", {"values": {RATE: 0.1, BATCH_SIZE: 60}})
    log.ask(run.id, "epoch")
    until(lambda: (run.run.state, run.run.epoch) == ("paused", 3))
    log.ask(run.id, "stop")
    trained_in(thread)
    stopped = run.run
    assert stopped.saved["adjusted"] == stopped.adjusted
    client = SimpleNamespace(store=run.store)
    more = more_epochs(client, stopped, 1)
    assert more.training.batch_size == 60
    assert more.model.layers[1].args["rate"] == 0.1
    new = new_id()
    folder = run.settings.run_dir(new)
    folder.mkdir(parents=True)
    shutil.copyfile(run.folder / STATE, folder / STATE)
    log.create(run.spec, "tester", None, new, going_on.continued(run.store, run.id))
    go_on(run.settings, new)
    done = log.run(new)
    assert (done.state, done.test) == ("finished", whole.run.test), done.error
    assert done.adjusted == whole.run.adjusted
    assert log.refold(new) == done
