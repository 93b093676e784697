"""What people ask of a run while it trains, and how far the training thread may go before it asks again."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from playground.runs.event import EventKind
from playground.settings import Settings, setting
from playground.training import asked as checked
from playground.training.asked import Handler
from playground.training.brake import Brake, epochs_per_s
from playground.training.errors import EnoughError, StoppedError
from playground.training.journal import Asked, Journal
from playground.training.listener import Listener
from playground.training.lockstep import Turn
from playground.training.pace import Allowed
from playground.training.recorder import Recorder

_AT_GATES = frozenset({"step", "epoch", "finish"})
"""What is only done where a batch can be trained, not during evaluation."""
_SOON_S = 0.1
_CHANGES = frozenset({"set", "adjust", "speed", "epochs"})
"""What would change nothing once training is over."""


class Control:
    """Listens in a small thread; the training thread acts between blocks, when it calls :meth:`gate`.

    Use it as a context: the thread lives inside.

    Args:
        journal: where requests come from and answers go.
        recorder: knows where training stands, and writes first what it still holds.
        settings: ``max_seconds`` bounds the training time, pauses not counted; ``max_epochs`` the epochs.
        handlers: further kinds of requests, and what does what they ask for.
        looks: called when training is paused and after every request while it is, since nothing moves then; returns
            whether to call it again soon.
        turn: the run's part in a race with others; ``None`` for a run by itself.
    """

    def __init__(
        self,
        journal: Journal,
        recorder: Recorder,
        settings: Settings,
        handlers: Mapping[str, Handler] | None = None,
        looks: Callable[[], bool] = lambda: False,
        turn: Turn | None = None,
    ) -> None:
        self._journal = journal
        self._recorder = recorder
        self._settings = settings
        self._turns: Mapping[str, Callable[[int], None]] = {
            "pause": self._pause,
            "resume": self._resume,
            "step": self._one_step,
            "epoch": self._one_epoch,
            "finish": self._finish,
        }
        self._handlers: dict[str, Handler] = {"speed": self._speed, "epochs": self._add, **(handlers or {})}
        self._listener = Listener(journal)
        self._paused = False
        self._step: int | None = None
        self._until: int | None = None
        self._again: Allowed | None = None
        self._steps_per_s: float | None = None
        self._due = 0.0
        self._brake = Brake()
        self._looks = looks
        self._turn = turn
        if turn is not None:
            turn.wake = self._listener.news.set
        self.steps_per_epoch = 1
        """Batches of an epoch; the training loop says how many."""
        self.waited_s = 0.0
        """Seconds spent in gates: a time taken around one has them in it."""
        self.epochs = 0
        """Epochs to train in all; the training loop says how many are planned, and people may add some."""
        self.held = 0
        """How often a gate kept training waiting or allowed one step only: times taken meanwhile say nothing."""
        self.is_over = False
        """Whether training is over, and only a stop makes a difference; the training loop says so."""
        self.ended_by: int | None = None
        """The request that has training end here as if it were done."""

    def __enter__(self) -> "Control":
        self._listener.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._listener.__exit__(*error)

    def serve(self, handlers: Mapping[str, Handler], looks: Callable[[], bool]) -> None:
        """From now on these do what such requests ask for, and this looks while training is paused."""
        self._handlers |= handlers
        self._looks = looks

    def gate(self) -> Allowed:
        """Wait while paused, or while the next step is not due; returns how far training may go now.

        Raises:
            StoppedError: the run is to stop.
            EnoughError: training is to end here and to be kept.
        """
        if self._again is not None:
            again, self._again = self._again, None
            return again
        if self._step is not None:
            self._recorder.flush({"request": self._step})
            self._step = None
        if self._until is not None and self._recorder.epoch >= self._until:
            self._pause(None)
        if self._turn is not None:
            self._turn.stand(self._recorder.step, self.steps_per_epoch)
        self._act()
        began = time.perf_counter()
        self._wait()
        self.waited_s += time.perf_counter() - began
        self._recorder.clock.start()
        limit = self._settings.max_seconds
        if self._recorder.clock.seconds > limit:
            raise StoppedError(f"The run reached {limit:,} s of training, the most allowed ({setting('max_seconds')}).")
        if self._step is not None or self._steps_per_s is not None:
            self.held += 1
            return Allowed(1, 0, is_by_hand=True)
        ends = (self._brake.most, None if self._until is None else self._until - self._recorder.epoch)
        epochs = min((end for end in ends if end is not None), default=None)
        return Allowed(None, epochs) if self._turn is None else self._turn.allowed(epochs)

    def repeat(self, allowed: Allowed) -> None:
        """Have the next gate give ``allowed`` as the one before did: nothing was trained in between."""
        self._again = allowed

    def listen(self) -> None:
        """Act on requests where no batch can be trained, as during evaluation; what needs one waits for the next gate.

        Raises:
            StoppedError: the run is to stop.
        """
        self._act(is_gate=False)

    def _wait(self) -> None:
        while True:
            left = None if self._paused else self._left_s()
            is_due = self._step is not None or (left is not None and left <= 0)
            if is_due and (self._turn is None or self._turn.take(is_alone=self._step is not None)):
                break
            if is_due:
                self._wait_for_others()
                continue
            if self._turn is not None:
                self._turn.rest()
            self._recorder.flush()
            if self._paused or self._steps_per_s is not None:
                self._recorder.clock.stop()
            is_soon = self._paused and self._looks()
            self.held += 1
            self._listener.news.wait(_SOON_S if is_soon else left)
            self._act()
        if self._steps_per_s is not None:
            self._due = max(self._due + 1 / self._steps_per_s, time.monotonic())

    def _wait_for_others(self) -> None:
        """Wait until it is this run's turn in its race, or somebody asks for something."""
        self._recorder.clock.stop()
        self._recorder.flush_in_time()
        self._listener.news.wait()
        self._act()

    def _left_s(self) -> float:
        """Seconds until training may go on."""
        if self._steps_per_s is not None:
            return self._due - time.monotonic()
        return self._brake.left_s(self._recorder.epoch)

    def _act(self, *, is_gate: bool = True) -> None:
        asked = self._listener.asked
        self._listener.news.clear()
        for request in tuple(asked):
            if request.kind == "stop":  # whatever was asked before it
                raise StoppedError("Stopped by you.", request.id)
        while asked and self._step is None:
            if asked[0].kind in _AT_GATES and not is_gate and not self.is_over:
                return
            request = asked.popleft()
            if request.kind in self._turns and not self.is_over:
                self._turns[request.kind](request.id)
            elif request.kind != "finish":
                self._handle(request)

    def _handle(self, request: Asked) -> None:
        handler = self._handlers.get(request.kind)
        try:
            if self.is_over and (request.kind in self._turns or request.kind in _CHANGES):
                raise ValueError("The training is over.")
            if handler is None:
                raise ValueError(f"A run does not know what {request.kind!r} asks for.")
            answer = handler(request.args)
        except ValueError as error:
            answer = {"refused": str(error)}
        if answer is not None:
            self._recorder.flush({"request": request.id, **answer})

    def _pause(self, request: int | None) -> None:
        self._paused, self._until = True, None
        self._say("paused", request)

    def _resume(self, request: int) -> None:
        self._paused, self._until = False, None
        self._say("resumed", request)

    def _one_step(self, request: int) -> None:
        if not self._paused:
            self._pause(request)
        self._step = request

    def _one_epoch(self, request: int) -> None:
        self._paused, self._until = False, self._recorder.epoch + 1
        self._say("resumed", request)

    def _finish(self, request: int) -> None:
        if not self._recorder.step:
            self._recorder.flush({"request": request, "refused": "Nothing is trained yet."})
            return
        self.ended_by = request
        raise EnoughError

    def _speed(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        self._steps_per_s = speed = checked.speed(args)
        self._due = time.monotonic() + (1 / speed if speed else 0)
        self._brake = Brake(epochs_per_s(args), self._recorder.epoch)
        return {"speed": speed, "epochs_per_s": self._brake.epochs_per_s}

    def _add(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        self.epochs = checked.epochs(args, self.epochs, self._settings)
        return {"epochs": self.epochs}

    def _say(self, kind: EventKind, request: int | None) -> None:
        self._recorder.flush()
        self._journal.append(kind, {"request": request, "until_epoch": self._until, **self._recorder.where()})
