"""A small network trained on few points: its curves, what it makes of every place, and how large its weights become."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from playground.data import Prepared
from playground.data.plan import plan
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.order import order
from playground.training.build import build, compile_model
from playground.training.evaluate import Evaluation
from playground.training.held import Held
from playground.training.objects import made
from playground.training.resident import Resident
from playground.training.shapes import summarise
from playground.training.spans import Spans

MAX_EPOCHS, MAX_ROWS, MAX_PARAMETERS = 2000, 2000, 50_000
_AT_ONCE = 50
_LINE, _SIDE = 161, 41
_MARGIN = 0.15
_QUANTILES = 201
_BINS = np.linspace(-1.0, 1.0, 42)
_SMALL = 1e-3


def fitted(
    spec: RunSpec,
    prepared: Prepared,
    settings: Settings,
    progress: Callable[[float, str], None] = lambda *_: None,
) -> dict[str, Any]:
    """The run of ``spec`` as Keras trains it, in JSON values.

    ``history``: by Keras's name, every epoch's value; ``best``: the epoch with the lowest validation loss, from 1;
    ``parameters``: how many there are; ``values``: what the trained network answers on ``low`` to ``high``, at 161
    places of a line or on a grid of 41 by 41, row by row; ``points``: the training part as ``x`` and ``y``; ``truth``:
    for a line, ``x`` and ``y`` of what the points are without noise; ``weights``: of all kernels ``sizes`` (201
    quantiles of the absolute values, falling), ``shares`` in the bins between ``edges``, ``absolute`` and ``squared``
    sums, and ``zero``, the share that is smaller than 0.001.

    Args:
        spec: a small run on one or two numbers a sample.
        prepared: its data.
        settings: limits.
        progress: told how far it is; may raise to cancel.

    Raises:
        ValueError: it is not small, or it is about something else.
        BuildError, LimitError: it cannot be built.
    """
    facts = prepared.facts
    x, y = (np.array(prepared.array(f"{name}_train")) for name in "xy")
    if x.ndim != 2 or x.shape[1] > 2 or facts.task not in ("regression", "binary"):
        raise ValueError(f"Expected one or two numbers a sample and one answer, received {facts.input_shape}.")
    n = len(x) + len(prepared.array("x_validation"))
    parameters = summarise(spec.model, facts.input_shape, facts.input_dtype, settings).parameters
    epochs = spec.training.epochs
    if epochs > MAX_EPOCHS or n > MAX_ROWS or parameters > MAX_PARAMETERS:
        raise ValueError(
            f"Expected at most {MAX_EPOCHS} epochs, {MAX_ROWS} rows and {MAX_PARAMETERS} parameters, "
            f"received {epochs}, {n} and {parameters}."
        )
    progress(0.0, "Building the network")
    keras.utils.set_random_seed(spec.seed)
    model = build(spec.model, facts.input_shape, facts.input_dtype)
    compile_model(model, spec.training)
    history = _trained(model, spec, prepared, progress)
    low, high = x.min(axis=0) - _MARGIN, x.max(axis=0) + _MARGIN
    found = {
        "history": history,
        "best": int(np.argmin(history["val_loss"])) + 1,
        "parameters": parameters,
        "low": low.tolist(),
        "high": high.tolist(),
        "values": _rounded(np.ravel(model(_places(low, high), training=False))),
        "points": {"x": _rounded(x), "y": _rounded(y)},
        "weights": _weights(model),
    }
    if x.shape[1] == 1:
        found["truth"] = _truth(spec, settings)
    return found


def _trained(
    model: keras.Model, spec: RunSpec, prepared: Prepared, progress: Callable[[float, str], None]
) -> dict[str, list[float]]:
    """Train as a run does, many epochs in a call; one by one where a callback may end it. The history, by name."""
    held = Held(prepared, spec.training, None)
    resident, validation = held.trainer(model), held.evaluation(model, "validation")
    if not isinstance(resident, Resident) or not isinstance(validation, Evaluation):
        raise ValueError("Expected a training part and a validation part.")
    spans = Spans(resident, validation, is_xla=False)
    chosen = [made("callbacks", callback.kind, callback.args) for callback in spec.training.callbacks]
    epochs = spec.training.epochs
    heard = keras.callbacks.CallbackList(chosen, add_history=True, model=model, epochs=epochs, steps=1, verbose=0)
    at_once = 1 if chosen else min(_AT_ONCE, spans.most)
    model.stop_training = False
    heard.on_train_begin()
    epoch = 0
    while epoch < epochs and not model.stop_training:
        progress(epoch / epochs, "Training")
        rows = [order(spec.seed, at, resident.n) for at in range(epoch, min(epochs, epoch + at_once))]
        for at, logs in enumerate(spans.run(rows).epochs):
            heard.on_epoch_begin(epoch + at)
            heard.on_epoch_end(epoch + at, logs)
        epoch += len(rows)
    heard.on_train_end()
    return {name: _rounded(values) for name, values in model.history.history.items()}


def _places(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Where the network is asked: float32 (places, 1 or 2)."""
    if len(low) == 1:
        return np.linspace(low, high, _LINE, dtype=np.float32)
    across, up = (np.linspace(low[axis], high[axis], _SIDE, dtype=np.float32) for axis in (0, 1))
    return np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)


def _truth(spec: RunSpec, settings: Settings) -> dict[str, list[float]]:
    made_of = plan(spec.dataset, settings)
    loaded = made_of.source.load({**made_of.options, "noise": 0.0}, spec.seed, settings, lambda *_: None)
    x, y = np.asarray(loaded.x)[:, 0], np.asarray(loaded.y)
    ordered = np.argsort(x)
    return {"x": _rounded(x[ordered]), "y": _rounded(y[ordered])}


def _weights(model: keras.Model) -> dict[str, Any]:
    kernels = [np.asarray(layer.kernel) for layer in model.layers if getattr(layer, "kernel", None) is not None]
    every = np.concatenate([kernel.ravel() for kernel in kernels]).astype(np.float64)
    sizes = np.sort(np.abs(every))[::-1]
    counts, _ = np.histogram(np.clip(every, _BINS[0], _BINS[-1]), _BINS)
    return {
        "n": len(every),
        "sizes": _rounded(sizes[np.linspace(0, len(sizes) - 1, _QUANTILES).astype(int)]),
        "shares": _rounded(counts / len(every)),
        "edges": _rounded(_BINS),
        "absolute": float(np.abs(every).sum()),
        "squared": float((every**2).sum()),
        "zero": float(np.mean(np.abs(every) < _SMALL)),
    }


def _rounded(values: Any) -> Any:
    """Nested lists in six digits."""
    array = np.asarray(values, np.float64)
    if array.ndim > 1:
        return [_rounded(each) for each in array]
    return [float(f"{value:.6g}") for value in array]
