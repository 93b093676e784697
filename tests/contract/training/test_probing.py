"""When probes look: only what is watched, within the budget, and again for what has waited longest."""

import threading

import pytest

from playground.training import probing as module
from playground.training.budget import Budget
from playground.training.probing import LAPSE_S, Probing, every


class Clock:
    """Time that passes when told to."""

    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        return self.now

    perf_counter = monotonic


class Probe:
    """Costs some of the clock's time and says what it saw."""

    every_s = 0.5

    def __init__(self, name, clock, cost=0.001, share=None, error=None):
        self.name, self.share, self.error = name, share, error
        self._clock, self._cost = clock, cost
        self.looks = []
        self.may_be_ready = threading.Event()
        self.may_be_ready.set()

    def ready(self):
        self.may_be_ready.wait(10)
        if self.error == "ready":
            raise RuntimeError("cannot be traced")

    def look(self, where):
        if self.error == "look":
            raise ValueError("cannot be looked at")
        self._clock.now += self._cost
        self.looks.append(where)


class Run:
    """A run of nothing but time."""

    def __init__(self, probes, clock, share=0.03):
        self.clock, self.said, self.epoch, self.step = clock, [], 0, 0
        self._began = clock.now
        self.probing = Probing(probes, self.where, self.said.append, share)

    def where(self):
        return {"epoch": self.epoch, "step": self.step, "seconds": self.clock.now - self._began}

    def train(self, seconds, block_s=0.01, **how):
        """Blocks one after another; the tracing threads are waited for, so that no look hangs on a thread's pace."""
        until = self.clock.now + seconds
        while self.clock.now < until:
            self.clock.now += block_s
            self.step += 1
            self.probing.between(**how)
            if self.probing._making is not None:
                self.probing._making[1].join()


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


def test_only_what_is_watched_is_looked_at_and_only_for_a_while(clock):
    probes = [Probe("a", clock), Probe("b", clock)]
    run = Run(probes, clock)
    run.train(5)
    run.probing.watch({"parts": ["a", "unknown", 3]})
    run.train(LAPSE_S - 1)
    assert 20 < len(probes[0].looks) < 2 * LAPSE_S
    assert not probes[1].looks
    run.train(2)
    seen = len(probes[0].looks)
    run.train(30)
    assert len(probes[0].looks) == seen, "nobody has asked again"
    for asked in ({}, {"parts": "a"}, {"parts": None}, {"parts": {"a": 1}}):
        run.probing.watch(asked)
    run.train(5)
    assert len(probes[0].looks) == seen


@pytest.mark.parametrize("cost", [0.0005, 0.02, 0.4])
def test_looks_stay_within_their_share_of_the_training_time(clock, cost):
    probes = [Probe(name, clock, cost) for name in "abcdef"]
    run = Run(probes, clock)
    for _ in range(8):
        run.probing.watch({"parts": list("abcdef")})
        run.train(25)
    spent = sum(len(probe.looks) for probe in probes) * cost
    assert 0 < spent <= 0.03 * 200 + 0.05 + cost
    if cost == 0.4:
        assert spent > 0.02 * 200, "and they use it where they need it"
    counts = [len(probe.looks) for probe in probes]
    assert max(counts) - min(counts) <= 1, "each has its turn"
    assert probes[0].looks[-1]["used"] <= 0.035
    assert probes[0].looks[-1]["share"] == 0.03


def test_a_dear_part_is_not_starved_by_cheap_ones(clock):
    dear, cheap = Probe("dear", clock, 1.0), Probe("cheap", clock, 0.01)
    run = Run([cheap, dear], clock)
    for _ in range(20):
        run.probing.watch({"parts": ["dear", "cheap"]})
        run.train(25)
    assert len(dear.looks) > 5


def test_a_share_of_its_own_takes_nothing_from_the_others(clock):
    own, other = Probe("own", clock, 0.02, share=0.2), Probe("other", clock, 0.001)
    own.every_s = 0.1
    run = Run([own, other], clock)
    run.probing.watch({"parts": ["own", "other"]})
    run.train(20)
    assert len(own.looks) > 100
    assert len(other.looks) > 25


def test_looks_keep_their_pace_although_blocks_end_late(clock):
    probe = Probe("a", clock, 0.002, share=0.3)
    probe.every_s = 0.1
    run = Run([probe], clock)
    run.probing.watch({"parts": ["a"]})
    run.train(20, block_s=0.06)
    assert 195 <= len(probe.looks) <= 201


def test_a_long_run_leaves_few_looks(clock):
    probe = Probe("a", clock, 0.0001)
    run = Run([probe], clock)
    for _ in range(1000):
        run.probing.watch({"parts": ["a"]})
        run.train(25, block_s=0.5)
    assert every(probe, 25_000) == 125
    assert 400 < len(probe.looks) < 1400


def test_at_single_steps_looks_are_free(clock):
    probe = Probe("a", clock, 10.0)
    run = Run([probe], clock)
    run.probing.watch({"parts": ["a"]})
    run.train(25, block_s=1, is_single=True)
    assert len(probe.looks) == 3


def test_while_paused_what_is_switched_on_is_looked_at(clock):
    probe = Probe("a", clock)
    run = Run([probe], clock)
    assert run.probing.rest() is False
    probe.may_be_ready.clear()
    run.probing.watch({"parts": ["a"]})
    assert run.probing.rest() is True, "it is still being traced: call again"
    probe.may_be_ready.set()
    run.probing._making[1].join()
    assert run.probing.rest() is False
    assert len(probe.looks) == 1
    run.probing.watch({"parts": ["a"]})
    assert run.probing.rest() is False
    assert len(probe.looks) == 1, "nothing has changed since"
    run.probing.edited()
    run.probing.rest()
    assert len(probe.looks) == 2, "a weight is another one now"


def test_an_epoch_that_ends_after_the_look_at_its_last_block_is_looked_at_again(clock):
    probe = Probe("a", clock)
    run = Run([probe], clock)
    run.probing.watch({"parts": ["a"]})
    run.train(2)
    run.probing.rest()
    seen = len(probe.looks)
    run.epoch += 1
    run.probing.rest()
    assert [look["epoch"] for look in probe.looks[seen:]] == [1]
    run.probing.rest()
    assert len(probe.looks) == seen + 1, "nothing has changed since"


@pytest.mark.parametrize("error", ["ready", "look"])
def test_what_cannot_be_looked_at_is_dropped(clock, error):
    bad, good = Probe("bad", clock, error=error), Probe("good", clock)
    run = Run([bad, good], clock)
    run.probing.watch({"parts": ["bad", "good"]})
    run.train(5)
    assert [(data["part"], "error" in data) for data in run.said] == [("bad", True)]
    assert good.looks
    run.probing.watch({"parts": ["bad"]})
    run.train(5)
    assert len(run.said) == 1


def test_the_end_is_looked_at_once_more(clock):
    watched, other = Probe("a", clock), Probe("b", clock)
    run = Run([watched, other], clock)
    run.probing.watch({"parts": ["a"]})
    run.train(0.05)
    seen = len(watched.looks)
    run.probing.finish(lambda: None)
    assert (len(watched.looks), watched.looks[-1]["step"]) == (seen + 1, run.step)
    assert not other.looks


def test_no_budget_means_no_look_but_the_allowance():
    budget = Budget(0.0, 0.0)
    assert budget.may(1.0, 0.0)
    budget.took(0.06)
    assert not budget.may(1000.0, 0.0)
