"""The lab of sequences shows what Keras computes: gates against its layers, gradients against quotients."""

import keras
import numpy as np
import pytest

from playground import data, recipes
from playground.catalog.gates import CELLS, SEQUENCES, cell
from playground.engine.errors import RefusedError
from playground.engine.sequence_questions import SEQUENCE_QUESTIONS
from playground.labs.recurrent_of_run import reads, recurrent
from playground.labs.sequences import fresh, reach, sequence, steps
from playground.settings import settings
from playground.specs.edit import with_value
from playground.training.build import build
from playground.training.checkpoints import BEST

pytestmark = pytest.mark.contract

KINDS = [each.id for each in CELLS]
UNITS, STEPS, FEATURES = 5, 9, 3
X = np.random.default_rng(3).normal(size=(STEPS, FEATURES)).astype(np.float32)


def randomised(layer):
    """Weights that nothing in a formula could hide behind: no zero biases, no orthogonal matrices."""
    rng = np.random.default_rng(4)
    layer.set_weights([rng.normal(0, 0.7, each.shape) for each in layer.get_weights()])
    return layer


def layer_of(kind, **args):
    layer = getattr(keras.layers, kind)(UNITS, **args)
    layer.build((None, None, FEATURES))
    return randomised(layer)


VARIANTS = [
    *((kind, {}) for kind in KINDS),
    *((kind, {"use_bias": False}) for kind in KINDS),
    *((kind, {"activation": "relu"}) for kind in KINDS),
    *((kind, {"go_backwards": True}) for kind in KINDS),
    ("GRU", {"reset_after": False}),
    ("GRU", {"reset_after": False, "use_bias": False}),
    ("LSTM", {"recurrent_activation": "hard_sigmoid"}),
]


@pytest.mark.parametrize(("kind", "args"), VARIANTS, ids=str)
def test_states_are_what_the_layer_gives_at_every_step(kind, args):
    layer = layer_of(kind, return_sequences=True, **args)
    found = steps(layer, X)
    assert list(found) == [each.id for each in cell(kind).inner]
    np.testing.assert_allclose(found["h"], np.asarray(layer(X[None]))[0], atol=1e-5)
    for gate in cell(kind).inner:
        assert found[gate.id].shape == (STEPS, UNITS)
        if gate.is_gate:
            assert found[gate.id].min() >= 0
            assert found[gate.id].max() <= 1


def test_the_cell_state_is_that_of_the_layer_at_every_step():
    layer = layer_of("LSTM", return_state=True)
    found = steps(layer, X)
    for at in range(STEPS):
        _output, h, c = layer(X[None, : at + 1])
        np.testing.assert_allclose(found["h"][at], np.asarray(h)[0], atol=1e-5)
        np.testing.assert_allclose(found["c"][at], np.asarray(c)[0], atol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_the_gradient_is_a_difference_quotient(kind):
    layer = layer_of(kind)
    found, h = reach(layer, X), 1e-2
    for at in (0, STEPS // 2, STEPS - 1):
        columns = []
        for feature in range(FEATURES):
            ends = []
            for sign in (1, -1):
                moved = X.copy()
                moved[at, feature] += sign * h
                ends.append(np.asarray(layer(moved[None]), np.float64)[0])
            columns.append((ends[0] - ends[1]) / (2 * h))
        assert found[at] == pytest.approx(np.linalg.norm(columns), rel=2e-2, abs=1e-4)


def test_weights_begin_as_keras_draws_them_and_the_bias_moves_one_gate():
    plain = fresh("LSTM", UNITS, FEATURES, seed=1)
    keras.utils.set_random_seed(1)
    other = keras.layers.LSTM(UNITS)
    other.build((None, None, FEATURES))
    for ours, theirs in zip(plain.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert cell("LSTM").bias == ("f", plain.cell.bias.numpy()[UNITS])  # the forget gate's, where Keras begins
    for kind in ("LSTM", "GRU"):
        gate, first = cell(kind).bias
        before, after = (steps(fresh(kind, UNITS, FEATURES, 1, bias), X) for bias in (first, first + 2))
        changed = {each.id for each in cell(kind).inner if not np.allclose(before[each.id][0], after[each.id][0])}
        assert gate in changed
        assert not changed & ({"i", "g", "o", "r"})
        np.testing.assert_allclose(steps(fresh(kind, UNITS, FEATURES, 1), X)["h"], before["h"])
    doubled = fresh("SimpleRNN", UNITS, FEATURES, 1, gain=2.0).cell.recurrent_kernel
    np.testing.assert_allclose(doubled, 2 * fresh("SimpleRNN", UNITS, FEATURES, 1).cell.recurrent_kernel)


def test_the_gradient_of_a_small_recurrence_vanishes_and_a_forget_gate_keeps_it():
    x = sequence("noise", 60)[0]
    small = reach(fresh("SimpleRNN", 8, 1, 0, gain=0.5), x)
    assert small[0] < 1e-12 * small[-1]
    open_gate, usual = (reach(fresh("LSTM", 8, 1, 0, bias), x) for bias in (5.0, 1.0))
    assert open_gate[0] / open_gate[-1] > 1e3 * usual[0] / usual[-1]


def test_sequences_have_their_shapes():
    for kind in SEQUENCES:
        x, names = sequence(kind, 20, "banana")
        assert x.shape == ((6, 3) if kind == "text" else (20, 1))
        assert len(names) == len(x)
    assert sequence("text", 1, "banana")[0].argmax(axis=1).tolist() == [1, 0, 2, 0, 2, 0]
    assert sequence("pulse", 5)[0].ravel().tolist() == [1, 0, 0, 0, 0]


BASE = {"kind": "LSTM", "units": 4, "sequence": "sine", "length": 12, "text": "", "seed": 0, "biases": {}, "gain": 1.0}
SAID = {"sentence": "a b", "kind": "Attention", "embedding": "random", "position": False, "seed": 0}
SAID |= {"heads": 1, "key_dim": 4, "scale": 1.0, "causal": False}


@pytest.mark.parametrize(
    ("question", "args", "told"),
    [
        ("gates", BASE | {"kind": "Dense"}, "no recurrent layer"),
        ("gates", BASE | {"sequence": "../x"}, "There is no sequence"),
        ("reach", BASE | {"sequence": "text"}, "text is empty"),
        ("attention", SAID | {"sentence": "<>"}, "sentence is empty"),
        ("attention", SAID | {"kind": "Dense"}, "no attention layer"),
        ("attention", SAID | {"embedding": "bert"}, "expected one of random, onehot"),
    ],
)
def test_what_means_nothing_is_refused(question, args, told):
    with pytest.raises(RefusedError, match=told):
        SEQUENCE_QUESTIONS[question](args, {}, settings())


def test_questions_answer_with_what_the_page_draws():
    header, arrays = SEQUENCE_QUESTIONS["gates"](BASE, {}, settings())
    assert header["steps"][-1] == "12"
    assert set(arrays) == {"x", *(each.id for each in cell("LSTM").inner)}
    header, arrays = SEQUENCE_QUESTIONS["reach"](BASE, {}, settings())
    assert arrays["size"].shape == (12,)
    header, arrays = SEQUENCE_QUESTIONS["attention"](SAID, {}, settings())
    assert (header["words"], arrays["scores"].shape) == (["a", "b"], (1, 2, 2))


@pytest.fixture
def kept(home):
    """The example of a series, its data prepared and the folder of a run with weights of the best epoch."""
    spec = recipes.recipe("sequence-next-value").spec
    prepared = data.prepare(spec.dataset, spec.seed, settings())
    model = build(spec.model, prepared.facts.input_shape, prepared.facts.input_dtype)
    for layer in model.layers:
        layer.set_weights([np.random.default_rng(1).normal(0, 0.3, each.shape) for each in layer.get_weights()])
    folder = settings().run_dir("run1")
    folder.mkdir(parents=True)
    model.save_weights(folder / BEST)
    return spec, prepared, model


def test_a_layer_of_a_run_has_the_weights_of_the_run(kept):
    spec, prepared, model = kept
    name = next(layer.name for layer in spec.model.layers if layer.kind in KINDS)
    asked = {"spec": spec.model_dump(mode="json"), "run": "run1", "layer": name, "at": 2}
    header, arrays = SEQUENCE_QUESTIONS["gates_of_run"](asked, {}, settings())
    layer = model.get_layer(name)
    sample = np.asarray(prepared.array("x_validation")[2])
    before = keras.Model(model.input, layer.input)(sample[None])
    assert header["kind"] == type(layer).__name__
    assert header["activation"] == layer.activation.__name__
    last = np.asarray(layer(before))[0]
    np.testing.assert_allclose(arrays["h"][-1], last[-1] if last.ndim > 1 else last, atol=1e-5)
    with pytest.raises(RefusedError, match="no recurrent layer"):
        SEQUENCE_QUESTIONS["gates_of_run"](asked | {"layer": "output"}, {}, settings())
    with pytest.raises(RefusedError, match="kept no weights"):
        SEQUENCE_QUESTIONS["gates_of_run"](asked | {"run": "none"}, {}, settings())
    other = with_value(spec, "seed", 99).model_dump(mode="json")
    with pytest.raises(RefusedError, match="no longer prepared"):
        SEQUENCE_QUESTIONS["gates_of_run"](asked | {"spec": other}, {}, settings())


def test_masked_steps_are_left_out_and_the_forward_half_of_two_ways_is_meant():
    inputs = keras.Input((6,), dtype="int32")
    embedding = keras.layers.Embedding(9, 3, mask_zero=True)(inputs)
    output = keras.layers.Bidirectional(keras.layers.GRU(4), name="both")(embedding)
    model = keras.Model(inputs, output)
    inner, outer = recurrent(model, "both")
    sample = np.array([3, 5, 2, 0, 0, 0], np.int32)
    x, numbers, total = reads(model, outer, sample)
    assert (numbers.tolist(), total) == ([0, 1, 2], 6)
    np.testing.assert_allclose(steps(inner, x)["h"][-1], np.asarray(model(sample[None]))[0, :4], atol=1e-5)


def test_the_experiments_tell_the_truth():
    pulse = sequence("pulse", 20)[0]
    closed, opened = (steps(fresh("LSTM", 8, 1, 0, bias), pulse) for bias in (-5.0, 5.0))
    assert np.abs(closed["c"][10]).max() < 1e-3 * np.abs(closed["c"][0]).max()
    assert np.abs(opened["c"][10]).max() > 0.8 * np.abs(opened["c"][0]).max()
    noise = sequence("noise", 60)[0]
    shares = {}
    for kind, bias in (("LSTM", 5.0), ("GRU", 0.0), ("SimpleRNN", None)):
        size = reach(fresh(kind, 8, 1, 0, bias), noise)
        shares[kind] = size[0] / size[-1]
    assert shares["LSTM"] > 0.1
    assert max(shares["GRU"], shares["SimpleRNN"]) < 1e-3
