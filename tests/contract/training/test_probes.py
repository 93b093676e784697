"""What the probes of the live view say, against plain Keras and numpy; and that looking changes nothing."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from playground import data
from playground.data.steps import STEPS
from playground.settings import Settings
from playground.training import probing
from playground.training.build import build, compile_model
from playground.training.held import Held
from playground.training.probes import probes
from playground.training.probes.histograms import QUANTILES
from playground.training.probes.parts import KINDS
from playground.training.probes.units import ends
from tests.contract.training.specs import (
    CHANNEL,
    DIGITS_CNN,
    MLP,
    MULTICLASS,
    SCALED,
    SGD,
    SQUARED,
    TWO_ARMS,
    chosen,
    layer,
    spec,
)
from tests.contract.training.waiting import ENDLESS, trained_in, until

WHERE = {"epoch": 0, "step": 4, "seconds": 1.0, "used": 0.0, "share": 0.03}
NAMES = [kind.name for kind in KINDS]
CNN = {"source": "digits", "steps": (SCALED, CHANNEL), "loss": MULTICLASS}
EMBEDDED = [
    layer("Embedding", "words", input_dim=10, output_dim=4),
    layer("GlobalAveragePooling1D", "mean"),
    layer("Dense", "output", units=1, activation="sigmoid"),
]


class Looking:
    """A model of a spec with its probes, beside no run."""

    def __init__(self, case, tmp_path, is_frozen):
        self.spec = case
        settings = Settings.model_validate({"home": tmp_path})
        self.prepared = data.prepare(case.dataset, case.seed, settings, None)
        self.facts = self.prepared.facts
        keras.utils.set_random_seed(case.seed)
        self.model = build(case.model, self.facts.input_shape, self.facts.input_dtype)
        self.model.layers[1].trainable = not is_frozen
        compile_model(self.model, case.training)
        self.held = Held(self.prepared, case.training, None)
        self.seen = {}
        made = probes(
            self.model,
            case,
            self.facts,
            self.held,
            lambda data, columns: self.seen.update({data["part"]: (data, columns)}),
        )
        self.probes = {probe.name: probe for probe in made}

    def look(self, name):
        """Data and columns of one look."""
        self.probes[name].ready()
        self.probes[name].look(WHERE)
        return self.seen[name]

    def batch(self):
        """The rows that the gradient is taken on."""
        train = self.held.part("train")
        count = min(self.spec.training.batch_size, len(train))
        return train.rows(np.arange(count) * len(train) // count)

    def state(self):
        """Every value that training may change."""
        found = [*self.model.variables, *self.model.optimizer.variables, *self.model.metrics_variables]
        return [np.array(each.value) for each in found]


@pytest.fixture
def looking(tmp_path):
    return lambda case, is_frozen=False: Looking(case, tmp_path, is_frozen)


@pytest.mark.parametrize(
    "case",
    [
        spec(optimizer=SGD),
        spec(DIGITS_CNN, optimizer=chosen("Adam", learning_rate=0.01, clipnorm=0.1, use_ema=True), **CNN),
        spec(optimizer=chosen("Adam", learning_rate=0.01, gradient_accumulation_steps=3)),
    ],
    ids=["sgd", "dropout, norm, l2, clipping", "accumulation"],
)
def test_gradient_and_update_are_those_of_a_training_step(looking, case):
    made = looking(case)
    before = made.state()
    _, columns = made.look("gradients")
    for was, now in zip(before, made.state(), strict=True):
        np.testing.assert_array_equal(was, now)  # the step is taken back, seeds of the dropout included
    x, y = made.batch()
    model = made.model
    with tf.GradientTape() as tape:
        loss = model.compute_loss(x=x, y=y, y_pred=model(x, training=True), training=True)
    gradients = tape.gradient(loss, model.trainable_variables)
    weights = [np.array(each.value) for each in model.trainable_variables]
    for _ in range(3 if model.optimizer.gradient_accumulation_steps else 1):
        model.optimizer.apply(gradients, model.trainable_variables)
    moved = [np.array(each.value) - was for each, was in zip(model.trainable_variables, weights, strict=True)]
    of = [
        next(at for at in model.layers if any(v is own for own in at.variables)).name for v in model.trainable_variables
    ]
    for at, name in enumerate(dict.fromkeys(of)):
        for column, values in (("gradient", gradients), ("weights", weights), ("update", moved)):
            own = np.concatenate([np.array(v).ravel() for v, owner in zip(values, of, strict=True) if owner == name])
            assert columns[f"layer/{column}"][at] == pytest.approx(np.linalg.norm(own), rel=2e-4), (name, column)


def test_histograms_count_weights_biases_and_activations(looking):
    made = looking(spec(DIGITS_CNN, **CNN))
    found, columns = made.look("histograms")
    x = made.held.part("validation").x[:][found_rows(made)]
    within = keras.Model(made.model.input, [each.output for each in made.model.layers[1:]])
    activations = dict(zip([each.name for each in made.model.layers[1:]], within(x, training=False), strict=True))
    expected = {}
    for each in made.model.layers:
        for variable in each.trainable_variables:
            kind = "biases" if variable.name in ("bias", "beta") else "weights"
            expected[(each.name, kind)] = variable.numpy().ravel()
    expected |= {(name, "activations"): np.array(value).ravel() for name, value in activations.items()}
    counts = columns["bin/count"].reshape(len(found["of"]), 32)
    for at, key in enumerate(map(tuple, found["of"])):
        values = expected[key]
        stride = -(-values.size // 16_384)
        values = values[::stride].astype(np.float64)
        np.testing.assert_array_equal(counts[at], np.histogram(values, 32)[0])
        np.testing.assert_allclose(columns["end/value"].reshape(-1, 2)[at], [values.min(), values.max()])
        quantiles = columns["quantile/value"].reshape(-1, len(QUANTILES))[at]
        np.testing.assert_allclose(quantiles, np.quantile(values, QUANTILES), atol=1e-6)
    assert ("conv", "weights") in map(tuple, found["of"])
    assert ("flatten", "activations") not in map(tuple, found["of"]), "it only moves values"


def found_rows(made):
    """The rows of the validation part that are looked at."""
    return made.probes["histograms"]._looked.at


def test_dead_and_saturated_units_are_counted(looking):
    layers = [layer("Dense", "hidden", units=4, activation="relu"), layer("Dense", "tight", units=3, activation="tanh")]
    made = looking(spec([*layers, layer("Dense", "output", units=1, activation="sigmoid")]))
    hidden, tight = made.model.get_layer("hidden"), made.model.get_layer("tight")
    kernel, bias = (value.copy() for value in hidden.get_weights())
    bias[:2] = -100  # two that never give anything
    hidden.set_weights([kernel, bias])
    bias = np.array([50, -50, 0], np.float32)
    tight.set_weights([tight.get_weights()[0], bias])
    found, columns = made.look("units")
    assert found["layers"] == ["hidden", "tight", "output"]
    np.testing.assert_array_equal(columns["layer/units"], [4, 3, 1])
    assert columns["layer/dead"][0] >= 2
    values = np.array(keras.Model(made.model.input, hidden.output)(made.held.part("validation").x[:]))
    assert columns["layer/dead"][0] == (values == 0).all(axis=0).sum()
    assert columns["layer/saturated"][1] >= 2
    assert np.isnan(columns["layer/saturated"][0]), "a rectifier has one end only"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("tanh", (-1, 1)), ("sigmoid", (0, 1)), ("relu6", (0, 6)), ("relu", None), ("softmax", None), ("linear", None)],
)
def test_ends_of_activations(name, expected):
    assert ends(keras.activations.get(name)) == (None if expected is None else pytest.approx(expected, abs=1e-3))


@pytest.mark.parametrize("is_logits", [False, True])
def test_samples_and_confusion_are_the_answers_of_predict(looking, is_logits):
    activation = "linear" if is_logits else "softmax"
    layers = [layer("Flatten", "flatten"), layer("Dense", "output", units=10, activation=activation)]
    loss = chosen("SparseCategoricalCrossentropy", from_logits=is_logits)
    made = looking(spec(layers, "digits", steps=(SCALED,), loss=loss))
    found, columns = made.look("samples")
    assert found["of"] == "validation"
    x, y = (made.prepared.array(f"{each}_validation") for each in "xy")
    answers = made.model.predict(x[columns["row/at"]], verbose=0)
    if is_logits:
        answers = np.exp(answers) / np.exp(answers).sum(-1, keepdims=True)
    np.testing.assert_allclose(columns["answer/value"].reshape(found["shape"]), answers, atol=1e-5)
    found, columns = made.look("confusion")
    at = np.arange(256) * len(x) // 256
    expected = np.zeros((10, 10), int)
    for true, answered in zip(y[at], made.model.predict(x[at], verbose=0).argmax(-1), strict=True):
        expected[true, answered] += 1
    np.testing.assert_array_equal(columns["cell/count"].reshape(10, 10), expected)


def test_the_surface_is_what_predict_says_all_over_the_plane(looking):
    features = chosen("plane_features", x=True, y=True, product=True)
    made = looking(spec(MLP, steps=(features,)))
    found, columns = made.look("surface")
    side = found["side"]
    axes = [np.linspace(found["low"][axis], found["high"][axis], side, dtype=np.float64) for axis in (0, 1)]
    for row, column in ((0, 0), (5, 30), (47, 47)):
        x, y = axes[0][column], axes[1][row]
        inputs = STEPS["plane_features"].apply(np.array([[x, y]], np.float32), made.facts.fitted[-1])
        answer = made.model.predict(inputs, verbose=0)[0, 0]
        assert columns["cell/value"][row * side + column] == pytest.approx(answer, abs=1e-5)
        assert columns["cell/label"][row * side + column] == (answer > 0.5)
    assert (made.prepared.array("x_train")[:, 0] >= found["low"][0]).all()


@pytest.mark.parametrize(
    ("case", "missing"),
    [
        (spec(TWO_ARMS, "plane", loss=SQUARED, metrics=()), {"confusion"}),
        (spec(EMBEDDED, "moons"), set()),
        (spec(MLP), set()),
    ],
    ids=["two arms", "integers", "frozen"],
)
def test_every_kind_of_model_can_be_looked_at(looking, case, missing):
    made = looking(case, is_frozen=case.model.layers[0].name == "hidden")
    assert set(made.probes) == set(NAMES) - missing
    for name in made.probes:
        made.look(name)


def test_looking_changes_no_number(trained, in_blocks, monkeypatch):
    monkeypatch.setattr(probing, "LAPSE_S", 1e9)
    case = spec(DIGITS_CNN, epochs=6, **CNN)
    plain = trained(case).train()
    watched = trained(case)
    watched.store.runs.ask(watched.id, "watch", {"parts": [*NAMES, "no such part", 7]})
    watched.train()
    assert watched.run.state == "finished", watched.run.error
    np.testing.assert_array_equal(watched.column("batch/loss"), plain.column("batch/loss"))
    np.testing.assert_array_equal(watched.column("epoch/val_loss"), plain.column("epoch/val_loss"))
    parts = {event.data["part"] for event in watched.events if event.kind == "probe"}
    assert "gradients" in parts <= {"gradients", "histograms", "units", "samples", "confusion"}
    assert not any(event.kind == "probe" for event in plain.events), "nobody looked"
    assert not [event for event in watched.events if event.data.get("request")], "nothing answers it"


def test_a_probe_that_fails_is_dropped_and_the_run_goes_on(trained, in_blocks, monkeypatch):
    monkeypatch.setattr(probing, "LAPSE_S", 1e9)
    run = trained(spec(epochs=ENDLESS))
    monkeypatch.setattr("playground.training.probes.units.ends", lambda activation: 1 / 0)
    run.store.runs.ask(run.id, "watch", {"parts": ["units", "gradients"]})
    thread = run.in_background()
    until(lambda: {"units", "gradients"} <= {event.data["part"] for event in looks(run)} or run.run.is_ended)
    before = run.run.step
    until(lambda: run.run.step > before or run.run.is_ended)
    run.store.runs.ask(run.id, "stop")
    trained_in(thread)
    assert run.run.state == "stopped", run.run.error
    errors = [event.data for event in looks(run) if "error" in event.data]
    assert [(data["part"], data["error"]) for data in errors] == [("units", "ZeroDivisionError")]
    assert any(event.data["part"] == "gradients" for event in looks(run) if "error" not in event.data)


def looks(run):
    """What the probes of a run have said so far."""
    return [event for event in run.events if event.kind == "probe"]
