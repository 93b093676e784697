"""Steps do what their names say, and are fitted on the training part only."""

import dataclasses
import json
import tracemalloc

import numpy as np
import pytest
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from playground import catalog
from playground.data import SOURCES, DataError, Loaded, opened, outline, prepare
from playground.data.steps import STEPS
from playground.specs import DatasetSpec, SplitSpec, StepSpec


def test_steps_are_the_catalogue_s():
    assert {entry.id for entry in catalog.entries("steps")} == set(STEPS) | {"drop_duplicates"}


@pytest.mark.parametrize(("kind", "scaler"), [("standardise", StandardScaler()), ("min_max", MinMaxScaler())])
def test_columns_are_scaled_as_scikit_learn_does(kind, scaler, server_settings):
    raw = prepare(DatasetSpec(source="wine"), 4, server_settings)
    done = prepare(DatasetSpec(source="wine", steps=(StepSpec(kind=kind),)), 4, server_settings)
    scaler.fit(raw.array("x_train").astype(float))
    for part in ("train", "validation", "test"):
        expected = scaler.transform(raw.array(f"x_{part}").astype(float))
        np.testing.assert_allclose(done.array(f"x_{part}"), expected, atol=2e-5)


@pytest.mark.parametrize("kind", ["standardise", "min_max"])
def test_images_are_scaled_as_a_whole(kind, server_settings):
    done = prepare(DatasetSpec(source="digits", steps=(StepSpec(kind=kind),)), 4, server_settings)
    (fitted,) = done.facts.fitted
    assert all(isinstance(value, float) for value in fitted.values())
    x = done.array("x_train")
    if kind == "standardise":
        assert x.mean() == pytest.approx(0, abs=1e-4)
        assert x.std() == pytest.approx(1, abs=1e-4)
    else:
        assert (x.min(), x.max()) == (0, 1)


def test_images_are_measured_without_a_copy_of_all_of_them():
    x = np.random.default_rng(0).normal(100, 30, (2000, 32, 32, 3)).astype(np.float32)
    for kind, axes in (("standardise", None), ("standardise_channels", (0, 1, 2))):
        tracemalloc.start()
        fitted = STEPS[kind].fit(x, {})
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < x.nbytes
        np.testing.assert_allclose(fitted["mean"], x.mean(axis=axes, dtype=np.float64), rtol=1e-9)
        np.testing.assert_allclose(fitted["std"], x.std(axis=axes, dtype=np.float64), rtol=1e-9)


def test_scale_and_channel_in_a_row(server_settings):
    steps = (StepSpec(kind="scale", args={"maximum": 16}), StepSpec(kind="add_channel"))
    spec = DatasetSpec(source="digits", steps=steps)
    done = prepare(spec, 4, server_settings)
    raw = prepare(DatasetSpec(source="digits"), 4, server_settings)
    assert done.facts.input_shape == outline(spec).input_shape == (8, 8, 1)
    np.testing.assert_array_equal(done.array("x_test")[..., 0], raw.array("x_test") / 16)
    assert done.facts.fitted == ({"maximum": 16.0}, {})


def test_each_step_is_fitted_on_what_the_one_before_leaves(server_settings):
    steps = (StepSpec(kind="min_max"), StepSpec(kind="standardise"))
    facts = prepare(DatasetSpec(source="iris", steps=steps), 1, server_settings).facts
    assert all(0 < mean < 1 for mean in facts.fitted[1]["mean"])


def test_constant_columns_stay_finite():
    x = np.array([[3.0, 1.0], [3.0, 2.0]], dtype=np.float32)
    for kind in ("standardise", "min_max"):
        step = STEPS[kind]
        after = step.apply(x, step.fit(x, {}))
        assert list(after[:, 0]) == [0, 0]
        assert after.dtype == np.float32


@pytest.mark.parametrize("kind", ["standardise", "min_max"])
def test_only_the_training_part_is_looked_at(kind, server_settings, monkeypatch, tmp_path):
    spec = DatasetSpec(source="iris", steps=(StepSpec(kind=kind),))
    before = prepare(spec, 1, server_settings)
    held_out = np.concatenate([before.array("rows_validation"), before.array("rows_test")])
    source = SOURCES["iris"]
    loaded = source.load({}, 1, server_settings, lambda fraction, message: None)
    x = loaded.x.copy()
    x[held_out] += 1000

    changed = dataclasses.replace(source, load=lambda *_: Loaded(x, loaded.y))
    monkeypatch.setitem(SOURCES, "iris", changed)
    after = prepare(spec, 1, server_settings.model_copy(update={"home": tmp_path / "elsewhere"}))
    assert after.facts.fitted == before.facts.fitted
    np.testing.assert_array_equal(after.array("x_train"), before.array("x_train"))
    assert not np.array_equal(after.array("x_test"), before.array("x_test"))


def test_fitted_parameters_survive_json(server_settings):
    spec = DatasetSpec(source="wine", steps=(StepSpec(kind="standardise"),))
    made = prepare(spec, 1, server_settings)
    again = opened(spec, 1, server_settings)
    assert again == made
    assert json.loads(json.dumps(made.facts.fitted[0])) == again.facts.fitted[0]


def test_a_step_that_overflows_is_refused(server_settings):
    steps = (StepSpec(kind="scale", args={"maximum": 1e-300}),)
    spec = DatasetSpec(source="iris", steps=steps, split=SplitSpec(kind="none"))
    with pytest.raises(DataError, match="Step 1 makes inputs too large"):
        prepare(spec, 1, server_settings)
    assert list(server_settings.prepared_dir.iterdir()) == []
