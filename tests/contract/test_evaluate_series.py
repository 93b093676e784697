"""Forecasts several steps ahead as an evaluation has them: made again one by one, and none of the test part seen."""

import numpy as np
import pytest

from playground import data, recipes
from playground.data.plan import plan
from playground.data.sets.own_series import windows
from playground.insight.evaluate import evaluate
from playground.insight.series import last_seen, values_of
from playground.settings import settings
from playground.specs import RunSpec
from playground.training.build import build

SCALED = ({"kind": "standardise", "args": {}}, {"kind": "standardise_target", "args": {}})

ORDERED = {"kind": "ordered", "args": {"validation": 0.3, "test": 0.2}}


def evaluated(part="validation", split=ORDERED, scale=0.3, **options):
    """The evaluation of a linear network with its first weights on a series with a season, and what it was made of."""
    import keras

    value = {
        "version": recipes.recipe("digits-mlp").spec.version,
        "dataset": {
            "source": "seasonal",
            "options": {"length": 200, "window": 6, "periods": [12.0], "noise": 0.05, **options},
            "steps": list(SCALED),
            "split": split,
        },
        "model": {"layers": [{"kind": "Dense", "name": "output", "args": {"units": 1}}]},
        "training": {"optimizer": {"kind": "Adam"}, "loss": {"kind": "MeanSquaredError"}},
    }
    spec = RunSpec.from_dict(value)
    prepared = data.prepare(spec.dataset, spec.seed, settings())
    keras.utils.set_random_seed(3)
    model = build(spec.model, prepared.facts.input_shape, prepared.facts.input_dtype)
    kernel, bias = model.get_weights()
    model.set_weights([scale * kernel, bias])  # small ones, so that no forecast grows
    found = evaluate(model, spec, prepared, part, lambda *_: None)
    made = plan(spec.dataset, settings())
    return found, model, made, prepared, values_of(made, spec, settings())


def said(model, prepared, seen, is_difference):
    """The next value by the network's own predict, from the values that it sees; both fitted steps by hand."""
    x = np.diff(seen) if is_difference else np.asarray(seen)
    inputs, target = prepared.facts.fitted
    x = (x - np.array(inputs["mean"])) / np.array(inputs["std"])
    answer = float(model.predict(x[np.newaxis].astype(np.float32), verbose=0)[0, 0])
    return answer * target["std"] + target["mean"] + (seen[-1] if is_difference else 0)


@pytest.mark.parametrize(("horizon", "difference"), [(1, False), (1, True), (3, True)])
def test_steps_ahead_are_made_of_the_networks_own_answers(home, horizon, difference):
    found, model, _made, prepared, values = evaluated(horizon=horizon, difference=difference)
    origins, ahead, came = (found.arrays[name] for name in ("origins", "ahead", "came"))
    steps, width = ahead.shape[1], 6 + difference
    for number in (0, len(origins) - 1):
        series = values[: origins[number] + 1].tolist()
        for _ in range(4):
            end = len(series) - horizon + 1
            series.append(said(model, prepared, series[end - width : end], difference))
        np.testing.assert_allclose(ahead[number, :4], series[-4:], rtol=1e-3, atol=1e-4)
    # What the evaluation says of single rows is the step of the horizon.
    order = np.argsort(found.arrays["place"])
    one = found.arrays["answered"][order] + (found.arrays["before"][order] if difference else 0)
    np.testing.assert_allclose(ahead[:, horizon - 1], one, rtol=1e-3, atol=1e-3)
    true = found.arrays["true"] + (found.arrays["before"] if difference else 0)
    np.testing.assert_allclose(true, values[found.arrays["place"]], atol=1e-4)
    last = values[origins]
    for name, each in (("network", ahead), ("last value", np.repeat(last[:, None], steps, axis=1))):
        wanted = np.nanmean(np.abs(each - came), axis=0)
        np.testing.assert_allclose(found.values["ahead"]["errors"][name], wanted, rtol=1e-4)
    np.testing.assert_allclose(found.arrays["past"][:, -1], last, rtol=1e-6)


def test_one_season_before_is_what_was_known_then(home):
    found, _model, _made, _prepared, values = evaluated(noise=0.01, trend=0.0)
    season = found.values["ahead"]["errors"]["season"]
    origins, steps = found.arrays["origins"], found.arrays["ahead"].shape[1]
    ahead = np.array([1 + np.arange(steps)])
    places = origins[:, np.newaxis] + ahead - 12 * np.ceil(ahead / 12).astype(int)
    np.testing.assert_allclose(
        season, np.nanmean(np.abs(values[places] - found.arrays["came"]), axis=0), rtol=1e-3, atol=1e-6
    )
    assert max(season) < 0.1 < max(found.values["ahead"]["errors"]["last value"])


@pytest.mark.parametrize(
    "split",
    [
        pytest.param(ORDERED, id="in the order of time"),
        pytest.param({"kind": "holdout", "args": {"validation": 0.3, "test": 0.3, "stratify": False}}, id="at random"),
    ],
)
def test_a_forecast_of_validation_rows_sees_no_test_target(home, split):
    found, _model, made, prepared, values = evaluated(split=split)
    origins, came = found.arrays["origins"], found.arrays["came"]
    places = origins[:, np.newaxis] + np.arange(1, came.shape[1] + 1)
    tested = last_seen(made, prepared.array("rows_test")) + 1
    assert np.isin(places, tested).any()
    assert np.isnan(came[np.isin(places, tested)]).all()
    counted = np.isfinite(came)
    np.testing.assert_allclose(came[counted], values[places[counted]], rtol=1e-6)
    assert found.values["ahead"]["rows"] == counted.sum(axis=0).tolist()
    assert min(found.values["ahead"]["rows"]) >= 3


def test_a_forecast_that_grows_beyond_all_numbers_leaves_the_rest(home):
    found, *_ = evaluated(scale=1e8)
    assert "ahead" not in found.values
    assert found.arrays["place"].shape == found.arrays["true"].shape
    assert found.values["scores"]


@pytest.mark.parametrize("difference", [False, True])
def test_where_a_window_ends_is_where_its_last_value_lies(home, difference):
    _found, _model, made, _prepared, values = evaluated(horizon=2, difference=difference)
    x, _y, _last = windows(values, 6, 2, difference=difference)
    ends = last_seen(made, np.arange(len(x)))
    if difference:
        np.testing.assert_allclose(x[:, -1], values[ends] - values[ends - 1])
    else:
        np.testing.assert_allclose(x[:, -1], values[ends])
