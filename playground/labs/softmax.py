"""Softmax with a temperature, and the tanh as a rescaled sigmoid."""

from collections.abc import Sequence

import keras
import numpy as np

COOLEST, HOTTEST = 0.1, 10.0


def shares(scores: Sequence[float], temperatures: np.ndarray) -> np.ndarray:
    """``softmax(scores / temperature)`` by Keras, a row a temperature: float32 (m, n)."""
    over = np.asarray(scores, np.float32)[None, :] / np.asarray(temperatures, np.float32)[:, None]
    return np.asarray(keras.ops.convert_to_numpy(keras.activations.softmax(over)))


def rescaled(x: np.ndarray, height: float, pace: float, shift: float) -> tuple[np.ndarray, np.ndarray]:
    """Keras's ``tanh(x)`` and ``height * sigmoid(pace * x) + shift``, each float32 (n,)."""
    places = np.asarray(x, np.float32)
    tanh = keras.ops.convert_to_numpy(keras.activations.tanh(places))
    sigmoid = keras.ops.convert_to_numpy(keras.activations.sigmoid(places * np.float32(pace)))
    return np.asarray(tanh), np.float32(height) * np.asarray(sigmoid) + np.float32(shift)
