"""The convention of each optimizer's momentum, by the two steps that Keras takes with it."""

import keras
import numpy as np
import pytest

from playground import catalog
from playground.catalog.momentum import momentum_of

pytestmark = pytest.mark.contract

RATE, BETA, SLOPES = 0.1, 0.9, (1.0, 0.5)


def moved(optimizer):
    """Where a weight of 0 is after two steps along :data:`SLOPES`."""
    weight = keras.Variable(np.zeros(1, np.float32))
    optimizer.build([weight])
    for slope in SLOPES:
        optimizer.apply_gradients([(keras.ops.convert_to_tensor([slope], "float32"), weight)])
    return float(keras.ops.convert_to_numpy(weight)[0])


def test_classic_and_nesterov_are_as_the_rules_say():
    first, second = SLOPES
    v1 = -RATE * first
    v2 = BETA * v1 - RATE * second
    assert moved(keras.optimizers.SGD(RATE, momentum=BETA)) == pytest.approx(v1 + v2, rel=1e-6)
    ahead = (BETA * v1 - RATE * first) + (BETA * v2 - RATE * second)
    assert moved(keras.optimizers.SGD(RATE, momentum=BETA, nesterov=True)) == pytest.approx(ahead, rel=1e-6)


@pytest.mark.parametrize("kind", ["Adam", "AdamW", "Nadam", "Adamax", "Lamb", "Lion"])
def test_weighted_momentum_is_a_mean_of_gradients(kind):
    optimizer = getattr(keras.optimizers, kind)(RATE)
    moved(optimizer)
    beta = momentum_of(kind, {}).beta
    expected = beta * (1 - beta) * SLOPES[0] + (1 - beta) * SLOPES[1]
    held = [float(np.ravel(keras.ops.convert_to_numpy(value))[0]) for value in optimizer.variables]
    assert any(value == pytest.approx(expected, rel=1e-4) for value in held), held


def test_only_optimizers_on_offer_have_one_and_none_without_a_share_of_the_past():
    kinds = [entry.id for entry in catalog.entries("optimizers")]
    found = {kind for kind in kinds if momentum_of(kind, {"momentum": 0.5}) is not None}
    assert found == {"SGD", "RMSprop", "Muon", "Adam", "AdamW", "Nadam", "Adamax", "Lamb", "Lion"}
    assert momentum_of("SGD", {}) is None
    assert momentum_of("SGD", {"momentum": 0.5, "nesterov": True}).name == "Nesterov"
    assert momentum_of("Adam", {"beta_1": 0.5}).beta == 0.5
