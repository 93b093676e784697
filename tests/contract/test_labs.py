"""What the labs show is what Keras computes, found out another way: difference quotients, NumPy, least squares."""

import numpy as np
import pytest

from playground import catalog
from playground.catalog.bends import bends
from playground.catalog.loss_domains import LOSS_DOMAINS
from playground.engine.errors import RefusedError
from playground.engine.lab_questions import LAB_QUESTIONS
from playground.labs import depth, initializers, losses, softmax
from playground.labs.activations import curves, function_of, reach, total, without_slope
from playground.settings import settings
from playground.specs.labels import LABEL_LOSSES

pytestmark = pytest.mark.contract

STEP = 1e-2
X = np.linspace(-4.03, 4.03, 62).astype(np.float32)
VIEWS = [(entry.id, view) for entry in catalog.entries("losses") for view in entry.tasks if view != "reconstruction"]


def moved_args(entry):
    """Arguments that differ from Keras's defaults."""
    found = {}
    for param in entry.params:
        if param.kind == "flag":
            found[param.name] = not param.default
        elif param.of == "initializers":
            found[param.name] = {"kind": "Constant", "args": {"value": 0.4}}
        else:
            found[param.name] = {"max_value": 3.0, "threshold": 0.7}.get(param.name, 0.4)
    return found


def quotient(at, h=STEP):
    return (at(h).astype(np.float64) - at(-h).astype(np.float64)) / (2 * h)


def agree(derivative, difference, jumps):
    """Equal within the error of a difference quotient, but for places within a step of a corner."""
    off = np.abs(derivative - difference) > 2e-2 * (1 + np.abs(derivative))
    assert off.sum() <= jumps, (X[off], derivative[off], difference[off])


@pytest.mark.parametrize("entry", bends(), ids=lambda entry: entry.id)
@pytest.mark.parametrize("is_moved", [False, True], ids=["default", "moved"])
def test_derivatives_are_difference_quotients(entry, is_moved):
    if is_moved and not entry.params:
        return
    function = function_of(entry.id, moved_args(entry) if is_moved else {})
    y, slope, second = curves(function, X)
    assert y.shape == slope.shape == second.shape == X.shape
    agree(slope, quotient(lambda h: curves(function, X + np.float32(h))[0]), jumps=4)
    agree(second, quotient(lambda h: curves(function, X + np.float32(h))[1]), jumps=4)


def test_a_wrong_slope_would_be_noticed():
    function = function_of("tanh", {})
    wrong = curves(function, X)[1] * 1.1
    with pytest.raises(AssertionError):
        agree(wrong, quotient(lambda h: curves(function, X + np.float32(h))[0]), jumps=4)


@pytest.mark.parametrize("entry", [each for each in bends() if each.params], ids=lambda entry: entry.id)
def test_arguments_change_the_function(entry):
    plain = curves(function_of(entry.id, {}), X)[0]
    assert not np.allclose(plain, curves(function_of(entry.id, moved_args(entry)), X)[0])


@pytest.mark.parametrize("pair", [("relu", "ReLU"), ("elu", "ELU"), ("softmax", "Softmax")])
def test_a_layer_is_the_function_of_its_name(pair):
    function, layer = (curves(function_of(kind, {}), X) for kind in pair)
    assert np.array_equal(function, layer)


def test_how_far_functions_reach():
    assert reach(function_of("tanh", {})) == (-1.0, 1.0)
    assert reach(function_of("relu", {})) == (0.0, None)
    assert reach(function_of("linear", {})) == (None, None)
    assert reach(function_of("ReLU", {"max_value": 2.5})) == (0.0, 2.5)
    assert reach(function_of("gelu", {}))[0] == pytest.approx(-0.17, abs=1e-3)


def test_where_there_is_no_slope():
    assert without_slope(function_of("relu", {})) == pytest.approx(0.5, abs=0.03)
    assert without_slope(function_of("tanh", {})) == 0
    assert without_slope(function_of("relu", {"negative_slope": 0.1})) == 0


def test_which_functions_look_at_several_values():
    joint = {entry.id for entry in bends() if total(function_of(entry.id, {})) is not None}
    assert joint == {"softmax", "log_softmax", "sparsemax", "Softmax"}
    assert total(function_of("softmax", {})) == pytest.approx(1)


def test_softmax_with_a_temperature():
    found = softmax.shares((2.0, 1.0, 0.1), np.array([1.0, 0.5]))
    assert np.round(found[0], 2).tolist() == pytest.approx([0.66, 0.24, 0.10])
    assert np.round(found[0], 1).tolist() == pytest.approx([0.7, 0.2, 0.1])
    by_hand = np.exp(np.array([4.0, 2.0, 0.2]))
    np.testing.assert_allclose(found[1], by_hand / by_hand.sum(), rtol=1e-5)


def test_tanh_is_a_rescaled_sigmoid():
    tanh, sigmoid = softmax.rescaled(X, 2.0, 2.0, -1.0)
    np.testing.assert_allclose(tanh, np.tanh(X), atol=1e-6)
    assert np.abs(tanh - sigmoid).max() < 1e-6
    assert np.abs(tanh - softmax.rescaled(X, 2.0, 1.9, -1.0)[1]).max() > 1e-2


def test_a_passage_is_what_numpy_finds():
    found = depth.passage(function_of("tanh", {}), "GlorotUniform", {}, 5)
    values, back = (each.numpy().astype(np.float64) for each in depth._start(0))
    matrices = [each.numpy().astype(np.float64) for each in depth._matrices("GlorotUniform", "{}", 0)[:5]]
    spreads, places = [values.var()], [values]
    for matrix in matrices:
        places.append(np.tanh(places[-1] @ matrix))
        spreads.append(places[-1].var())
    np.testing.assert_allclose(found.variance, spreads, rtol=1e-4)
    sizes = [back.std()]
    for matrix, after in zip(matrices[::-1], places[::-1], strict=False):
        back = (back * (1 - after**2)) @ matrix.T
        sizes.append(back.std())
    np.testing.assert_allclose(found.gradient, sizes[::-1], rtol=1e-4)
    assert found.mean[0] == pytest.approx(values.mean(), abs=1e-6)
    np.testing.assert_allclose(np.quantile(places[-1], 0.5), found.values[1000], atol=1e-2)


@pytest.mark.parametrize(
    ("kind", "initializer", "is_level"), [("relu", "GlorotUniform", False), ("relu", "HeNormal", True)]
)
def test_the_initializer_that_fits_keeps_the_spread(kind, initializer, is_level):
    found = depth.passage(function_of(kind, {}), initializer, {}, 30)
    assert bool(found.variance[-1] > 0.1 * found.variance[0]) is is_level


def test_vanishing_exploding_and_dead_units_show():
    sigmoid = depth.passage(function_of("sigmoid", {}), "GlorotUniform", {}, 20)
    assert sigmoid.gradient[0] < 1e-9 < sigmoid.gradient[-1]
    linear = depth.passage(function_of("linear", {}), "RandomNormal", {"stddev": 1.0}, 20)
    assert linear.variance[-1] > 1e20
    relu = depth.passage(function_of("relu", {}), "GlorotUniform", {}, 50)
    assert relu.dead[-1] > 0.1
    assert depth.passage(function_of("leaky_relu", {}), "GlorotUniform", {}, 50).dead.max() == 0
    assert depth.passage(function_of("softmax", {}), "GlorotUniform", {}, 2).dead[0] == 0


@pytest.mark.parametrize("entry", bends(), ids=lambda entry: entry.id)
def test_every_activation_goes_through_layers(entry):
    found = depth.passage(function_of(entry.id, {}), "GlorotUniform", {}, 3)
    assert found.variance.shape == found.mean.shape == found.gradient.shape == (4,)
    assert np.isfinite(found.variance[:3]).all()  # of e to the power of e to the power ... there is no more


@pytest.mark.parametrize("entry", catalog.entries("initializers"), ids=lambda entry: entry.id)
def test_every_initializer_is_drawn(entry):
    found = initializers.drawn(entry.id, {}, 40, 40)
    assert (np.diff(found.values) >= 0).all()
    assert found.values.mean() == pytest.approx(found.mean, abs=0.02)
    assert found.deviation == pytest.approx(initializers.drawn(entry.id, {}, 40, 40).deviation)


def test_the_spread_of_scaled_initializers_is_as_their_papers_say():
    assert initializers.drawn("HeNormal", {}, 400, 100).deviation == pytest.approx(np.sqrt(2 / 400), rel=0.02)
    assert initializers.drawn("GlorotUniform", {}, 400, 100).deviation == pytest.approx(np.sqrt(2 / 500), rel=0.02)
    assert initializers.drawn("LecunNormal", {}, 400, 100).deviation == pytest.approx(np.sqrt(1 / 400), rel=0.02)


@pytest.mark.parametrize(("kind", "view"), VIEWS, ids=str)
@pytest.mark.parametrize("axis", ["probability", "score"])
def test_gradients_of_losses_are_difference_quotients(kind, view, axis):
    if view == "regression" and axis == "probability":
        return
    low, high = (0.05, 0.95) if axis == "probability" else (0.3, 3.0) if LOSS_DOMAINS[kind].least == 0 else (-3.0, 3.0)
    x = np.linspace(low, high, 40).astype(np.float32)
    target = 1.0 if view == "regression" else 0.0
    args = {"from_logits": True} if axis == "score" and catalog.entry("losses", kind).param("from_logits") else {}
    loss, gradient = losses.curve(kind, args, view, axis, target, x)
    h = 2e-3
    difference = quotient(lambda by: losses.curve(kind, args, view, axis, target, x + np.float32(by))[0], h)
    assert np.isfinite(loss).all()
    off = np.abs(gradient - difference) > 2e-2 * (1 + np.abs(gradient))
    assert off.sum() <= 2, (x[off], gradient[off], difference[off])


def test_losses_of_one_sample_in_figures():
    x = np.array([0.2, 0.9], np.float32)
    assert losses.curve("BinaryCrossentropy", {}, "binary", "probability", 1, x)[0] == pytest.approx(
        -np.log(x), rel=1e-4
    )
    smooth = losses.curve("BinaryCrossentropy", {"label_smoothing": 0.2}, "binary", "probability", 1, x)
    assert smooth[0] == pytest.approx(-0.9 * np.log(x) - 0.1 * np.log(1 - x), rel=1e-4)
    assert smooth[1][1] == pytest.approx(0, abs=1e-4)
    focal = losses.curve("BinaryFocalCrossentropy", {"gamma": 3.0}, "binary", "probability", 1, x)[0]
    assert focal == pytest.approx(-((1 - x) ** 3) * np.log(x), rel=1e-4)
    assert losses.curve("Huber", {"delta": 0.5}, "regression", "score", 0, x)[0] == pytest.approx(
        [0.02, 0.325], rel=1e-4
    )
    assert losses.curve("Hinge", {}, "binary", "score", 0, x)[0] == pytest.approx(1 + x)
    three = losses.curve("SparseCategoricalCrossentropy", {"from_logits": True}, "multiclass", "score", 0, x)[0]
    assert three == pytest.approx(np.log(np.exp(x) + 2) - x, rel=1e-4)


def test_logits_go_on_where_probabilities_are_cut_off():
    x = np.array([-30.0], np.float32)
    cut, level = losses.curve("BinaryCrossentropy", {}, "binary", "score", 1, x)
    whole, steep = losses.curve("BinaryCrossentropy", {"from_logits": True}, "binary", "score", 1, x)
    assert cut[0] == pytest.approx(-np.log(1e-7), rel=1e-2)
    assert level[0] == 0
    assert (whole[0], steep[0]) == (pytest.approx(30), pytest.approx(-1))


@pytest.mark.parametrize("kind", [kind for kind, view in VIEWS if view == "multiclass"])
def test_every_loss_of_classes_over_all_shares(kind):
    shares, values = losses.over_shares(kind, {}, 1)
    assert shares.shape == (861, 3)
    assert shares.sum(axis=1) == pytest.approx(np.ones(861), abs=1e-6)
    assert np.argmin(values) == np.argmax(shares[:, 1])
    alone = losses.over_shares(kind, {}, 0)[1]
    assert sorted(alone) == pytest.approx(sorted(values), abs=1e-4)
    assert (kind in LABEL_LOSSES) == (LOSS_DOMAINS[kind].targets == "the number of the class")


def test_fitted_lines():
    x = np.arange(11.0)
    y = 1 + 0.5 * x + np.array([0.1, -0.2, 0.15, 0, -0.1, 0.2, -0.15, 0.05, 0.1, -0.1, 9.0])
    slope, intercept = losses.fitted("MeanSquaredError", {}, x, y)
    assert [slope, intercept] == pytest.approx(np.polyfit(x, y, 1), abs=5e-3)
    for kind, view in VIEWS:
        if view == "regression" and kind != "MeanSquaredError":
            found = losses.fitted(kind, {}, x, y)
            grid = np.array(
                [
                    losses._loss(kind, {})(y[None], (found[0] + a) * x[None] + found[1] + b)
                    for a in (-0.05, 0, 0.05)
                    for b in (-0.3, 0, 0.3)
                ]
            ).ravel()
            assert np.nanargmin(grid) == 4, (kind, found, grid)
    robust = losses.fitted("MeanAbsoluteError", {}, x, y)
    assert robust == pytest.approx((0.5, 1.0), abs=0.15)


def test_questions_are_answered_in_json_and_arrays():
    x = {"x": X}
    plain = {"kind": "relu", "args": {}}
    way = {**plain, "initializer": "HeNormal", "initializer_args": {}, "layers": 4, "seed": 0}
    drawn = {"kind": "HeNormal", "args": {}, "units_in": 8, "units_out": 8, "seed": 0}
    at = {"kind": "Huber", "args": {"delta": 2.0}, "view": "regression", "axis": "score", "target": 1.0}
    asked = {
        "activation": (plain, x),
        "passage": (way, {}),
        "shares": ({"scores": [2.0, 1.0, 0.1]}, {"temperatures": np.ones(2)}),
        "rescaled": ({"height": 2.0, "pace": 2.0, "shift": -1.0}, x),
        "initializer": (drawn, {}),
        "loss": (at, x),
        "loss_over_shares": ({"kind": "Dice", "args": {}, "target": 1}, {}),
        "fitted_line": ({"kind": "Huber", "args": {}}, {"x": np.arange(4.0), "y": np.arange(4.0)}),
    }
    for name, (args, arrays) in asked.items():
        header, found = LAB_QUESTIONS[name](args, arrays, settings())
        assert header or found
        assert all(isinstance(value, np.ndarray) for value in found.values())
    assert LAB_QUESTIONS["fitted_line"](*asked["fitted_line"], settings())[0]["slope"] == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("activation", {"kind": "os.system", "args": {}}),
        ("activation", {"kind": "relu", "args": {"x": 1}}),
        ("initializer", {"kind": "HeNormal", "args": {"no": 1}, "units_in": 2, "units_out": 2, "seed": 0}),
        ("loss_over_shares", {"kind": "CTC", "args": {}, "target": 0}),
    ],
)
def test_what_is_not_on_offer_is_refused(name, args):
    with pytest.raises(RefusedError):
        LAB_QUESTIONS[name](args, {"x": X}, settings())


def test_much_is_cut_down():
    found = LAB_QUESTIONS["activation"]({"kind": "relu", "args": {}}, {"x": np.zeros(10**5, np.float32)}, settings())
    assert len(found[1]["y"]) == 2001
    way = depth.passage(function_of("relu", {}), "Zeros", {}, 10**9)
    assert len(way.variance) == 51
    assert len(initializers.drawn("Ones", {}, 10**9, 1).values) == 2001
