"""Features of the plane are what their names say, for every set of two columns."""

import numpy as np
import pytest

from playground import catalog
from playground.data import DataError, outline, prepare
from playground.data.sets.own_table import described
from playground.data.transforms.plane_features import PLANE_FEATURES
from playground.data.uploads.upload import take_in
from playground.specs import DatasetSpec, SplitSpec, StepSpec

WHOLE = SplitSpec(kind="none")
EVERY = dict.fromkeys(PLANE_FEATURES, True)
X, Y = 0.3, -0.7
VALUES = {
    "x": X,
    "y": Y,
    "x_squared": 0.09,
    "y_squared": 0.49,
    "product": -0.21,
    "sin_x": np.sin(2 * X),
    "sin_y": np.sin(2 * Y),
    "cos_x": np.cos(2 * X),
    "cos_y": np.cos(2 * Y),
    "distance": np.sqrt(0.58),
    "angle": np.arctan2(Y, X),
}


def step(**args: object) -> StepSpec:
    return StepSpec(kind="plane_features", args=args)


def test_every_feature_has_a_switch():
    flags = [param.name for param in catalog.entry("steps", "plane_features").params if param.kind == "flag"]
    assert flags == list(PLANE_FEATURES) == list(VALUES)


@pytest.mark.parametrize("name", PLANE_FEATURES)
def test_each_feature_is_the_function_that_its_name_says(name):
    feature = PLANE_FEATURES[name]
    (value,) = feature.values(np.array([X]), np.array([Y]), 2.0)
    assert value == pytest.approx(VALUES[name])
    given = {"np": np, "x1": np.array([X]), "x2": np.array([Y])}
    assert eval(feature.code.format(f="2.0 * "), given) == pytest.approx(VALUES[name])


def test_columns_and_their_names_are_those_asked_for(server_settings):
    raw = prepare(DatasetSpec(source="moons", split=WHOLE), 1, server_settings).array("x_train")
    spec = DatasetSpec(source="moons", steps=(step(y=False, sin_y=True, angle=True, frequency=2),), split=WHOLE)
    prepared = prepare(spec, 1, server_settings)
    assert prepared.facts.input_shape == outline(spec).input_shape == (6,)
    assert prepared.facts.features == outline(spec).features
    assert prepared.facts.features == ("x1", "x1²", "x2²", "x1 · x2", "sin(2 x2)", "angle")
    x = prepared.array("x_train")
    expected = [raw[:, 0], raw[:, 0] ** 2, raw[:, 1] ** 2, raw.prod(axis=1), np.sin(2 * raw[:, 1])]
    np.testing.assert_allclose(x[:, :5], np.column_stack(expected), rtol=1e-6)
    np.testing.assert_allclose(x[:, 5], np.arctan2(raw[:, 1], raw[:, 0]), rtol=1e-6)


def test_two_columns_of_a_larger_set_and_other_steps(server_settings):
    steps = (StepSpec(kind="standardise"), step(**EVERY), StepSpec(kind="min_max"))
    spec = DatasetSpec(source="iris", features=("petal width (cm)", 0), steps=steps)
    facts = prepare(spec, 1, server_settings).facts
    assert facts.input_shape == (11,)
    assert facts.features[:3] == ("petal width (cm)", "sepal length (cm)", "petal width (cm)²")
    assert facts.features[-2:] == ("distance", "angle")


@pytest.mark.parametrize(
    ("source", "args", "words"),
    [
        ("iris", {}, r"expected inputs of two numbers, received inputs of shape \(4,\)"),
        ("digits", {}, "expected inputs of two numbers"),
        ("moons", dict.fromkeys(PLANE_FEATURES, False), "no feature is chosen"),
    ],
)
def test_what_does_not_fit_is_named(source, args, words):
    with pytest.raises(DataError, match=words):
        outline(DatasetSpec(source=source, steps=(step(**args),)))


def table(server_settings, tmp_path, text: str) -> str:
    path = tmp_path / "points.csv"
    path.write_text(text)
    return take_in(path, path.name, server_settings, lambda fraction, message: None).file


def test_a_table_of_two_number_columns_has_them_too(server_settings, tmp_path):
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(60, 2)).round(3)
    text = "a,b,c\n" + "\n".join(f"{a},{b},{'yn'[int(a * b > 0)]}" for a, b in rows)
    file = table(server_settings, tmp_path, text)
    spec = DatasetSpec(source="table", options={"file": file}, steps=(step(x=False, y=False),), split=WHOLE)
    assert described(spec, {"file": file, "types": None, "task": None}, server_settings).features == ("a", "b")
    prepared = prepare(spec, 1, server_settings)
    assert prepared.facts.features == ("a²", "b²", "a · b")
    expected = np.column_stack([rows[:, 0] ** 2, rows[:, 1] ** 2, rows.prod(axis=1)])
    np.testing.assert_allclose(prepared.array("x_train"), expected, rtol=1e-6)


def test_a_table_with_a_column_of_names_is_refused(server_settings, tmp_path):
    text = "a,b,c\n" + "\n".join(f"{row / 7},{'pq'[row % 2]},{'yn'[row % 3 == 0]}" for row in range(60))
    spec = DatasetSpec(source="table", options={"file": table(server_settings, tmp_path, text)}, steps=(step(),))
    with pytest.raises(DataError, match="received 'b' of the type"):
        outline(spec, server_settings)
