"""What is traced in a thread while training goes on."""

import threading
import time

import pytest

from playground.training.ahead import Ahead, give_up, is_quiet
from playground.training.errors import StoppedError, first_sentences


def test_the_work_is_done_in_turn_and_once():
    done = []
    ahead = Ahead(lambda: done.append(1), lambda: done.append(2))
    ahead.wait()
    assert done == [], "it has not begun"
    ahead.start()
    ahead.start()
    ahead.wait()
    ahead.wait()
    assert done == [1, 2]


def test_what_the_work_raises_reaches_whoever_waits_and_ends_it():
    done = []

    def fail() -> None:
        raise ValueError("no such kernel")

    ahead = Ahead(fail, lambda: done.append(1))
    ahead.start()
    for _ in range(2):
        with pytest.raises(ValueError, match="no such kernel"):
            ahead.wait()
    assert done == []


def test_a_stop_is_heard_while_the_work_goes_on():
    release, asked = threading.Event(), []

    def between() -> None:
        asked.append(1)
        if len(asked) == 3:
            raise StoppedError("Stopped by you.", 1)

    ahead = Ahead(lambda: None if release.wait(20) else pytest.fail("never released"))
    ahead.start()
    with pytest.raises(StoppedError):
        ahead.wait(between)
    release.set()
    ahead.wait()
    assert len(asked) == 3


def test_what_is_given_up_ends_soon_and_the_next_work_is_done():
    laps, done = [0], []

    def trace() -> None:
        while True:
            laps[0] += 1

    busy = Ahead(trace, lambda: done.append(1))
    waiting = Ahead(lambda: done.append(2))
    busy.start()
    waiting.start()
    while not laps[0]:
        time.sleep(0.01)
    assert not is_quiet(wait_s=0.1)
    give_up()
    assert is_quiet(wait_s=20), "both threads have ended"
    assert done in ([], [2]), "nothing after what was given up"
    after = Ahead(lambda: done.append(3))
    after.start()
    after.wait()
    assert done[-1] == 3


def test_the_parts_of_an_error_for_programmers_are_left_out():
    text = "Exception when calling A.call().\n\n\x1b[1mtuple index out of range\x1b[0m\n\nArguments received by A:"
    assert first_sentences(ValueError(text)) == "Exception when calling A.call(). tuple index out of range."
    text = "Negative dimension size caused by subtracting 9 from 8 for '{{node l1}} = AvgPool[T=DT_FLOAT](Placeholder)'"
    assert first_sentences(ValueError(text)) == "Negative dimension size caused by subtracting 9 from 8."
