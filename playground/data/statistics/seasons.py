"""A series in the order of time: its trend, its season, what is left, and how it resembles itself later."""

from typing import Any

import numpy as np

from playground.data.errors import DataError
from playground.data.statistics.asked import Asked
from playground.data.statistics.picture import Picture
from playground.data.statistics.sampled import Sampled
from playground.data.statistics.values import listed, number

_LEAST = 8
_LAGS = 400
_CLEAR = 0.1
_NO_NOISE = 4.0
"""Standard errors that the autocorrelation of noise stays within, also at the highest of hundreds of lags."""

_DRAWN = 2_000
_BINS = 24


def seasons(found: Sampled, asked: Asked) -> Picture:
    """The parts of a series; what lies between the points drawn is thinned out.

    ``values["period"]`` is the lag of the highest peak of the autocorrelation after the linear trend is taken off, or
    ``None``. With one, the series is its trend (the mean over one period around each point), its season (the mean of
    what the trend leaves at each place of the period, ``values["profile"]``) and a rest: the classical additive
    decomposition. ``values["autocorrelation"]`` begins with lag 0; ``values["limit"]`` is what 95 % of those of noise
    stay within, 1.96 / sqrt(n).
    """
    import pandas as pd

    if not len(found.frame.columns):
        raise DataError("There is no series to look at.")
    name = str(found.frame.columns[0])
    line = found.frame[name].dropna().reset_index(drop=True)
    if len(line) < _LEAST or line.nunique() < 2:
        raise DataError(f"The series has {len(line):,} values, expected at least {_LEAST} that differ.")
    correlation = _autocorrelation(line.to_numpy())
    period, peak = clear_period(line.to_numpy())
    profile: list[float | None] = []
    trend = season = rest = None
    if period:
        trend = line.rolling(period, center=True, min_periods=max(1, period // 2)).mean()
        left = line - trend
        at = pd.Series(np.arange(len(line)) % period)
        means = left.groupby(at).mean()
        means -= means.mean()
        season = at.map(means)
        rest = left - season
        profile = listed(means)
    differences = line.diff().dropna()
    places = _thinned(len(line))
    counts, edges = np.histogram(differences, bins=_BINS)
    lines = {"value": line, "trend": trend, "season": season, "rest": rest}
    drawn = {key: listed(each.to_numpy()[places]) for key, each in lines.items() if each is not None}
    values: dict[str, Any] = {
        "name": name,
        "step": [int(place) for place in places],
        "lines": drawn,
        "period": period,
        "peak": number(peak) if period else None,
        "profile": profile,
        "autocorrelation": listed(correlation),
        "limit": number(1.96 / np.sqrt(len(line))),
        "differences": {"counts": counts.tolist(), "edges": listed(edges)},
        "difference": {"mean": number(differences.mean()), "std": number(differences.std(ddof=0))},
        "strength": _strength(season, rest),
    }
    note = f"the lines show {len(places):,} of them, evenly spread" if len(places) < len(line) else ""
    return Picture(shown=len(line), of=len(line), values=values, table={"step": values["step"], **drawn}, note=note)


def _autocorrelation(values: np.ndarray) -> np.ndarray:
    """Of lags 0 to at most 400 and half the length, (lags,); 1 at lag 0."""
    from scipy.signal import correlate

    centred = values - values.mean()
    found = correlate(centred, centred, method="fft")[len(values) - 1 :]
    return np.asarray(found[: min(_LAGS, len(values) // 2) + 1] / found[0])


def clear_period(values: np.ndarray) -> tuple[int | None, float]:
    """The lag of the highest peak that noise would not have, and its autocorrelation."""
    from scipy.signal import detrend, find_peaks

    flat = detrend(values)
    if np.allclose(flat, 0, atol=1e-9 * max(1.0, float(np.abs(values).max()))):
        return None, 0.0
    correlation = _autocorrelation(flat)
    peaks, _ = find_peaks(correlation, prominence=_CLEAR)
    clear = peaks[correlation[peaks] > max(_CLEAR, _NO_NOISE / np.sqrt(len(values)))]
    if not len(clear):
        return None, 0.0
    best = int(clear[correlation[clear].argmax()])
    return best, float(correlation[best])


def _strength(season: Any, rest: Any) -> float | None:
    """The share of the variance around the trend that the season explains."""
    if season is None:
        return None
    whole = float((season + rest).var())
    return number(max(0.0, 1 - float(rest.var()) / whole)) if whole else None


def _thinned(n: int) -> np.ndarray:
    return np.arange(n) if n <= _DRAWN else np.unique(np.linspace(0, n - 1, _DRAWN).astype(int))
