"""What a recurrent cell of Keras works out step by step, and how far back its gradient reaches."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from playground.catalog.gates import SEQUENCES, cell
from playground.training.objects import made

MOST_STEPS, MOST_UNITS = 120, 64
_PERIOD = 12.0


def sequence(kind: str, length: int, text: str = "", seed: int = 0) -> tuple[np.ndarray, list[str]]:
    """A sequence, float32 (steps, features), and what each step is called.

    A pulse, a sine or noise has one feature; a text has one for each of its different letters, 1 where it stands.

    Args:
        kind: one of ``SEQUENCES``.
        length: steps, at most 120; a text has its own.
        text: the letters.
        seed: of the noise.

    Raises:
        LookupError: there is no such sequence.
        ValueError: the text is empty.
    """
    if kind not in SEQUENCES:
        raise LookupError(f"There is no sequence {kind!r}; expected one of {', '.join(SEQUENCES)}.")
    if kind == "text":
        letters = list(text[:MOST_STEPS])
        if not letters:
            raise ValueError("The text is empty: type at least one letter.")
        known = sorted(set(letters))
        return np.eye(len(known), dtype=np.float32)[[known.index(each) for each in letters]], letters
    steps = max(1, min(length, MOST_STEPS))
    x = {
        "pulse": np.eye(1, steps)[0],
        "sine": np.sin(2 * np.pi * np.arange(steps) / _PERIOD),
        "noise": np.random.default_rng(seed).standard_normal(steps),
    }[kind]
    return x[:, None].astype(np.float32), [str(at + 1) for at in range(steps)]


def fresh(kind: str, units: int, features: int, seed: int, bias: float | None = None, gain: float = 1.0) -> Any:
    """A layer of ``kind`` with the weights that Keras draws, its output at every step wanted.

    Args:
        kind: of ``CELLS``.
        units: at most 64.
        features: of its input.
        seed: of the weights.
        bias: of the gate that keeps, ``cell(kind).bias``; Keras's own by default.
        gain: that the recurrent weights are multiplied with.

    Raises:
        LookupError: there is no such layer.
        ValueError: what Keras says of an argument.
    """
    known = cell(kind)
    keras.utils.set_random_seed(seed)
    layer = made("layers", kind, {"units": max(1, min(units, MOST_UNITS)), "return_sequences": True})
    layer.build((None, None, features))
    inner = layer.cell
    inner.recurrent_kernel.assign(gain * inner.recurrent_kernel)
    if bias is not None and known.bias is not None:
        values = np.array(inner.bias)
        at = 1 if kind == "LSTM" else 0
        values.reshape(-1, inner.bias.shape[-1])[0, at * inner.units : (at + 1) * inner.units] = bias
        inner.bias.assign(values)
    return layer


def steps(layer: Any, x: np.ndarray) -> Mapping[str, np.ndarray]:
    """What the cell of ``layer`` works out at every step, from its own weights, float32 (steps, units) each.

    Keys are those of ``cell(kind).inner``. The last, ``h``, is what the layer gives away.

    Args:
        layer: an ``LSTM``, ``GRU`` or ``SimpleRNN`` that has been built.
        x: float32 (steps, features).

    Raises:
        LookupError: it is another layer.
    """
    inner, kind = layer.cell, type(layer).__name__
    cell(kind)
    one = {"LSTM": _lstm, "GRU": _gru, "SimpleRNN": _simple}[kind]
    state = {"h": ops.zeros((1, inner.units)), "c": ops.zeros((1, inner.units))}
    told = []
    for row in x[::-1] if layer.go_backwards else x:
        found = one(inner, ops.convert_to_tensor(row[None]), state)
        told.append(found)
        state = {**state, **{name: found[name] for name in state if name in found}}
    return {name: np.concatenate([np.asarray(each[name]) for each in told]) for name in told[0]}


def reach(layer: Any, x: np.ndarray) -> np.ndarray:
    """How much the last output of ``layer`` depends on each step: the Frobenius norm of dh_T/dx_t, float64 (steps,).

    Each step is a call of Keras's own cell. The sequence goes through once for every unit, so that one pass back gives
    the slopes of all of them.
    """
    inner = layer.cell
    values = ops.convert_to_tensor(np.repeat(x[None], inner.units, axis=0))
    with tf.GradientTape() as tape:
        tape.watch(values)
        states = inner.get_initial_state(batch_size=inner.units)
        for at in range(len(x)):
            output, states = inner.call(values[:, at], states)
        own = ops.sum(ops.diagonal(output))
    slopes = np.asarray(tape.gradient(own, values), np.float64)
    found: np.ndarray = np.sqrt((slopes**2).sum(axis=(0, 2)))
    return found


def _lstm(inner: Any, x: Any, state: Mapping[str, Any]) -> dict[str, Any]:
    """As Keras's ``LSTMCell``: the weights of input gate, forget gate, candidate and output gate stand side by side."""
    z = ops.matmul(x, inner.kernel) + ops.matmul(state["h"], inner.recurrent_kernel)
    if inner.use_bias:
        z = z + inner.bias
    into, forget, candidate, out = ops.split(z, 4, axis=-1)
    i, f = inner.recurrent_activation(into), inner.recurrent_activation(forget)
    g, o = inner.activation(candidate), inner.recurrent_activation(out)
    c = f * state["c"] + i * g
    return {"f": f, "i": i, "g": g, "o": o, "c": c, "h": o * inner.activation(c)}


def _gru(inner: Any, x: Any, state: Mapping[str, Any]) -> dict[str, Any]:
    """As Keras's ``GRUCell``: update gate, reset gate, candidate; the old state stays where the update gate is 1."""
    h, units = state["h"], inner.units
    own, back = ops.zeros((3 * units,)), ops.zeros((3 * units,))
    if inner.use_bias:
        own, back = (inner.bias[0], inner.bias[1]) if inner.reset_after else (inner.bias, back)
    from_x = ops.matmul(x, inner.kernel) + own
    from_h = ops.matmul(h, inner.recurrent_kernel[:, : 2 * units]) + back[: 2 * units]
    z, r = ops.split(inner.recurrent_activation(from_x[:, : 2 * units] + from_h), 2, axis=-1)
    last = inner.recurrent_kernel[:, 2 * units :]
    recurrent = r * (ops.matmul(h, last) + back[2 * units :]) if inner.reset_after else ops.matmul(r * h, last)
    g = inner.activation(from_x[:, 2 * units :] + recurrent)
    return {"z": z, "r": r, "g": g, "h": z * h + (1 - z) * g}


def _simple(inner: Any, x: Any, state: Mapping[str, Any]) -> dict[str, Any]:
    z = ops.matmul(x, inner.kernel) + ops.matmul(state["h"], inner.recurrent_kernel)
    return {"h": inner.activation(z + inner.bias if inner.use_bias else z)}
