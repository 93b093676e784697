"""The events that a run's curves come from, without what was taken back, and with those of the run it goes on from."""

import dataclasses
from collections.abc import Mapping

import numpy as np

from playground.runs.event import Event
from playground.runs.log import RunLog

_AXES = {"batch": "step", "epoch": "epoch"}
"""By prefix of a column, which of the columns counts, from 1."""


def history(log: RunLog, run_id: str) -> list[Event]:
    """All events that lead to where a run is, in order; those of an earlier run that it goes on from come first.

    Columns end where a later event takes them back. A run that is gone has left nothing.
    """
    found: list[Event] = []
    for event in log.events(run_id):
        if event.goes_on:
            source = event.data.get("from_run")
            before = history(log, source) if source else found
            found = [cut(each, event.data) for each in before]
        found.append(event)
    return found


def cut(event: Event, standing: Mapping[str, int]) -> Event:
    """``event`` without what its columns have behind the ``epoch`` and the ``step`` of ``standing``."""
    if not event.columns:
        return event
    kept = {
        prefix: np.asarray(event.columns[f"{prefix}/{axis}"]) <= standing[axis]
        for prefix, axis in _AXES.items()
        if f"{prefix}/{axis}" in event.columns
    }
    columns = {
        name: values[kept[prefix]] if (prefix := name.partition("/")[0]) in kept else values
        for name, values in event.columns.items()
    }
    return dataclasses.replace(event, columns=columns)
