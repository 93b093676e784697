"""Many viewers of one run are drawn more seldom, each by so much that all together leave time for others."""

import itertools
import time

import pytest

from playground.ui.crowd import PACES, Crowd


def crowd(viewers: int, pace_s: float = 0.5) -> Crowd:
    made = Crowd()
    for at in range(viewers):
        made.came(f"viewer {at}", pace_s)
    return made


def test_one_or_a_few_see_every_half_second():
    assert crowd(0).pace_s() == crowd(1).pace_s() == crowd(5).pace_s() == PACES[0]


def test_more_viewers_never_come_more_often_and_fifty_take_less_than_half_a_core():
    paces = [crowd(n).pace_s() for n in range(1, 100)]
    assert paces == sorted(paces)
    assert 50 * 0.025 / crowd(50).pace_s() < 0.5
    assert crowd(10_000).pace_s() == PACES[-1]


def test_one_viewer_counts_once_however_often_it_comes():
    made = crowd(1)
    for _ in range(100):
        made.came("viewer 0", 0.5)
    assert made.size == 1


def test_who_no_longer_comes_is_forgotten(monkeypatch):
    made = crowd(50)
    later = time.monotonic() + 60
    monkeypatch.setattr("playground.ui.crowd.time.monotonic", lambda: later)
    made.came("the last one", 5.0)
    assert made.size == 1
    assert made.pace_s(5.0) == PACES[0]


def test_it_does_not_go_to_and_fro_between_two_paces():
    """A viewer more or less leaves the pace as it is once it has been chosen."""
    for n in range(6, 60):
        pace = crowd(n).pace_s()
        assert crowd(n - 1).pace_s(pace) == pace


@pytest.mark.parametrize("before", PACES)
def test_what_is_needed_is_never_refused(before):
    assert crowd(50).pace_s(before) >= min(before, crowd(50).pace_s())


def test_dearer_ticks_come_more_seldom(monkeypatch):
    made, plain = crowd(20), crowd(20)
    now = itertools.count(0, 0.1)
    monkeypatch.setattr("playground.ui.crowd.time.thread_time", lambda: next(now))
    for _ in range(50):
        with made.costing():
            pass
    assert made.pace_s() > plain.pace_s()
