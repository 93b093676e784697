"""The lab of regularisation trains as a run does, and finds the points where loss and penalty touch."""

import numpy as np
import pytest

from playground import data
from playground.catalog.regularisations import PROBLEMS, WAYS, amount, problem
from playground.engine.errors import RefusedError
from playground.engine.job_process import JOBS
from playground.engine.questions import QUESTIONS
from playground.labs import balls, regularisation
from playground.runs import open_store
from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.regularised import overfitting, regularised

pytestmark = pytest.mark.contract

MOONS, CURVE = problem("moons"), problem("curve")


def spec_of(of, name, value=None, epochs=6):
    base = overfitting(of, epochs=epochs)
    by = next(each for each in WAYS if each.id == name)
    return regularised(base, name, amount(by, by.default) if value is None else value, data.outline(base.dataset))


def fitted(spec, settings, progress=lambda *_: None):
    return regularisation.fitted(spec, data.prepare(spec.dataset, spec.seed, settings), settings, progress)


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path)


@pytest.mark.parametrize("name", ["dropout", "early"])
def test_the_curves_are_those_of_a_run(name, trained, settings):
    spec = spec_of(MOONS, name)
    found = fitted(spec, settings)["history"]
    run = trained(spec).train()
    assert run.run.state == "finished"
    for column in ("binary_crossentropy", "val_binary_crossentropy", "val_accuracy"):
        np.testing.assert_allclose(found[column], run.column(f"epoch/{column}"), rtol=1e-4)


@pytest.mark.parametrize(("at", "by"), [pytest.param(at, each, id=each.id) for at, each in enumerate(WAYS)])
def test_every_way_and_every_problem_gives_all_that_is_drawn(at, by, settings):
    of = PROBLEMS[at % len(PROBLEMS)]
    found = fitted(spec_of(of, by.id, epochs=2), settings)
    assert len(found["values"]) == (161 if of.task == "regression" else 41 * 41)
    assert len(found["points"]["x"]) == len(found["points"]["y"]) == (200 if by.id == "more" else 40)
    assert ("truth" in found) is (of.task == "regression")
    assert sum(found["weights"]["shares"]) == pytest.approx(1, abs=1e-3)
    assert np.isfinite(found["values"]).all()
    assert len(found["history"]["val_loss"]) == 2


def test_penalties_make_weights_smaller_and_early_stopping_goes_back(settings):
    plain, strong = (fitted(spec_of(MOONS, *how, epochs=100), settings) for how in (("nothing",), ("l1", 0.02)))
    assert strong["weights"]["absolute"] < 0.2 * plain["weights"]["absolute"]
    assert strong["weights"]["zero"] > 0.4 > plain["weights"]["zero"]
    stopped = fitted(spec_of(MOONS, "early", 5, epochs=100), settings)
    lasted = len(stopped["history"]["loss"])
    assert lasted == stopped["best"] + 5 < 100
    until = fitted(spec_of(MOONS, "nothing", epochs=stopped["best"]), settings)
    np.testing.assert_allclose(stopped["values"], until["values"], atol=1e-4)  # the best weights are back


def test_the_truth_of_a_curve_has_no_noise(settings):
    found = fitted(spec_of(CURVE, "nothing", epochs=1), settings)["truth"]
    np.testing.assert_allclose(found["y"], np.sin(2 * np.pi * np.asarray(found["x"])), atol=1e-4)


def test_it_is_cancelled_between_blocks_and_bounded(settings):
    class EnoughError(Exception):
        """Somebody cancelled it."""

    def progress(share, message):
        if share > 0:
            raise EnoughError

    with pytest.raises(EnoughError):
        fitted(spec_of(MOONS, "nothing", epochs=500), settings, progress)
    with pytest.raises(ValueError, match="2000 epochs"):
        fitted(spec_of(MOONS, "nothing", epochs=5000), settings)
    with pytest.raises(ValueError, match="50000 parameters"):
        fitted(with_value(spec_of(MOONS, "nothing"), "model.layers.hidden_1.units", 5000), settings)


def test_the_job_answers_and_refuses_what_it_is_not_for(settings):
    store = open_store(settings)
    spec = spec_of(MOONS, "nothing", epochs=1)
    for asked, is_refused in ((spec, False), (with_value(spec, "dataset.source", "blobs"), True)):
        job = store.jobs.job(store.jobs.create("regularised", "k", {"spec": asked.model_dump(mode="json")}, "me"))
        store.jobs.end(job.id, "finished")
        if is_refused:
            with pytest.raises(data.DataError):
                JOBS["regularised"](job, settings, lambda *_: None)
        else:
            assert JOBS["regularised"](job, settings, lambda *_: None)["parameters"] == 2 * 64 + 64 + 64 * 64 + 64 + 65


def touching(kind, strength, best, tilt):
    """Where a quadratic loss with a penalty is smallest: solved for L2, coordinate by coordinate for L1."""
    curved, best = np.array([[1, tilt], [tilt, 1]]), np.array(best)
    if kind == "L2":
        return np.linalg.solve(curved + strength * np.eye(2), curved @ best)
    found = np.zeros(2)
    for _round in range(500):
        for at in (0, 1):
            pull = (curved @ best)[at] - tilt * found[1 - at]
            found[at] = np.sign(pull) * max(abs(pull) - strength / 2, 0)
    return found


@pytest.mark.parametrize("kind", ["L1", "L2"])
@pytest.mark.parametrize(("best", "tilt"), [((1.5, 0.6), 0.3), ((-1.2, 1.8), -0.5), ((0.4, 0.0), 0.0)])
def test_the_point_of_touch_is_that_of_mathematics(kind, best, tilt):
    found = balls.balls(kind, best, tilt)
    wanted = [touching(kind, strength, best, tilt) for strength in found.strengths]
    np.testing.assert_allclose(found.weights, wanted, atol=1e-2)
    size = np.abs(found.weights).sum(axis=1) if kind == "L1" else (found.weights**2).sum(axis=1)
    np.testing.assert_allclose(found.penalties, size, rtol=1e-4, atol=1e-6)
    row, column = np.unravel_index(np.argmin(found.losses), found.losses.shape)
    assert (found.at[column], found.at[row]) == pytest.approx(best, abs=0.04)


def test_l1_makes_a_weight_zero_where_l2_does_not(settings):
    args = {"best": [1.5, 0.6], "tilt": 0.0}
    weights = {kind: QUESTIONS["touched"]({**args, "kind": kind}, {}, settings)[1]["weights"] for kind in ("L1", "L2")}
    assert np.abs(weights["L1"][45, 1]) < 1e-3 < np.abs(weights["L1"][45, 0])
    assert np.abs(weights["L2"]).min() > 1e-2


@pytest.mark.parametrize("args", [{"kind": "L3"}, {"best": "x"}, {"tilt": None}])
def test_what_is_no_question_is_refused(args, settings):
    with pytest.raises(RefusedError):
        QUESTIONS["touched"]({"kind": "L1", "best": [1, 1], "tilt": 0} | args, {}, settings)
