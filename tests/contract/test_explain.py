"""What networks have learned, held against the same computed in another way."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from sklearn import inspection
from sklearn.base import BaseEstimator

from playground import data, recipes
from playground.data import Prepared
from playground.engine.errors import RefusedError
from playground.engine.explain_asked import explanation_of
from playground.engine.explain_jobs import EXPLAIN_JOBS
from playground.engine.explain_questions import EXPLAIN_QUESTIONS
from playground.insight.explain import Explained, baseline, explain
from playground.insight.explain_answer import before_bending
from playground.insight.explain_cam import cam, seeing_layers
from playground.insight.explain_columns import TableRows, dependence
from playground.insight.explain_gradients import integrated_gradients
from playground.insight.explain_layer import activations, filters, layers_of
from playground.insight.explain_map import layer_map
from playground.insight.explain_unit import exciting
from playground.runs import open_store
from playground.runs.explanations import MOST, keep, kept
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.facts import Facts
from playground.training.build import build

DIGITS = recipes.recipe("digits-cnn").spec
IRIS = recipes.recipe("iris-mlp").spec


def quiet(share: float, words: str) -> None:
    """Progress that nobody looks at."""


def built(spec: RunSpec) -> tuple[keras.Model, Prepared]:
    """The network of ``spec`` with its first weights, and its data."""
    prepared = data.prepare(spec.dataset, spec.seed, settings())
    keras.utils.set_random_seed(3)
    return build(spec.model, prepared.facts.input_shape, prepared.facts.input_dtype), prepared


def tips() -> RunSpec:
    """A regression on a table of numbers and names, the target standardised."""
    steps = ("one_hot", "standardise", "standardise_target")
    value = {
        "dataset": {"source": "tips", "steps": [{"kind": each, "args": {}} for each in steps]},
        "model": {
            "layers": [
                {"kind": "Dense", "name": "hidden", "args": {"units": 6, "activation": "tanh"}},
                {"kind": "Dense", "name": "output", "args": {"units": 1}},
            ]
        },
        "training": {"optimizer": {"kind": "Adam"}, "loss": {"kind": "MeanSquaredError"}},
    }
    return RunSpec.from_dict({"version": IRIS.version, **value})


def explained(spec: RunSpec, part: str = "validation") -> Explained:
    """All that a way of looking at it needs."""
    model, prepared = built(spec)
    return Explained(model, spec, prepared, part, settings())


@pytest.mark.parametrize("kind", ["average", "lowest"])
@pytest.mark.parametrize("spec", [DIGITS, IRIS], ids=["images", "columns"])
def test_effects_add_up_to_the_change_of_the_answer(home, spec, kind):
    model, prepared = built(spec)
    x, start = np.asarray(prepared.array("x_train")[5]), baseline(prepared, kind)
    for label in (None, 2):
        values, arrays = integrated_gradients(model, prepared.facts, x, start, label, quiet)
        here, there = (model(each[None].astype(np.float32))[0].numpy() for each in (x, start))
        unit = int(here.argmax()) if label is None else label
        assert values["label"] == unit
        assert values["value"] == pytest.approx(here[unit], rel=1e-5)
        assert arrays["effects"].shape == x.shape
        change = float(here[unit] - there[unit])
        assert arrays["effects"].sum() == pytest.approx(change, rel=0.011, abs=1e-6)


def test_the_effects_of_a_linear_network_are_its_weights_times_the_input():
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    x, start = np.array([1.0, -2.0, 3.0, 0.5], np.float32), np.array([0.5, 0.5, 0.0, 0.5], np.float32)
    facts = Facts(task="regression", input_shape=(4,))
    _values, arrays = integrated_gradients(model, facts, x, start, None, quiet)
    np.testing.assert_allclose(arrays["effects"], (x - start) * model.layers[0].get_weights()[0][:, 0], rtol=1e-5)


def test_a_single_unit_for_two_classes_is_explained_from_both_sides():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, activation="sigmoid")])
    facts = Facts(task="binary", input_shape=(3,), classes=("no", "yes"))
    x, start = np.array([1.0, 2.0, -1.0], np.float32), np.zeros(3)
    no, yes = (integrated_gradients(model, facts, x, start, label, quiet)[1]["effects"] for label in (0, 1))
    np.testing.assert_allclose(no, -yes, rtol=1e-6)
    answered = integrated_gradients(model, facts, x, start, None, quiet)[0]["label"]
    assert answered == int(model(x[None])[0, 0] > 0.5)


def test_words_are_explained_through_the_embedding_and_gaps_say_nothing():
    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input((6,), dtype="int32"),
            keras.layers.Embedding(9, 4, mask_zero=True),
            keras.layers.LSTM(5),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    functional = keras.Model(model.inputs[0], model.outputs[0])
    facts = Facts(task="multiclass", input_shape=(6,), classes=("a", "b", "c"), vocabulary=9)
    x = np.array([3, 5, 8, 1, 0, 0], np.int32)
    values, arrays = integrated_gradients(functional, facts, x, np.zeros(6), None, quiet)
    assert values["value"] == pytest.approx(float(np.max(model(x[None])[0])), rel=1e-5)
    embedding = model.layers[0]
    kept = embedding.get_weights()
    embedding.set_weights([np.zeros_like(kept[0])])
    nothing = float(model(x[None])[0, values["label"]])
    embedding.set_weights(kept)
    assert values["baseline_value"] == pytest.approx(nothing, rel=1e-5)
    change = values["value"] - nothing
    assert arrays["effects"].sum() == pytest.approx(change, abs=0.011 * abs(change))
    assert (arrays["effects"][4:] == 0).all()
    assert (arrays["effects"][:4] != 0).all()


def test_grad_cam_is_that_of_a_tape_by_hand(home):
    model, prepared = built(DIGITS)
    x = np.asarray(prepared.array("x_validation")[:1])
    layers = seeing_layers(model)
    for name in (layers[0], layers[-1]):
        values, arrays = cam(model, prepared.facts, x[0], name, 4)
        value, seen = tf.constant(x), None
        with tf.GradientTape() as tape:
            for layer in model.layers[1:-1]:
                value = layer(value, training=False)
                if layer.name == name:
                    tape.watch(value)
                    seen = value
            kernel, bias = model.layers[-1].weights
            score = (tf.matmul(value, kernel.value) + bias.value)[0, 4]
        slopes = tape.gradient(score, seen)[0].numpy()
        wanted = np.maximum((seen[0].numpy() * slopes.mean(axis=(0, 1))).sum(axis=-1), 0)
        np.testing.assert_allclose(arrays["map"], wanted, rtol=1e-3, atol=1e-6)
        assert (values["layer"], values["layers"], values["label"]) == (name, layers, 4)


def test_a_layer_gives_what_it_gives_in_the_network(home):
    model, prepared = built(DIGITS)
    x = np.asarray(prepared.array("x_validation")[7])
    listed = layers_of(model)
    assert [each["name"] for each in listed] == [layer.name for layer in DIGITS.model.layers]
    value = tf.constant(x[None])
    for layer, each in zip(model.layers[1:], listed, strict=True):
        value = layer(value, training=False)
        values, arrays = activations(model, x, each["name"])
        assert each["shape"] == values["shape"] == list(value.shape[1:])
        wanted = value[0].numpy()
        np.testing.assert_allclose(arrays["output"], wanted[..., : arrays["output"].shape[-1]], atol=1e-5)
        assert values["zero"] == pytest.approx(np.mean(wanted == 0))
    with pytest.raises(data.DataError, match="no layer 'elsewhere'"):
        activations(model, x, "elsewhere")


def test_filters_are_the_kernel_and_the_weights_of_a_flattened_image_a_picture(home):
    model, _prepared = built(DIGITS)
    first = next(layer for layer in model.layers if hasattr(layer, "kernel"))
    values, arrays = filters(model, first.name)
    np.testing.assert_array_equal(arrays["kernel"], first.kernel.numpy()[:, :, 0, :32])
    flat, prepared = built(recipes.recipe("digits-mlp").spec)
    dense = next(layer for layer in flat.layers if hasattr(layer, "kernel"))
    values, arrays = filters(flat, dense.name, first=40)
    assert values["image"] == list(prepared.facts.input_shape)
    assert values["first"] == 32
    np.testing.assert_array_equal(arrays["kernel"], dense.kernel.numpy()[:, 32:64])
    assert filters(flat, flat.layers[-1].name)[0]["image"] is None
    assert not filters(flat, "flatten")[1]


def test_before_an_activation_function_stands_what_it_is_given(home):
    model, prepared = built(DIGITS)
    x = np.asarray(prepared.array("x_validation")[:4])
    scores = keras.Model(model.inputs[0], before_bending(model.layers[-1]))(x)
    np.testing.assert_allclose(tf.nn.softmax(scores), model(x), atol=1e-5)


class Network(BaseEstimator):
    """A network as scikit-learn's inspection wants an estimator."""

    def __init__(self, model):
        self.model = model

    def fit(self, x, y):
        return self

    def predict(self, x):
        return np.asarray(self.model(np.asarray(x, np.float32))).argmax(axis=1)


def test_the_importance_of_columns_is_that_of_scikit_learn(home):
    of = explained(IRIS, "train")
    found = explain(of, "importance", {}, quiet)
    x, y = np.asarray(of.prepared.array("x_train")), np.asarray(of.prepared.array("y_train"))
    wanted = inspection.permutation_importance(
        Network(of.model), x, y, scoring="accuracy", n_repeats=found.values["repeats"], random_state=0
    )
    np.testing.assert_allclose(found.arrays["worse"], wanted.importances, atol=1e-9)
    assert found.values["columns"] == list(of.prepared.facts.features)
    assert found.values["score"] == pytest.approx(np.mean(Network(of.model).predict(x) == y))


def test_rows_are_prepared_as_the_run_has_them_and_names_move_as_one(home):
    of = explained(tips())
    rows = TableRows(of.model, of.spec, of.prepared, "validation", 1_000, settings(), quiet)
    fitted = of.prepared.facts.fitted[-1]
    given = np.asarray(of.model(np.asarray(of.prepared.array("x_validation"))))
    np.testing.assert_allclose(rows.answers(rows.x), given * fitted["std"] + fitted["mean"], rtol=1e-4, atol=1e-5)
    found = explain(of, "importance", {}, quiet)
    names = found.values["columns"]
    assert "day" in names
    assert len(names) < len(of.prepared.facts.features)
    assert found.values["measure"] == "mean_absolute_error"
    assert found.arrays["worse"].shape == (len(names), found.values["repeats"])


@pytest.mark.parametrize("name", ["total_bill", "day"])
def test_partial_dependence_is_that_of_a_plain_loop(home, name):
    of = explained(tips())
    rows = TableRows(of.model, of.spec, of.prepared, "validation", 1_000, settings(), quiet)
    at = [each.column.name for each in rows.columns].index(name)
    values, arrays = dependence(rows, at, quiet)
    features, fitted = of.prepared.facts.features, of.prepared.facts.fitted
    x = np.array(of.prepared.array("x_validation"))
    for number, value in enumerate(arrays["grid"]):
        if name == "day":
            x[:, [each.startswith("day") for each in features]] = 0
            x[:, features.index(f"day = {values['names'][number]}")] = 1
        else:
            x[:, features.index(name)] = (value - fitted[1]["shift"][0]) / fitted[1]["scale"][0]
        answers = np.asarray(of.model(x))[:, 0] * fitted[2]["std"] + fitted[2]["mean"]
        assert arrays["mean"][number, 0] == pytest.approx(answers.mean(), rel=1e-4)
        np.testing.assert_allclose(arrays["answers"][number, :, 0], answers[:40], rtol=1e-3, atol=1e-4)
    assert len(arrays["grid"]) == (4 if name == "day" else 21)


def test_the_map_of_a_layer_is_the_plane_of_what_it_gives(home):
    from sklearn.decomposition import PCA

    of = explained(DIGITS)
    found = explain(of, "map", {"layer": "flatten", "method": "pca"}, quiet)
    tap = keras.Model(of.model.inputs[0], of.model.get_layer("flatten").output)
    made = tap.predict(np.asarray(of.prepared.array("x_validation")), verbose=0).astype(np.float64)
    wanted = PCA(2, random_state=0).fit_transform(made)
    for axis in (0, 1):
        assert abs(np.corrcoef(found.arrays["points"][:, axis], wanted[:, axis])[0, 1]) > 0.999
    np.testing.assert_array_equal(found.arrays["labels"], of.prepared.array("y_validation"))
    answered = of.model.predict(np.asarray(of.prepared.array("x_validation")), verbose=0).argmax(axis=1)
    np.testing.assert_array_equal(found.arrays["answered"], answered)


def test_neighbours_in_a_layer_stay_neighbours(home):
    _model, prepared = built(IRIS)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2, name="same")])
    model = keras.Model(model.inputs[0], model.outputs[0])
    told = []
    values, arrays = layer_map(model, prepared, "train", "same", "tsne", lambda share, words: told.append(share))
    assert arrays["points"].shape == (len(prepared.array("x_train")), 2)
    assert np.isfinite(values["divergence"])
    assert told == sorted(told)


def test_an_ascent_ends_where_a_unit_gives_more_than_for_any_row(home):
    model, prepared = built(DIGITS)
    name = next(layer.name for layer in model.layers if hasattr(layer, "kernel"))
    values, arrays = exciting(model, prepared, "validation", name, 3, quiet)
    x = np.asarray(prepared.array("x_validation"))
    layer = model.get_layer(name)
    given = np.asarray(keras.ops.conv(x, layer.kernel, 1, layer.padding) + layer.bias).mean(axis=(1, 2))[:, 3]
    order = np.argsort(-given, kind="stable")[: len(arrays["best"])]
    np.testing.assert_allclose(arrays["best_values"], given[order], atol=1e-5)
    assert values["value"] > values["first"]
    assert values["value"] > given.max()
    assert x.min() <= arrays["made"].min() <= arrays["made"].max() <= np.asarray(prepared.array("x_train")).max()
    assert values["units"] == layer.filters
    with pytest.raises(data.DataError, match="units from 1 to"):
        exciting(model, prepared, "validation", name, 999, quiet)


@pytest.mark.parametrize(
    ("what", "args", "said"),
    [
        ("cam", {"at": 10**6, "label": None, "layer": None}, "rows from 1 to"),
        ("cam", {"at": 0, "label": 77, "layer": None}, "a class from 0 to 9"),
        ("gradients", {"at": 0, "label": None, "baseline": "other"}, "average or lowest"),
        ("importance", {}, "no columns of a table"),
        ("map", {"layer": "flatten", "method": "umap"}, "pca or tsne"),
        ("elsewhere", {}, "Expected one of"),
    ],
)
def test_what_cannot_be_looked_at_is_said_in_words(home, what, args, said):
    with pytest.raises(data.DataError, match=said):
        explain(explained(DIGITS), what, args, quiet)


def test_an_answer_of_many_numbers_is_not_explained(home):
    of = explained(recipes.recipe("autoencoder-digits").spec)
    with pytest.raises(data.DataError, match="many numbers at once"):
        explain(of, "gradients", {"at": 0, "label": None, "baseline": "lowest"}, quiet)
    assert explain(of, "map", {"layer": of.spec.model.layers[1].name, "method": "pca"}, quiet).arrays["points"].any()


def test_a_job_keeps_what_it_found_and_a_workbench_looks_into_layers(home):
    store = open_store(settings())
    run_id = store.runs.create(DIGITS, "local")
    folder = settings().run_dir(run_id)
    folder.mkdir(parents=True)
    model, prepared = built(DIGITS)
    model.save_weights(folder / "best.weights.h5")
    asking = explanation_of(run_id, "best", 40, "validation", "cam", at=3, label=None, layer=None)
    job = store.jobs.job(store.jobs.create(asking.kind, asking.key, asking.args, "local"))
    assert kept(folder, asking.key) is None
    EXPLAIN_JOBS["explain"](job, settings(), quiet)
    found = kept(folder, asking.key)
    x = np.asarray(prepared.array("x_validation")[3])
    np.testing.assert_allclose(found.arrays["map"], cam(model, prepared.facts, x)[1]["map"], atol=1e-6)
    for number in range(MOST + 3):
        keep(folder, f"{number:024d}", found)
    assert len(list(folder.glob("explained/*.frame"))) == MOST
    assert kept(folder, asking.key) is None, "the oldest goes first"

    of = {"spec": DIGITS.model_dump(mode="json"), "run": run_id, "which": "best"}
    about, _ = EXPLAIN_QUESTIONS["explain_layers"](of, {}, settings())
    assert [each["name"] for each in about["layers"]] == [layer.name for layer in DIGITS.model.layers]
    assert not about["reads_words"]
    name = about["see"][0]
    row = {"part": "validation", "at": 3, "layer": name, "first": 0}
    _, arrays = EXPLAIN_QUESTIONS["explain_layer"](of | row, {}, settings())
    np.testing.assert_allclose(arrays["output"], activations(model, x, name)[1]["output"], atol=1e-6)
    with pytest.raises(RefusedError, match="a row of validation or train"):
        EXPLAIN_QUESTIONS["explain_layer"](of | row | {"part": "test"}, {}, settings())
    with pytest.raises(RefusedError, match="rows from 1 to"):
        EXPLAIN_QUESTIONS["explain_layer"](of | row | {"at": -1}, {}, settings())
