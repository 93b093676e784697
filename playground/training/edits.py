"""A weight or a bias that somebody sets by hand while a network trains."""

import math
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

_MOST = 1e6


class Edits:
    """Answers the request ``edit``.

    Args:
        model: the model that trains.
    """

    def __init__(self, model: keras.Model) -> None:
        self._dense = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]

    def change(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """Set one value; returns what the answer says.

        Args:
            args: ``layer``, the number of the dense layer; ``neuron``, the number of its unit; ``source``, that of the
                input whose weight is set, or ``None`` for the bias; ``value``.

        Raises:
            ValueError: there is no such weight, or it cannot be that.
        """
        value = args.get("value")
        if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= _MOST:
            raise ValueError(f"A weight: expected a number between {-_MOST:g} and {_MOST:g}, received {value!r}.")
        layer = self._dense[_within("layer", args.get("layer"), len(self._dense))]
        neuron = _within("neuron", args.get("neuron"), layer.units)
        source = args.get("source")
        if source is None and layer.bias is None:
            raise ValueError(f"Layer {layer.name} has no biases.")
        variable = layer.bias if source is None else layer.kernel
        at = (neuron,) if source is None else (_within("source", source, layer.kernel.shape[0]), neuron)
        values = np.array(keras.ops.convert_to_numpy(variable))
        before, values[at] = float(values[at]), value
        variable.assign(values)
        said = {name: args.get(name) for name in ("neuron", "source", "value")}
        return {"edit": {"layer": layer.name, "before": before if math.isfinite(before) else None, **said}}


def _within(name: str, value: Any, n: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < n:
        raise ValueError(f"{name}: expected a whole number from 0 to {n - 1}, received {value!r}.")
    return value
