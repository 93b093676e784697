"""What probes look at: the model, and the same few rows all along."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from playground.specs import RunSpec
from playground.specs.facts import Facts
from playground.training.part import Part

Say = Callable[[Mapping[str, Any], Mapping[str, np.ndarray]], object]
"""Writes an event of the kind ``probe``, given its data and its columns."""

MOST_ROWS = 256
_VALUES = 4_000_000  # of all layers together: a look should take no longer than a few steps of training


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """Made once a run.

    Attributes:
        model: compiled, its optimizer built.
        spec: the run's.
        facts: of the data.
        part: ``validation``, or ``train`` where there is no validation part.
        at: which rows of that part are looked at, int64 (rows,).
        rows: that part.
        train: the training part.
    """

    model: keras.Model
    spec: RunSpec
    facts: Facts
    part: str
    at: np.ndarray
    rows: Part
    train: Part


def spread(n: int, most: int) -> np.ndarray:
    """``most`` of ``n`` rows, or all of them, evenly spread: int64 (rows,)."""
    count = min(n, most)
    return np.arange(count, dtype=np.int64) * n // max(count, 1)


def rows_worth(model: keras.Model, batch_size: int) -> int:
    """How many rows a look may take: 256, fewer where a row is much work, but as many as a batch has up to 256."""
    values = sum(math.prod(size or 1 for size in tensor.shape[1:]) for _, tensor in outputs(model))
    return min(MOST_ROWS, max(batch_size, _VALUES // max(values, 1)))


def outputs(model: keras.Model) -> list[tuple[keras.Layer, Any]]:
    """The layers of ``model`` in order, each with the symbolic tensor that it gives there; inputs are left out."""
    layers = [layer for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)]
    # Of a whole network used as a layer, ``output`` would be a tensor inside it.
    return [(layer, layer._inbound_nodes[-1].output_tensors[0]) for layer in layers]


def inner(layer: keras.Layer) -> keras.Layer:
    """The layer that a wrapper applies; any other is itself."""
    within = getattr(layer, "forward_layer", None) or getattr(layer, "layer", None)
    return within if isinstance(within, keras.Layer) else layer
