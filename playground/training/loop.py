"""The training loop: Keras's callbacks around blocks of steps."""

import time
from collections.abc import Callable, Sequence

import keras
import numpy as np

from playground.specs.order import order
from playground.training.ahead import Ahead
from playground.training.control import Control
from playground.training.evaluate import Evaluation
from playground.training.guards import refuse_nan
from playground.training.pace import Pace
from playground.training.recorder import Recorder
from playground.training.resident import Resident


def train(
    resident: Resident,
    validation: Evaluation | None,
    recorder: Recorder,
    control: Control,
    callbacks: Sequence[keras.callbacks.Callback],
    seed: int,
    epochs: int,
) -> None:
    """Train for ``epochs``, or until a callback sets ``model.stop_training``.

    Args:
        resident: the model and its training data.
        validation: the validation part, evaluated at each epoch's end.
        recorder: takes every batch and epoch.
        control: asked between blocks.
        callbacks: Keras callbacks, called as ``fit`` calls them; one that hears batches makes blocks single steps.
        seed: of the row order.
        epochs: how many.

    Raises:
        StoppedError: somebody asked for it.
        TrainingError: the loss is no number any more.
    """
    model = resident.model
    steps = resident.steps_per_epoch
    listed = keras.callbacks.CallbackList(
        [recorder, *callbacks], add_history=True, model=model, epochs=epochs, steps=steps, verbose=0
    )
    hears_batches = any(_hears_batches(callback) for callback in callbacks)
    pace = Pace(1 if hears_batches else resident.capacity)
    ahead = Ahead(resident.trace_last, *([validation.trace] if validation is not None else []))
    model.stop_training = False
    recorder.clock.start()
    listed.on_train_begin()
    logs: dict[str, float] = {}
    for epoch in range(epochs):
        listed.on_epoch_begin(epoch)
        rows = order(seed, epoch, resident.n)
        logs = _epoch(resident, recorder, control, pace, ahead, rows, epoch, _hook(listed, hears_batches))
        ahead.wait(control.listen)
        if validation is not None:
            logs |= {f"val_{name}": value for name, value in validation.values(control.listen).items()}
        listed.on_epoch_end(epoch, logs)
        if model.stop_training:
            break
    listed.on_train_end(logs)
    recorder.clock.stop()
    recorder.flush()


def _epoch(
    resident: Resident,
    recorder: Recorder,
    control: Control,
    pace: Pace,
    ahead: Ahead,
    rows: np.ndarray,
    epoch: int,
    hook: Callable[[int, dict[str, float] | None], None],
) -> dict[str, float]:
    done = 0
    logs: dict[str, float] = {}
    while done < resident.steps_per_epoch:
        if done == resident.whole:
            ahead.wait(control.listen)
        allowed = control.gate()
        hook(done, None)
        began = time.perf_counter()
        block = resident.block(rows, done, pace.steps if allowed is None else allowed)
        steps = len(block.values)
        if done < resident.whole:
            pace.took(steps, time.perf_counter() - began)
        recorder.add(block.values)
        losses = block.values[:, resident.batch_names.index("loss")]
        if not np.isfinite(losses).all():
            rate = float(keras.ops.convert_to_numpy(resident.model.optimizer.learning_rate))
            refuse_nan(losses, epoch + 1, done + 1, rate)
        hook(done, dict(zip(resident.batch_names, block.values[-1].tolist(), strict=True)))
        done += steps
        logs = block.closed
        ahead.start()
    return logs


def _hook(listed: keras.callbacks.CallbackList, is_used: bool) -> Callable[[int, dict[str, float] | None], None]:
    """Calls the batch hooks of callbacks: the begin without values, the end with them."""

    def hook(batch: int, values: dict[str, float] | None) -> None:
        if is_used and values is None:
            listed.on_train_batch_begin(batch)
        elif is_used:
            listed.on_train_batch_end(batch, values)

    return hook


def _hears_batches(callback: keras.callbacks.Callback) -> bool:
    base = keras.callbacks.Callback
    names = ("on_train_batch_begin", "on_train_batch_end", "on_batch_begin", "on_batch_end")
    return any(getattr(type(callback), name) is not getattr(base, name) for name in names)
