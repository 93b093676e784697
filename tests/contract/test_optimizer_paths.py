"""Paths of the optimizers' lab: those of a plain loop over Keras's ``apply``, with slopes that differences confirm."""

import keras
import numpy as np
import pytest

from playground import catalog
from playground.catalog.contestants import contestants, first_rate
from playground.catalog.surfaces import SURFACES, surface
from playground.labs import paths, surfaces
from playground.training.objects import made

STEPS = 12


def slope(name: str, at: np.ndarray, width: float = 1e-3) -> np.ndarray:
    """The gradient at a point by central differences."""
    ends = np.array([at + sign * width * axis for axis in np.eye(2) for sign in (1, -1)], np.float64)
    high = surfaces.height(name, ends)
    return np.array([high[0] - high[1], high[2] - high[3]]) / (2 * width)


@pytest.mark.parametrize("of", [pytest.param(each, id=each.id) for each in contestants()])
def test_a_path_is_that_of_a_plain_loop(of):
    on = surface("ravine")
    args = {**of.args, "learning_rate": first_rate(of, on)}
    for again in range(2):  # the second time from the same compiled program, whose state must begin anew
        found = paths.path("ravine", {"kind": of.kind, "args": args}, on.start, STEPS)
        assert found.points.shape == (STEPS + 1, 2), again
    place = keras.Variable(np.array(on.start, np.float32))
    optimizer = made("optimizers", of.kind, args)
    optimizer.build([place])
    walked = [place.numpy()]
    for _step in range(STEPS):
        x, y = place.numpy()
        optimizer.apply([np.array([0.04 * x, 4 * y], np.float32)], [place])
        walked.append(place.numpy())
    np.testing.assert_allclose(found.points, walked, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(found.rates, args["learning_rate"], rtol=1e-6)


def test_every_optimizer_of_the_catalogue_walks():
    assert {each.kind for each in contestants()} == {each.id for each in catalog.entries("optimizers")}


@pytest.mark.parametrize("on", [pytest.param(each, id=each.id) for each in SURFACES])
def test_slopes_are_those_of_differences_and_minima_are_lowest(on):
    descent = {"kind": "SGD", "args": {"learning_rate": on.rate / 10}}
    found = paths.path(on.id, descent, on.start, 3)
    if not on.noise:
        for at, given in zip(found.points[:-1], found.slopes, strict=True):
            np.testing.assert_allclose(given, slope(on.id, at), rtol=2e-2, atol=2e-2)
    _, _, heights = surfaces.heights(on.id, 81)
    for minimum in on.minima:
        assert surfaces.height(on.id, np.array([minimum], np.float32))[0] <= heights.min() + 1e-3
        assert np.abs(slope(on.id, np.array(minimum))).max() < 2e-2


def test_the_noise_is_the_same_for_all_and_another_with_another_seed():
    def slopes(kind: str, seed: int) -> np.ndarray:
        on = surface("noisy")
        found = paths.path("noisy", {"kind": kind, "args": {"learning_rate": 0.1}}, on.start, 5, seed)
        return found.slopes - 2 * found.points[:-1]

    np.testing.assert_allclose(slopes("SGD", 1), slopes("Adam", 1), atol=1e-4)
    assert np.abs(slopes("SGD", 1) - slopes("SGD", 2)).max() > 0.1


def test_who_leaves_ends_there_and_a_schedule_is_followed():
    gone = paths.path("rosenbrock", {"kind": "SGD", "args": {"learning_rate": 1.0}}, (-1.4, 2.0), 50)
    assert len(gone.points) < 10
    assert np.isfinite(gone.points).all()
    schedule = {"kind": "CosineDecay", "args": {"initial_learning_rate": 0.1, "decay_steps": 10}}
    found = paths.path("bowl", {"kind": "SGD", "args": {"learning_rate": schedule}}, (1.0, 1.0), 10)
    assert found.rates[0] == pytest.approx(0.1)
    assert found.rates[-1] < 0.01
