"""The training loop: Keras's callbacks around blocks of steps."""

import contextlib
import time
from collections.abc import Callable, Sequence

import keras
import numpy as np

from playground.runs.record import Record
from playground.specs.order import order
from playground.training.ahead import Ahead
from playground.training.checkpoints import Checkpoints
from playground.training.control import Control
from playground.training.doctor import Doctor
from playground.training.errors import EnoughError
from playground.training.guards import refuse_nan
from playground.training.pace import Pace
from playground.training.passes import Passes
from playground.training.probing import Probing
from playground.training.quicker import Quicker
from playground.training.recorder import Recorder
from playground.training.state import Position, State, seeds_kept
from playground.training.steps import Steps


def train(
    resident: Steps,
    validation: Passes | None,
    recorder: Recorder,
    control: Control,
    checkpoints: Checkpoints,
    callbacks: Sequence[keras.callbacks.Callback],
    seed: int,
    epochs: int,
    probing: Probing | None = None,
    start: State | None = None,
    record: Record | None = None,
    doctor: Doctor | None = None,
    is_changed: Callable[[], bool] = lambda: False,
) -> State | None:
    """Train for ``epochs`` and those that people add, or until a callback or somebody asks for the end.

    Returns the state in which another model is to go on, where ``is_changed`` has said so; ``None`` once it is over.

    Args:
        resident: the model and its training data.
        validation: the validation part, evaluated at each epoch's end.
        recorder: takes every batch and epoch.
        control: asked between blocks.
        checkpoints: keeps the best weights and the last.
        callbacks: Keras callbacks, called as ``fit`` calls them; one that hears batches makes blocks single steps.
        seed: of the row order.
        epochs: how many are planned.
        probing: looks at the model between blocks; ``None`` for no looks.
        start: what training goes on from, whose variables the model holds already; ``None`` for the beginning.
        record: which program to change to at which step.
        doctor: notices what goes wrong; ``None`` for nobody.
        is_changed: asked before each epoch whether another model is to train it.

    Raises:
        StoppedError: somebody asked for it.
        TrainingError: the loss is no number any more.
    """
    model = resident.model
    steps = resident.steps_per_epoch
    heard = [recorder, checkpoints, *([doctor] if doctor is not None else []), *callbacks]
    listed = keras.callbacks.CallbackList(heard, add_history=True, model=model, epochs=epochs, steps=steps, verbose=0)
    is_single = _hears(callbacks, "on_train_batch_begin", "on_train_batch_end", "on_batch_begin", "on_batch_end")
    is_whole = not is_single and not _hears(callbacks, "on_test_begin", "on_test_end")
    quicker = Quicker(resident, validation, checkpoints, recorder, callbacks, is_whole=is_whole, record=record)
    looks = (doctor, probing)
    loop = _Loop(resident, validation, recorder, control, checkpoints, listed, quicker, *looks, hears_batches=is_single)
    model.stop_training = False
    recorder.clock.start()
    listed.on_train_begin()
    checkpoints.begin(callbacks, start)
    logs: dict[str, float] = {}
    at = start.position if start is not None else Position()
    control.epochs = max(control.epochs, epochs)
    with contextlib.suppress(EnoughError):
        while at.epoch < control.epochs and not model.stop_training:
            allowed, held = control.gate(), control.held
            if not at.batches and is_changed():
                quicker.close(control.listen)
                control.repeat(allowed)
                return checkpoints.whole()
            quicker.follow(control.listen)
            began, beside = time.perf_counter(), control.waited_s + loop.looked_s
            may_span = allowed.steps is None and not at.batches
            left = control.epochs - at.epoch
            n = quicker.epochs(min(allowed.epochs or left, left)) if may_span else 0
            orders = [order(seed, at.epoch + each, resident.n) for each in range(max(1, n))]
            logs = loop.span(orders, at.epoch) if n else loop.epoch(orders[0], at, allowed.steps)
            at = Position(at.epoch + len(orders))
            if not allowed.is_by_hand and control.held == held:
                took = time.perf_counter() - began - (control.waited_s + loop.looked_s - beside)
                quicker.took(len(orders), took, control.epochs - at.epoch)
            checkpoints.between(at, quicker.program)
    checkpoints.keep_state()
    control.is_over = True
    quicker.close(control.listen)
    if probing is not None:
        probing.finish(control.listen)
    model.optimizer.finalize_variable_values(model.trainable_weights)  # as fit does: an average may take their place
    listed.on_train_end(logs)
    recorder.clock.stop()
    recorder.flush()
    return None


class _Loop:
    """Trains an epoch or a few, and tells everyone of it."""

    def __init__(
        self,
        resident: Steps,
        validation: Passes | None,
        recorder: Recorder,
        control: Control,
        checkpoints: Checkpoints,
        listed: keras.callbacks.CallbackList,
        quicker: Quicker,
        doctor: Doctor | None,
        probing: Probing | None,
        *,
        hears_batches: bool,
    ) -> None:
        self._resident = resident
        self._validation = validation
        self._recorder = recorder
        self._control = control
        self._checkpoints = checkpoints
        self._listed = listed
        self._quicker = quicker
        self._doctor = doctor
        self._probing = probing
        self._hears_batches = hears_batches
        self._pace = Pace(1 if hears_batches else resident.capacity)
        self._ahead = Ahead(resident.trace_last, *([validation.trace] if validation is not None else []))
        self.looked_s = 0.0
        """Seconds spent in looks at the model: a time taken around one has them in it."""

    def span(self, orders: Sequence[np.ndarray], epoch: int) -> dict[str, float]:
        """Train whole epochs in one call, then tell the callbacks of each; returns the last one's values."""
        span = self._quicker.run(orders)
        for at, (values, logs) in enumerate(zip(span.values, span.epochs, strict=True)):
            self._listed.on_epoch_begin(epoch + at)
            self._recorder.add(values)
            self._refuse_nan(values, epoch + at, 0)
            self._listed.on_epoch_end(epoch + at, logs)
        self._look()
        return span.epochs[-1]

    def epoch(self, rows: np.ndarray, at: Position, allowed: int | None) -> dict[str, float]:
        """Train the epoch ``at`` from the batch that is next, and validate; returns its values."""
        self._quicker.singly()
        self._listed.on_epoch_begin(at.epoch)
        logs = self._batches(rows, at, allowed)
        self._ahead.wait(self._control.listen)
        if self._validation is not None:
            logs |= {f"val_{name}": value for name, value in self._validated(self._validation).items()}
        self._listed.on_epoch_end(at.epoch, logs)
        return logs

    def _validated(self, validation: Passes) -> dict[str, float]:
        """The validation part's values, between the hooks at which a callback may exchange the weights."""
        self._listed.on_test_begin()
        try:
            with seeds_kept(self._resident.model):
                return validation.values(self._control.listen)
        finally:
            self._listed.on_test_end()

    def _batches(self, rows: np.ndarray, at: Position, allowed: int | None) -> dict[str, float]:
        resident, control, quicker = self._resident, self._control, self._quicker
        done, logs = at.batches, dict(at.logs)
        while done < resident.steps_per_epoch:
            if done == resident.whole:
                self._ahead.wait(control.listen)
            if done > at.batches:
                allowed = control.gate().steps
                quicker.follow(control.listen)
            self._hear(done, None)
            began = time.perf_counter()
            block = resident.block(rows, done, min(allowed or self._pace.steps, self._pace.steps, quicker.steps))
            steps, seconds = len(block.values), time.perf_counter() - began
            self._recorder.add(block.values)
            if done < resident.whole:
                self._pace.took(steps, seconds)
                quicker.took_block(steps, seconds)
            self._refuse_nan(block.values, at.epoch, done)
            self._hear(done, dict(zip(resident.batch_names, block.values[-1].tolist(), strict=True)))
            done, logs = done + steps, block.closed
            self._checkpoints.between(Position(at.epoch, done, logs), quicker.program)
            self._ahead.start()
            self._look(is_single=allowed == 1)
        return logs

    def _look(self, *, is_single: bool = False) -> None:
        began = time.perf_counter()
        if self._doctor is not None:
            self._doctor.between()
        if self._probing is not None:
            self._probing.between(is_single=is_single)
        self.looked_s += time.perf_counter() - began

    def _hear(self, batch: int, values: dict[str, float] | None) -> None:
        """Call the batch hooks of callbacks: the begin without values, the end with them."""
        if self._hears_batches and values is None:
            self._listed.on_train_batch_begin(batch)
        elif self._hears_batches:
            self._listed.on_train_batch_end(batch, values)

    def _refuse_nan(self, values: np.ndarray, epoch: int, done: int) -> None:
        losses = values[:, self._resident.batch_names.index("loss")]
        if not np.isfinite(losses).all():
            rate = float(keras.ops.convert_to_numpy(self._resident.model.optimizer.learning_rate))
            refuse_nan(losses, epoch + 1, done + 1, rate)


def _hears(callbacks: Sequence[keras.callbacks.Callback], *hooks: str) -> bool:
    base = keras.callbacks.Callback
    return any(getattr(type(each), name) is not getattr(base, name) for each in callbacks for name in hooks)
