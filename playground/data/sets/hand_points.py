"""Points in the plane that somebody set by hand: the spec itself holds them, so that a link carries them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from playground.data.errors import DataError
from playground.data.source import Loaded, Progress, Source
from playground.settings import Settings
from playground.specs.facts import Task

MAX_POINTS = 500
"""A link to a spec has room for that many."""

MIN_POINTS = 10
COLUMNS = ("x1", "x2", "label")
"""The options that hold the coordinates, from -1 to 1, and the labels, whole numbers from 0 on."""


def load(options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
    """The points as they were set: x float64 (n, 2), y int64 (n,)."""
    x1, x2, label = (np.asarray(options[name], np.float64) for name in COLUMNS)
    return Loaded(np.column_stack([x1, x2]), label.astype(np.int64))


def given(source: Source, options: Mapping[str, Any]) -> Source:
    """``source`` with as many rows and classes as the points of ``options`` have.

    Raises:
        DataError: there are too few or too many points, or classes that do not fit.
    """
    lengths = {len(options[name] or ()) for name in COLUMNS}  # none at all once they were cleared
    if len(lengths) > 1:
        raise DataError(f"Points by hand: expected as many values in {', '.join(COLUMNS)}, received {sorted(lengths)}.")
    (n,) = lengths
    if not MIN_POINTS <= n <= MAX_POINTS:
        raise DataError(
            f"Points by hand: expected {MIN_POINTS} to {MAX_POINTS} points, there are {n:,}. Set or remove some."
        )
    labels = sorted(set(options["label"]))
    if any(label != int(label) for label in labels):
        raise DataError(f"Points by hand: expected whole numbers as labels, received {labels}.")
    if labels != list(range(len(labels))) or len(labels) < 2:
        have = ", ".join(str(int(label) + 1) for label in labels)
        raise DataError(
            f"Points by hand: expected points of the classes 1, 2 and so on, received {have}. Set some of each."
        )
    task: Task = "binary" if len(labels) == 2 else "multiclass"
    return replace(source, task=task, n_samples=n, classes=tuple(str(number) for number in range(1, len(labels) + 1)))
