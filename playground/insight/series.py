"""The series that a run's windows were cut from: its values, and which of them each window ends with."""

import numpy as np

from playground.data.plan import Plan
from playground.settings import Settings
from playground.specs import RunSpec


def values_of(made: Plan, spec: RunSpec, settings: Settings) -> np.ndarray:
    """The values of the series of ``spec`` in the order of time, before any step, float64 (n,).

    Raises:
        DataError: the data cannot be had any more.
    """
    one_by_one = {"window": 1, "horizon": 1, "stride": 1, "difference": False}
    options = made.options | {name: value for name, value in one_by_one.items() if name in made.options}
    cut = made.source.load(options, spec.seed, settings, lambda share, words: None)
    return np.concatenate([np.asarray(cut.last, np.float64), np.asarray(cut.y[-1:], np.float64)])


def last_seen(made: Plan, rows: np.ndarray) -> np.ndarray:
    """The places in the series, from 0, of the last value that the windows called ``rows`` see; int64 (n,)."""
    first = np.asarray(rows, np.int64) * int(made.options.get("stride", 1))
    return first + int(made.options["window"]) + bool(made.options["difference"]) - 1
