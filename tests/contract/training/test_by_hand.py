"""A run followed step by step: its losses are those of the run, its numbers those of Keras."""

import json
import math

import keras
import numpy as np
import pytest

from playground import data, training
from playground.frame import dumps
from playground.settings import Settings
from playground.training.by_hand import ByHandError, by_hand
from tests.contract.training.specs import ADAM, BINARY, RMSPROP_DECAYING, SGD, SQUARED, chosen, layer, spec

pytestmark = pytest.mark.contract

ONES = {"kind": "Ones", "args": {}}
LINE = [layer("Dense", "output", units=1, kernel_initializer=ONES, bias_initializer=ONES)]
SMALL = [
    layer("Dense", "hidden", units=2, activation="sigmoid"),
    layer("Dense", "output", units=1, activation="sigmoid"),
]
PLAIN = chosen("SGD", learning_rate=0.01)
WHOLE = {"kind": "none", "args": {}}
CASES = {
    "line": {"layers": LINE, "source": "six_points", "optimizer": PLAIN, "loss": SQUARED, "batch_size": 6},
    "xor": {
        "layers": SMALL,
        "source": "truth_table",
        "options": {"copies": 1},
        "optimizer": SGD,
        "loss": BINARY,
        "batch_size": 1,
    },
    "uneven batches, penalties, a schedule": {
        "layers": [
            layer("Dense", "hidden", units=3, kernel_regularizer={"kind": "L2", "args": {"l2": 0.1}}),
            layer("Activation", "bend", activation="tanh"),
            layer("Dense", "output", units=1),
        ],
        "source": "six_points",
        "optimizer": RMSPROP_DECAYING,
        "loss": SQUARED,
        "batch_size": 4,
    },
    "three classes": {
        "layers": [layer("Dense", "output", units=3, activation="softmax")],
        "source": "iris",
        "optimizer": ADAM,
        "loss": chosen("SparseCategoricalCrossentropy"),
        "batch_size": 50,
    },
}


def of(case, **more):
    fields = {"epochs": 5, "metrics": (), "split": WHOLE, **CASES[case], **more}
    return spec(**fields)


def followed(asked, settings):
    prepared = data.prepare(asked.dataset, asked.seed, settings)
    return json.loads(dumps(by_hand(asked, prepared, settings)))


@pytest.mark.parametrize("case", CASES)
def test_the_losses_are_those_that_the_run_records(case, trained):
    done = trained(of(case)).train()
    assert done.run.state == "finished", done.run.error
    found = followed(done.spec, done.settings)
    assert found["total"] == len(found["steps"]) == done.run.step
    losses = [step["loss"] for step in found["steps"]]
    np.testing.assert_allclose(losses, done.column("batch/loss"), rtol=2e-5, atol=1e-6)
    model = keras.saving.load_model(done.folder / "model.keras", safe_mode=True)
    model.load_weights(done.folder / "last.weights.h5")
    for name, weight in zip(found["names"], model.trainable_weights, strict=True):
        np.testing.assert_allclose(found["steps"][-1]["after"][name], weight.numpy(), rtol=2e-4, atol=1e-5)


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    return Settings(home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def line(settings):
    return followed(of("line", epochs=300), settings)


def test_the_first_step_of_the_line_is_the_one_on_paper(line):
    first = line["steps"][0]
    x, y = np.ravel(first["x"]), np.ravel(first["y"])
    out = np.ravel(first["values"]["output"]["out"])
    np.testing.assert_allclose(out, 1 * x + 1, rtol=1e-6)
    assert first["loss"] == pytest.approx(np.mean((out - y) ** 2), rel=1e-5)
    back = 2 * (out - y) / len(x)
    np.testing.assert_allclose(np.ravel(first["values"]["output"]["d_out"]), back, rtol=1e-4, atol=1e-6)
    slope_w, slope_b = float(back @ x), float(back.sum())
    assert np.ravel(first["gradients"]["output/kernel"])[0] == pytest.approx(slope_w, rel=1e-5)
    assert first["gradients"]["output/bias"][0] == pytest.approx(slope_b, rel=1e-5)
    assert np.ravel(first["after"]["output/kernel"])[0] == pytest.approx(1 - 0.01 * slope_w, rel=1e-6)
    assert first["after"]["output/bias"][0] == pytest.approx(1 - 0.01 * slope_b, rel=1e-6)


def test_the_line_arrives_at_least_squares_with_ever_smaller_steps(line):
    last = line["steps"][-1]["after"]
    assert round(last["output/kernel"][0][0], 2) == 1.26
    assert round(last["output/bias"][0], 2) == 0.29
    path = np.array(
        [[1, 1], *([s["after"]["output/kernel"][0][0], s["after"]["output/bias"][0]] for s in line["steps"])]
    )
    lengths = np.linalg.norm(np.diff(path, axis=0), axis=1)
    assert np.all(np.diff(lengths) < 1e-7)
    assert lengths[0] > 100 * lengths[-1]


def test_the_surface_lies_where_the_losses_say(line):
    surface = line["surface"]
    losses = [step["loss"] for step in line["steps"]]
    np.testing.assert_allclose(surface["losses"][:-1], losses, rtol=1e-5)
    x, y = np.ravel(line["points"]["x"]), np.ravel(line["points"]["y"])
    (low_w, low_b), (high_w, high_b) = surface["low"], surface["high"]
    assert low_w < 1
    assert high_w > 1.26
    assert low_b < 0.29
    assert high_b > 1
    assert len(surface["lines"]) > 5
    for each in surface["lines"]:
        for w, b in each["points"][:: max(1, len(each["points"]) // 5)]:
            assert np.mean((w * x + b - y) ** 2) == pytest.approx(each["loss"], rel=0.02, abs=0.005)


def test_forward_and_back_through_two_layers_are_the_chain_rule(settings):
    found = followed(of("xor", optimizer=PLAIN, epochs=1), settings)
    step = found["steps"][0]
    first, second = found["weights"]["hidden/kernel"], found["weights"]["output/kernel"]
    x, (y,) = np.array(step["x"][0]), step["y"][0]

    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    z1 = x @ np.array(first)
    h = sigmoid(z1)
    (p,) = sigmoid(h @ np.array(second))
    hidden, output = step["values"]["hidden"], step["values"]["output"]
    np.testing.assert_allclose(hidden["pre"][0], z1, rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(hidden["out"][0], h, rtol=1e-5)
    assert output["out"][0][0] == pytest.approx(p, rel=1e-5)
    assert step["loss"] == pytest.approx(-math.log(p if y else 1 - p), rel=1e-4)
    assert output["d_out"][0][0] == pytest.approx((p - y) / (p * (1 - p)), rel=1e-3)
    assert output["d_pre"][0][0] == pytest.approx(p - y, rel=1e-4)
    np.testing.assert_allclose(step["gradients"]["output/kernel"], np.outer(h, p - y), rtol=1e-4)
    back = np.ravel(second) * (p - y)
    np.testing.assert_allclose(hidden["d_out"][0], back, rtol=1e-4)
    np.testing.assert_allclose(hidden["d_pre"][0], back * h * (1 - h), rtol=1e-4)
    np.testing.assert_allclose(
        step["gradients"]["hidden/kernel"], np.outer(x, back * h * (1 - h)), rtol=1e-4, atol=1e-8
    )
    assert "surface" not in found


def test_a_long_run_is_followed_as_far_as_there_is_room(settings, monkeypatch):
    monkeypatch.setattr(training.by_hand, "MAX_STEPS", 10)
    found = followed(of("xor", epochs=5), settings)
    assert found["total"] == 20
    assert len(found["steps"]) == 10


def test_a_loss_that_is_no_number_ends_it(settings):
    found = followed(of("line", optimizer=chosen("SGD", learning_rate=1e30), epochs=20), settings)
    assert len(found["steps"]) < 20
    assert found["steps"][-1]["loss"] in ("NaN", "Infinity")


@pytest.mark.parametrize(
    ("layers", "more", "words"),
    [
        ([layer("Dense", "output", units=40)], {}, "80 parameters, at most 60"),
        ([layer("Dropout", "drop", rate=0.5), *LINE], {}, "drop is Dropout"),
        (LINE, {"source": "curve", "options": {"n_samples": 200}, "batch_size": 100}, "100 rows, at most 64"),
        (LINE, {"callbacks": (chosen("ReduceLROnPlateau"),)}, "ReduceLROnPlateau"),
    ],
)
def test_what_is_not_small_and_plain_is_refused_with_the_reason(layers, more, words, settings):
    with pytest.raises(ByHandError, match=words):
        followed(of("line", layers=layers, **more), settings)


def test_progress_may_cancel(settings):
    asked = of("line")
    prepared = data.prepare(asked.dataset, asked.seed, settings)

    def cancel(progress, message):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        by_hand(asked, prepared, settings, cancel)
