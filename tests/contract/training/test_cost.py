"""Multiply-adds against figures worked out by hand, and memory against what training really takes."""

import math
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from playground import catalog
from playground.bench.memory import CASES, measured, spec_of
from playground.bench.peak import peak_bytes
from playground.specs.cost import Cost, Device, LayerCost
from playground.specs.facts import Facts
from playground.specs.rules.memory import too_little_memory
from playground.specs.shapes import Shapes
from playground.training.cost import cost
from playground.training.counts import count
from playground.training.shapes import shapes_only
from tests.contract.tiny import SHAPES, required
from tests.contract.training.specs import chosen, layer, spec
from tests.sweeps import some

ROOT = Path(__file__).parents[3]
L = keras.layers


def facts(*shape: int, n_train: int | None = None) -> Facts:
    return Facts(task="regression", input_shape=shape, n_train=n_train)


def cost_of(layers: list[dict], *shape: int, **more) -> Cost:
    return cost(spec(layers, **more), facts(*shape))


ATTENTION = 3 * 11 * 16 * 16 + 2 * (2 * 11 * 11 * 8) + 11 * 16 * 16
BY_HAND = [
    (lambda: L.Dense(7), (5,), 5 * 7),
    (lambda: L.Dense(7), (4, 5), 4 * 5 * 7),
    (lambda: L.EinsumDense("abc,cd->abd", (None, 7)), (4, 5), 4 * 5 * 7),
    (lambda: L.Conv2D(4, 3), (9, 9, 2), 7 * 7 * 4 * 3 * 3 * 2),
    (lambda: L.Conv2D(4, (3, 2), strides=2, padding="same"), (9, 9, 2), 5 * 5 * 4 * 3 * 2 * 2),
    (lambda: L.Conv2D(4, 3, groups=2), (9, 9, 2), 7 * 7 * 4 * 3 * 3 * 1),
    (lambda: L.Conv2D(4, 3, dilation_rate=2), (9, 9, 2), 5 * 5 * 4 * 3 * 3 * 2),
    (lambda: L.Conv2D(4, 3, dilation_rate=2, padding="same"), (9, 9, 2), 9 * 9 * 4 * 3 * 3 * 2),
    (lambda: L.Conv1D(4, 3, dilation_rate=2, padding="causal"), (9, 2), 9 * 4 * 3 * 2),
    (lambda: L.Conv3D(4, 3), (5, 5, 5, 2), 3**3 * 4 * 3**3 * 2),
    (lambda: L.Conv2DTranspose(4, 3, strides=2), (9, 9, 2), 9 * 9 * 2 * 3 * 3 * 4),
    (lambda: L.DepthwiseConv2D(3, depth_multiplier=2), (9, 9, 2), 7 * 7 * 4 * 3 * 3),
    (lambda: L.SeparableConv2D(4, 3), (9, 9, 2), 7 * 7 * (2 * 3 * 3 + 4 * 2)),
    (lambda: L.SimpleRNN(6), (11, 3), 11 * (3 * 6 + 6 * 6)),
    (lambda: L.LSTM(6), (11, 3), 11 * 4 * (3 * 6 + 6 * 6)),
    (lambda: L.LSTM(6, unroll=True), (11, 3), 11 * 4 * (3 * 6 + 6 * 6)),
    (lambda: L.GRU(6, return_sequences=True), (11, 3), 11 * 3 * (3 * 6 + 6 * 6)),
    (lambda: L.Bidirectional(L.LSTM(6)), (11, 3), 2 * 11 * 4 * (3 * 6 + 6 * 6)),
    (lambda: L.ConvLSTM2D(3, 3), (5, 9, 9, 2), 5 * 7 * 7 * 4 * 3 * 9 * (2 + 3)),
    (lambda: L.TimeDistributed(L.Dense(6)), (11, 3), 11 * 3 * 6),
    (lambda: L.Embedding(100, 8), (11,), 0),
    (L.Flatten, (4, 5), 0),
]


@pytest.mark.parametrize(("make", "shape", "by_hand"), BY_HAND)
def test_multiply_adds_are_those_worked_out_by_hand(make, shape, by_hand):
    with shapes_only():
        source, made = keras.Input(shape), make()
        made(source)
        assert count(made, lambda read: made(*read), [source]).multiply_adds == by_hand


def test_attention_is_counted_over_all_pairs():
    with shapes_only():
        source, made = keras.Input((11, 16)), L.MultiHeadAttention(2, 8)
        made(source, source)
        found = count(made, lambda read: made(*read, training=True), [source, source])
    assert found.multiply_adds == ATTENTION
    assert found.inside_bytes >= 4 * 2 * 11 * 11, "the weights of all pairs are kept"


def test_what_is_kept_is_what_the_backward_pass_reads():
    kept = {
        each.name: each.kept_bytes
        for each in cost_of(
            [
                layer("Conv2D", "conv", filters=4, kernel_size=3, activation="relu"),
                layer("Flatten", "flat"),
                layer("Dropout", "drop", rate=0.5),
                layer("Dense", "linear", units=6),
                layer("Dense", "again", units=3),
            ],
            8,
            8,
            2,
        ).layers
    }
    conv = 4 * 6 * 6 * 4
    assert kept["conv"] == conv, "ReLU's gradient reads its output"
    assert kept["flat"] == 0, "a view of it is not kept twice"
    assert kept["drop"] == 36 * 4 + conv, "the mask, one byte a value, and the input of the next layer"
    assert kept["linear"] == 4 * 6, "the input of the next layer"
    assert kept["again"] == 0, "nobody reads it again"


def test_totals_are_those_of_keras():
    layers = [layer("Dense", "hidden", units=8), layer("BatchNormalization", "norm"), layer("Dense", "output", units=1)]
    weights, trained = (5 * 8 + 8) + 4 * 8 + 9, (5 * 8 + 8) + 2 * 8 + 9
    for kind, slots in (("SGD", 0), ("Adam", 2), ("RMSprop", 1), ("Adagrad", 1)):
        found = cost_of(layers, 5, optimizer=chosen(kind))
        assert found.weights_bytes == 4 * weights
        assert found.gradients_bytes == 4 * trained
        extra = found.optimizer_bytes - 4 * slots * trained
        assert 0 <= extra <= 32, "the step, the learning rate"
    assert cost_of(layers, 5, optimizer=chosen("SGD", momentum=0.9)).optimizer_bytes >= 4 * trained


def test_a_shared_place_counts_once_and_an_edit_of_one_layer_keeps_the_rest():
    narrow = [layer("Dense", f"d{at}", units=8) for at in range(4)]
    wide = [*narrow[:2], layer("Dense", "d2", units=16), narrow[3]]
    before, after = cost_of(narrow, 8), cost_of(wide, 8)
    assert before.layers[:2] == after.layers[:2]
    assert [each.multiply_adds for each in after.layers] == [64, 64, 128, 128]
    both = cost_of([*narrow[:2], layer("Add", "sum", "d0", "d1")], 8)
    assert both.layers[2].kept_bytes == 0


LAYER_CASES = [pytest.param(each, id=each.id) for each in catalog.entries("layers")]


@pytest.mark.parametrize("each", LAYER_CASES)
def test_every_layer_has_a_cost(each):
    rank = each.ranks[0] if each.ranks else 2
    reads = ["input"] * each.reading.least if each.reading.least > 1 else []
    shape = SHAPES.get(rank, (4, 4, 4, 2))
    args = required(each, rank) | ({"groups": 1} if each.param("groups") else {})  # 32 of them are usual
    (found,) = cost_of([layer(each.id, "it", *reads, **args)], *shape).layers
    assert found.output_bytes > 0
    assert 0 <= found.kept_bytes < 10**6
    assert 0 <= found.multiply_adds < 10**6


@pytest.mark.parametrize(
    "name", some(["convolutions", "wide", "sequence", "normalised"], 2)
)  # the benchmark takes more
def test_the_estimate_is_within_a_factor_of_two_of_what_training_takes(name):
    estimated, grown = measured(name)
    assert 0.5 < estimated / grown < 2, f"estimated {estimated / 1e6:.0f} MB, measured {grown / 1e6:.0f} MB"
    run, of = spec_of(CASES[name])
    found = cost(run, of)
    kept = run.training.batch_size * sum(each.kept_bytes for each in found.layers)
    assert found.peak_bytes(run.training.batch_size) == estimated
    assert estimated >= kept


def test_what_a_process_held_is_its_own():
    code = "from playground.bench.peak import peak_bytes; print(peak_bytes())"
    large = np.ones(60_000_000)  # a process that begins as a copy of this one must not count it
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert 0 < int(done.stdout) < large.nbytes < peak_bytes()


def made_up(**changes: int) -> Cost:
    parts = {"weights_bytes": 100, "gradients_bytes": 100, "optimizer_bytes": 200, "update_bytes": 0}
    layers = (LayerCost(name="it", multiply_adds=1, output_bytes=8, kept_bytes=6),)
    return Cost(**{"layers": layers, **parts, "batch_bytes": 3, "data_bytes": 0, "passing_bytes": 1, **changes})


def test_the_largest_batch_is_the_largest_power_of_two_that_fits():
    found = made_up()
    assert found.peak_bytes(32) == 400 + 320
    assert found.largest_batch(719) == 16
    assert found.largest_batch(720) == 32
    assert found.largest_batch(410) == 1
    assert found.largest_batch(409) == 0
    for room in (500, 5_000, 123_456):
        fitting = found.largest_batch(room)
        assert found.peak_bytes(fitting) <= room < found.peak_bytes(2 * fitting)
        assert math.log2(fitting).is_integer()


def test_a_step_that_exceeds_the_device_is_warned_of_with_what_would_fit():
    run, of = spec(batch_size=64), facts(2)
    device = Device(name="CPU", memory_bytes=720)

    def told(found: Cost | None, where: Device | None) -> list:
        return list(too_little_memory(run, of, Shapes(cost=found, device=where), None))

    (problem,) = told(made_up(), device)
    assert not problem.is_blocking
    assert "about 1.0 kB, and CPU has 720 B for a run: 32 samples would fit" in problem.reason
    assert problem.fix.training.batch_size == 32
    assert told(made_up(), device.model_copy(update={"memory_bytes": 1040})) == []
    assert told(None, device) == told(made_up(), None) == []
    (hopeless,) = told(made_up(weights_bytes=1000), device)
    assert "not even one sample" in hopeless.reason
    assert hopeless.fix is None
    (bounded,) = told(made_up(), device.model_copy(update={"setting": "PLAYGROUND_MAX_RUN_MEMORY_MB"}))
    assert "PLAYGROUND_MAX_RUN_MEMORY_MB" in bounded.reason
