"""The programs that can train a model, each made in a thread beside the one that trains."""

import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass

import keras

from playground.runs.record import STEPS
from playground.training.ahead import Ahead
from playground.training.evaluate import Evaluation
from playground.training.passes import Passes
from playground.training.resident import Resident
from playground.training.spans import Spans
from playground.training.steps import Steps

_SHORT_S = 0.1  # a longer epoch stays several calls, between which requests are heard


@dataclass(slots=True)
class Program:
    """One program: what it is called in the run's events, what makes it, and what trains whole epochs if it does."""

    name: str
    is_xla: bool
    ready: Callable[[], None]
    spans: Spans | None = None


def can_compile(model: keras.Model) -> bool:
    """Whether XLA may be tried on the model: some layers would hang in it, and unrolled loops compile for long."""
    return all(layer.supports_jit and not getattr(layer, "unroll", False) for layer in model._flatten_layers())


class Programs:
    """Makes programs, one at a time, and keeps those that are made.

    Args:
        steps: the model and the batches of its epochs.
        validation: the validation part, if there is one.
    """

    def __init__(self, steps: Steps, validation: Passes | None) -> None:
        self._steps = steps
        self._held: tuple[Resident, Evaluation | None] | None = None  # whole epochs need all rows on the device
        if isinstance(steps, Resident) and isinstance(validation, Evaluation | None):
            self._held = steps, validation
        self._making: tuple[Program, Ahead] | None = None
        self.made = {STEPS: Program(STEPS, False, lambda: None)}
        """By name, the programs that are ready."""

    @property
    def is_making(self) -> bool:
        """Whether one has been begun, and nobody has taken it yet."""
        return self._making is not None

    def possible(self, epoch_s: float) -> list[Program]:
        """What may be quicker than single steps in graph mode, where an epoch takes so many seconds."""
        names = ("steps with XLA",) if epoch_s >= _SHORT_S or self._held is None else ("epochs", "epochs with XLA")
        can_xla = can_compile(self._steps.model)
        return [program for program in map(self._named, names) if can_xla or not program.is_xla]

    def make_named(self, name: str) -> None:
        """Begin to make the program called so, unless it is there, cannot be, or something is being made."""
        if name not in self.made and not self.is_making and (self._held or name.startswith(STEPS)):
            self.make(self._named(name))

    def make(self, program: Program) -> None:
        """Begin to make ``program``."""
        ahead = Ahead(program.ready)
        ahead.start()
        self._making = program, ahead

    def taken(self) -> Program | None:
        """What has just been made; ``None`` while it is being made, or where it cannot be."""
        if self._making is None or self._making[1].is_busy:
            return None
        program, ahead = self._making
        self._making = None
        try:
            ahead.wait()
        except Exception:  # XLA has no kernel for some layers, which only shows when it compiles
            traceback.print_exc(file=sys.stderr)
            return None
        self.made[program.name] = program
        return program

    def join(self, between: Callable[[], None]) -> None:
        """Wait for what is being made; ``between`` is called every 10 ms and may raise to give up."""
        if self._making is not None:
            self._making[1].join(between)

    def _named(self, name: str) -> Program:
        is_xla = name.endswith("XLA")
        if name.startswith(STEPS):
            return Program(name, is_xla, self._steps.compile)
        assert self._held is not None
        spans = Spans(*self._held, is_xla=is_xla)
        return Program(name, is_xla, spans.ready, spans)
