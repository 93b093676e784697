"""How far off a forecast is, by how far ahead it looks: from many places of a series, on the scale of the data."""

from typing import Any

import keras
import numpy as np

from playground.data import PARTS, DataError, Prepared
from playground.data.plan import Plan
from playground.insight.forecast import forecasts, values_needed
from playground.insight.predict import compiled
from playground.insight.rows import Progress
from playground.insight.series import last_seen

_STEPS = 24
_FARTHEST = 100
_ORIGINS = 256
_INPUTS = 8_000_000  # numbers that the network reads at once
_PAST = 60
_LEAST = 3  # forecasts that a mean is made of

Found = tuple[dict[str, Any], dict[str, np.ndarray]]


def by_horizon(
    model: keras.Model,
    made: Plan,
    values: np.ndarray,
    prepared: Prepared,
    part: str,
    period: int | None,
    progress: Progress,
) -> Found:
    """Forecasts several steps ahead from windows of ``part``, and their mean absolute errors, as values and arrays.

    A value counts only if it is the target of no other part: a forecast of validation rows looks at none of the test
    part. Where the forecast grows beyond all numbers there is nothing at all.

    Args:
        model: with the weights of a run.
        made: the plan of its dataset, a series.
        values: of that series, float64 (n,).
        prepared: its data.
        part: ``train``, ``validation`` or ``test``.
        period: of the season, in values; ``None`` without one.
        progress: told how far it is; may raise to cancel.

    Returns:
        Values: ``ahead`` with ``rows``, how many forecasts there are of each step, and ``errors``, by ``network``,
        ``last value`` and ``season`` the mean absolute error at each step. Arrays: ``origins`` int64 (m,), the places
        in the series of the last value that each forecast sees; ``past`` float32 (m, p), the values up to it; ``ahead``
        and ``came`` float32 (m, steps), what was forecast and what came, NaN where that does not count.
    """
    horizon = int(made.options["horizon"])
    ends = np.sort(last_seen(made, prepared.array(f"rows_{part}")))
    ends = ends[ends + 1 >= values_needed(made)]
    steps = min(_FARTHEST, max(_STEPS, 2 * horizon))
    most = max(1, _INPUTS // (int(made.options["window"]) * min(horizon, steps)))
    some = min(len(ends), _ORIGINS, most)
    origins = ends[np.unique(np.linspace(0, len(ends) - 1, some).astype(int))] if some else ends
    came = _came(made, values, prepared, part, origins, steps)
    there = np.isfinite(came).sum(axis=0)
    few = np.flatnonzero(there < _LEAST)
    steps = int(few[0]) if len(few) else steps
    if not steps:
        return {}, {}
    came, there = came[:, :steps], there[:steps]
    progress(0.85, f"Forecasting {steps} steps ahead")
    needed = values_needed(made)
    before = values[origins[:, np.newaxis] + np.arange(1 - needed, 1)]
    answer = compiled(model)
    try:
        ahead = forecasts(lambda x: np.asarray(answer(x), np.float32), made, prepared.facts, before, steps)
    except DataError:
        return {}, {}
    simple = {"network": ahead, "last value": np.broadcast_to(before[:, -1:], came.shape)}
    if period:
        simple["season"] = _season(values, origins, steps, period)
    errors = {name: np.nanmean(np.abs(each - came), axis=0).tolist() for name, each in simple.items()}
    past = values[origins[:, np.newaxis] + np.arange(1 - min(_PAST, int(origins.min()) + 1), 1)]
    return {"ahead": {"rows": there.tolist(), "errors": errors}}, {
        "origins": origins,
        "past": past.astype(np.float32),
        "ahead": ahead.astype(np.float32),
        "came": came.astype(np.float32),
    }


def _came(made: Plan, values: np.ndarray, prepared: Prepared, part: str, origins: np.ndarray, steps: int) -> np.ndarray:
    """The values after each origin, float64 (m, steps); NaN beyond the end and for the targets of other parts."""
    horizon = int(made.options["horizon"])
    shown = np.concatenate([values, np.full(steps, np.nan)])
    for other in PARTS:
        if other != part:
            shown[last_seen(made, prepared.array(f"rows_{other}")) + horizon] = np.nan
    return np.asarray(shown[origins[:, np.newaxis] + np.arange(1, steps + 1)])


def _season(values: np.ndarray, origins: np.ndarray, steps: int, period: int) -> np.ndarray:
    """The newest known value whole periods before each step; the last value where the series has not begun yet."""
    ahead = np.arange(1, steps + 1)
    places = origins[:, np.newaxis] + ahead - period * -(-ahead // period)
    return np.where(places >= 0, values[np.maximum(places, 0)], values[origins][:, np.newaxis])
