"""Event files for TensorBoard, written by Keras's own callback into the run's folder."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from importlib import util
from pathlib import Path
from typing import Any

import keras

from playground.runs.artifacts import EVENT_FILES
from playground.training.errors import TrainingError
from playground.training.objects import made

KIND = "TensorBoard"
_EPOCH = "epoch"


class EpochFiles(keras.callbacks.Callback):
    """A Keras callback that hands the epochs to Keras's ``TensorBoard`` and no batches: that one asks for each of them.

    Training goes step by step as soon as somebody hears batches; what is written once an epoch needs none.

    Args:
        board: Keras's callback, which writes by the epoch.
    """

    def __init__(self, board: keras.callbacks.TensorBoard) -> None:
        super().__init__()
        self.board = board
        self._is_open = False

    def set_params(self, params: Mapping[str, Any]) -> None:
        """Hand on what is planned."""
        self.board.set_params(params)

    def set_model(self, model: keras.Model) -> None:
        """Hand on the model, whose layers are written at once."""
        super().set_model(model)
        self.board.set_model(model)

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        """Training begins, or goes on."""
        self._is_open = True
        self.board.on_train_begin(logs)

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Write the epoch's values, and the weights where they are wanted."""
        self.board.on_epoch_end(epoch, logs)

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        """Training is over: close the files."""
        self._is_open = False
        self.board.on_train_end(logs)

    def close(self) -> None:
        """Close the files of a training that somebody stopped, or that failed: Keras tells nobody of those."""
        if self._is_open:
            self.on_train_end()


class BatchFiles(EpochFiles):
    """The same with the batches, so that training goes step by step."""

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        """Training begins, or goes on at the batch where it stood."""
        super().on_train_begin(logs)
        self.board._global_train_batch = int(self.model.optimizer.iterations)  # Keras counts from 0 at each begin

    def on_train_batch_begin(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """A batch begins."""
        self.board.on_train_batch_begin(batch, logs)

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Write the batch's values."""
        self.board.on_train_batch_end(batch, logs)


@contextlib.contextmanager
def closed(callbacks: Sequence[keras.callbacks.Callback]) -> Iterator[None]:
    """At the end, however training ended, the event files that any of ``callbacks`` writes are complete."""
    try:
        yield
    finally:
        for each in callbacks:
            if isinstance(each, EpochFiles):
                each.close()


def callback(kind: str, args: Mapping[str, Any], folder: Path) -> keras.callbacks.Callback:
    """The chosen callback of a run whose ``folder`` this is; event files go into it.

    Raises:
        TrainingError: event files are wanted and TensorBoard is not installed.
        LookupError: there is no such callback.
    """
    if kind != KIND:
        chosen: keras.callbacks.Callback = made("callbacks", kind, args)
        return chosen
    if util.find_spec("tensorboard") is None:
        raise TrainingError(
            "Event files need the package tensorboard, which is not installed on this server. Install it (pip install "
            "tensorboard), or switch TensorBoard off."
        )
    board = made("callbacks", kind, args, log_dir=str(folder / EVENT_FILES))
    return EpochFiles(board) if board.update_freq == _EPOCH else BatchFiles(board)
