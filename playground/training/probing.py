"""Looks at the model between blocks of training: only what somebody watches, and within a share of the time."""

import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from playground.training.ahead import Ahead
from playground.training.budget import Budget

LAPSE_S = 30.0
"""Seconds that a part stays watched after somebody last asked for it."""


class Probe(Protocol):
    """One part of the live view; the attributes may be the class's."""

    @property
    def name(self) -> str:
        """Of the part, as the request ``watch`` names it."""

    @property
    def every_s(self) -> float:
        """Seconds between two looks at least."""

    @property
    def share(self) -> float | None:
        """Of the training time, what belongs to this probe alone; ``None`` where it shares the common budget."""

    def ready(self) -> None:
        """Trace what :meth:`look` calls. In a thread beside training, so it must change no variable."""

    def look(self, where: Mapping[str, Any]) -> None:
        """Look at the model, in the training thread, and write down what was seen; leaves every variable as it was.

        Args:
            where: ``epoch`` and ``step`` that are complete, ``seconds`` of training so far; ``used``, the share of the
                training time that looks have taken, and ``share``, the most they may.
        """


class Probing:
    """Decides which probe looks when. All calls come from the training thread.

    Args:
        probes: what there is to watch.
        where: where training stands, as :meth:`Probe.look` takes it.
        say: writes an event of the kind ``probe`` with such data.
        share: of the training time that all looks together may take.
    """

    def __init__(
        self,
        probes: Sequence[Probe],
        where: Callable[[], Mapping[str, Any]],
        say: Callable[[Mapping[str, Any]], object],
        share: float,
    ) -> None:
        self._probes = {probe.name: probe for probe in probes}
        self._where = where
        self._say = say
        self._share = share
        self._budgets: dict[str, Budget] = {}
        self._until: dict[str, float] = {}
        self._looked: dict[str, float] = {}
        self._seen: dict[str, tuple[int, int, int]] = {}
        self._edits = 0
        self._cost: dict[str, float] = {}
        self._ready: set[str] = set()
        self._making: tuple[str, Ahead] | None = None

    @property
    def parts(self) -> list[str]:
        """The names of all that can be watched."""
        return list(self._probes)

    @property
    def watched(self) -> list[str]:
        """The names of those that somebody has asked for."""
        return list(self._until)

    def watch(self, args: Mapping[str, Any]) -> None:
        """The request ``watch``, which nothing answers: somebody looks at ``args["parts"]`` for the next 30 s.

        What there is no probe for is left out: the request is whatever somebody sent.
        """
        asked = args.get("parts")
        until = time.monotonic() + LAPSE_S
        self._until |= {part: until for part in self._probes if isinstance(asked, list) and part in asked}

    def between(self, *, is_single: bool = False) -> None:
        """Look, if a watched part is due and the budget allows it; at one part at most, so that requests wait briefly.

        Args:
            is_single: whether training is held at single steps, so that looks cost no time of training.
        """
        if not self._until:
            return
        where, spent = self._where(), set()
        seconds = float(where["seconds"])
        for part in self._watched():
            budget = self._budget(part, seconds)
            if budget in spent or not self._is_due(part, seconds, is_single):
                continue
            if is_single or budget.may(seconds, self._cost.get(part, 0.0)):
                self._look(part, where, is_free=is_single)
                return
            spent.add(budget)  # nothing cheaper goes before what has waited longer, or that would wait for ever

    def rest(self) -> bool:
        """Look at all that is watched and has changed, since training is paused; returns whether to call again soon."""
        if not self._until:
            return False
        where = self._where()
        for part in self._watched():
            if self._seen.get(part) != self._state(where):
                self._look(part, where, is_free=True)
        return self._making is not None

    def edited(self) -> None:
        """Somebody has changed the model by hand, so that it looks different at the same step."""
        self._edits += 1

    def finish(self, between: Callable[[], None]) -> None:
        """Look once more at all that is watched, now that training is over; nothing is traced afterwards.

        Args:
            between: called every 10 ms while something is still being traced; may raise to give up.
        """
        if self._making is not None:
            part, ahead = self._making
            ahead.join(between)
            self._made(part, ahead)
        where, now = self._where(), time.monotonic()
        for part in [part for part in self._ready if self._until.get(part, 0.0) >= now]:
            self._look(part, where, is_free=True)
        self._until = {}

    def _watched(self) -> list[str]:
        """The watched parts that can be looked at, the one that has waited longest first; has others made ready."""
        now = time.monotonic()
        self._until = {part: until for part, until in self._until.items() if until >= now}
        self._make_ready()
        found = [part for part in self._probes if part in self._ready and part in self._until]
        return sorted(found, key=lambda part: self._looked.get(part, 0.0))

    def _is_due(self, part: str, seconds: float, is_free: bool) -> bool:
        probe = self._probes[part]
        wait_s = probe.every_s if is_free else every(probe, seconds)
        return time.monotonic() - self._looked.get(part, 0.0) >= wait_s

    def _budget(self, part: str, seconds: float) -> Budget:
        share = self._probes[part].share
        key = "" if share is None else part
        if key not in self._budgets:
            self._budgets[key] = Budget(self._share if share is None else share, seconds)
        return self._budgets[key]

    def _look(self, part: str, where: Mapping[str, Any], *, is_free: bool = False) -> None:
        seconds = float(where["seconds"])
        budget = self._budget(part, seconds)
        began = time.perf_counter()
        try:
            self._probes[part].look({**where, "used": round(budget.used(seconds), 4), "share": budget.share})
        except Exception as error:
            self._drop(part, error)
        self._cost[part] = time.perf_counter() - began
        if not is_free:
            budget.took(self._cost[part])
        self._looked[part], self._seen[part] = self._paced(part, seconds), self._state(where)

    def _state(self, where: Mapping[str, Any]) -> tuple[int, int, int]:
        """What of the model's state decides how it looks, and what is said with it.

        An epoch ends after the look at its last block: the step is the same then, the epoch is not.
        """
        return int(where["epoch"]), int(where["step"]), self._edits

    def _paced(self, part: str, seconds: float) -> float:
        """When the look that was just taken was due. Looks wait for the end of a block; the next one comes no later."""
        now = time.monotonic()
        if part not in self._probes:
            return now
        pace_s = every(self._probes[part], seconds)
        due = self._looked.get(part, 0.0) + pace_s
        return due if now - due < pace_s else now

    def _make_ready(self) -> None:
        """Trace the watched probes in a thread, one after another."""
        if self._making is not None:
            part, ahead = self._making
            if ahead.is_busy:
                return
            self._made(part, ahead)
        for part in self._until:
            if part not in self._ready:
                ahead = Ahead(self._probes[part].ready)
                ahead.start()
                self._making = part, ahead
                return

    def _made(self, part: str, ahead: Ahead) -> None:
        self._making = None
        try:
            ahead.wait()
            self._ready.add(part)
        except Exception as error:
            self._drop(part, error)

    def _drop(self, part: str, error: Exception) -> None:
        """Look no more at what cannot be looked at; the run goes on, and the traceback is in its log."""
        traceback.print_exception(error, file=sys.stderr)
        del self._probes[part]
        self._ready.discard(part)
        self._until.pop(part, None)
        self._say({"part": part, "error": type(error).__name__, **self._where()})


def every(probe: Probe, seconds: float) -> float:
    """Seconds between two looks: the probe's own, and no less than a two-hundredth of the training time so far.

    So a part that is watched all the time leaves about 200 looks each time that the training time grows e-fold. A probe
    with a share of its own keeps its own pace, as it leaves only its newest look.
    """
    return probe.every_s if probe.share is not None else max(probe.every_s, seconds / 200)
