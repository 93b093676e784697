"""A model spec as a Keras model."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import keras
import tensorflow as tf

from playground import catalog
from playground.specs import LayerSpec, ModelSpec, TrainSpec
from playground.specs.run_spec import FULL
from playground.training.backbones import backbone
from playground.training.errors import first_sentences
from playground.training.objects import made

INPUT = "input"
"""The name by which layers read the network's input."""

_FROM_KERAS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    tf.errors.OpError,
)
"""What Keras and TensorFlow raise at arguments and shapes that they do not take; seen with random ones."""


class BuildError(ValueError):
    """A layer that cannot be built; the message names it, what it received, and why.

    Attributes:
        layer: the layer's name, or ``None`` where it is not one layer's fault.
        so_far: what is known of the layers before it, where somebody asked for that.
    """

    so_far: Any = None

    def __init__(self, message: str, layer: str | None = None) -> None:
        super().__init__(message)
        self.layer = layer


def build(
    model: ModelSpec, input_shape: Sequence[int], input_dtype: str = "float32", precision: str = FULL
) -> keras.Model:
    """The functional Keras model of ``model``, not compiled; layers keep the names of the spec.

    Weights follow from ``keras.utils.set_random_seed`` as in any Keras script.

    Args:
        model: the layers; one without inputs reads the layer before it, ``"input"`` is the network's input.
        input_shape: shape of one sample, without the batch axis.
        input_dtype: numpy dtype name of the samples.
        precision: Keras's dtype policy of all layers but the last, whose answers keep 32 bits.

    Raises:
        BuildError: a layer does not exist, does not take its arguments, or does not fit its input.
    """
    with _policy(precision):
        source = keras.Input(tuple(input_shape), dtype=input_dtype, name=INPUT)
        return keras.Model(source, connect(model, source), name="model")


@contextlib.contextmanager
def _policy(name: str) -> Iterator[None]:
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(name)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


Seen = Callable[[LayerSpec, keras.Layer, list[Any], Any], None]
"""Told of a layer, its Keras object, the tensors it reads and its output."""


def connect(model: ModelSpec, source: Any, seen: Seen = lambda *_: None) -> Any:
    """The output of ``model`` on the symbolic tensor ``source``; ``seen`` is told of every layer as it is built.

    Raises:
        BuildError: a layer does not exist, does not take its arguments, or does not fit what it reads.
    """
    if not model.layers:
        raise BuildError("The model has no layers: add at least one.")
    tensors: dict[str, Any] = {INPUT: source}
    last = source
    for layer in model.layers:
        read = [_read(tensors, name, layer) for name in layer.inputs] or [last]
        with in_words(layer, read):
            built = _made(layer, read, is_last=layer is model.layers[-1])
            last = called(built, layer, read)
            _refuse(layer, read)
        tensors[layer.name] = last
        seen(layer, built, read, last)
    return last


def compile_model(model: keras.Model, training: TrainSpec) -> None:
    """Compile ``model`` with the optimizer, loss and metrics of ``training``, without XLA.

    The optimizer's variables are made at once: made lazily inside a compiled function, some optimizers differ.

    Raises:
        BuildError: one of them does not take its arguments.
    """
    chosen = (("optimizers", training.optimizer), ("losses", training.loss))
    objects = []
    for table, spec in chosen:
        with _plain(spec.kind):
            objects.append(made(table, spec.kind, spec.args))
    metrics: list[Any] = []
    for metric in training.metrics:
        if metric.kind == "accuracy":
            metrics.append(metric.kind)  # Keras picks the kind that fits output and targets
            continue
        with _plain(metric.kind):
            metrics.append(made("metrics", metric.kind, metric.args))
    optimizer, loss = objects
    kind = "weighted_metrics" if training.weighted_metrics else "metrics"
    model.compile(optimizer=optimizer, loss=loss, jit_compile=False, **{kind: metrics})
    model.optimizer.build(model.trainable_variables)  # Keras wraps it where 16 bits need a scaled loss


def called(built: keras.Layer, layer: LayerSpec, read: list[Any], **how: Any) -> Any:
    """The output of ``built`` for what it reads, handed over in the form that its class wants.

    Raises:
        BuildError: it reads too few layers or too many.
    """
    entry = catalog.entry("layers", layer.kind)
    reading = entry.reading if entry else catalog.Reading()
    if not reading.least <= len(read) <= reading.most:
        raise BuildError(
            f"Layer {layer.name} ({layer.kind}) reads {reading.in_words()}, received {len(read)}.", layer.name
        )
    given = reading.given(read)
    how |= entry.called_with(layer.args) if entry else {}
    return built(given, **how) if reading.form == "list" else built(*given, **how)


def _refuse(layer: LayerSpec, read: list[Any]) -> None:
    """Refuse what Keras lets through here and could not train."""
    entry = catalog.entry("layers", layer.kind)
    why = entry.refusal(tuple(read[0].shape[1:])) if entry else ""
    if why:
        raise ValueError(why)


def _made(layer: LayerSpec, read: list[Any], *, is_last: bool) -> keras.Layer:
    if layer.kind in catalog.BACKBONES:
        return backbone(layer.kind, layer.args, layer.name, read[0].shape[1:])
    ours = {"dtype": FULL} if is_last and keras.config.dtype_policy().name != FULL else {}
    built: keras.Layer = made("layers", layer.kind, layer.args, name=layer.name, **ours)
    return built


def _read(tensors: dict[str, Any], name: str, layer: LayerSpec) -> Any:
    try:
        return tensors[name]
    except KeyError:
        raise BuildError(
            f"Layer {layer.name} ({layer.kind}) reads {name!r}, which is not a layer before it.", layer.name
        ) from None


@contextlib.contextmanager
def in_words(layer: LayerSpec, read: list[Any]) -> Iterator[None]:
    """Inside, whatever Keras raises about ``layer`` is a BuildError that names it and the shapes it reads."""
    try:
        yield
    except BuildError:
        raise
    except _FROM_KERAS as error:
        shapes = " and ".join(shape_words(tensor.shape[1:]) for tensor in read)
        what = f"Layer {layer.name} ({layer.kind}) does not fit an input of shape {shapes}"
        raise BuildError(f"{what}: {first_sentences(error)}", layer.name) from error


@contextlib.contextmanager
def _plain(kind: str) -> Iterator[None]:
    try:
        yield
    except _FROM_KERAS as error:
        raise BuildError(f"{kind}: {first_sentences(error)}") from error


def shape_words(shape: Sequence[int | None]) -> str:
    """``shape`` of one sample in words: "8 × 8 × 32", "one number"."""
    return " × ".join("any" if size is None else f"{size}" for size in shape) or "one number"
