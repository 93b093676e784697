"""The weights worth keeping: of the best epoch and of the last."""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import numpy as np

from playground.runs.run import is_higher_better
from playground.training.journal import Journal
from playground.training.recorder import Recorder

_EVERY_S = 5.0
_SHARE = 20  # of the time, one twentieth may go into writing
BEST, LAST, MODEL = "best.weights.h5", "last.weights.h5", "model.keras"


class Checkpoints(keras.callbacks.Callback):
    """A Keras callback that keeps the best weights in memory and writes best and last from time to time.

    Best means the lowest validation loss, or training loss where there is no validation part.

    Args:
        journal: the run's.
        recorder: flushed before an event is written, so that events stand in order.
        folder: the run's own folder.
    """

    def __init__(self, journal: Journal, recorder: Recorder, folder: Path) -> None:
        super().__init__()
        self._journal = journal
        self._recorder = recorder
        self._folder = folder
        self._due = time.monotonic() + _EVERY_S
        self._best: dict[str, Any] | None = None
        self._best_weights: list[np.ndarray] = []
        self._is_best_written = True

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Keep the weights if they are the best so far; write when it is time."""
        values = logs or {}
        monitor = "val_loss" if "val_loss" in values else "loss"
        value = float(values.get(monitor, np.nan))
        if np.isfinite(value) and (self._best is None or self._is_better(monitor, value, self._best["value"])):
            at = {"epoch": epoch + 1, "step": self._recorder.step}
            self._best = {**at, "monitor": monitor, "value": value}
            self._best_weights = self.model.get_weights()
            self._is_best_written = False
        if time.monotonic() >= self._due:
            began = time.monotonic()
            self.write()
            took = time.monotonic() - began
            self._due = time.monotonic() + max(_EVERY_S, _SHARE * took)

    def write(self) -> None:
        """Write the last weights, and the best if they are new; one event each."""
        self._recorder.flush()
        where = {"epoch": self._recorder.epoch, "step": self._recorder.step}
        self._save(LAST, "last", where)
        if self._best is not None and not self._is_best_written:
            now = self.model.get_weights()
            self.model.set_weights(self._best_weights)
            self._save(BEST, "best", self._best)
            self.model.set_weights(now)
            self._is_best_written = True

    def finish(self) -> None:
        """Write the weights and the whole model at the end of training."""
        self.write()
        temporary = self._folder / f"part-{MODEL}"
        self.model.save(temporary)
        os.replace(temporary, self._folder / MODEL)

    @staticmethod
    def _is_better(monitor: str, value: float, best: float) -> bool:
        return value > best if is_higher_better(monitor) else value < best

    def _save(self, name: str, which: str, at: Mapping[str, Any]) -> None:
        temporary = self._folder / f"part-{name}"
        self.model.save_weights(temporary)
        os.replace(temporary, self._folder / name)
        self._journal.append("checkpoint", {"which": which, "file": name, **at})
