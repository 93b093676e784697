"""What is worth keeping: the weights of the best epoch and of the last, and the whole state to go on from."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np

from playground.runs.artifacts import STATE
from playground.runs.metric import is_higher_better
from playground.training import state
from playground.training.journal import Journal
from playground.training.recorder import Recorder
from playground.training.snapshots import Snapshots

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
        seed: of the row order.
        snapshots: takes the weights of single epochs; ``None`` for none of them.
    """

    def __init__(
        self, journal: Journal, recorder: Recorder, folder: Path, seed: int = 0, snapshots: Snapshots | None = None
    ) -> None:
        super().__init__()
        self._journal = journal
        self._recorder = recorder
        self._folder = folder
        self._seed = seed
        self._snapshots = snapshots
        self._callbacks: Sequence[keras.callbacks.Callback] = ()
        self._position, self._program = state.Position(), "steps"
        self._saved: dict[str, Any] = {}
        self._due = time.monotonic() + _EVERY_S
        self._best: dict[str, Any] | None = None
        self._best_weights: list[np.ndarray] = []
        self._keeper: Callable[[], list[np.ndarray]] | None = None
        self._is_best_written = True
        self.adjusted: Mapping[str, Any] = {}
        """What was changed on the way, as the run has it: the state belongs to the network with these numbers."""

    def begin(self, callbacks: Sequence[keras.callbacks.Callback], start: state.State | None) -> None:
        """Training begins with the chosen ``callbacks``, or goes on from the state ``start``.

        Where a callback had ended the training, all begin afresh, as in another call of ``fit``; else each remembers.
        """
        self._callbacks = callbacks
        if self._snapshots is not None:
            self._snapshots.begin(start.position.epoch if start is not None else 0)
        if start is None:
            return
        self._position, self._program = start.position, start.program
        if start.best is not None:
            self._best, self._best_weights = dict(start.best), list(start.best_weights)
            self._is_best_written = False
        if not start.is_over:
            for callback, saved in zip(callbacks, start.callbacks, strict=True):
                state.remind(callback, saved)

    def between(self, position: state.Position, program: str) -> None:
        """Training stands at ``position`` and goes on with ``program``: write everything when it is time."""
        self._position, self._program = position, program
        if self._snapshots is not None and not position.batches:
            self._snapshots.after(position.epoch, self.model)
        if time.monotonic() >= self._due:
            began = time.monotonic()
            self.write()
            took = time.monotonic() - began
            self._due = time.monotonic() + max(_EVERY_S, _SHARE * took)

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Keep the weights if they are the best so far."""
        values = logs or {}
        monitor = "val_loss" if "val_loss" in values else "loss"
        value = float(values.get(monitor, np.nan))
        if np.isfinite(value) and (self._best is None or self._is_better(monitor, value, self._best["value"])):
            at = {"epoch": epoch + 1, "step": self._recorder.step}
            self._best = {**at, "monitor": monitor, "value": value}
            if self._keeper is None:
                self._best_weights = self.model.get_weights()
            self._is_best_written = False

    def keep_with(self, keeper: Callable[[], list[np.ndarray]] | None) -> tuple[float | None, list[np.ndarray]]:
        """From now on ``keeper`` gives the best weights, since it sees every epoch's own; ``None``: this one does.

        Returns the best value so far, ``None`` before there is one, and its weights.
        """
        if self._keeper is not None:
            self._best_weights = self._keeper()
        self._keeper = keeper
        return (None if self._best is None else self._best["value"]), self._best_weights

    def whole(self) -> state.State:
        """The state to go on from, with the model's own variables in it."""
        best = self._best_weights if self._keeper is None else self._keeper()
        return state.State(
            variables=state.variables(self.model),
            best_weights=best if self._best is not None else (),
            callbacks=[state.remembered(callback) for callback in self._callbacks],
            position=self._position,
            step=self._recorder.step,
            seconds=self._recorder.clock.seconds,
            best=self._best,
            program=self._program,
            is_over=bool(self.model.stop_training),
            seed=self._seed,
            adjusted=self.adjusted,
        )

    def keep_state(self) -> None:
        """Write the state to go on from, without an event: the next one tells of it."""
        whole = self.whole()
        state.write(whole, self._folder / STATE)
        at = {"epoch": whole.position.epoch, "step": whole.step, "seconds": round(whole.seconds, 4)}
        self._saved = {"saved": {**at, "adjusted": self.adjusted}}

    def write(self, *, has_state: bool = True) -> None:
        """Write the last weights with the state, and the best if they are new; one event each.

        Args:
            has_state: whether the present state is worth going on from.
        """
        self._write_snapshots()  # first: who goes on from the state finds all that came before it
        if has_state:
            self.keep_state()
        news = self._news()
        self.write_weights()
        self._tell(news)

    def stop(self) -> None:
        """Write the state, in which all weights are too, and the events; :meth:`write_weights` follows.

        Files of weights take several times as long, so whoever asked for the stop need not wait for them.
        """
        self.keep_state()
        self._tell(self._news())

    def write_weights(self) -> None:
        """Write the files of the last weights, of single epochs, and of the best if new, without an event."""
        self._write_snapshots()
        self._save(LAST)
        if self._best is not None and not self._is_best_written:
            now = self.model.get_weights()
            self.model.set_weights(self._best_weights if self._keeper is None else self._keeper())
            self._save(BEST)
            self.model.set_weights(now)
            self._is_best_written = True

    def finish(self) -> None:
        """Write the weights and the whole model at the end of training, whose state was kept before it ended."""
        self.write(has_state=False)
        temporary = self._folder / f"part-{MODEL}"
        self.model.save(temporary)
        os.replace(temporary, self._folder / MODEL)

    @staticmethod
    def _is_better(monitor: str, value: float, best: float) -> bool:
        return value > best if is_higher_better(monitor) else value < best

    def _news(self) -> list[dict[str, Any]]:
        """What the events say of the files that are to be written."""
        where = {"epoch": self._recorder.epoch, "step": self._recorder.step}
        news = [{"which": "last", "file": LAST, **where, **self._saved}]
        if self._best is not None and not self._is_best_written:
            news.append({"which": "best", "file": BEST, **self._best})
        return news

    def _tell(self, news: Sequence[Mapping[str, Any]]) -> None:
        self._recorder.flush()
        for each in news:
            self._journal.append("checkpoint", each)

    def _write_snapshots(self) -> None:
        if self._snapshots is not None:
            self._snapshots.write()

    def _save(self, name: str) -> None:
        temporary = self._folder / f"part-{name}"
        self.model.save_weights(temporary)
        os.replace(temporary, self._folder / name)
