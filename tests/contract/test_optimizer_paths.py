"""Paths of the optimizers' lab: those of a plain loop over Keras's ``apply``, with slopes that differences confirm."""

from typing import Any

import keras
import numpy as np
import pytest

from playground import catalog
from playground.catalog.contestants import contestants, first_rate
from playground.catalog.surfaces import SURFACES, surface
from playground.labs import paths, surfaces
from playground.labs.optimizer_numbers import ASKED
from playground.training.objects import made

STEPS = 12


def slope(name: str, at: np.ndarray, width: float = 1e-3) -> np.ndarray:
    """The gradient at a point by central differences."""
    ends = np.array([at + sign * width * axis for axis in np.eye(2) for sign in (1, -1)], np.float64)
    high = surfaces.height(name, ends)
    return np.array([high[0] - high[1], high[2] - high[3]]) / (2 * width)


def walked(kind: str, args: dict[str, Any], start: tuple[float, float]) -> list[np.ndarray]:
    """The places of a plain loop over Keras's ``apply`` in the ravine."""
    place = keras.Variable(np.array(start, np.float32))
    optimizer = made("optimizers", kind, args)
    optimizer.build([place])
    found = [place.numpy()]
    for _step in range(STEPS):
        x, y = place.numpy()
        optimizer.apply([np.array([0.04 * x, 4 * y], np.float32)], [place])
        found.append(place.numpy())
    return found


def moved(kind: str, args: dict[str, Any]) -> dict[str, Any]:
    """``args`` with every number of the optimizer a little elsewhere; what is 0 and makes another rule stays."""
    found = dict(args)
    for param in catalog.entry("optimizers", kind).params:
        value = args.get(param.name, param.default)
        if isinstance(value, bool) or not isinstance(value, int | float) or (not value and param.name in ASKED):
            continue
        found[param.name] = value + 1 if param.kind == "int" else 0.9 * value or 0.05
    return found


@pytest.mark.parametrize("of", [pytest.param(each, id=each.id) for each in contestants()])
def test_a_path_is_that_of_a_plain_loop_and_numbers_that_move_compile_nothing(of):
    on = surface("ravine")
    first = {**of.args, "learning_rate": first_rate(of, on)}
    program = paths.program_of(of.kind, first)
    for args in (first, moved(of.kind, first), first):  # the last time from the same state as the first
        found = paths.path("ravine", {"kind": of.kind, "args": args}, on.start, STEPS)
        expected = walked(of.kind, args, on.start)
        np.testing.assert_allclose(found.points, expected, rtol=1e-4, atol=1e-5, err_msg=str(args))
        np.testing.assert_allclose(found.rates, args["learning_rate"], rtol=1e-6)
        assert paths.program_of(of.kind, args) is program
    assert program.tracings == 1


EXTRAS = {"weight_decay": 0.01, "use_ema": True, "ema_momentum": 0.9, "loss_scale_factor": 0.5}
OPTIONS = [
    pytest.param("Adam", {**EXTRAS, "amsgrad": True, "clipnorm": 0.5, "ema_overwrite_frequency": 3}, id="clipnorm"),
    pytest.param("RMSprop", {"clipvalue": 0.2, "momentum": 0.5, "gradient_accumulation_steps": 2}, id="accumulated"),
    pytest.param("SGD", {"global_clipnorm": 0.3, "momentum": 0.9, "nesterov": True}, id="global_clipnorm"),
    pytest.param("ScheduleFreeAdamW", {"warmup_steps": 5, "weight_decay": 0.01}, id="warmup"),
]


@pytest.mark.parametrize(("kind", "args"), OPTIONS)
def test_numbers_that_are_none_by_default_move_too(kind, args):
    first = {**args, "learning_rate": 0.05}
    program = paths.program_of(kind, first)
    for each in (first, moved(kind, first)):
        found = paths.path("ravine", {"kind": kind, "args": each}, (-5.0, 1.6), STEPS)
        np.testing.assert_allclose(found.points, walked(kind, each, (-5.0, 1.6)), rtol=1e-4, atol=1e-5)
        assert paths.program_of(kind, each) is program
    assert program.tracings == 1


def test_flags_and_what_is_none_make_another_program_and_what_keras_refuses_is_refused():
    program = paths.program_of("Adam", {})
    assert paths.program_of("Adam", {"amsgrad": True}) is not program
    assert paths.program_of("Adam", {"clipnorm": 1.0}) is not program
    assert paths.program_of("SGD", {"momentum": 0.5}) is not paths.program_of("SGD", {"momentum": 0.0})
    assert paths.program_of("SGD", {"momentum": 0.5}) is paths.program_of("SGD", {"momentum": 0.9})
    with pytest.raises(ValueError, match="momentum"):
        paths.path("ravine", {"kind": "SGD", "args": {"momentum": 2.0}}, (1.0, 1.0), 3)


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
