"""Answers that are numbers: on the scale of the data, with intervals, and beside what knows nothing."""

from typing import Any

import keras
import numpy as np

from playground.data import Prepared
from playground.data.statistics.seasons import clear_period
from playground.data.transforms.target_steps import TARGET_STEPS
from playground.insight.rows import Progress, answers, drawn
from playground.scores.bootstrap import Statistic, interval
from playground.scores.values import value_scores
from playground.specs import RunSpec

_SCORES = ("mean_absolute_error", "root_mean_squared_error", "r2_score")
Found = tuple[dict[str, Any], dict[str, np.ndarray]]


def number_answers(model: keras.Model, spec: RunSpec, prepared: Prepared, part: str, progress: Progress) -> Found:
    """What ``model`` answers, as values and arrays; both targets and answers before the steps on the target.

    Values: ``scores``, by name ``[value, low, high]``: ``mean_absolute_error``, ``root_mean_squared_error`` and
    ``r2_score``; ``prepared_scores``, by name, the same of the numbers that the network learned from; ``naive``: a
    list of simple answers, each with ``answer`` (``mean``, ``last value`` or ``season``), ``scores`` and for a season
    its ``period`` in rows; ``is_scaled``: whether there are steps on the target.
    Arrays: ``true``, ``answered`` float32 (n, *target_shape); of a series also ``last`` and where there is a season
    ``season``, float32 (n,), what those simple answers are.
    """
    facts = prepared.facts
    at = drawn(prepared, part, int(np.prod(facts.answer_shape)))
    raw = np.asarray(prepared.array(f"y_{part}")[at], np.float32)
    given = answers(model, prepared, part, at, progress).reshape(raw.shape)

    def undone(values: np.ndarray) -> np.ndarray:
        return before_steps(values, spec, prepared)

    true, answered = undone(raw), undone(given)
    arrays = {"at": at, "true": true.astype(np.float32), "answered": answered.astype(np.float32)}
    progress(0.7, "Drawing rows anew")
    found: dict[str, Any] = {
        "scores": _intervals(true, answered),
        "prepared_scores": value_scores(raw, given)._asdict(),
        "is_scaled": any(step.kind in TARGET_STEPS for step in spec.dataset.steps),
    }
    mean = undone(np.asarray(prepared.array("y_train"), np.float64)).mean(axis=0)
    simple: list[tuple[str, np.ndarray]] = [("mean", np.broadcast_to(mean, true.shape))]
    last = prepared.last(part)
    period = None
    if last is not None:
        before = undone(np.asarray(last[at]))
        arrays["last"] = before.astype(np.float32)
        simple.append(("last value", _at_all_places(before, true)))
        period, seasonal = _season(spec, prepared, part, at)
        if seasonal is not None:
            arrays["season"] = undone(seasonal).astype(np.float32)
            simple.append(("season", _at_all_places(arrays["season"], true)))
    found["naive"] = [{"answer": name, "scores": value_scores(true, each)._asdict()} for name, each in simple]
    if period is not None and found["naive"][-1]["answer"] == "season":
        found["naive"][-1]["period"] = period
    return found, arrays


def before_steps(values: np.ndarray, spec: RunSpec, prepared: Prepared) -> np.ndarray:
    """Prepared targets, or answers in their place, as they were before the steps on the target; float64."""
    found = np.asarray(values, np.float64)
    for step, fitted in reversed(list(zip(spec.dataset.steps, prepared.facts.fitted, strict=False))):
        if step.kind in TARGET_STEPS:
            found = TARGET_STEPS[step.kind].undo(found, fitted)
    return found


def _intervals(true: np.ndarray, answered: np.ndarray) -> dict[str, tuple[float, float, float]]:
    target = true.reshape(len(true), -1)
    target = target - target.mean(axis=0)  # so that the square of a mean far from 0 takes no digits
    error = (answered - true).reshape(len(true), -1)
    absolute, squared = np.abs(error).mean(axis=1), (error**2).mean(axis=1)

    def explained(weights: np.ndarray) -> np.ndarray:
        share = weights / weights.sum(axis=1, keepdims=True)
        variance = share @ target**2 - (share @ target) ** 2
        left = np.divide(share @ error**2, variance, out=np.full(variance.shape, np.nan), where=variance > 0)
        return np.asarray(1 - left.mean(axis=1))

    statistics: dict[str, Statistic] = {
        "mean_absolute_error": lambda weights: weights @ absolute / weights.sum(axis=1),
        "root_mean_squared_error": lambda weights: np.sqrt(weights @ squared / weights.sum(axis=1)),
        "r2_score": explained,
    }
    found = {name: interval(statistics[name], len(true)) for name in _SCORES}
    exact = value_scores(true, answered)._asdict()
    return {name: (exact[name], each.low, each.high) for name, each in found.items()}


def _at_all_places(values: np.ndarray, like: np.ndarray) -> np.ndarray:
    """A value a row, for every number of a target that has several."""
    return np.broadcast_to(np.reshape(values, (len(like), *[1] * (like.ndim - 1))), like.shape)


def _season(spec: RunSpec, prepared: Prepared, part: str, at: np.ndarray) -> tuple[int | None, np.ndarray | None]:
    """The period of the training targets in rows, and for each row the newest target whole periods before.

    Only what is known when a row is forecast is looked at. The targets of all parts together are the series; a row
    whose place one period back is in none looks further.
    """
    parts = ("train", "validation", "test")
    numbers = [np.asarray(prepared.array(f"rows_{each}")) for each in parts]
    targets = [np.asarray(prepared.array(f"y_{each}"), np.float64) for each in parts]
    if targets[0].ndim > 1 or len(targets[0]) < 8:
        return None, None
    order = np.argsort(numbers[0])
    places = numbers[0][order]
    # Rows that were divided at random leave gaps, without which the season would seem shorter.
    whole = np.interp(np.arange(places[0], places[-1] + 1), places, targets[0][order])
    period, _peak = clear_period(whole)
    if period is None:
        return None, None
    placed = np.concatenate(numbers)
    series = np.full(int(placed.max()) + 1, np.nan)
    series[placed] = np.concatenate(targets)
    rows = np.asarray(prepared.array(f"rows_{part}"))[at]
    found = np.full(len(rows), np.nan)
    options = spec.dataset.options
    known = -(-int(options.get("horizon", 1)) // int(options.get("stride", 1)))  # rows back, when it is forecast
    for back in range(period * -(-known // period), len(series), period):
        missing = np.isnan(found) & (rows >= back)
        if not missing.any():
            break
        found[missing] = series[rows[missing] - back]
    found[np.isnan(found)] = np.mean(targets[0])
    return period, found
