"""Writes what training brings into the run's events: every batch and every epoch, seldom enough not to be noticed."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import keras
import numpy as np

from playground.training.journal import Journal

_EVERY_S, _SELDOM_S = 0.1, 0.5
_TIMES = 100  # what writing took, until it is written again: so it takes no more than 1 % of the time


class Clock:
    """Seconds of training, pauses not counted."""

    def __init__(self) -> None:
        self._passed = 0.0
        self._since: float | None = None

    @property
    def seconds(self) -> float:
        """Seconds so far."""
        return self._passed + (0.0 if self._since is None else time.perf_counter() - self._since)

    def passed(self, seconds: float) -> None:
        """So many seconds had passed before it was made."""
        self._passed = seconds

    def start(self) -> None:
        """Go on, if it stood."""
        if self._since is None:
            self._since = time.perf_counter()

    def stop(self) -> None:
        """Stand, if it went on."""
        self._passed, self._since = self.seconds, None


class Recorder(keras.callbacks.Callback):
    """A Keras callback that keeps the run's columns and appends them as ``progress`` events.

    Args:
        journal: the run's.
        batch_names: names of the values of each batch.
    """

    def __init__(self, journal: Journal, batch_names: Sequence[str]) -> None:
        super().__init__()
        self._journal = journal
        self._batch_names = tuple(batch_names)
        self._batches: list[np.ndarray] = []
        self._epochs: list[dict[str, float]] = []
        self._due = float("-inf")
        self.clock = Clock()
        self.epoch = 0
        self.step = 0
        self.phase = "training"

    def go_on(self, epoch: int, step: int, seconds: float) -> None:
        """Training does not begin: so many epochs and steps are done already, in so many seconds."""
        self.epoch, self.step = epoch, step
        self.clock.passed(seconds)

    def where(self) -> dict[str, Any]:
        """Where training stands: completed epochs and steps, seconds so far."""
        return {"epoch": self.epoch, "step": self.step, "seconds": round(self.clock.seconds, 4)}

    def add(self, values: np.ndarray) -> None:
        """Take the values of the next steps, float32 (steps, names), and write them when it is time."""
        self._batches.append(values)
        self.step += len(values)
        self.flush_in_time()

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Take the epoch's values, and the learning rate at its end."""
        self.epoch = epoch + 1
        values = dict(logs or {})
        if "learning_rate" not in values:
            values["learning_rate"] = float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate))
        self._epochs.append({"epoch": epoch + 1, **values})
        self.flush_in_time()

    def flush_in_time(self) -> None:
        """Write all that is held, unless that was done a moment ago or takes long."""
        if time.monotonic() >= self._due:
            self.flush()

    def flush(self, more: Mapping[str, Any] | None = None) -> None:
        """Write all that is held, if anything is held or ``more`` is to be said."""
        if not self._batches and not self._epochs and more is None:
            return
        began = time.monotonic()
        self._journal.append("progress", {"phase": self.phase, **self.where(), **(more or {})}, self._columns())
        self._batches, self._epochs = [], []
        now = time.monotonic()
        self._due = now + min(max(_EVERY_S, _TIMES * (now - began)), _SELDOM_S)

    def _columns(self) -> dict[str, np.ndarray]:
        columns: dict[str, np.ndarray] = {}
        if self._batches:
            values = np.concatenate(self._batches)
            columns["batch/step"] = np.arange(self.step - len(values) + 1, self.step + 1)
            columns |= {f"batch/{name}": values[:, at].copy() for at, name in enumerate(self._batch_names)}
        if self._epochs:
            names = dict.fromkeys(name for epoch in self._epochs for name in epoch)
            for name in names:
                dtype = np.int64 if name == "epoch" else np.float64
                columns[f"epoch/{name}"] = np.array([epoch.get(name, np.nan) for epoch in self._epochs], dtype)
        return columns
