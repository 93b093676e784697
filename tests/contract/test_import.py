"""Real Keras saves a model; read back by the app it has the same layers, and with its weights the same answers."""

import json
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from playground import catalog, recipes
from playground.data import outline
from playground.runs.weights import path
from playground.settings import Settings
from playground.specs import Args, LayerSpec, ModelSpec, RunSpec
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import fitting, started
from playground.training.build import build
from playground.training.errors import TrainingError
from playground.training.foreign_weights import taken_over
from playground.training.imported import Imported, imported
from playground.training.keras_file import ForeignFileError, parts
from playground.training.weights import load, misfit

layers = keras.layers
SOURCES = ("digits", "moons", "diabetes")


def _templates() -> list[Any]:
    """One network of every set of kinds of layers that a template or a recipe has, but for pretrained networks."""
    specs = {}
    for source in SOURCES:
        dataset = first_dataset(source)
        facts = outline(dataset)
        specs |= {f"{source}-{each.name}": started(dataset, facts, each.name) for each in fitting(facts)}
    specs |= {name: recipes.recipe(name).spec for name in recipes.names()}
    made: dict[frozenset[str], Any] = {}
    for name, spec in specs.items():
        kinds = frozenset(layer.kind for layer in spec.model.layers)
        if not kinds & set(catalog.BACKBONES):
            made.setdefault(kinds, pytest.param(spec, id=name))
    return list(made.values())


@pytest.fixture
def limits(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def rows(shape: tuple[int, ...], dtype: str = "float32") -> np.ndarray:
    """Samples between 0 and 1, or whole numbers from 0 to 3 for layers that look rows up and may mask the first."""
    rng = np.random.default_rng(3)
    return rng.integers(0, 4, (4, *shape)) if dtype == "int32" else rng.random((4, *shape)).astype(np.float32)


def taken(model: keras.Model, tmp_path: Path, limits: Settings, shape: tuple[int, ...]) -> tuple[Imported, ModelSpec]:
    """What the app makes of ``model`` saved by Keras, for data of ``shape``: layers, and layers with weights."""
    file = tmp_path / "theirs.keras"
    model.save(file)
    held = parts(file.read_bytes(), limits)
    found = imported(held, shape, "float32", limits)
    assert found.misfit == ""
    assert held.weights is not None
    digest = taken_over(held.weights, found.model, found.places, shape, "float32", limits, is_kept=True)
    return found, ModelSpec(layers=found.model.layers, weights=digest)


def same_answers(theirs: keras.Model, spec: ModelSpec, limits: Settings, x: np.ndarray, shape: tuple[int, ...]) -> None:
    assert misfit(spec, shape, "float32", limits) == ""
    keras.utils.set_random_seed(9)
    ours = build(spec, shape)
    before = ours(x[: len(x)].reshape(-1, *shape))
    load(ours, str(spec.weights), limits)
    after = ours(x.reshape(-1, *shape))
    assert np.abs(np.asarray(after) - np.asarray(theirs(x))).max() == 0
    if ours.trainable_weights:
        assert np.abs(np.asarray(after) - np.asarray(before)).max() > 0, "weights decide the answer"


def normal(model: ModelSpec) -> dict[str, Any]:
    """The layers by name, with all that they read, and what the catalogue would fill in left out."""
    found, before = {}, "input"
    for layer in model.layers:
        found[layer.name] = (layer.kind, _args("layers", layer.kind, layer.args), layer.inputs or (before,))
        before = layer.name
    return found


def _args(table: str, kind: str, args: Args) -> dict[str, Any]:
    entry = catalog.entry(table, kind)
    assert entry is not None
    kept = {}
    for name, value in args.items():
        param = entry.param(name)
        assert param is not None
        if _spelled(param, value) != _spelled(param, param.default) or param.required:
            kept[name] = _spelled(param, value)
    return kept


def _spelled(param: catalog.Param, value: Any) -> Any:
    if param.kind == "object" and param.of is not None:
        value = "linear" if value is None and param.of == "activations" else value
        if isinstance(value, str):
            value = Args({"kind": value})
        if isinstance(value, Args):
            entry = catalog.entry(param.of, value["kind"])
            return (entry.id if entry else None, _args(param.of, value["kind"], value.get("args", Args())))
    if param.kind == "shape" and not param.listed and isinstance(value, tuple) and len(set(value)) == 1:
        return value[0]
    return value


@pytest.mark.parametrize("spec", _templates())
def test_a_template_or_recipe_comes_back_as_it_was(spec: RunSpec, tmp_path: Path, limits: Settings):
    facts = outline(spec.dataset)
    keras.utils.set_random_seed(1)
    theirs = build(spec.model, facts.input_shape, facts.input_dtype)
    found, kept = taken(theirs, tmp_path, limits, facts.input_shape)
    assert normal(found.model) == normal(spec.model)
    assert found.behind == ()
    same_answers(theirs, kept, limits, rows(facts.input_shape, facts.input_dtype), facts.input_shape)


def test_a_pretrained_network_does_not_come_back_and_it_is_said(limits: Settings):
    spec = recipes.recipe("transfer-learning").spec
    facts = outline(spec.dataset)
    held = parts(build(spec.model, facts.input_shape, facts.input_dtype).to_json().encode(), limits)
    with pytest.raises(ForeignFileError, match='the operation "TrueDivide"'):
        imported(held, facts.input_shape, facts.input_dtype, limits)


def test_masks_that_somebody_worked_out_are_refused(limits: Settings):
    source = keras.Input((6,))
    held = layers.LSTM(2)(layers.Embedding(9, 3)(source), mask=keras.ops.not_equal(source, 3))
    with pytest.raises(ForeignFileError, match='the operation "NotEqual"'):
        imported(parts(keras.Model(source, held).to_json().encode(), limits), (6,), "float32", limits)


def _chain() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(4, (3, 5), padding="same", kernel_regularizer=keras.regularizers.L2(0.02)),
            layers.BatchNormalization(momentum=0.8),
            layers.ReLU(max_value=6),
            layers.AveragePooling2D((2, 1)),
            layers.Flatten(),
            layers.Dense(3, activation=keras.activations.softmax, kernel_initializer="he_normal"),
        ]
    )


def _skip() -> keras.Model:
    source = keras.Input((8, 8, 1), name="pictures")
    x = layers.Resizing(6, 6, name="smaller")(source)  # which Keras calls with training=True
    x = layers.Conv2D(4, 3, padding="same", activation="relu", name="a.b-c")(x)
    y = layers.Conv2D(4, 3, padding="same", name="second")(x)
    x = layers.Add()([x, y])
    x = layers.Concatenate()([x, layers.Conv2D(2, 3)(source)])
    return keras.Model(source, layers.Dense(2)(layers.GlobalAveragePooling2D()(x)))


def _both_ways() -> keras.Model:
    lstm = layers.LSTM(5, return_sequences=True, dropout=0.1)
    return keras.Sequential([keras.Input((8, 8)), layers.Bidirectional(lstm), layers.GRU(3), layers.Dense(1)])


def _nested() -> keras.Model:
    inner = keras.Sequential([keras.Input((8, 8)), layers.Dense(6, activation="tanh"), layers.LayerNormalization()])
    branch = keras.Input((8, 6))
    graph = keras.Model(branch, layers.Add()([branch, layers.Dense(6)(branch)]))
    deepest = keras.Sequential([graph, layers.Dense(4)], name="deepest")
    source = keras.Input((8, 8))
    x = layers.Dense(8, name="first")(source)
    x = deepest(inner(x))
    return keras.Model(source, layers.Dense(2)(layers.Flatten()(x)))


def _attention() -> keras.Model:
    source = keras.Input((8, 8))
    x = layers.MultiHeadAttention(2, 3)(source, source)
    x = layers.LayerNormalization()(layers.Add()([source, x]))
    y = layers.MultiHeadAttention(1, 2)(x, value=source, use_causal_mask=True)
    z = layers.Attention()([x, y], use_causal_mask=True)
    return keras.Model(source, layers.Dense(2)(layers.GlobalAveragePooling1D()(z)))


BY_HAND = {"chain": _chain, "skip": _skip, "both ways": _both_ways, "nested": _nested, "attention": _attention}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_model_written_by_hand_answers_the_same(name: str, tmp_path: Path, limits: Settings):
    keras.utils.set_random_seed(2)
    theirs = BY_HAND[name]()
    shape = tuple(theirs.input_shape[1:])
    found, kept = taken(theirs, tmp_path, limits, shape)
    assert [words for words in found.behind if "The name" not in words] == []
    same_answers(theirs, kept, limits, rows(shape), shape)


def test_json_brings_the_same_layers_and_no_weights(tmp_path: Path, limits: Settings):
    theirs = _skip()
    held = parts(theirs.to_json().encode(), limits)
    assert held.weights is None
    from_json = imported(held, (8, 8, 1), "float32", limits)
    from_file, _kept = taken(theirs, tmp_path, limits, (8, 8, 1))
    assert from_json.model == from_file.model
    assert any(words.startswith("Weights") for words in from_json.behind)


def test_names_that_cannot_be_are_changed_and_said(tmp_path: Path, limits: Settings):
    found, _kept = taken(_skip(), tmp_path, limits, (8, 8, 1))
    assert "a_b_c" in [layer.name for layer in found.model.layers]
    assert [words for words in found.behind if "'a.b-c'" in words]


def test_what_stays_behind_is_listed(tmp_path: Path, limits: Settings):
    model = keras.Sequential([keras.Input((8,), batch_size=4), layers.Dense(2, trainable=False, dtype="mixed_float16")])
    model.compile("sgd", "mse")
    file = tmp_path / "theirs.keras"
    model.save(file)
    behind = "\n".join(imported(parts(file.read_bytes(), limits), (8,), "float32", limits).behind)
    for words in ("optimizer's state", "fixed batch size", "trainable: false becomes true", 'dtype: "mixed_float16"'):
        assert words in behind


@pytest.mark.parametrize(("own", "at_hand", "kind"), [((64,), (8, 8), "Flatten"), ((8, 8, 1), (8, 8), "Reshape")])
def test_samples_of_as_many_numbers_are_brought_into_shape(own, at_hand, kind, tmp_path: Path, limits: Settings):
    theirs = keras.Sequential([keras.Input(own), layers.Flatten(), layers.Dense(3)])
    found, kept = taken(theirs, tmp_path, limits, at_hand)
    assert found.model.layers[0].kind == kind
    same_answers(theirs, kept, limits, rows(own), at_hand)


def test_other_samples_are_told_and_the_layers_still_come(tmp_path: Path, limits: Settings):
    theirs = keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(2, 9), layers.Flatten(), layers.Dense(3)])
    found = imported(parts(theirs.to_json().encode(), limits), (8, 8, 1), "float32", limits)
    assert found.input_shape == (28, 28, 1)
    assert "conv2d" in found.misfit
    assert [layer.kind for layer in found.model.layers] == ["Conv2D", "Flatten", "Dense"]


def _two_inputs() -> keras.Model:
    one, two = keras.Input((8,)), keras.Input((8,))
    return keras.Model([one, two], layers.Add()([one, two]))


def _two_outputs() -> keras.Model:
    source = keras.Input((8,))
    return keras.Model(source, [layers.Dense(1)(source), layers.Dense(2)(source)])


def _shared() -> keras.Model:
    source, dense = keras.Input((8,)), layers.Dense(8)
    return keras.Model(source, dense(dense(source)))


@pytest.mark.parametrize(
    ("make", "words"), [(_two_inputs, "2 inputs"), (_two_outputs, "2 outputs"), (_shared, "is shared")]
)
def test_models_of_another_form_are_refused_in_words(make, words, limits: Settings):
    with pytest.raises(ForeignFileError, match=words):
        imported(parts(make().to_json().encode(), limits), (8,), "float32", limits)


def _kept(tmp_path: Path, limits: Settings) -> ModelSpec:
    theirs = keras.Sequential([keras.Input((8,)), layers.Dense(8, name="one"), layers.Dense(8, name="two")])
    return taken(theirs, tmp_path, limits, (8,))[1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda one, two: (two, one), "at the place of the layer two they have those of one"),
        (lambda one, two: (one.model_copy(update={"args": Args(units=9)}), two), "the layer one has other shapes"),
        (lambda one, two: (one, LayerSpec(kind="Dropout", name="new", args=Args(rate=0.5)), two), "none for the layer"),
    ],
)
def test_weights_that_no_longer_fit_are_told(change, words, tmp_path: Path, limits: Settings):
    kept = _kept(tmp_path, limits)
    changed = kept.model_copy(update={"layers": change(*kept.layers)})
    assert words in misfit(changed, (8,), "float32", limits)
    with pytest.raises(TrainingError, match="Start from fresh weights"):
        load(build(changed, (8,)), str(changed.weights), limits)


def test_a_file_that_was_changed_or_is_gone_is_told(tmp_path: Path, limits: Settings):
    kept = _kept(tmp_path, limits)
    file = path(str(kept.weights), limits)
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(TrainingError, match="has been changed"):
        load(build(kept, (8,)), str(kept.weights), limits)
    file.unlink()
    assert "not on this server" in misfit(kept, (8,), "float32", limits)
    with pytest.raises(TrainingError, match="not on this server"):
        load(build(kept, (8,)), str(kept.weights), limits)


def test_weights_are_part_of_what_a_run_means():
    spec = recipes.recipe("digits-mlp").spec
    started_from = spec.model_copy(update={"model": spec.model.model_copy(update={"weights": "0" * 64})})
    assert started_from.digest != spec.digest
    assert RunSpec.from_json(started_from.to_json()) == started_from
    assert "weights" not in json.loads(spec.to_json())["model"]
