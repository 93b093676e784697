"""How long a run would take: as one like it took, else by what is counted; and how long it waits."""

import dataclasses

import pytest

from playground.runs import Run
from playground.runs.estimate import Plan, estimate, waiting_s

pytestmark = pytest.mark.unit

PLAN = Plan("CPU", 4810, 1257, 32, 20, multiply_adds=4700)
LIKE = Run(
    "abc",
    "Digits",
    "ada",
    "digest",
    epochs=10,
    created_at=0.0,
    state="finished",
    step=400,
    seconds=2.0,
    steps_per_epoch=40,
    n_train=1257,
    parameters=4810,
    device="CPU",
)


def test_a_run_of_the_same_size_is_taken_as_it_was():
    found = estimate(PLAN, [LIKE])
    assert found.is_measured
    assert found.epoch_s == pytest.approx(0.2)
    assert found.seconds == pytest.approx(4.0)


def test_one_of_the_same_steps_goes_before_a_newer_one_of_others():
    other = dataclasses.replace(LIKE, steps_per_epoch=10, step=100, seconds=40.0)
    assert estimate(PLAN, [other, LIKE]).epoch_s == pytest.approx(0.2)


def test_one_with_other_rows_counts_by_its_rows_a_second():
    half = dataclasses.replace(LIKE, n_train=600, steps_per_epoch=20, step=200, seconds=1.0)
    found = estimate(PLAN, [half])
    assert found.is_measured
    assert found.epoch_s == pytest.approx(1257 / (10 * 600) * 1.0)


@pytest.mark.parametrize(
    "unlike",
    [{"device": "H200, GPU 0"}, {"parameters": 4811}, {"seconds": 0.1}, {"step": 0}, {"speed": 5.0}, {"n_train": None}],
)
def test_what_is_unlike_it_says_nothing(unlike):
    assert not estimate(PLAN, [dataclasses.replace(LIKE, **unlike)]).is_measured


def test_without_one_like_it_multiply_adds_are_counted_and_more_of_them_take_longer():
    small, large = (estimate(dataclasses.replace(PLAN, multiply_adds=n), []) for n in (4_700, 470_000_000))
    assert not small.is_measured
    assert large.epoch_s > 10 * small.epoch_s
    assert large.seconds > 20 * large.epoch_s
    assert estimate(dataclasses.replace(PLAN, multiply_adds=None), []) is None


@pytest.mark.parametrize(
    ("lefts", "ahead", "wait"),
    [
        ([10.0, 40.0], [], 10.0),
        ([40.0, 10.0], [5.0], 15.0),
        ([10.0, 40.0], [100.0], 40.0),
        ([0.0, 7.0], [], 0.0),
        ([10.0, None], [], 10.0),
        ([10.0, None], [5.0], 15.0),
        ([None, None], [], None),
        ([10.0, 40.0], [None], None),
        ([], [], None),
    ],
)
def test_a_place_is_free_when_the_first_run_ends_that_nobody_before_it_takes(lefts, ahead, wait):
    assert waiting_s(lefts, ahead) == wait
