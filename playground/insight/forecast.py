"""How a series goes on, by a network that has learned to say one value from those before it."""

from collections.abc import Callable

import numpy as np

from playground.data import DataError
from playground.data.new_rows import in_source_units, inputs_of
from playground.data.plan import Plan
from playground.specs.facts import Facts

MAX_STEPS = 500


def forecast(
    answer: Callable[[np.ndarray], np.ndarray], made: Plan, facts: Facts, values: np.ndarray, steps: int
) -> np.ndarray:
    """The next ``steps`` values of a series, float64 (steps,), in the units of the source.

    A network with a horizon of h says the value h steps after the last that it sees. So the first h values follow from
    what is known; every later one has forecasts among what it is made of.

    Args:
        answer: the network: prepared windows (m, ...) in, (m, 1) out.
        made: the plan of the run's dataset, a series.
        facts: those of its prepared arrays.
        values: the series so far, the last value last, float64 (n,).
        steps: how far.

    Raises:
        DataError: there are too few values, or too many steps.
    """
    window, horizon, is_difference = (made.options[name] for name in ("window", "horizon", "difference"))
    needed = window + horizon - 1 + bool(is_difference)
    if len(values) < needed:
        raise DataError(
            f"Expected at least {needed:,} values to go on from, received {len(values):,}: the network sees {window:,} "
            f"at a time and says what comes {horizon:,} later. Give more of them."
        )
    if not 1 <= steps <= MAX_STEPS:
        raise DataError(f"Expected 1 to {MAX_STEPS} steps ahead, received {steps:,}.")
    if not np.isfinite(values).all():
        raise DataError("A value of the series is missing or no number. Correct it.")
    series = [float(value) for value in values]
    n = len(series)
    while len(series) < n + steps:
        some = min(horizon, n + steps - len(series))
        ends = [len(series) + step - horizon for step in range(some)]  # the last place that each window sees
        first = [end - window + 1 - bool(is_difference) for end in ends]
        seen = np.array([series[start : end + 1] for start, end in zip(first, ends, strict=True)], np.float64)
        found = answer(inputs_of(made, facts, np.diff(seen) if is_difference else seen))
        made_of = in_source_units(made, facts, found.reshape(some))
        series += (made_of + seen[:, -1] if is_difference else made_of).tolist()
        if not np.isfinite(series[-some:]).all():
            raise DataError("The forecast grows beyond all numbers. Ask for fewer steps.")
    return np.array(series[n:])
