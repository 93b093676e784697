"""Precision in a spec, and what is unwise about it."""

import pytest

from playground.engine import device as devices
from playground.engine import slots
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.cost import Device
from playground.specs.edit import with_value
from playground.specs.problems import problems
from playground.specs.run_spec import FULL
from playground.specs.shapes import Shapes
from tests.unit.specs.rule_cases import DIGITS, MULTICLASS, OUTPUT, Case, stack

pytestmark = pytest.mark.unit

PATH = "training.precision"
EMBEDDING = ("Embedding", {"input_dim": 300, "output_dim": 4})
FLATTENED = stack("Flatten", EMBEDDING, "GlobalAveragePooling1D", OUTPUT)
H200 = ("H200, GPU 0", 150_000_000_000, (9, 0))


def test_a_precision_that_nobody_chose_stands_nowhere():
    assert "precision" not in DIGITS.to_json()
    assert with_value(with_value(DIGITS, PATH, "mixed_float16"), PATH, FULL).digest == DIGITS.digest
    mixed = with_value(DIGITS, PATH, "mixed_bfloat16")
    assert RunSpec.from_json(mixed.to_json()) == mixed
    assert mixed.digest != DIGITS.digest


def test_an_unknown_precision_is_refused_with_those_that_there_are():
    with pytest.raises(ValueError, match="mixed_bfloat16"):
        with_value(DIGITS, PATH, "int8")


def test_words_that_a_layer_before_the_embedding_would_round():
    mixed = with_value(FLATTENED, PATH, "mixed_bfloat16")
    Case("rounded-numbers", mixed, FLATTENED, "model.layers.b", "up to 256 only", facts=None).check()
    for has_not in (
        with_value(FLATTENED, PATH, "mixed_float16"),  # whole numbers up to 2,048
        with_value(stack(EMBEDDING, "GlobalAveragePooling1D", OUTPUT), PATH, "mixed_bfloat16"),  # reads the input
    ):
        assert "rounded-numbers" not in {problem.rule for problem in problems(has_not, None)}


@pytest.mark.parametrize(
    ("precisions", "chosen", "is_said"),
    [
        ((FULL,), FULL, False),
        ((FULL,), "mixed_bfloat16", True),
        ((FULL, "mixed_float16"), "mixed_bfloat16", True),
        ((FULL, "mixed_float16"), "mixed_float16", False),
    ],
)
def test_a_precision_that_the_device_gains_nothing_from(precisions, chosen, is_said):
    shapes = Shapes().on(Device(name="This device", memory_bytes=1, precisions=precisions))
    found = problems(with_value(DIGITS, PATH, chosen), MULTICLASS, Settings(), shapes)
    said = [problem for problem in found if problem.rule == "precision-without-gain"]
    assert len(said) == is_said
    for problem in said:
        assert problem.reason.startswith(f"{PATH}: expected {' or '.join(precisions)} on This device")
        assert not problem.is_blocking
        assert problem.fix == DIGITS


@pytest.mark.parametrize(
    ("ability", "precisions"),
    [
        ((6, 1), {FULL}),
        ((7, 5), {FULL, "mixed_float16"}),
        ((8, 0), {FULL, "mixed_float16", "mixed_bfloat16"}),
        ((12, 0), {FULL, "mixed_float16", "mixed_bfloat16"}),
    ],
)
def test_which_gpu_computes_fast_in_16_bits(ability, precisions, monkeypatch):
    monkeypatch.setattr(slots, "abilities", lambda: ((*H200[:2], ability),))
    assert set(devices.device.__wrapped__(Settings()).precisions) == precisions
