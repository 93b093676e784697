"""What the runs of a race must have in common, short enough to be compared at a glance."""

import hashlib

import keras

from playground.specs.order import order


def fair_start(model: keras.Model, seed: int, n: int) -> dict[str, str]:
    """SHA-256 digests of what training begins with: ``weights``, and ``order``, that of the rows in the first epoch.

    Args:
        model: before its first step.
        seed: of the row order, which every later epoch's order follows from too.
        n: rows of the training part.
    """
    weights = hashlib.sha256()
    for weight in model.get_weights():
        weights.update(weight.tobytes())
    return {"weights": weights.hexdigest(), "order": hashlib.sha256(order(seed, 0, n).tobytes()).hexdigest()}
