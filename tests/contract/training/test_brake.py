"""A run that is held to so many epochs a second: what is due when, and what is no such number."""

import pytest

from playground.training import brake
from playground.training.brake import Brake, epochs_per_s


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass when a test says so."""
    passed = [100.0]
    monkeypatch.setattr(brake.time, "monotonic", lambda: passed[0])
    return passed


def test_without_a_limit_nothing_waits(clock):
    held = Brake()
    assert (held.most, held.left_s(0), held.left_s(10**6)) == (None, 0.0, 0.0)


def test_epochs_become_due_one_after_the_other(clock):
    held = Brake(10, epoch=5)
    assert held.left_s(5) == 0
    assert held.left_s(7) == pytest.approx(0.2)
    clock[0] += 0.25
    assert held.left_s(7) == pytest.approx(-0.05)
    assert held.left_s(8) == pytest.approx(0.05)


def test_what_a_pause_took_is_not_caught_up_with(clock):
    held = Brake(10)
    clock[0] += 60
    assert held.left_s(3) < 0
    assert held.left_s(4) == pytest.approx(0.1)


@pytest.mark.parametrize(("wanted", "most"), [(1, 1), (50, 2), (200, 10)])
def test_so_many_are_done_at_once_that_a_picture_moves(wanted, most):
    assert Brake(wanted).most == most


def test_the_request_names_a_number_or_none():
    assert epochs_per_s({"epochs_per_s": 50}) == 50
    assert epochs_per_s({}) is None
    for wrong in (0, -1, True, "50", float("nan"), 1e9):
        with pytest.raises(ValueError, match="epochs_per_s"):
            epochs_per_s({"epochs_per_s": wrong})
