"""What people ask of a run while it trains: heard, done, answered, and nothing else changed by it."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest

from playground import data
from playground.settings import Settings
from playground.training import programs, quicker
from playground.training.control import Control
from playground.training.errors import EnoughError, StoppedError
from playground.training.pace import Allowed
from playground.training.recorder import Recorder
from playground.training.targets import targets
from tests.contract.training.specs import chosen, spec
from tests.contract.training.waiting import ENDLESS, trained_in, until

pytestmark = pytest.mark.usefixtures("in_blocks")  # on a busy machine a short run seems long, and its program changes
STEPS = 4
"""Batches of an epoch of the usual spec."""


class Asking:
    """A journal in memory, and a control that is asked through it."""

    def __init__(self, **settings: object) -> None:
        self.events: list[tuple[str, Mapping[str, Any]]] = []
        self._waiting: list[SimpleNamespace] = []
        self._asked = 0
        self.recorder = Recorder(self, ["loss"])
        self.control = Control(self, self.recorder, Settings.model_validate(settings))

    def append(self, kind: str, data: Mapping[str, Any], columns: object = None) -> None:
        self.events.append((kind, data))

    def changed(self) -> bool:
        return bool(self._waiting)

    def requests(self) -> list[SimpleNamespace]:
        found, self._waiting = self._waiting, []
        return found

    def ask(self, kind: str, **args: object) -> int:
        self._asked += 1
        self._waiting.append(SimpleNamespace(id=self._asked, kind=kind, args=args))
        return self._asked

    def heard(self, kind: str, **args: object) -> Mapping[str, Any]:
        """What answers the request; the run is at a place where no batch can be trained."""
        wanted = self.ask(kind, **args)
        until(lambda: self.control.listen() or self.answer(wanted) is not None)
        return self.answer(wanted) or {}

    def answer(self, wanted: int) -> Mapping[str, Any] | None:
        return next((data for _, data in self.events if data.get("request") == wanted), None)


@pytest.fixture
def asking() -> Any:
    made = Asking(max_epochs=100)
    with made.control:
        yield made


def test_nobody_asks_and_training_goes_as_far_as_it_likes(asking):
    assert asking.control.gate() == Allowed(None, None)
    assert asking.events == []
    assert asking.control.held == 0


def test_a_pause_holds_a_step_lets_one_through_and_answers_once_it_is_done(asking):
    asking.heard("pause")
    step = asking.ask("step")
    assert asking.control.gate() == Allowed(1, 0, is_by_hand=True)
    assert asking.answer(step) is None, "not before the step is trained"
    asking.recorder.add(np.ones((1, 1), np.float32))
    resume = asking.ask("resume")
    assert asking.control.gate() == Allowed(None, None)
    assert asking.answer(step)["step"] == 1
    assert [kind for kind, data in asking.events if data.get("request") == resume] == ["resumed"]


def test_one_epoch_ends_in_a_pause_that_nobody_asked_for(asking):
    epoch = asking.ask("epoch")
    until(lambda: asking.control.gate().epochs == 1)
    assert asking.answer(epoch)["until_epoch"] == 1
    asking.recorder.epoch = 1
    asking.ask("resume")
    assert asking.control.gate() == Allowed(None, None)
    assert [kind for kind, _ in asking.events] == ["resumed", "paused", "resumed"]
    assert asking.events[1][1]["request"] is None


@pytest.mark.parametrize("kind", ["pause", "resume"])
def test_a_turn_on_the_way_takes_the_end_of_the_epoch_back(asking, kind):
    asking.ask("epoch")
    until(lambda: asking.control.gate().epochs == 1)
    assert asking.heard(kind)["until_epoch"] is None
    asking.ask("resume")
    asking.recorder.epoch = 1
    assert asking.control.gate() == Allowed(None, None)


def test_a_slow_run_trains_single_steps_and_hears_what_is_asked_while_it_waits(asking):
    assert asking.heard("speed", steps_per_s=0.001) == asking.events[-1][1]
    asking.ask("stop")
    with pytest.raises(StoppedError):
        asking.control.gate()  # the next step is due in a quarter of an hour
    assert asking.control.held


def test_a_speed_is_kept_and_given_up(asking):
    assert asking.heard("speed", steps_per_s=20)["speed"] == 20
    assert [asking.control.gate() for _ in range(3)] == [Allowed(1, 0, is_by_hand=True)] * 3
    assert asking.heard("speed", steps_per_s=None)["speed"] is None
    assert asking.control.gate() == Allowed(None, None)


def test_a_stop_comes_before_all_that_was_asked_earlier(asking):
    for kind in ("pause", "step", "epoch"):
        asking.ask(kind)
    asking.ask("stop")
    with pytest.raises(StoppedError, match="Stopped by you"):
        until(asking.control.listen)


def test_what_needs_a_batch_waits_for_the_next_gate_and_the_end_is_told(asking):
    asking.control.gate()
    asking.recorder.add(np.ones((1, 1), np.float32))
    finish = asking.ask("finish")
    until(lambda: asking.control._listener.asked)
    asking.control.listen()
    assert asking.control.ended_by is None
    with pytest.raises(EnoughError):
        asking.control.gate()
    assert asking.control.ended_by == finish


@pytest.mark.parametrize(
    ("kind", "args", "words"),
    [
        ("finish", {}, "Nothing is trained yet"),
        ("epochs", {"add": 0}, "at least 1"),
        ("epochs", {"add": True}, "at least 1"),
        ("epochs", {"add": "9"}, "at least 1"),
        ("epochs", {}, "at least 1"),
        ("epochs", {"add": 101}, "PLAYGROUND_MAX_EPOCHS"),
        ("speed", {"steps_per_s": 0}, "up to 20"),
        ("speed", {"steps_per_s": 21}, "up to 20"),
        ("speed", {"steps_per_s": float("nan")}, "up to 20"),
        ("speed", {"steps_per_s": "1"}, "up to 20"),
        ("dance", {}, "does not know what 'dance' asks for"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(asking, kind, args, words):
    wanted = asking.ask(kind, **args)
    until(lambda: asking.control.gate() and asking.answer(wanted))
    assert words in asking.answer(wanted)["refused"]
    assert asking.control.gate() == Allowed(None, None)
    assert asking.control.epochs == 0


def test_once_training_is_over_only_a_stop_makes_a_difference(asking):
    asking.control.is_over = True
    for kind, args in (("pause", {}), ("step", {}), ("epoch", {}), ("epochs", {"add": 1}), ("speed", {})):
        assert asking.heard(kind, **args)["refused"] == "The training is over."
    asking.ask("stop")
    with pytest.raises(StoppedError):
        until(asking.control.listen)


def test_epochs_one_by_one_and_from_the_middle_of_one(trained):
    run = trained(spec(epochs=ENDLESS))
    log = run.store.runs
    log.ask(run.id, "pause")
    thread = run.in_background()
    until(lambda: run.run.state == "paused")
    stood = run.run.epoch
    for done in (stood + 1, stood + 2):
        log.ask(run.id, "epoch")
        until(lambda done=done: (run.run.state, run.run.step) == ("paused", done * STEPS))
    step = log.ask(run.id, "step")
    until(lambda: run.run.acknowledged == step)
    log.ask(run.id, "epoch")
    until(lambda: (run.run.state, run.run.step) == ("paused", (stood + 3) * STEPS))
    assert run.run.epoch == stood + 3
    log.ask(run.id, "stop")
    trained_in(thread)
    assert log.refold(run.id) == run.run


def test_a_run_that_was_held_slow_and_stepped_has_the_numbers_of_one_that_was_not(trained):
    plain = trained(spec(epochs=6)).train()
    run = trained(spec(epochs=6))
    log = run.store.runs
    log.ask(run.id, "speed", {"steps_per_s": 20})
    log.ask(run.id, "pause")
    thread = run.in_background()
    until(lambda: run.run.state == "paused")
    stood = run.run
    step = log.ask(run.id, "step")
    until(lambda: run.run.acknowledged == step)
    assert (run.run.speed, run.run.step) == (20, stood.step + 1)
    log.ask(run.id, "resume")
    until(lambda: run.run.step >= 2 * STEPS)
    log.ask(run.id, "speed", {"steps_per_s": None})
    trained_in(thread)
    assert run.run.state == "finished"
    assert run.run.speed is None
    np.testing.assert_array_equal(run.column("batch/loss"), plain.column("batch/loss"))
    np.testing.assert_array_equal(run.column("epoch/val_loss"), plain.column("epoch/val_loss"))


def test_added_epochs_are_trained_as_if_they_had_been_planned(trained):
    plain = trained(spec(epochs=5)).train()
    run = trained(spec(epochs=3))
    run.store.runs.ask(run.id, "epochs", {"add": 2})
    trained_in(run.in_background())
    assert (run.run.state, run.run.epochs, run.run.epoch, run.run.progress) == ("finished", 5, 5, 1.0)
    np.testing.assert_array_equal(run.column("batch/loss"), plain.column("batch/loss"))
    assert run.run.test == plain.run.test
    assert run.store.runs.refold(run.id) == run.run


def test_finish_now_measures_the_test_part_and_saves_the_model_as_it_is(trained):
    run = trained(spec(epochs=ENDLESS))
    log = run.store.runs
    log.ask(run.id, "pause")
    thread = run.in_background()
    until(lambda: run.run.state == "paused")
    stood = run.run.step
    for _ in range(STEPS + 2):
        log.ask(run.id, "step")
    finish = log.ask(run.id, "finish")
    trained_in(thread)
    done = run.run
    assert (done.state, done.acknowledged, done.step) == ("finished", finish, stood + STEPS + 2)
    assert done.epoch == done.step // STEPS
    prepared = data.opened(run.spec.dataset, run.spec.seed, run.settings)
    model = keras.saving.load_model(run.folder / "model.keras", safe_mode=True)
    y = targets(prepared.array("y_test"), prepared.facts, run.spec.training)
    scores = model.evaluate(prepared.array("x_test"), y, verbose=0, return_dict=True)
    assert scores["loss"] == pytest.approx(done.test["loss"], rel=1e-5)


def test_the_best_weights_are_kept_through_programs_steps_and_single_epochs(trained, monkeypatch):
    """A program of whole epochs keeps the best weights itself, but only of the epochs that it trains."""
    in_spans(monkeypatch)
    # Nothing is learned before the single steps, however many epochs this machine has come through by then.
    run = trained(spec(epochs=ENDLESS, optimizer=chosen("SGD", learning_rate=1e-30)))
    log = run.store.runs
    thread = run.in_background()
    until(lambda: any("program" in event.data for event in run.events))
    pause = log.ask(run.id, "pause")
    until(lambda: run.run.acknowledged == pause)
    stood = run.run.epoch
    log.ask(run.id, "set", {"learning_rate": 0.05})
    for _ in range(STEPS):
        log.ask(run.id, "step")
    until(lambda: run.run.epoch == stood + 1)
    finish = log.ask(run.id, "finish")
    trained_in(thread)
    assert (run.run.state, run.run.acknowledged) == ("finished", finish)
    losses = run.column("epoch/val_loss")
    assert int(np.argmin(losses)) == stood, "the epoch of single steps is the best, or this proves nothing"
    prepared = data.opened(run.spec.dataset, run.spec.seed, run.settings)
    model = keras.saving.load_model(run.folder / "model.keras", safe_mode=True)
    model.load_weights(run.folder / "best.weights.h5")
    y = targets(prepared.array("y_validation"), prepared.facts, run.spec.training)
    scores = model.evaluate(prepared.array("x_validation"), y, verbose=0, return_dict=True)
    assert scores["loss"] == pytest.approx(losses.min(), rel=1e-6)


def in_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every run train whole epochs in one call as soon as it can, without XLA."""
    monkeypatch.setattr(quicker, "_WORTH_S", {False: 0.0, True: float("inf")})
    monkeypatch.setattr(programs, "_SHORT_S", 1e9)
    monkeypatch.setattr(quicker, "_TRIAL_S", 0.0)
    monkeypatch.setattr(quicker, "_FASTER", 1e9)
    monkeypatch.setattr(programs.Ahead, "is_busy", property(lambda self: self.join()))
