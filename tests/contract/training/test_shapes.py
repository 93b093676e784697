"""Shapes and counts without memory, without a device, and with limits that hold."""

import os
import subprocess
import sys
from pathlib import Path

import keras
import pytest

from playground import catalog
from playground.settings import Settings
from playground.training.build import BuildError, build
from playground.training.described import described
from playground.training.shapes import LimitError, summarise
from tests.contract.tiny import required
from tests.contract.training.specs import DIGITS_CNN, DIGITS_LSTM, MLP, TWO_ARMS, layer, spec

ROOT = Path(__file__).resolve().parents[3]
MANY = Settings(max_parameters=10**30, max_values=10**30)


@pytest.mark.parametrize(
    ("layers", "shape"), [(MLP, (2,)), (DIGITS_CNN, (8, 8, 1)), (DIGITS_LSTM, (8, 8)), (TWO_ARMS, (2,))]
)
def test_the_summary_is_what_keras_builds(layers, shape):
    model = spec(layers).model
    found = summarise(model, shape, "float32", Settings())
    built = build(model, shape)
    assert found.parameters == built.count_params()
    for line in found.layers:
        real = built.get_layer(line.name)
        assert line.output_shape == tuple(real.output.shape[1:])
        assert line.parameters == real.count_params()


@pytest.mark.parametrize(
    ("layers", "shape", "words"),
    [
        ([layer("Dense", "wide", units=10**12)], (2,), "wide (Dense) brings the model to 3,000,000,000,000 parameters"),
        ([layer("Embedding", "words", input_dim=10**12, output_dim=8)], (4,), "8,000,000,000,000 parameters"),
        ([layer("RepeatVector", "again", n=10**8)], (64,), "again (RepeatVector) would hold 6,400,000,000 values"),
        ([layer("UpSampling2D", "up", size=[10_000, 10_000])], (8, 8, 1), "6,400,000,000 values per sample"),
        (
            [layer("Flatten", "flat"), layer("Dense", "wide", units=10**9)],
            (28, 28),
            "brings the model to 785,000,000,000 parameters",
        ),
    ],
)
def test_what_is_too_large_is_refused_with_figures(layers, shape, words):
    with pytest.raises(LimitError) as refused:
        summarise(spec(layers).model, shape, "float32", Settings())
    assert words in str(refused.value)
    assert "PLAYGROUND_MAX_" in str(refused.value)
    assert refused.value.layer == layers[-1]["name"]


@pytest.mark.parametrize(
    ("layers", "shape", "words"),
    [
        (
            [layer("Conv2D", "conv", filters=4, kernel_size=[3, 3])],
            (8, 8),
            "conv (Conv2D) does not fit an input of shape 8 × 8",
        ),
        ([layer("Conv2D", "conv", filters=4, kernel_size=[9, 9])], (8, 8, 1), "conv (Conv2D) does not fit"),
        ([layer("Reshape", "as", target_shape=[3, 5])], (8, 8), "as (Reshape) does not fit an input of shape 8 × 8"),
        ([layer("Add", "sum", "input", "flat")], (8, 8), "sum (Add) reads 'flat', which is not a layer before it"),
        ([layer("NoSuchLayer", "what")], (8, 8), "'NoSuchLayer' is not among the layers on offer"),
        ([layer("Dense", "out", units=4, unit=3)], (8,), "Dense has no argument 'unit' on offer"),
        ([], (8,), "The model has no layers"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(layers, shape, words):
    with pytest.raises(BuildError) as refused:
        summarise(spec(layers).model, shape, "float32", MANY)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 500


SEVERAL = [
    pytest.param(each, id=each.id)
    for each in catalog.entries("layers")
    if each.reading.form != "one" and each.ranks in ((), (2,))
]


@pytest.mark.parametrize("each", SEVERAL)
def test_a_layer_that_reads_several_reads_no_fewer_and_no_more_than_it_says(each):
    def made(n: int):
        first = [layer("Dense", f"d{at}", "input", units=4) for at in range(n)]
        it = layer(each.id, "it", *(one["name"] for one in first), **required(each, 2))
        return summarise(spec([*first, it]).model, (8, 4), "float32", MANY)

    least, most = each.reading.least, min(each.reading.most, 4)
    for n in {max(1, least), most}:
        assert made(n).layers[-1].output_shape
    wrong = [least - 1] if least > 1 else []
    wrong += [most + 1] if most == each.reading.most else []
    for n in wrong:
        with pytest.raises(BuildError, match=rf"^Layer it \({each.id}\) reads .*, received {n}\.$"):
            made(n)


def test_no_device_starts_and_no_memory_is_taken():
    code = """
from tensorflow.python.eager import context
from playground.bench.peak import peak_bytes
from playground.settings import Settings
from playground.training import session, shapes
from tests.contract.training.specs import layer, spec
assert not context.context()._initialized, "importing the session started the device"
before = peak_bytes()
layers = [
    layer("Embedding", "words", input_dim=10**9, output_dim=100),
    layer("Bidirectional", "read", layer={"kind": "LSTM", "args": {"units": 10**5, "return_sequences": True}}),
    layer("BatchNormalization", "norm"),
    layer("GRU", "again", units=10**5),
    layer("Dropout", "drop", rate=0.5),
    layer("Dense", "wide", units=10**9),
]
found = shapes.summarise(spec(layers).model, (20,), "int32", Settings(max_parameters=10**30, max_values=10**30))
assert found.parameters > 10**14, found.parameters
assert not context.context()._initialized, "the summary started the device"
grown = (peak_bytes() - before) / 1e6
assert grown < 150, f"{grown} MB"
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_a_summary_leaves_keras_as_it_was():
    keras.utils.set_random_seed(1)
    before = keras.layers.LSTM(4)(keras.ops.ones((1, 3, 2))).numpy()
    summarise(spec(DIGITS_LSTM).model, (8, 8), "float32", Settings())
    keras.utils.set_random_seed(1)
    after = keras.layers.LSTM(4)(keras.ops.ones((1, 3, 2))).numpy()
    assert (before == after).all()


def test_what_keras_prints_does_not_hang_on_the_width_of_a_terminal(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    wide, _configuration = described(spec(DIGITS_LSTM).model, (8, 8), "float32")
    monkeypatch.setenv("COLUMNS", "30")
    assert described(spec(DIGITS_LSTM).model, (8, 8), "float32")[0] == wide
    assert os.environ["COLUMNS"] == "30"
    assert "Total params" in wide
    assert "…" not in wide
