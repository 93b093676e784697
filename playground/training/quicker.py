"""Looks for a quicker program while a slower one trains: each is made in a thread, tried, and kept if it is faster.

Training starts with what is there soonest, single epochs in graph mode. Where much is left to do, a program of whole
epochs and one that XLA compiles are made beside it. Which is faster depends on the network: on a CPU, XLA is many times
faster on small dense ones and many times slower on real convolutions. Their results differ in the last digits; so
every change is recorded, and a run that follows the record of another makes the same changes at the same steps.
"""

import sys
from collections.abc import Callable, Sequence

import keras
import numpy as np

from playground.runs.record import STEPS, Record
from playground.training.checkpoints import Checkpoints
from playground.training.pace import TARGET_S
from playground.training.passes import Passes
from playground.training.programs import Program, Programs
from playground.training.recorder import Recorder
from playground.training.spans import Span, Spans
from playground.training.steps import Steps

_WORTH_S = {False: 3.0, True: 8.0}  # what has to be left; compiling takes 0.5 to 6 s, with XLA 2 to 10 s
_TRIAL_S = 0.3
_FASTER = 0.95  # a smaller gain may be chance


class Quicker:
    """Decides which program trains the next epochs. Made before training; nothing is compiled until it is worth it.

    Args:
        resident: the model and its training data, which train step by step.
        validation: the validation part, if there is one.
        checkpoints: told where the best weights are.
        recorder: told of every change.
        acting: callbacks that may change something at an epoch's end; with any, no call takes more than one epoch.
        is_whole: whether blocks may be longer than a step at all.
        record: which changes to make where; beyond its end it decides for itself.
    """

    def __init__(
        self,
        resident: Steps,
        validation: Passes | None,
        checkpoints: Checkpoints,
        recorder: Recorder,
        acting: Sequence[keras.callbacks.Callback],
        *,
        is_whole: bool,
        record: Record | None = None,
    ) -> None:
        self._resident = resident
        self._programs = Programs(resident, validation)
        self._checkpoints = checkpoints
        self._recorder = recorder
        self._may_span = not acting
        self._options: list[Program] | None = None if is_whole else []
        self._record = record or Record()
        self._changes = list(self._record.changes)
        self._now = self._programs.made[STEPS]
        self._before: tuple[Program, float] | None = None
        self._n = 1
        self._fresh = True
        self._is_aside = False
        self._epochs = self._steps = 0
        self._seconds = self._step_s = 0.0

    @property
    def program(self) -> str:
        """What trains the next step, as the run's events name it."""
        return STEPS if self._is_aside else self._now.name

    @property
    def steps(self) -> int:
        """How many steps the next call may take at most, so that it ends where the record has a change."""
        return max(1, self._changes[0].step - self._recorder.step) if self._changes else sys.maxsize

    def epochs(self, left: int) -> int:
        """How many whole epochs the next call takes, ``left`` at most; 0 where they are trained step by step."""
        if self._now.spans is None:
            return 0
        return min(self._n, left, self._now.spans.most, self.steps // self._resident.steps_per_epoch)

    def follow(self, between: Callable[[], None]) -> None:
        """Make the changes that the record has here, waiting for programs that are not ready yet.

        Args:
            between: called every 10 ms while waiting; may raise to give up.
        """
        while self._changes and self._changes[0].step <= self._recorder.step:
            name = self._changes[0].program
            if name != self.program:
                self._programs.make_named(name)
                self._programs.join(between)
                self._programs.taken()
                if name in self._programs.made:
                    self._use(self._programs.made[name])
            self._changes.pop(0)

    def run(self, orders: Sequence[np.ndarray]) -> Span:
        """Train whole epochs; only after :meth:`epochs` has said how many."""
        assert self._now.spans is not None
        if self._is_aside:
            self._is_aside = False
            self._begin(self._now.spans)
            self._recorder.flush({"program": self._now.name})
        return self._now.spans.run(orders)

    def singly(self) -> None:
        """The next epoch is trained step by step, whatever program is in use; that one would not keep its weights."""
        if self._now.spans is not None and not self._is_aside:
            self._is_aside = True
            self._checkpoints.keep_with(None)
            self._recorder.flush({"program": STEPS})

    def took_block(self, steps: int, seconds: float) -> None:
        """A block of whole batches took so long; an XLA program that is slower is given up at once."""
        self._step_s += seconds
        self._steps += steps
        if self._before is not None and self._now.spans is None and self._step_s >= _TRIAL_S:
            self._judge(self._step_s / self._steps)

    def took(self, epochs: int, seconds: float, left: int) -> None:
        """So many epochs took so long, and ``left`` are to come: look for something quicker, try it, or keep it."""
        if self._fresh:  # the first call of a program may still set something up
            self._fresh = False
        else:
            self._epochs += epochs
            self._seconds += seconds
        if not self._epochs:
            return
        each = self._seconds / self._epochs
        if self._now.spans is not None:
            self._n = max(1, min(2 * self._n, int(TARGET_S / max(each, 1e-6)))) if self._may_span else 1
        if self._changes:
            self._programs.make_named(self._changes[0].program)
        elif self._recorder.step < self._record.until:
            return
        elif self._before is not None:
            if self._now.spans is not None and self._seconds >= _TRIAL_S:
                self._judge(each)
        elif self._programs.is_making:
            self._try_made(each)
        else:
            self._make_next(each, left)

    def close(self, between: Callable[[], None]) -> None:
        """Leave the best weights with the checkpoints; wait for what is still being made, since Keras takes one thread.

        Args:
            between: called every 10 ms; may raise to give up.
        """
        self._checkpoints.keep_with(None)
        self._programs.join(between)

    def _make_next(self, each: float, left: int) -> None:
        if self._options is None:
            possible = self._programs.possible(each)
            names = [option.name for option in possible]
            self._options = possible[names.index(self._now.name) + 1 :] if self._now.name in names else possible
        while self._options:
            option = self._options[0]
            if each * left < _WORTH_S[option.is_xla]:
                return
            self._options.pop(0)
            self._programs.make(option)
            return

    def _try_made(self, each: float) -> None:
        option = self._programs.taken()
        if option is None:
            return
        per = self._step_s / self._steps if option.spans is None and self._steps else each
        self._before = self._now, per
        self._use(option)

    def _judge(self, each: float) -> None:
        assert self._before is not None
        before, took = self._before
        self._before = None
        if each > _FASTER * took:
            self._use(before)

    def _begin(self, spans: Spans) -> None:
        spans.begin(*self._checkpoints.keep_with(None))
        self._checkpoints.keep_with(spans.best_weights)

    def _use(self, option: Program) -> None:
        self._checkpoints.keep_with(None)
        self._now = option
        self._is_aside = False
        self._resident.is_xla = option.spans is None and option.is_xla
        if option.spans is not None:
            self._begin(option.spans)
        self._n = 1
        self._fresh = True
        self._epochs = self._steps = 0
        self._seconds = self._step_s = 0.0
        self._recorder.flush({"program": option.name})
