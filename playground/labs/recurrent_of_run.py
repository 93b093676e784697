"""A recurrent layer of a trained network, and what it reads of one sample."""

from typing import Any

import keras
import numpy as np

from playground.catalog.gates import CELLS


def recurrent(model: keras.Model, name: str) -> tuple[Any, keras.Layer]:
    """The recurrent layer called ``name`` of ``model``, and the layer that stands in the network.

    They differ for a ``Bidirectional``: it is the one that reads forwards.

    Raises:
        LookupError: there is no such layer, or it is not recurrent.
    """
    outer = next((layer for layer in model.layers if layer.name == name), None)
    inner = getattr(outer, "forward_layer", outer)
    if outer is None or type(inner).__name__ not in [each.id for each in CELLS]:
        raise LookupError(f"The network has no recurrent layer called {name!r}.")
    return inner, outer


def reads(model: keras.Model, outer: keras.Layer, sample: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
    """What a layer of ``model`` reads of ``sample``, float32 (steps, features), and the numbers of these steps.

    With them comes how many steps there are at all. Steps that are
    masked, as those that only fill a text up, are left out: the layer passes over them.

    Args:
        model: the network.
        outer: the layer, as it stands in the network.
        sample: a prepared sample, without the batch axis.
    """
    read = outer.input
    read = read[0] if isinstance(read, list) else read  # with a mask, Keras counts it among what is read
    found = keras.Model(model.input, read)(sample[None], training=False)
    mask = getattr(found, "_keras_mask", None)
    values = np.asarray(found, np.float32)[0]
    kept = np.arange(len(values)) if mask is None else np.flatnonzero(np.asarray(mask)[0])
    return values[kept], kept, len(values)
