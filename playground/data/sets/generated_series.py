"""Series drawn at random, and the arrays of windows that are learned from.

The functions need numpy only and keep to 88 columns, so that an exported script can carry them as they stand.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from playground.data.errors import DataError
from playground.data.sets.generated import STREAM
from playground.data.sets.own_series import windows
from playground.data.source import Loaded, Progress, Source
from playground.settings import Settings

OF_WINDOWS = ("window", "horizon", "difference")
"""Options that say how a series is cut; all others go to the function that draws it."""

Values = Callable[..., np.ndarray]


def cut(values: Callable[[Mapping[str, Any], int], np.ndarray]) -> Callable[..., Loaded]:
    """A source's ``load`` that cuts what ``values`` gives of options and seed into windows."""

    def load(options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
        series = values(options, seed)
        x, y, last = windows(series, options["window"], options["horizon"], difference=options["difference"])
        return Loaded(x, y, last=last)

    return load


def drawn(function: Values) -> Callable[[Mapping[str, Any], int], np.ndarray]:
    """The values that ``function`` draws with the seed."""

    def values(options: Mapping[str, Any], seed: int) -> np.ndarray:
        rest = {name: value for name, value in options.items() if name not in OF_WINDOWS}
        return function(np.random.default_rng([seed, STREAM]), **rest)

    return values


def windowed(length: int | None = None) -> Callable[[Source, Mapping[str, Any]], Source]:
    """What gives a source its window; ``length`` is that of a series that comes as it is."""

    def chosen(source: Source, options: Mapping[str, Any]) -> Source:
        whole, window, horizon = length or options["length"], options["window"], options["horizon"]
        n = whole - window - horizon + 1 - options["difference"]
        if n < 1:
            raise DataError(
                f"The series has {whole:,} values, too few for a window of {window:,} and a horizon of {horizon:,}: "
                f"expected {window + horizon:,} or more. Make the window smaller."
            )
        names = tuple(f"{before} back" for before in range(window - 1, -1, -1))
        return replace(source, n_samples=n, input_shape=(window,), features=names)

    return chosen


def seasonal(
    rng: np.random.Generator,
    length: int,
    level: float,
    trend: float,
    periods: tuple[float, ...],
    season: float,
    noise: float,
) -> np.ndarray:
    """A ``level``, a straight ``trend`` over the whole, a sine for each period, noise."""
    at = np.arange(length)
    values = level + trend * at / length
    for period in periods:
        values = values + season * np.sin(2 * np.pi * at / period)
    return values + rng.normal(0, noise, length)
