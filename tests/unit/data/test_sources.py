"""Each source gives what its outline promises."""

import numpy as np
import pytest

from playground import catalog
from playground.data import ARRAYS, SOURCES, DataError, outline, prepare
from playground.data.plan import plan
from playground.data.sets import sources_generated
from playground.specs import DatasetSpec, SplitSpec, StepSpec
from playground.specs.first_dataset import usual_steps

WITHOUT_FILE = [name for name, source in SOURCES.items() if source.stamp is None]
GENERATED = [name for name in sources_generated.GENERATED if name != "points"]  # nobody draws those
CLASSES = [name for name in GENERATED if SOURCES[name].classes]
DTYPES = {"binary": np.float32, "multiclass": np.int32, "regression": np.float32}
WHOLE = SplitSpec(kind="none")


def dataset_of(name: str, split: SplitSpec) -> DatasetSpec:
    """The dataset as it comes; names of a table become numbers all the same."""
    return DatasetSpec(source=name, steps=usual_steps(name) if SOURCES[name].columns else (), split=split)


def test_sources_are_the_catalogue_s():
    assert [entry.id for entry in catalog.entries("datasets")] == list(SOURCES)
    for name, source in SOURCES.items():
        entry = catalog.entry("datasets", name)
        assert source.task in entry.tasks
        assert entry.ranks == (len(source.input_shape),)


@pytest.mark.parametrize("name", WITHOUT_FILE)
def test_prepared_facts_are_the_outline(name, server_settings):
    spec = dataset_of(name, SplitSpec())
    prepared = prepare(spec, 1, server_settings)
    facts = prepared.facts
    assert facts == outline(spec).model_copy(update={"fitted": facts.fitted, "repeated": facts.repeated})
    parts = {"train": facts.n_train, "validation": facts.n_validation, "test": facts.n_test}
    for part, n in parts.items():
        x, y, rows = (prepared.array(f"{what}_{part}") for what in ("x", "y", "rows"))
        assert (x.shape, x.dtype) == ((n, *facts.input_shape), facts.input_dtype)
        assert (y.shape, y.dtype) == ((n, *facts.target_shape), facts.target_dtype)
        assert (rows.shape, rows.dtype) == ((n,), np.int64)
        assert np.isfinite(x).all()
        assert y.dtype == DTYPES[facts.task]
    every = np.concatenate([prepared.array(f"rows_{part}") for part in parts])
    made = plan(spec)
    assert sorted(every) == list(range(made.source.rows(made.options)))


@pytest.mark.parametrize("name", WITHOUT_FILE)
def test_labels_are_the_classes(name, server_settings):
    prepared = prepare(dataset_of(name, WHOLE), 1, server_settings)
    labels = np.unique(prepared.array("y_train"))
    if prepared.facts.task == "regression":
        assert prepared.facts.classes == ()
        assert len(labels) > min(20, prepared.facts.n_train / 2)
    else:
        assert list(labels) == list(range(len(prepared.facts.classes)))


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer", "diabetes", "digits"])
def test_names_and_values_are_scikit_learn_s(name, server_settings):
    from sklearn import datasets

    bunch = getattr(datasets, f"load_{name}")()
    prepared = prepare(DatasetSpec(source=name, split=WHOLE), 1, server_settings)
    if name != "digits":
        assert list(prepared.facts.features) == list(bunch.feature_names)
    assert list(prepared.facts.classes) == [str(label) for label in getattr(bunch, "target_names", [])]
    x = prepared.array("x_train")
    np.testing.assert_array_equal(x.reshape(len(x), -1), bunch.data.astype(np.float32))
    np.testing.assert_array_equal(prepared.array("y_train"), bunch.target.astype(prepared.facts.target_dtype))


def test_digits_are_raw(server_settings):
    x = prepare(DatasetSpec(source="digits"), 1, server_settings).array("x_train")
    assert (x.min(), x.max()) == (0, 16)


@pytest.mark.parametrize("name", GENERATED)
def test_the_seed_decides_the_points(name, server_settings, tmp_path):
    spec = DatasetSpec(source=name, split=WHOLE)
    elsewhere = server_settings.model_copy(update={"home": tmp_path / "elsewhere"})
    first, again, other = (
        {array: np.array(prepare(spec, seed, where).array(array)) for array in ARRAYS}
        for seed, where in [(1, server_settings), (1, elsewhere), (2, server_settings)]
    )
    for array in ARRAYS:
        np.testing.assert_array_equal(first[array], again[array])
    assert not np.array_equal(first["x_train"], other["x_train"])


@pytest.mark.parametrize("name", GENERATED)
def test_options_decide_the_points(name, server_settings):
    def points(**options):
        spec = DatasetSpec(source=name, options=options, split=WHOLE)
        prepared = prepare(spec, 1, server_settings)
        return prepared.array("x_train"), prepared.array("y_train")

    x, y = points(n_samples=80, noise=0.0)
    assert x.shape == (80, *SOURCES[name].input_shape)
    assert np.abs(x).max() <= 1.1
    noisy_x, noisy_y = points(n_samples=80, noise=0.2)
    assert not (np.array_equal(x, noisy_x) and np.array_equal(y, noisy_y))
    if name in CLASSES:
        assert np.ptp(np.bincount(y.astype(int))) <= 1


@pytest.mark.parametrize("name", CLASSES)
def test_classes_are_as_uneven_and_as_wrong_as_asked(name, server_settings):
    def labels(**options):
        spec = DatasetSpec(source=name, options={"n_samples": 300, **options}, split=WHOLE)
        prepared = prepare(spec, 1, server_settings)
        return prepared.array("x_train"), prepared.array("y_train").astype(int)

    x, y = labels()
    same_x, some = labels(flipped=0.1)
    np.testing.assert_array_equal(x, same_x)
    assert (some != y).sum() == 30
    assert set(some) == set(y)
    _, uneven = labels(balance=0.5)
    counts = np.bincount(uneven)
    assert counts.sum() == 300
    np.testing.assert_allclose(counts[1:] / counts[:-1], 0.5, atol=0.02)
    # The rarest class is mixed with the others, not put at the end.
    assert 0.3 < np.flatnonzero(uneven == uneven.max()).mean() / 300 < 0.7
    _, rare = labels(balance=0.01)
    assert np.bincount(rare).min() >= 1


@pytest.mark.parametrize("n_classes", [2, 3, 10])
def test_blobs_have_as_many_classes_as_asked(n_classes, server_settings):
    spec = DatasetSpec(source="blobs", options={"n_classes": n_classes, "noise": 0.01, "n_samples": 200}, split=WHOLE)
    prepared = prepare(spec, 1, server_settings)
    x, y = prepared.array("x_train"), prepared.array("y_train").astype(int)
    assert prepared.facts.classes == outline(spec).classes
    assert prepared.facts.task == ("binary" if n_classes == 2 else "multiclass")
    assert len(prepared.facts.classes) == len(set(y)) == n_classes
    centres = np.array([x[y == label].mean(axis=0) for label in range(n_classes)])
    np.testing.assert_allclose(np.hypot(*centres.T), 0.7, atol=0.02)
    nearest = np.linalg.norm(x[:, None] - centres, axis=2).argmin(axis=1)
    np.testing.assert_array_equal(nearest, y)


CURVES = {
    "line": lambda x: x,
    "parabola": lambda x: 2 * x**2 - 1,
    "cubic": lambda x: x * (4 * x**2 - 3),
    "sine": lambda x: np.sin(2 * np.pi * x),
    "step": np.sign,
    "absolute": lambda x: 2 * abs(x) - 1,
    "bump": lambda x: 2 * np.exp(-8 * x**2) - 1,
}


def test_every_curve_is_looked_at():
    assert list(CURVES) == list(catalog.entry("datasets", "curve").param("function").choices)


def test_points_lie_where_the_problem_says(server_settings):
    def points(name, **options):
        options = {"n_samples": 400, "noise": 0.0, **options}
        prepared = prepare(DatasetSpec(source=name, options=options, split=WHOLE), 3, server_settings)
        return prepared.array("x_train").astype(float), prepared.array("y_train")

    x, y = points("circles")
    assert np.array_equal(np.hypot(*x.T) < 0.6, y == 1)
    x, y = points("xor")
    assert np.array_equal(x.prod(axis=1) > 0, y == 1)
    assert {(a, b) for a, b in np.sign(x)} == {(1, 1), (1, -1), (-1, 1), (-1, -1)}
    x, y = points("gaussians")
    np.testing.assert_allclose(x, np.where(y == 1, 0.5, -0.5)[:, None] * [1, 1])
    x, y = points("plane")
    np.testing.assert_allclose(y, x.mean(axis=1), atol=1e-6)
    x, y = points("checkerboard", cells=5)
    square = np.floor((x + 1) / 2 * 5).sum(axis=1)
    assert np.array_equal(square % 2, y)
    x, y = points("multi_gaussian", n_samples=4000)
    hill = np.linalg.norm(x - [-0.65, -0.4], axis=1) < 0.05
    assert hill.any()
    assert (y[hill] > 0.9).all()
    x, y = points("ripple", waves=2.0)
    np.testing.assert_allclose(y, np.cos(4 * np.pi * np.hypot(*x.T)) * np.exp(-np.hypot(*x.T)), atol=1e-5)
    for function, values in CURVES.items():
        x, y = points("curve", function=function)
        np.testing.assert_allclose(y, values(x[:, 0]), atol=1e-5)
    x, y = points("moons")
    side = np.where(y == 1, -1, 1)[:, None]
    np.testing.assert_allclose(np.hypot(*(x / 0.65 * side + [0.5, 0.25]).T), 1, atol=1e-5)


@pytest.mark.parametrize("source", ["spirals", "three_spirals"])
@pytest.mark.parametrize("turns", [0.5, 1.0, 2.0])
def test_spirals_turn_as_often_as_asked(turns, source, server_settings):
    options = {"n_samples": 2000, "noise": 0.0, "turns": turns}
    prepared = prepare(DatasetSpec(source=source, options=options, split=WHOLE), 3, server_settings)
    x, y = prepared.array("x_train"), prepared.array("y_train")
    arm = x[y == 0][np.argsort(np.hypot(*x[y == 0].T))]
    angle = np.unwrap(np.arctan2(arm[:, 1], arm[:, 0]))
    assert (angle[-1] - angle[0]) / (2 * np.pi) == pytest.approx(0.9 * turns, abs=0.02)


def test_columns_can_be_chosen_by_name_and_position(server_settings):
    spec = DatasetSpec(
        source="iris", features=("petal width (cm)", 0), steps=(StepSpec(kind="standardise"),), split=WHOLE
    )
    all_columns = prepare(DatasetSpec(source="iris", split=WHOLE), 1, server_settings).array("x_train")
    prepared = prepare(spec, 1, server_settings)
    assert prepared.facts.features == ("petal width (cm)", "sepal length (cm)")
    assert prepared.facts.input_shape == outline(spec).input_shape == (2,)
    (fitted,) = prepared.facts.fitted
    np.testing.assert_allclose(fitted["mean"], all_columns[:, [3, 0]].mean(axis=0), rtol=1e-6)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"source": "digit"}, "no dataset 'digit'. Did you mean digits"),
        ({"source": "moons", "options": {"n_sample": 5}}, "no option 'n_sample'. Did you mean n_samples"),
        ({"source": "iris", "options": {"noise": 0.1}}, "no option 'noise'. It takes none"),
        ({"source": "moons", "options": {"n_samples": 9}}, "n_samples is 9, expected a whole number between 10"),
        ({"source": "moons", "options": {"noise": "much"}}, "noise is 'much', expected a number"),
        ({"source": "digits", "target": 0}, "target of digits is fixed"),
        ({"source": "digits", "features": (0,)}, "digits holds images"),
        ({"source": "iris", "features": (4,)}, "no column 4: expected a position from 0 to 3"),
        ({"source": "iris", "features": ("petal widht (cm)",)}, r"Did you mean petal width \(cm\)"),
        ({"source": "iris", "features": (3, "petal width (cm)")}, "chosen twice"),
        ({"source": "iris", "steps": (StepSpec(kind="standardize"),)}, "Did you mean standardise"),
        ({"source": "iris", "steps": (StepSpec(kind="scale"),)}, "needs maximum"),
        ({"source": "iris", "steps": (StepSpec(kind="scale", args={"maximum": 0}),)}, "maximum is 0.0"),
        ({"source": "iris", "steps": (StepSpec(kind="add_channel"),)}, "expected images"),
        ({"source": "iris", "split": SplitSpec(kind="hold_out")}, "no split 'hold_out'. Did you mean holdout"),
        ({"source": "iris", "split": SplitSpec(kind="given")}, "Choose 'holdout'"),
        ({"source": "iris", "split": SplitSpec(args={"test": 0.6, "validation": 0.6})}, "Nothing is left to train on"),
    ],
)
def test_what_is_wrong_is_named(changes, words, server_settings):
    spec = DatasetSpec(**changes)
    with pytest.raises(DataError, match=words):
        outline(spec)
    with pytest.raises(DataError, match=words):
        prepare(spec, 1, server_settings)
    assert not server_settings.prepared_dir.exists()
