"""What one layer of a network gives for one input, and the weights that it has learned, small enough to be drawn."""

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.insight.explain_answer import named

MAPS, PLACES, STEPS, UNITS = 32, 64, 120, 512
"""The most maps at once, rows and columns of one, steps of a sequence, and units."""


def layers_of(model: keras.Model) -> list[dict[str, Any]]:
    """``name``, ``kind`` and ``shape`` (without the batch axis) of each layer that can be looked at, in order."""
    found = []
    for layer in model.layers:
        if isinstance(layer, keras.layers.InputLayer) or not hasattr(getattr(layer, "output", None), "shape"):
            continue
        shape = [None if size is None else int(size) for size in layer.output.shape[1:]]
        kind = type(layer).__name__ if type(layer).__module__.startswith("keras.") else "Model"
        found.append({"name": layer.name, "kind": kind, "shape": shape})
    return found


def activations(
    model: keras.Model, x: np.ndarray, name: str, first: int = 0
) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What the layer called ``name`` gives for the prepared input ``x``, without the batch axis, as values and arrays.

    Of an output (height, width, maps) 32 maps from ``first`` on, each shrunk to 64 places a side at most; of
    (steps, units) 120 steps and 32 units from ``first`` on; of (units,) 512 units.

    Returns:
        Values ``shape``, of all there is, ``first``, that of what is shown, and ``low``, ``high``, ``zero``: least,
        greatest, and the share that is exactly 0, of everything. Array ``output``, float32.

    Raises:
        DataError: there is no such layer.
    """
    layer = named(model, name)
    batch = tf.cast(tf.constant(np.asarray(x)[None]), model.inputs[0].dtype)
    output = keras.Model(model.inputs[0], layer.output)(batch, training=False)
    found = np.asarray(tf.cast(output, tf.float32))[0]
    shape = list(found.shape)
    kept, first = _shown(found, first)
    values = {
        "shape": shape,
        "first": first,
        "low": float(found.min(initial=0)),
        "high": float(found.max(initial=0)),
        "zero": float(np.mean(found == 0)) if found.size else 0.0,
    }
    return values, {"output": kept}


def filters(
    model: keras.Model, name: str, first: int = 0, channel: int = 0
) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The kernel of the layer called ``name``, as values and arrays.

    Of a convolution (height, width, inputs, filters) 32 filters from ``first`` on, what each does to the input number
    ``channel``. Of a dense layer 32 units from ``first`` on, (inputs, units); where its inputs are a flattened image,
    so that they can be drawn as one, ``image`` says of which shape. Nothing of a layer without kernel: no arrays.

    Returns:
        Values ``shape`` of the kernel, ``first``, ``channel``, ``image``. Array ``kernel``, float32 (height, width,
        filters) or (inputs, units).

    Raises:
        DataError: there is no such layer.
    """
    layer = named(model, name)
    kernel = getattr(layer, "kernel", None)
    if kernel is None or len(kernel.shape) not in (2, 4) or hasattr(layer, "recurrent_kernel"):
        return {"shape": [], "first": 0, "channel": 0, "image": None}, {}
    found = np.asarray(kernel.value, np.float32)
    values: dict[str, Any] = {"shape": list(found.shape), "channel": 0, "image": None}
    if found.ndim == 4:
        if type(layer).__name__.endswith("Transpose"):
            found = found.transpose(0, 1, 3, 2)
        channel = min(max(channel, 0), found.shape[2] - 1)
        values["shape"], values["channel"] = list(found.shape), channel
        found = found[:, :, channel]
    else:
        values["image"] = _image(model, layer)
    values["first"] = _start(first, found.shape[-1])
    return values, {"kernel": found[..., values["first"] : values["first"] + MAPS]}


def _image(model: keras.Model, layer: keras.Layer) -> list[int] | None:
    """The shape of the images that ``layer`` reads flattened; ``None`` where it reads something else."""
    before = getattr(layer.input, "_keras_history", None)
    reads = None if before is None else before.operation
    shape = model.inputs[0].shape[1:]
    while isinstance(reads, keras.layers.Dropout | keras.layers.GaussianNoise):
        reads = reads.input._keras_history.operation
    if not isinstance(reads, keras.layers.Flatten) or reads.input is not model.inputs[0] or len(shape) < 2:
        return None
    return [int(size) for size in shape]


def _shown(found: np.ndarray, first: int) -> tuple[np.ndarray, int]:
    if found.ndim < 2:
        return found.reshape(-1)[:UNITS], 0
    first = _start(first, found.shape[-1])
    part = found[..., first : first + MAPS]
    if found.ndim == 2:
        return part[:STEPS], first
    while part.ndim > 3:  # of volumes and the like the middle slice
        part = part[part.shape[0] // 2]
    rows, columns = (-(-size // PLACES) for size in part.shape[:2])
    return np.ascontiguousarray(part[::rows, ::columns]), first


def _start(first: int, n: int) -> int:
    """The first of those that are shown: within ``n``, at a multiple of how many are shown."""
    return min(max(0, first), max(0, n - 1)) // MAPS * MAPS
