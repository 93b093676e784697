"""The weights at some epochs of a run, kept so that it can be asked later how it came to know each row.

They are small and few: with each further one the next is a fifth further away, and a run keeps no more of them than
it has room for. Taking one reads the weights and changes nothing.
"""

import contextlib
import os
from pathlib import Path

import keras
import numpy as np

from playground.runs.artifacts import EPOCHS, kept_epochs

_FURTHER = 5  # a fifth
_LEAST = 4
"""A network of which not even so many fit is not followed at all."""


class Snapshots:
    """Takes the weights after epochs 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, ... and writes them when it is told to.

    Where whole spans of epochs are trained in one call it is the first epoch at whose end the weights can be seen.

    Args:
        folder: the run's own.
        room: bytes that all of them may take; of too many, every other one is given up.
    """

    def __init__(self, folder: Path, room: int) -> None:
        self._folder = folder
        self._room = room
        self._taken: dict[int, np.ndarray] = {}
        self._written: list[int] = []
        self._next = 1

    def begin(self, epoch: int) -> None:
        """Training goes on after ``epoch`` whole epochs, 0 for the beginning: what was kept of later ones goes."""
        self._taken = {at: values for at, values in self._taken.items() if at <= epoch}
        self._written = kept_epochs(self._folder)
        self._give_up([at for at in self._written if at > epoch])
        self._next = _after(max([*self._taken, *self._written], default=0))

    def after(self, epoch: int, model: keras.Model) -> None:
        """Take the weights of ``model`` after ``epoch`` whole epochs, if it is time."""
        if epoch < self._next:
            return
        self._next = _after(epoch)
        values = flat(model)
        if _LEAST * values.nbytes > self._room:
            return
        self._taken[epoch] = values
        if (len(self._taken) + len(self._written)) * values.nbytes > self._room:
            epochs = sorted([*self._taken, *self._written])
            self._give_up(epochs[1::2])

    def write(self) -> None:
        """Write what was taken. Raises OSError where there is no room."""
        if not self._taken:
            return
        (self._folder / EPOCHS).mkdir(parents=True, exist_ok=True)
        for epoch, values in self._taken.items():
            temporary = self._folder / EPOCHS / f"part-{epoch}"
            with temporary.open("wb") as file:
                np.lib.format.write_array(file, values, allow_pickle=False)
            os.replace(temporary, _path(self._folder, epoch))
        self._written = sorted([*self._written, *self._taken])
        self._taken = {}

    def _give_up(self, epochs: list[int]) -> None:
        for epoch in epochs:
            if self._taken.pop(epoch, None) is None:
                with contextlib.suppress(OSError):
                    _path(self._folder, epoch).unlink()
        self._written = [epoch for epoch in self._written if epoch not in epochs]


def read(folder: Path, epoch: int) -> np.ndarray:
    """What a run in ``folder`` has kept of ``epoch``, as :func:`flat` had it.

    Raises:
        OSError, ValueError, EOFError: it is not there, or damaged.
    """
    values: np.ndarray = np.load(_path(folder, epoch), allow_pickle=False)
    return values


def flat(model: keras.Model) -> np.ndarray:
    """All weights of ``model`` that its training moves, one after the other, float32 (values,)."""
    values = [np.asarray(keras.ops.convert_to_numpy(each), np.float32).ravel() for each in _moving(model)]
    return np.concatenate(values) if values else np.empty(0, np.float32)


def put(model: keras.Model, values: np.ndarray) -> None:
    """Give ``model`` the weights that :func:`flat` has found in one like it.

    Raises:
        ValueError: they are those of another network.
    """
    variables = _moving(model)
    sizes = [int(np.prod(each.shape, dtype=np.int64)) for each in variables]
    if values.shape != (sum(sizes),):
        raise ValueError(f"expected {sum(sizes):,} weights, received an array of shape {values.shape}")
    parts = np.split(values, np.cumsum(sizes)[:-1]) if sizes else []
    for variable, part in zip(variables, parts, strict=True):
        variable.assign(part.reshape(variable.shape))


def _moving(model: keras.Model) -> list[keras.Variable]:
    """The weights but those of frozen layers, which stay as they are."""
    frozen = {id(weight) for layer in model.layers if not layer.trainable for weight in layer.weights}
    return [weight for weight in model.weights if id(weight) not in frozen]


def _after(epoch: int) -> int:
    return epoch + max(1, epoch // _FURTHER)


def _path(folder: Path, epoch: int) -> Path:
    return folder / EPOCHS / f"{epoch:07d}.npy"
