"""How a series goes on, by a network that has learned to say one value from those before it."""

from collections.abc import Callable

import numpy as np

from playground.data import DataError
from playground.data.new_rows import in_source_units, inputs_of
from playground.data.plan import Plan
from playground.specs.facts import Facts

MAX_STEPS = 500

Answer = Callable[[np.ndarray], np.ndarray]
"""The network: prepared windows (m, ...) in, (m, 1) out."""


def forecast(answer: Answer, made: Plan, facts: Facts, values: np.ndarray, steps: int) -> np.ndarray:
    """The next ``steps`` values of a series, float64 (steps,), in the units of the source.

    Args:
        answer: the network.
        made: the plan of the run's dataset, a series.
        facts: those of its prepared arrays.
        values: the series so far, the last value last, float64 (n,).
        steps: how far.

    Raises:
        DataError: there are too few values, or too many steps.
    """
    window, horizon = made.options["window"], made.options["horizon"]
    needed = values_needed(made)
    if len(values) < needed:
        raise DataError(
            f"Expected at least {needed:,} values to go on from, received {len(values):,}: the network sees {window:,} "
            f"at a time and says what comes {horizon:,} later. Give more of them."
        )
    if not 1 <= steps <= MAX_STEPS:
        raise DataError(f"Expected 1 to {MAX_STEPS} steps ahead, received {steps:,}.")
    if not np.isfinite(values).all():
        raise DataError("A value of the series is missing or no number. Correct it.")
    return forecasts(answer, made, facts, np.asarray(values, np.float64)[np.newaxis], steps)[0]


def forecasts(answer: Answer, made: Plan, facts: Facts, before: np.ndarray, steps: int) -> np.ndarray:
    """How each of several series goes on, float64 (m, steps), in the units of the source.

    A network with a horizon of h says the value h steps after the last that it sees. So the first h values follow from
    what is known; every later one has forecasts among what it is made of.

    Args:
        answer: the network.
        made: the plan of the run's dataset, a series.
        facts: those of its prepared arrays.
        before: the last values of each, at least :func:`values_needed`, float64 (m, n).
        steps: how far.

    Raises:
        DataError: a forecast is no number any more.
    """
    horizon, is_difference = made.options["horizon"], bool(made.options["difference"])
    width = made.options["window"] + is_difference
    m, n = before.shape
    series = np.concatenate([np.asarray(before, np.float64), np.empty((m, steps))], axis=1)
    for at in range(n, n + steps, horizon):
        some = min(horizon, n + steps - at)
        starts = at - horizon - width + 1 + np.arange(some)
        seen = series[:, starts[:, np.newaxis] + np.arange(width)].reshape(m * some, width)
        found = answer(inputs_of(made, facts, np.diff(seen) if is_difference else seen))
        made_of = in_source_units(made, facts, found.reshape(m * some))
        series[:, at : at + some] = (made_of + seen[:, -1] if is_difference else made_of).reshape(m, some)
        if not np.isfinite(series[:, at : at + some]).all():
            raise DataError("The forecast grows beyond all numbers. Ask for fewer steps.")
    return series[:, n:]


def values_needed(made: Plan) -> int:
    """How many past values a forecast needs."""
    return int(made.options["window"] + made.options["horizon"] - 1 + bool(made.options["difference"]))
