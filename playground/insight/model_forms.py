"""A trained network as files that other programs read: Keras's own, older ones, TensorFlow's and those for phones."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import keras
import tensorflow as tf

from playground.specs.run_spec import FULL

_HALF_TOLERANCE = 2e-2  # 16-bit numbers have three digits
_REFUSED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
    tf.errors.OpError,
)
"""What Keras and TensorFlow raise at a network that they cannot write in a form."""


class FormError(Exception):
    """The network cannot be written in this form; the message says why."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a network down.

    Attributes:
        files: what it consists of, files or folders.
        tolerance: how far its answers may differ, times the largest answer where that is more than 1.
        packages: what is needed to load it.
    """

    files: tuple[str, ...]
    tolerance: float
    packages: tuple[str, ...]


FORMS: Mapping[str, Form] = {
    "keras": Form(("model.keras",), 1e-5, ("keras", "tensorflow")),
    "h5": Form(("model.h5",), 1e-5, ("keras", "tensorflow", "h5py")),
    "saved_model": Form(("saved_model",), 1e-5, ("tensorflow",)),
    "weights": Form(("model.weights.h5", "architecture.json"), 1e-5, ("keras", "tensorflow", "h5py")),
    "tflite": Form(("model.tflite",), 1e-4, ("tensorflow",)),
}
"""In the order in which they are offered."""


def write(model: keras.Model, form: str, folder: Path) -> str:
    """Write ``model`` into ``folder`` in one of :data:`FORMS`; returns what is to be known of it, or nothing.

    Raises:
        FormError: it cannot be written so.
        OSError: there is no room.
    """
    try:
        return _WRITERS[form](model, folder)
    except OSError:
        raise
    except _REFUSED as error:
        raise FormError(_said(error)) from error


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"


def tolerance(form: str, precision: str, largest: float) -> float:
    """How far the answers of ``form`` may differ.

    Args:
        form: one of :data:`FORMS`.
        precision: of the network's layers, as a spec has it.
        largest: the largest answer, without its sign.
    """
    least = FORMS[form].tolerance if precision == FULL else _HALF_TOLERANCE
    return least * max(1.0, largest)


def versions(form: str) -> dict[str, str]:
    """By package, the version that has written ``form``."""
    return {name: metadata.version(name) for name in FORMS[form].packages}


def _keras(model: keras.Model, folder: Path) -> str:
    model.save(folder / "model.keras")
    return ""


def _h5(model: keras.Model, folder: Path) -> str:
    model.save(folder / "model.h5")
    return "The older format of Keras."


def _saved_model(model: keras.Model, folder: Path) -> str:
    model.export(folder / "saved_model", verbose=False)
    return "Its answers come from the signature serve."


def _weights(model: keras.Model, folder: Path) -> str:
    model.save_weights(folder / "model.weights.h5")
    (folder / "architecture.json").write_text(model.to_json(indent=1), "utf-8")
    return ""


def _tflite(model: keras.Model, folder: Path) -> str:
    """With TensorFlow Lite's own operations where these will do, else with some of TensorFlow's as well."""
    from tensorflow.lite.python.convert_phase import ConverterError  # here: nobody else needs the converter

    (source,) = model.inputs
    one = tf.TensorSpec((1, *source.shape[1:]), source.dtype, name="input")
    write_lite = functools.partial(
        model.export, folder / "model.tflite", format="litert", verbose=False, input_signature=[one]
    )
    try:
        write_lite(target_spec={"supported_ops": [tf.lite.OpsSet.TFLITE_BUILTINS]})
    except (ConverterError, *_REFUSED):
        try:
            write_lite()
        except ConverterError as error:
            raise FormError(_said(error)) from error
        return "One row at a time. It needs TensorFlow's own operations beside those of TensorFlow Lite (Flex)."
    return "One row at a time, with the operations of TensorFlow Lite alone."


_WRITERS: Mapping[str, Callable[[keras.Model, Path], str]] = {
    "keras": _keras,
    "h5": _h5,
    "saved_model": _saved_model,
    "weights": _weights,
    "tflite": _tflite,
}
