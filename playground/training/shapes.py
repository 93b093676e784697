"""Shapes and parameter counts of any model, without allocating anything or starting a device."""

import contextlib
import math
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import keras
import tensorflow as tf
from keras.src.backend.common import global_state

from playground.settings import Settings, setting
from playground.specs import LayerSpec, ModelSpec
from playground.training.build import INPUT, BuildError, connect

_LOCK = threading.Lock()


class LimitError(ValueError):
    """A model larger than this server allows; the message names the layer, the figure, the limit and its setting.

    Attributes:
        layer: the layer's name.
        so_far: the layers before it.
    """

    so_far: "Summary | None" = None

    def __init__(self, message: str, layer: str) -> None:
        super().__init__(message)
        self.layer = layer


@dataclass(frozen=True, slots=True)
class LayerSummary:
    """One layer: its output shape without the batch axis (``None`` where it varies), and its parameters."""

    name: str
    kind: str
    output_shape: tuple[int | None, ...]
    parameters: int
    trainable: int


@dataclass(frozen=True, slots=True)
class Summary:
    """All layers in order, and the parameters of the whole model."""

    layers: tuple[LayerSummary, ...]
    parameters: int
    trainable: int

    def to_dict(self) -> dict[str, Any]:
        """The summary as JSON values."""
        return asdict(self)


@contextlib.contextmanager
def shapes_only() -> Iterator[None]:
    """Inside, Keras layers can be made and called on symbolic tensors; no variable is ever allocated.

    It patches one private function of Keras (recurrent layers ask for GPUs, which would start the device), so one
    thread at a time is let in.
    """
    recurrent = sys.modules["keras.src.backend.tensorflow.rnn"]
    with _LOCK:
        asks_for_gpu = recurrent._is_gpu_available
        recurrent._is_gpu_available = lambda: False  # type: ignore[attr-defined]
        pending = global_state.get_global_attribute("uninitialized_variables", [], set_to_default=True)
        before = len(pending)
        try:
            with tf.Graph().as_default(), keras.StatelessScope(initialize_variables=False):
                yield
        finally:
            recurrent._is_gpu_available = asks_for_gpu  # type: ignore[attr-defined]
            # Otherwise the next StatelessScope that closes would allocate them all.
            del pending[before:]


def summarise(model: ModelSpec, input_shape: Sequence[int], input_dtype: str, settings: Settings) -> Summary:
    """Shapes and parameters of ``model``, layer by layer.

    Args:
        model: the layers.
        input_shape: shape of one sample, without the batch axis.
        input_dtype: numpy dtype name of the samples.
        settings: the limits on parameters and on values per sample of one layer.

    Raises:
        BuildError: a layer does not fit.
        LimitError: a limit is passed; found layer by layer, before anything is allocated.
            Both have the layers before it as ``so_far``.
    """
    layers: list[LayerSummary] = []
    counted: set[int] = set()
    total = 0

    def seen(layer: LayerSpec, built: keras.Layer, read: list[Any], output: Any) -> None:
        nonlocal total
        fresh = [weight for weight in built.weights if id(weight) not in counted]
        counted.update(map(id, fresh))
        parameters = sum(math.prod(weight.shape) for weight in fresh)
        trained = {id(weight) for weight in built.trainable_weights}
        trainable = sum(math.prod(weight.shape) for weight in fresh if id(weight) in trained)
        total += parameters
        values = max(math.prod(size or 1 for size in tensor.shape[1:]) for tensor in keras.tree.flatten(output))
        _refuse(layer, "brings the model to", total, "parameters", settings.max_parameters, "max_parameters")
        _refuse(layer, "would hold", values, "values per sample", settings.max_values, "max_values")
        layers.append(LayerSummary(layer.name, layer.kind, tuple(output.shape[1:]), parameters, trainable))

    def so_far() -> Summary:
        return Summary(tuple(layers), total, sum(layer.trainable for layer in layers))

    try:
        with shapes_only():
            source = keras.Input(tuple(input_shape), dtype=input_dtype, name=INPUT)
            connect(model, source, seen)
    except (BuildError, LimitError) as error:
        error.so_far = so_far()
        raise
    return so_far()


def _refuse(layer: LayerSpec, verb: str, figure: int, what: str, limit: int, name: str) -> None:
    if figure > limit:
        most = 10**18  # a longer figure says no more
        shown = f"{figure:,}" if figure < most else f"more than {most:,}"
        words = f"Layer {layer.name} ({layer.kind}) {verb} {shown} {what}; this server allows {limit:,}"
        raise LimitError(f"{words} ({setting(name)}).", layer.name)
