"""What a page says of a job: what it does and, once its pace tells, how long it goes on."""

import time

import pytest

from playground.runs import Job
from playground.ui.job_answer import words


def job(progress: float, worked_s: float | None) -> Job:
    now = time.time()
    began = None if worked_s is None else now - worked_s
    return Job(
        "id", "export", "key", {}, "ada", "running", progress, "Packing", None, None, False, "here", 1, began, now, now
    )


@pytest.mark.parametrize(
    ("progress", "worked_s", "said"),
    [
        (0.25, 10, "Packing · about 30 s left"),
        (0.8, 5, "Packing · about 2 s left"),
        (0.99, 10, "Packing · less than 1 s left"),
        (0.01, 10, "Packing"),
        (0.5, 1, "Packing"),
        (0.5, None, "Packing"),
    ],
)
def test_the_time_that_is_left_is_said_as_soon_as_it_can_be_guessed(progress, worked_s, said, monkeypatch):
    made = job(progress, worked_s)
    monkeypatch.setattr("playground.ui.job_answer.time.time", lambda: made.updated_at)
    assert words(made) == said
