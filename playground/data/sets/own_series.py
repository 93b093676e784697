"""A column of a table in the order of time, as a source: windows of past values and the value that follows."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from playground.data.errors import DataError
from playground.data.source import Loaded, Progress, Source
from playground.data.uploads.column_types import days, numbers
from playground.data.uploads.profile import ColumnProfile, Profile
from playground.data.uploads.upload import frame_of, profile_of
from playground.settings import Settings
from playground.specs import DatasetSpec


def described(spec: DatasetSpec, options: Mapping[str, Any], settings: Settings) -> Source:
    """The source that ``spec`` asks for, known from the profile of its table.

    Raises:
        DataError: the table is not here, the target is no number, or there are too few rows for a window.
    """
    profile = profile_of(options["file"], settings)
    target = profile.column(profile.target if spec.target is None else spec.target)
    if spec.features:
        raise DataError("A series is predicted from its own past: expected no features.")
    if target.type != "number":
        raise DataError(f"{target.name!r} is of the type {target.type}: expected numbers. Choose another target.")
    dates = dates_of(profile)
    window, horizon = options["window"], options["horizon"]
    n = profile.n_rows - target.missing - window - horizon + 1 - options["difference"]
    if n < 1:
        needed = window + horizon
        raise DataError(f"{target.name!r} has too few values for a window of {window}: expected {needed:,} or more.")
    names = tuple(f"{target.name} {before} back" for before in range(window - 1, -1, -1))
    return Source(
        partial(_load, target=target, dates=dates),
        "regression",
        (window,),
        -(-n // options["stride"]),
        (),
        names,
        target=target.name,
        is_series=True,
    )


def dates_of(profile: Profile) -> ColumnProfile | None:
    """The column that says in which order the values came; ``None`` where the file's order does."""
    return next((column for column in profile.columns if column.type == "date" and not column.missing), None)


def windows(
    values: np.ndarray, window: int, horizon: int, stride: int = 1, *, difference: bool = False
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every ``stride``-th window of a series (n,): x (m, window), oldest first; y (m,), ``horizon`` later; x's last.

    With ``difference``, x holds by how much each value differs from the one before, y by how much the value
    ``horizon`` later differs from the last one, and "as the last value" is a difference of 0.
    """
    width = window + difference
    x = np.lib.stride_tricks.sliding_window_view(values, width)[: len(values) - width - horizon + 1 : stride]
    y, last = values[width + horizon - 1 :: stride], x[:, -1]
    return (np.diff(x), y - last, np.zeros_like(last)) if difference else (x, y, last)


def _load(
    options: Mapping[str, Any],
    seed: int,
    settings: Settings,
    progress: Progress,
    *,
    target: ColumnProfile,
    dates: ColumnProfile | None,
) -> Loaded:
    """Windows in the order of time: x float64 (m, window), y float64 (m,). Missing values are left out."""
    progress(0.0, "Reading the series")
    frame = frame_of(options["file"], [target.name, *([dates.name] if dates else [])], settings)
    values = numbers(frame[target.name])
    if dates:
        values = values[np.argsort(days(frame[dates.name], dates.date_format), kind="stable")]
    x, y, last = windows(
        values[np.isfinite(values)],
        options["window"],
        options["horizon"],
        options["stride"],
        difference=options["difference"],
    )
    return Loaded(x, y, last=last)
