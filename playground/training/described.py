"""A model as Keras itself describes it: the printed summary, its configuration, and figures of its weights."""

import contextlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np

from playground.specs import ModelSpec
from playground.training.build import INPUT, build, connect
from playground.training.shapes import shapes_only

_WIDTH = 80  # what Keras prints into at most where there is no terminal; more is cut off
_BINS = 40


def described(model: ModelSpec, input_shape: Sequence[int], input_dtype: str) -> tuple[str, dict[str, Any]]:
    """What ``model.summary()`` prints, and the model's configuration as JSON values. Allocates nothing.

    Raises:
        BuildError: a layer does not fit.
    """
    with shapes_only():
        source = keras.Input(tuple(input_shape), dtype=input_dtype, name=INPUT)
        made = keras.Model(source, connect(model, source), name="model")
        lines: list[str] = []
        with _wide_enough():
            made.summary(line_length=_WIDTH, print_fn=lines.append)
        return "\n".join(lines).strip("\n"), json.loads(made.to_json())


@contextlib.contextmanager
def _wide_enough() -> Iterator[None]:
    """Have Keras print over the whole width: rich, which draws its table, squeezes it into ``COLUMNS``."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = str(_WIDTH)
    try:
        yield
    finally:
        del os.environ["COLUMNS"]
        if before is not None:
            os.environ["COLUMNS"] = before


def weight_figures(
    model: ModelSpec, input_shape: Sequence[int], input_dtype: str, file: Path
) -> tuple[list[dict[str, Any]], list[np.ndarray]]:
    """Figures of every weight in ``file``, which Keras wrote of this model, and the weights themselves.

    A figure is ``layer``, ``weight`` (Keras's name), ``shape``, ``mean``, ``std``, ``min``, ``max`` and ``zeros``, the
    share of values that are exactly 0.

    Raises:
        OSError: there is no such file.
        ValueError: it belongs to another model.
    """
    built = build(model, input_shape, input_dtype)
    built.load_weights(file)
    rows, values = [], []
    for layer in built.layers:
        for weight in layer.weights:
            value = keras.ops.convert_to_numpy(weight)
            rows.append(_figures(layer.name, weight.path.removeprefix(f"{layer.name}/"), value))
            values.append(value)
    return rows, values


def spread(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How often which value occurs: counts, (40,), and the edges between them, (41,)."""
    flat = values[np.isfinite(values)].ravel()
    counts, edges = np.histogram(flat, bins=_BINS)
    return counts, edges


def _figures(layer: str, weight: str, value: np.ndarray) -> dict[str, Any]:
    numbers = value.astype(np.float64)
    return {
        "layer": layer,
        "weight": weight,
        "shape": list(value.shape),
        "mean": float(numbers.mean()),
        "std": float(numbers.std()),
        "min": float(numbers.min()),
        "max": float(numbers.max()),
        "zeros": float(np.mean(numbers == 0)),
    }
