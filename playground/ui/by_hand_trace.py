"""A run in numbers as the page reads it: one step at a time, and all of them as a table."""

import csv
import functools
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, eq=False)
class Step:
    """One step.

    Attributes:
        number, epoch: from 1.
        rate: the learning rate.
        x, y: the batch, (rows, values) each.
        loss: of the batch.
        values: by layer and name (``pre``, ``out``, ``d_pre``, ``d_out``), (rows, units).
        before, gradients, after: by weight.
    """

    number: int
    epoch: int
    rate: float
    x: np.ndarray
    y: np.ndarray
    loss: float
    values: Mapping[str, Mapping[str, np.ndarray]]
    before: Mapping[str, np.ndarray]
    gradients: Mapping[str, np.ndarray]
    after: Mapping[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Trace:
    """The answer of :func:`playground.training.by_hand.by_hand`."""

    answer: Mapping[str, Any]

    @property
    def n(self) -> int:
        """How many steps there are."""
        return len(self.answer["steps"])

    @property
    def total(self) -> int:
        """How many steps the whole run has."""
        return int(self.answer["total"])

    @property
    def layers(self) -> Sequence[Mapping[str, Any]]:
        """Name, kind, activation and weights of each layer."""
        found: Sequence[Mapping[str, Any]] = self.answer["layers"]
        return found

    @functools.cached_property
    def weights(self) -> Mapping[str, np.ndarray]:
        """The weights before the first step."""
        found = _arrays(self.answer["weights"])
        return {name: found[name] for name in self.answer["names"]}  # JSON has them in the order of the alphabet

    def step(self, at: int) -> Step:
        """The step at position ``at``, from 0."""
        found = self.answer["steps"][at]
        before = self.weights if at == 0 else _arrays(self.answer["steps"][at - 1]["after"])
        values = {layer: _arrays(each) for layer, each in found["values"].items()}
        x, y = _array(found["x"]), _array(found["y"])
        return Step(
            found["step"],
            found["epoch"],
            float(found["rate"]),
            x.reshape(len(x), -1),
            y.reshape(len(y), -1),
            float(found["loss"]),
            values,
            before,
            _arrays(found["gradients"]),
            _arrays(found["after"]),
        )

    @functools.cached_property
    def path(self) -> np.ndarray:
        """All weights one after the other, before the first step and after each, (steps + 1, weights)."""
        every = [self.weights, *(_arrays(step["after"]) for step in self.answer["steps"])]
        return np.array([np.concatenate([np.ravel(values[name]) for name in self.weights]) for values in every])

    @functools.cached_property
    def gradients(self) -> np.ndarray:
        """The loss's gradient in each step, (steps, weights)."""
        every = [_arrays(step["gradients"]) for step in self.answer["steps"]]
        return np.array([np.concatenate([np.ravel(values[name]) for name in self.weights]) for values in every])

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """A name for each number of :attr:`path`: ``output/kernel[0,0]``."""
        found = []
        for name, values in self.weights.items():
            at = [",".join(map(str, index)) for index in np.ndindex(values.shape)]
            found += [name if values.size == 1 else f"{name}[{index}]" for index in at]
        return tuple(found)

    @functools.cached_property
    def losses(self) -> np.ndarray:
        """The loss of each step's batch, (steps,)."""
        return _array([step["loss"] for step in self.answer["steps"]])

    def csv(self) -> str:
        """All steps as a table of comma-separated values."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        gradients, after = ([f"{what} {name}" for name in self.names] for what in ("gradient", "after"))
        writer.writerow(["step", "epoch", "learning_rate", "rows", "loss", *gradients, *after])
        for at, step in enumerate(self.answer["steps"]):
            rows = " ".join(map(str, step["rows"]))
            head = [step["step"], step["epoch"], step["rate"], rows, step["loss"]]
            writer.writerow([*head, *self.gradients[at].tolist(), *self.path[at + 1].tolist()])
        return text.getvalue()


def _arrays(values: Mapping[str, Any]) -> dict[str, np.ndarray]:
    return {name: _array(value) for name, value in values.items()}


def _array(value: Any) -> np.ndarray:
    """``value`` as float64; NaN and infinities are spelled as text in JSON."""
    return np.asarray(value, np.float64)
