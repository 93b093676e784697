"""Outlines keep the shape of a curve in few numbers, whatever the events are cut into."""

import math

import numpy as np
import pytest

from playground.runs import Event, Run, fold
from playground.runs.outline import Outline, headline, outlined, outlines_after, outlines_cut, outlines_of

LONG = 1_000


def columns(first: int, last: int) -> dict[str, np.ndarray]:
    epochs = np.arange(first, last + 1)
    return {"epoch/epoch": epochs, "epoch/loss": 1 / epochs, "epoch/val_loss": 2 / epochs, "epoch/val_mae": 3 / epochs}


def test_a_curve_is_outlined_by_its_own_values_at_equal_distances():
    found = outlines_after({}, columns(1, LONG))
    assert set(found) == {"val_loss", "val_mae"}
    outline = found["val_loss"]
    assert 24 <= len(outline.values) <= 48
    epochs = outline.first + outline.every * np.arange(len(outline.values))
    np.testing.assert_allclose(outline.values, 2 / epochs, rtol=1e-3)
    assert epochs[-1] > LONG - outline.every


@pytest.mark.parametrize("size", [1, 7, 48, 49, LONG])
def test_it_does_not_depend_on_how_many_epochs_an_event_has(size: int):
    found: dict[str, Outline] = {}
    for first in range(1, LONG + 1, size):
        found = outlines_after(found, columns(first, min(LONG, first + size - 1)))
    assert found == outlines_after({}, columns(1, LONG))


@pytest.mark.parametrize("epoch", [0, 1, 5, 48, 333, LONG])
def test_what_is_taken_back_is_taken_out(epoch: int):
    found = outlines_cut(outlines_after({}, columns(1, LONG)), epoch)
    if not epoch:
        assert found == {}
        return
    outline = found["val_loss"]
    last = outline.first + outline.every * (len(outline.values) - 1)
    assert epoch - outline.every < last <= epoch


def test_a_run_that_is_resumed_has_the_outline_of_what_it_kept():
    told = [
        Event("run", 0, 0.0, "queued", {}),
        Event("run", 1, 1.0, "progress", {"epoch": 9}, columns(1, 9)),
        Event("run", 2, 2.0, "lost", {}),
        Event("run", 3, 3.0, "queued", {"epoch": 4, "step": 40, "metrics": {}}),
        Event("run", 4, 4.0, "progress", {"epoch": 6}, columns(5, 6)),
    ]
    run = fold(Run("run", "", "", "", 10, 0.0), told)
    np.testing.assert_allclose(run.outlines["val_loss"].values, 2 / np.arange(1, 7), rtol=1e-3)
    assert Run.from_dict(run.to_dict()) == run


def test_values_that_are_no_numbers_are_values():
    bad = {"epoch/epoch": np.array([1, 2]), "epoch/loss": np.array([math.inf, math.nan])}
    outline = outlines_after({}, bad)["loss"]
    assert outline.values[0] == math.inf
    assert math.isnan(outline.values[1])
    spelled = {"loss": {"first": 1, "every": 1, "values": ["Infinity", "NaN", 0.5]}}
    assert outlines_of(spelled)["loss"].values[::2] == (math.inf, 0.5)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["loss", "val_loss", "val_mae", "val_accuracy", "accuracy"], "val_accuracy"),
        (["loss", "accuracy", "val_loss"], "val_loss"),
        (["loss", "accuracy"], "loss"),
        ([], None),
    ],
)
def test_the_metric_that_says_most(names: list[str], expected: str | None):
    assert headline(names) == expected
    assert headline(reversed(names)) == expected
    assert set(outlined(names)) <= {*names}
