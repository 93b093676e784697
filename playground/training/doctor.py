"""Notices that a run goes wrong, and looks inside the network to say why."""

import sys
import time
import traceback
from collections.abc import Callable, Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.runs.suspicion import is_flat, may_be_flat, rises
from playground.specs.order import order
from playground.training.ahead import is_quiet
from playground.training.errors import DivergedError, StoppedError
from playground.training.inside import Inside
from playground.training.last_good import LastGood
from playground.training.part import Part
from playground.training.recorder import Recorder
from playground.training.steps import Steps

_ROWS = 256  # at most, and no more than a batch, which is known to fit
_MEASURED = 5  # batches whose gradients are measured, the bad one among them
_PATIENCE_S = 10.0
_FROM_KERAS = (RuntimeError, ValueError, TypeError, AttributeError, tf.errors.OpError)
_MOST_LAYERS = 64  # in an event


class Doctor(keras.callbacks.Callback):
    """A Keras callback that hears every epoch, and says what is wrong in an event's ``signs``.

    A run that does well costs it a comparison an epoch and a copy of the weights now and then. One that does not is
    looked into at most once for each doubling of its epochs.

    Args:
        steps: the model and the batches that it trains on.
        part: the training part.
        recorder: knows where training stands, and writes what is found.
        known_loss: what an answer that has learned nothing comes to, ``None`` where nobody knows; asked once at most.
        planned: epochs in all.
        seed: of the row order.
    """

    def __init__(
        self,
        steps: Steps,
        part: Part,
        recorder: Recorder,
        known_loss: Callable[[], float | None],
        planned: int,
        seed: int,
    ) -> None:
        super().__init__()
        self._steps = steps
        self._part = part
        self._recorder = recorder
        self._known_loss = known_loss
        self._planned = planned
        self._seed = seed
        self._last_good = LastGood(steps.model)
        self._losses: list[float] = []
        self._due = 1
        self._found = ""
        self._last_good.keep(recorder.step)

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Take the epoch's loss, and find it suspicious or not."""
        self._losses.append(float((logs or {}).get("loss", np.nan)))
        if len(self._losses) < self._due:
            return
        self._due = len(self._losses) * 5 // 4 + 1  # one look at all losses for every quarter more of them
        losses = np.array(self._losses)
        if rises(losses):
            self._found = "rises"
        elif may_be_flat(losses, self._planned, self._recorder.step):
            self._found = "flat"

    def between(self) -> None:
        """Between two blocks: keep the state, and look inside where something has been found.

        A look waits while something is traced in a thread, as Keras is not made for two.
        """
        self._last_good.keep(self._recorder.step)
        if self._found and is_quiet():
            self._look()

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        """Look inside where that still waits."""
        if self._found:
            self._look()

    def _look(self) -> None:
        found, self._found = self._found, ""
        self._due = 2 * len(self._losses)
        try:
            signs = self._signs(found)
        except _FROM_KERAS:  # training goes on without
            traceback.print_exc(file=sys.stderr)
            return
        if signs:
            self._recorder.flush({"signs": signs})

    def explain(self, error: DivergedError, between: Callable[[], None]) -> dict[str, Any]:
        """Go back to the last good state, train up to the bad batch once more, and see what happens in it.

        The model is left as it was just before. Training is over, so this belongs behind its last checkpoint.

        Args:
            error: what ended the training.
            between: called between steps; a StoppedError gives up.

        Returns:
            ``learning_rate``; ``gradients``, the norms on each of up to five batches, the bad one last; what
            :meth:`Inside.first_bad` has found; ``layers`` before the bad batch. Empty where it did not happen again.
        """
        bad = (error.epoch - 1) * self._steps.steps_per_epoch + error.batch - 1
        if self._last_good.step is None or self._last_good.step > bad:
            return {}
        try:
            if not is_quiet(between, _PATIENCE_S):
                return {}
            return self._replayed(self._last_good.step, bad, error.learning_rate, between)
        except StoppedError:
            return {}
        except _FROM_KERAS:  # the run has failed anyway
            traceback.print_exc(file=sys.stderr)
            return {}

    def _replayed(self, at: int, bad: int, rate: float, between: Callable[[], None]) -> dict[str, Any]:
        until = time.monotonic() + _PATIENCE_S
        self._last_good.restore()
        self._steps.is_xla = False
        while at < bad - _MEASURED + 1:
            between()
            if time.monotonic() > until:
                return {}
            at += self._train(at, bad - _MEASURED + 1 - at)
        inside, gradients = Inside(self._steps.model), []
        while at < bad:
            between()
            gradients.append(inside.gradient(*self._batch(at)))
            at += self._train(at, 1)
        batch = self._batch(bad)
        gradients.append(inside.gradient(*batch))
        layers = inside.layers(*batch)[:_MOST_LAYERS]
        return {
            "kind": "not-finite",
            "learning_rate": rate,
            "gradients": gradients,
            "layers": layers,
            **(inside.first_bad(*batch) or {}),
        }

    def _train(self, at: int, most: int) -> int:
        """Train on up to ``most`` batches of one epoch from step ``at``; returns on how many."""
        epoch, done = divmod(at, self._steps.steps_per_epoch)
        rows = order(self._seed, epoch, self._steps.n)
        return len(self._steps.block(rows, done, most).values)

    def _batch(self, at: int) -> tuple[Any, ...]:
        epoch, done = divmod(at, self._steps.steps_per_epoch)
        size = self._steps.batch_size
        rows = order(self._seed, epoch, self._steps.n)[done * size : (done + 1) * size]
        return self._rows(rows)

    def _rows(self, rows: np.ndarray) -> tuple[Any, ...]:
        return tuple(map(tf.constant, self._part.rows(rows)))

    def _signs(self, found: str) -> dict[str, Any]:
        losses = np.array(self._losses)
        model, known = self._steps.model, self._known_loss() if found == "flat" else None
        if found == "flat" and not is_flat(losses, known):
            return {}
        rows = order(self._seed, 0, self._steps.n)[: min(_ROWS, self._steps.batch_size)]
        seen = Inside(model).layers(*self._rows(rows))
        penalty = float(sum(float(each) for each in model.losses))  # of what was just seen
        if found == "flat" and not is_flat(losses, known, penalty):
            return {}
        rate = float(keras.ops.convert_to_numpy(model.optimizer.learning_rate))
        return {
            "kind": found,
            "epoch": self._recorder.epoch,
            "loss": losses[-1],
            "first_loss": losses[0],
            "known_loss": known,
            "learning_rate": rate,
            "layers": seen[:_MOST_LAYERS],
        }
