"""The curve of a schedule shows the learning rates that training takes."""

import numpy as np
import pytest

from playground import catalog
from playground.catalog.formulas import offered
from playground.engine.errors import RefusedError
from playground.engine.questions import QUESTIONS
from playground.settings import Settings
from playground.specs.planned_steps import fitting_args
from playground.specs.usual import usual_args
from playground.training.planned_rates import MOST_POINTS, planned_rates
from tests.contract.training.specs import chosen, spec

_TOTAL = 12  # 3 epochs of 4 batches


def _args(kind: str, total: int) -> dict:
    return usual_args("schedules", kind) | fitting_args(kind, total, 0.02)


@pytest.mark.parametrize("kind", [entry.id for entry in catalog.entries("schedules")])
def test_the_curve_has_a_rate_for_every_part_of_training(kind):
    steps, rates = planned_rates(kind, _args(kind, 5000), 5000)
    assert (steps[0], steps[-1], len(steps), len(rates)) == (0, 4999, MOST_POINTS, MOST_POINTS)
    assert np.all(np.diff(steps) > 0)
    assert np.isfinite(rates).all()
    assert rates[0] > rates[-1] >= 0
    assert len(planned_rates(kind, _args(kind, 1), 1)[0]) == 1


def test_its_values_are_those_of_the_formulas():
    halved = {"initial_learning_rate": 0.1, "decay_steps": 20, "decay_rate": 0.5}
    at, rates = planned_rates("ExponentialDecay", halved, 100)
    np.testing.assert_allclose(rates, 0.1 * 0.5 ** (at / 20), rtol=1e-5)
    warm = {"initial_learning_rate": 0.0, "decay_steps": 80, "warmup_steps": 20, "warmup_target": 0.1}
    at, rates = planned_rates("CosineDecay", warm, 100)
    fall = 0.05 * (1 + np.cos(np.pi * (at - 20) / 80))
    np.testing.assert_allclose(rates, np.where(at < 20, 0.1 * at / 20, fall), rtol=1e-4, atol=1e-7)
    at, rates = planned_rates("PiecewiseConstantDecay", {"boundaries": (30,), "values": (0.1, 0.01)}, 60)
    np.testing.assert_allclose(rates, np.where(at <= 30, 0.1, 0.01), rtol=1e-6)


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("Warm-up, then constant", lambda at: np.ones_like(at, float)),
        ("Warm-up, then linear", lambda at: (1 - at / 1000) / 0.8),
        ("Warm-up, then cosine", lambda at: (1 + np.cos(np.pi * (at / 1000 - 0.2) / 0.8)) / 2),
        ("Warm-up, then inverse root", lambda at: np.sqrt(200 / (at + 1))),
    ],
)
def test_a_warm_up_climbs_to_the_rate_and_goes_on_as_its_name_says(name, after):
    formula = offered("schedules")[name].replace("warmup = 0.1", "warmup = 0.2")
    args = {"formula": formula, "initial_learning_rate": 0.03, "decay_steps": 1000}
    at, rates = planned_rates("Formula", args, 1000)
    climbs = at < 199
    np.testing.assert_allclose(rates[climbs], 0.03 * (at[climbs] + 1) / 200, rtol=1e-5)
    np.testing.assert_allclose(rates[at > 200], 0.03 * after(at[at > 200]), rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize("more", [{}, {"gradient_accumulation_steps": 2}], ids=["plain", "accumulated"])
def test_a_run_takes_the_planned_rates(more, trained):
    args = {"initial_learning_rate": 0.05, "decay_steps": 3, "decay_rate": 0.5}
    run = trained(spec(optimizer=chosen("Adam", learning_rate=chosen("ExponentialDecay", **args), **more))).train()
    steps, rates = planned_rates("ExponentialDecay", args, _TOTAL + 1)
    assert steps.tolist() == list(range(_TOTAL + 1))
    np.testing.assert_allclose(run.column("epoch/learning_rate"), rates[[4, 8, 12]], rtol=1e-6)


@pytest.mark.parametrize(
    ("schedule", "steps"),
    [
        ({"kind": "Nope", "args": {}}, 10),
        ({"kind": "CosineDecay", "args": {"path": "/etc/passwd"}}, 10),
        ({"kind": "CosineDecay", "args": {"initial_learning_rate": "x", "decay_steps": 5}}, 10),
        ({"kind": "CosineDecay", "args": _args("CosineDecay", 10)}, 0),
        ({"kind": "CosineDecay", "args": _args("CosineDecay", 10)}, 10**15),
    ],
)
def test_what_is_no_schedule_is_refused_by_the_workbench(schedule, steps, tmp_path):
    with pytest.raises(RefusedError):
        QUESTIONS["planned"]({"schedule": schedule, "steps": steps}, {}, Settings(home=tmp_path))


def test_the_workbench_answers_with_steps_and_rates(tmp_path):
    asked = {"schedule": {"kind": "CosineDecay", "args": _args("CosineDecay", 10)}, "steps": 10}
    _header, arrays = QUESTIONS["planned"](asked, {}, Settings(home=tmp_path))
    assert arrays["steps"].tolist() == list(range(10))
    assert arrays["rates"].shape == (10,)
