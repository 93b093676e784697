"""Several runs of one process that train in turn, so that all stand at the same step.

Each run trains in a thread of its own, but only the one whose turn it is does anything. A round takes every run to the
same step; nobody begins the next one before all have come so far. Rounds grow until the slowest run takes a tenth of a
second for its part: switching then costs next to nothing, and the curves still grow together.
"""

import threading
import time
from collections.abc import Callable

from playground.training.pace import Allowed

_SHORT_S = 0.1
_LONG_S = 0.5  # far above: on a busy machine a single step may take a while, and switching takes longer still


class Lockstep:
    """Whose turn it is, and how far the present round goes. One for each race; safe to use from all its threads."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.holder: Turn | None = None
        self.until = 0
        """The step to which this round takes everybody."""
        self._turns: list[Turn] = []
        self._length = 1
        self._since = 0.0
        self._last: Turn | None = None

    def turn(self, step: int = 0) -> "Turn":
        """The turn of one more run, which stands at ``step``; all are made before the first begins."""
        made = Turn(self, step)
        self._turns.append(made)
        return made

    def take_back(self, turn: "Turn") -> None:
        """Note that ``turn`` is over, if it is its turn. The caller holds the lock."""
        if self.holder is turn:
            turn.took_s += time.perf_counter() - self._since
            self.holder = None

    def pass_on(self) -> None:
        """Give the turn, if nobody has it, to the run that had it until its round is done, then to the one furthest
        behind. The caller holds the lock.
        """
        if self.holder is not None:
            return
        racing = [turn for turn in self._turns if not turn.is_out]
        if racing and all(turn.step >= self.until for turn in racing):
            self._begin_round(racing)
        ready = [turn for turn in racing if turn.is_waiting and (turn.is_alone or turn.step < self.until)]
        if ready:
            self.holder = min(ready, key=lambda turn: (not turn.is_alone, turn is not self._last, turn.step))
            self.holder.is_waiting, self._last = False, self.holder
            self._since = time.perf_counter()
            self.holder.wake()

    def _begin_round(self, racing: list["Turn"]) -> None:
        slowest_s = max(turn.took_s for turn in racing)
        if slowest_s > _LONG_S:
            self._length = max(1, self._length // 2)
        elif 0 < slowest_s < _SHORT_S:
            self._length *= 2
        last = min(racing, key=lambda turn: turn.step)
        into = last.step % last.steps_per_epoch
        epochs = (into + self._length) // last.steps_per_epoch  # a round ends within an epoch or with one
        self.until = last.step - into + epochs * last.steps_per_epoch if epochs else last.step + self._length
        for turn in racing:
            turn.took_s = 0.0


class Turn:
    """One run's part in a race. Its methods are called by the thread of that run."""

    def __init__(self, race: Lockstep, step: int) -> None:
        self._race = race
        self.step = step
        self.steps_per_epoch = 1
        self.took_s = 0.0
        self.is_waiting = False
        self.is_alone = False
        self.is_out = False
        self.wake: Callable[[], None] = lambda: None
        """Called, by another thread, when it is this run's turn."""

    def begin(self) -> None:
        """Wait for the first turn: a model is built while no other trains."""
        woken = threading.Event()
        self.wake = woken.set
        while not self.take():
            woken.wait()

    def take(self, *, is_alone: bool = False) -> bool:
        """Whether it is this run's turn now; if not, it will be woken.

        Args:
            is_alone: whether it goes ahead without the others, as when somebody has one run do a single step.
        """
        with self._race.lock:
            if self._race.holder is not self:
                self.is_waiting, self.is_alone = True, is_alone
                self._race.pass_on()
            return self._race.holder is self

    def stand(self, step: int, steps_per_epoch: int) -> None:
        """The turn is over, and the run stands at ``step`` now; :meth:`take` or :meth:`rest` says how it goes on."""
        with self._race.lock:
            self.step, self.steps_per_epoch = step, steps_per_epoch
            self._race.take_back(self)

    def rest(self) -> None:
        """Let the others go on for now."""
        with self._race.lock:
            self.is_waiting = False
            self._race.take_back(self)
            self._race.pass_on()

    def leave(self) -> None:
        """The run has ended, whatever became of it: the others go on without it."""
        with self._race.lock:
            self.is_out, self.is_waiting = True, False
            self._race.take_back(self)
            self._race.pass_on()

    def allowed(self, epochs: int | None) -> Allowed:
        """How far the run may go in this turn, ``epochs`` at most."""
        left, into = self._race.until - self.step, self.step % self.steps_per_epoch
        if into + left < self.steps_per_epoch:
            return Allowed(max(1, left), 0)
        whole = (into + left) // self.steps_per_epoch
        return Allowed(None, whole if epochs is None else min(whole, epochs))
