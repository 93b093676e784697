"""Layers that compute in 16 bits: as Keras has them, in the app and in its script."""

from collections.abc import Iterator

import keras
import pytest

from playground.export import script
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.training.build import build, compile_model
from tests.contract.alone import gives_the_numbers_here
from tests.contract.training.specs import CHANNEL, DIGITS_CNN, MULTICLASS, SCALED, chosen, layer, spec

MIXED = ("mixed_bfloat16", "mixed_float16")
CNN = spec(DIGITS_CNN, "digits", steps=(SCALED, CHANNEL), loss=MULTICLASS, epochs=2, batch_size=128)
STEPWISE = [
    layer("LSTM", "read", units=4, return_sequences=True),
    layer("TimeDistributed", "output", layer={"kind": "Dense", "args": {"units": 8, "activation": "sigmoid"}}),
]
REBUILT = spec(
    STEPWISE, "digits", steps=(SCALED,), loss=chosen("MeanSquaredError"), metrics=(), epochs=1, target="input"
)


@pytest.fixture(autouse=True)
def policy() -> Iterator[None]:
    """The app must leave it as it was."""
    assert keras.config.dtype_policy().name == "float32"
    yield
    assert keras.config.dtype_policy().name == "float32"


def mixed(case: RunSpec, precision: str) -> RunSpec:
    return with_value(case, "training.precision", precision)


@pytest.mark.parametrize(("case", "precision"), [(CNN, "mixed_bfloat16"), (REBUILT, "mixed_float16")], ids=MIXED)
def test_the_script_gives_the_numbers_of_the_app(case, precision, tmp_path, monkeypatch):
    run = mixed(case, precision)
    assert f'keras.config.set_dtype_policy("{precision}")' in script(run)
    gives_the_numbers_here(precision, run, script(run), tmp_path, monkeypatch)


@pytest.mark.parametrize("precision", MIXED)
def test_all_layers_but_the_last_compute_in_16_bits(precision):
    model = build(REBUILT.model, (8, 8), precision=precision)
    assert keras.config.dtype_policy().name == "float32"
    read, output = model.get_layer("read"), model.get_layer("output")
    assert read.dtype_policy.name == precision
    assert read.compute_dtype == precision.removeprefix("mixed_")
    assert (output.compute_dtype, output.layer.compute_dtype) == ("float32", "float32")
    assert {weight.dtype for weight in model.weights} == {"float32"}
    assert build(REBUILT.model, (8, 8)).get_layer("read").compute_dtype == "float32"


def test_only_the_loss_of_float16_is_scaled():
    names = {}
    for precision in ("float32", *MIXED):
        model = build(CNN.model, (8, 8, 1), precision=precision)
        compile_model(model, CNN.training)
        assert model.optimizer.built
        names[precision] = type(model.optimizer).__name__
    assert names == {"float32": "Adam", "mixed_bfloat16": "Adam", "mixed_float16": "LossScaleOptimizer"}


def test_a_run_in_16_bits_goes_its_own_way_and_learns(trained):
    """The control: the precision reaches the run."""
    full, half = (trained(with_value(CNN, "training.precision", each)).train() for each in ("float32", MIXED[0]))
    assert half.run.state == "finished", half.run.error
    first, other = (run.column("batch/loss") for run in (full, half))
    assert 1e-5 < abs(first[0] - other[0]) < 0.1
    assert other[-1] < other[0] / 2
