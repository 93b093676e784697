"""Which program trained a run from which step on, so that another can do the same."""

from collections.abc import Iterable
from typing import NamedTuple

from playground.runs.event import Event
from playground.runs.run import Run

STEPS = "steps"
"""The program that every run begins with: one step after another, in graph mode."""


class Change(NamedTuple):
    """From the step behind ``step`` on, ``program`` trains, by its name in the events."""

    step: int
    program: str


class Record(NamedTuple):
    """The changes of program of a run, in order.

    Attributes:
        changes: all of them.
        until: the step up to which it is known that there are no others.
    """

    changes: tuple[Change, ...] = ()
    until: int = 0


def record(run: Run, events: Iterable[Event]) -> Record:
    """The record of ``run``, from its events in order; what was taken back when it was resumed does not count."""
    changes: list[Change] = []
    for event in events:
        if event.goes_on:
            changes = [change for change in changes if change.step <= event.data["step"]]
        if event.kind == "progress" and "program" in event.data:
            changes.append(Change(int(event.data["step"]), str(event.data["program"])))
    return Record(tuple(changes), run.step)


def is_alike(run: Run, other: Run) -> bool:
    """Whether both trained on the same machine and device with the same versions: there, the same gives the same."""
    return (run.machine, run.device, dict(run.versions)) == (other.machine, other.device, dict(other.versions))
