"""Runs that train in turn: nobody runs ahead, nobody is forgotten, and each gives what it gives alone."""

import itertools
import random
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from playground import data
from playground.engine import run_process
from playground.runs import Store, open_store
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.order import order
from playground.specs.race import offered
from playground.training import programs, quicker, resident
from playground.training.lockstep import Lockstep
from tests.contract.training.go_on import NEVER
from tests.contract.training.specs import layer, spec

DROPPING = spec(
    [
        layer("Dense", "hidden", units=8, activation="tanh"),
        layer("Dropout", "drop", rate=0.3),
        layer("Dense", "output", units=1, activation="sigmoid"),
    ],
    epochs=8,
)
RACING = {
    "Nadam": offered("optimizers", DROPPING)["Nadam"],
    "relu": offered("activations", DROPPING)["relu"],
    "Zeros": offered("initializers", DROPPING)["Zeros"],
}


class Worker(threading.Thread):
    """Takes turns of a race until it has done ``steps``; what it sees of the others is noted."""

    def __init__(self, race: Lockstep, all_steps: list[int], at: int, steps: int) -> None:
        super().__init__(daemon=True)
        self.race, self.all_steps, self.at, self.steps = race, all_steps, at, steps
        self.turn = race.turn()
        self.spreads: list[int] = []
        self.rounds: set[int] = set()
        self.news = threading.Event()

    def run(self) -> None:
        self.turn.begin()
        self.turn.wake = self.news.set
        draws = random.Random(self.at)
        while self.all_steps[self.at] < self.steps:
            self.turn.stand(self.all_steps[self.at], 10)
            while not self.turn.take():
                self.news.wait()
                self.news.clear()
            allowed = self.turn.allowed(None)
            into = self.all_steps[self.at] % 10
            most = allowed.steps or 10 * (allowed.epochs or 1) - into
            self.all_steps[self.at] += draws.randint(1, min(most, self.steps - self.all_steps[self.at]))
            assert self.race.holder is self.turn
            self.spreads.append(max(self.all_steps) - min(self.all_steps))
            self.rounds.add(self.race.until)
        self.turn.leave()


def test_nobody_is_a_round_ahead_and_all_arrive():
    race, steps = Lockstep(), [0, 0, 0]
    workers = [Worker(race, steps, at, 400) for at in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert steps == [400] * 3
    ends = sorted(set.union({0}, *(worker.rounds for worker in workers)))
    longest = max(later - earlier for earlier, later in itertools.pairwise(ends))
    assert max(max(worker.spreads) for worker in workers) <= longest
    assert all(end % 10 == 0 for end in ends if end > 20), "long rounds end with an epoch"


def test_one_that_rests_keeps_the_others_within_the_round_until_it_leaves():
    race = Lockstep()
    one, other = race.turn(), race.turn()
    one.begin()
    one.stand(0, 10)
    one.rest()
    assert other.take()
    other.stand(1, 10)
    assert not other.take(), "the one that rests has not come so far"
    assert other.take(is_alone=True), "a single step by hand waits for nobody"
    other.stand(2, 10)
    assert not other.take()
    one.leave()
    assert other.take()


@dataclass
class Home:
    """A store, and what is trained in it by this process."""

    settings: Settings
    store: Store

    def train(self, specs: Iterable[RunSpec]) -> list[str]:
        """Train ``specs``, in turn if there are several; gives the ids of the runs."""
        run_ids = []
        for each in specs:
            data.prepare(each.dataset, each.seed, self.settings, None)
            run_ids.append(self.store.runs.create(each, "tester"))
        place = {"device": "CPU", "slot": "cpu-0", "start": "fork"}
        assert run_process.main(self.settings, {"run_ids": run_ids, **place}) == 0
        return run_ids


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Iterator[Home]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(quicker, "_WORTH_S", NEVER)
        settings = Settings(home=tmp_path_factory.mktemp("race") / "home")
        yield Home(settings, open_store(settings))


@dataclass
class Raced:
    """A race as it was: the runs, and by run the rows and the first weights that its training saw."""

    run_ids: list[str]
    rows: dict[str, list[int]] = field(default_factory=dict)
    weights: dict[str, list[np.ndarray]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def raced(home) -> Raced:
    """A race of :data:`RACING`, each block of which is looked at."""
    found = Raced([])
    block = resident.Resident.block

    def watched(self, rows, first, steps):
        name = threading.current_thread().name.removeprefix("run ")
        found.weights.setdefault(name, self.model.get_weights())
        done = block(self, rows, first, steps)
        taken = rows[first * self.batch_size : (first + len(done.values)) * self.batch_size]
        found.rows.setdefault(name, []).extend(taken.tolist())
        return done

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(resident.Resident, "block", watched)
        found.run_ids = home.train(RACING.values())
    return found


def column(store, run_id, name):
    found = store.runs.events(run_id)
    return np.concatenate([event.columns[name] for event in found if name in event.columns])


@pytest.mark.parametrize("label", RACING)
def test_each_contestant_gives_what_it_gives_alone(home, raced, label):
    run_id = raced.run_ids[list(RACING).index(label)]
    (alone,) = home.train([RACING[label]])
    assert home.store.runs.run(run_id).epoch == DROPPING.training.epochs
    for name in ("batch/loss", "epoch/loss", "epoch/val_loss", "epoch/val_accuracy"):
        expected = column(home.store, alone, name)
        np.testing.assert_allclose(column(home.store, run_id, name), expected, rtol=1e-5, err_msg=name)
    assert home.store.runs.run(run_id).test == pytest.approx(home.store.runs.run(alone).test, rel=1e-5)


def test_all_see_the_same_batches_and_begin_with_the_same_weights(home, raced):
    wanted = np.concatenate([order(DROPPING.seed, epoch, 120) for epoch in range(DROPPING.training.epochs)]).tolist()
    assert {run_id: rows == wanted for run_id, rows in raced.rows.items()} == dict.fromkeys(raced.run_ids, True)
    *alike, zeros = raced.run_ids
    for one, *others in zip(*(raced.weights[run_id] for run_id in alike), strict=True):
        assert all(np.array_equal(one, other) for other in others)
    starts = [home.store.runs.run(run_id).fair_start for run_id in raced.run_ids]
    assert len({start["order"] for start in starts}) == 1
    assert len({start["weights"] for start in starts[:-1]}) == 1
    assert not raced.weights[zeros][0].any()
    assert starts[-1]["weights"] != starts[0]["weights"], "and the digest says so"
    losses = [column(home.store, run_id, "epoch/val_loss")[-1] for run_id in raced.run_ids]
    assert len(set(losses)) == len(losses), "the control: they are different runs"


def test_one_that_diverges_leaves_the_others_to_finish(home):
    line = with_value(DROPPING, "training.loss", {"kind": "MeanSquaredError", "args": {}})
    line = with_value(line, "model.layers.output.activation", "linear")
    wild, calm = (
        with_value(line, "optimizer", {"kind": "SGD", "args": {"learning_rate": rate}}) for rate in (1e18, 0.01)
    )
    first, second = (home.store.runs.run(run_id) for run_id in home.train([wild, calm]))
    assert (first.state, first.is_diverged) == ("failed", True)
    assert (second.state, second.epoch) == ("finished", DROPPING.training.epochs)


def test_programs_of_whole_epochs_give_in_a_race_what_they_give_alone(home, monkeypatch):
    """With XLA they are the same programs compiled otherwise, which the tests of :mod:`quicker` hold against steps."""
    monkeypatch.setattr(quicker, "_WORTH_S", {False: 0.0, True: NEVER[True]})
    monkeypatch.setattr(quicker, "_TRIAL_S", 0.0)
    monkeypatch.setattr(quicker, "_FASTER", 1e9)  # it is kept, however fast
    monkeypatch.setattr(programs, "_SHORT_S", 1e9)  # as on a machine that has nothing else to do
    monkeypatch.setattr(programs.Ahead, "is_busy", property(lambda self: self.join()))
    longer = {label: with_value(RACING[label], "training.epochs", 24) for label in ("Nadam", "relu")}
    raced = home.train(longer.values())
    (alone,) = home.train([longer["relu"]])
    for run_id in (*raced, alone):
        assert [each.data["program"] for each in home.store.runs.events(run_id) if "program" in each.data] == ["epochs"]
    for name in ("batch/loss", "epoch/loss", "epoch/val_loss", "epoch/val_accuracy"):
        expected = column(home.store, alone, name)
        np.testing.assert_allclose(column(home.store, raced[1], name), expected, rtol=1e-5, err_msg=name)
    one, other = (home.store.runs.run(run_id).fair_start for run_id in raced)
    assert one == other != {}
