"""Load every form of the model in this folder and compare what it answers with what the training app was answered.

    pip install -r requirements.txt
    python check.py

``inputs.npy`` are rows as the network reads them, ``answers.npy`` the answers to them. ``check.json`` says which forms
there are and how far their answers may differ. Nothing but Keras, TensorFlow and NumPy is needed.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np


def keras_file(folder: Path, x: np.ndarray) -> np.ndarray:
    """The answers of ``model.keras``."""
    import keras

    return _predicted(keras.models.load_model(folder / "model.keras", compile=False), x)


def h5_file(folder: Path, x: np.ndarray) -> np.ndarray:
    """The answers of ``model.h5``."""
    import keras

    return _predicted(keras.models.load_model(folder / "model.h5", compile=False), x)


def apart(folder: Path, x: np.ndarray) -> np.ndarray:
    """The answers of the layers in ``architecture.json`` with the weights in ``model.weights.h5``."""
    import keras

    model = keras.models.model_from_json((folder / "architecture.json").read_text("utf-8"))
    model.load_weights(folder / "model.weights.h5")
    return _predicted(model, x)


def saved_model(folder: Path, x: np.ndarray) -> np.ndarray:
    """The answers of the folder ``saved_model``, which needs TensorFlow and no Keras."""
    import tensorflow as tf

    model = tf.saved_model.load(str(folder / "saved_model"))  # by a name: its variables go when nothing holds it
    return np.asarray(model.serve(tf.constant(x)))


def tflite(folder: Path, x: np.ndarray) -> np.ndarray:
    """The answers of ``model.tflite``, row by row."""
    interpreter = _interpreter(str(folder / "model.tflite"))
    interpreter.allocate_tensors()
    (source,), (answer,) = interpreter.get_input_details(), interpreter.get_output_details()
    found = []
    for row in x:
        interpreter.set_tensor(source["index"], row[np.newaxis].astype(source["dtype"]))
        interpreter.invoke()
        found.append(interpreter.get_tensor(answer["index"])[0])
    return np.stack(found)


FORMS: dict[str, Callable[[Path, np.ndarray], np.ndarray]] = {
    "keras": keras_file,
    "h5": h5_file,
    "saved_model": saved_model,
    "weights": apart,
    "tflite": tflite,
}
"""By form, what loads it and has it answer."""


def difference(found: np.ndarray, wanted: np.ndarray) -> float:
    """The largest difference of two arrays, infinite where one is finite and the other is not, or the shapes differ."""
    if found.shape != wanted.shape:
        return float("inf")
    found, wanted = np.asarray(found, np.float64), np.asarray(wanted, np.float64)
    is_number = np.isfinite(wanted)
    if not np.array_equal(is_number, np.isfinite(found)):
        return float("inf")
    return float(np.max(np.abs(found - wanted)[is_number], initial=0.0))


def checked(folder: Path, form: str) -> dict[str, Any]:
    """How far the answers of ``form`` are off: ``form`` and ``difference``, or ``error`` where it cannot answer."""
    x, wanted = np.load(folder / "inputs.npy"), np.load(folder / "answers.npy")
    try:
        return {"form": form, "difference": difference(FORMS[form](folder, x), wanted)}
    except Exception as error:
        return {"form": form, "error": f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"}


def main(folder: Path) -> int:
    """Check all forms and print a line for each; returns 0 where all agree, else 1."""
    if (folder / "formulas.py").exists():  # what the network needs besides Keras's own functions
        sys.path.insert(0, str(folder))
        __import__("formulas")
    is_good = True
    for form, tolerance in json.loads((folder / "check.json").read_text("utf-8")).items():
        found = checked(folder, form)
        words = found.get("error") or f"largest difference {found['difference']:.3g} of at most {tolerance:.3g}"
        is_same = "error" not in found and found["difference"] <= tolerance
        is_good = is_good and is_same
        print(f"{form:12} {'same' if is_same else 'DIFFERENT'}: {words}")
    return 0 if is_good else 1


def _predicted(model: Any, x: np.ndarray) -> np.ndarray:
    return np.asarray(model(x, training=False))


def _interpreter(path: str) -> Any:
    try:
        from ai_edge_litert.interpreter import Interpreter  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        import tensorflow as tf

        return tf.lite.Interpreter(path)
    return Interpreter(path)


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent))
