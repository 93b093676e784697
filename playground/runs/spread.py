"""What a method scores over several runs: the mean of each validation metric, and how far the runs lie apart."""

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from playground.runs.run import Run


@dataclass(frozen=True, slots=True)
class Spread:
    """The mean of some numbers and their sample standard deviation, which is NaN for a single number."""

    mean: float
    sd: float
    n: int


def spread(numbers: Sequence[float]) -> Spread:
    """Mean and standard deviation, with n - 1 in the denominator, of ``numbers``; NaN where there are too few."""
    n = len(numbers)
    if not all(map(math.isfinite, numbers)) or not n:
        return Spread(math.nan, math.nan, n)
    return Spread(statistics.fmean(numbers), statistics.stdev(numbers) if n > 1 else math.nan, n)


def spreads(runs: Iterable[Run]) -> dict[str, tuple[Spread, Spread]]:
    """By validation metric, the spread of its last and of its best value over the runs that have one."""
    found: dict[str, tuple[list[float], list[float]]] = {}
    for run in runs:
        for name, metric in run.metrics.items():
            if name.startswith("val_"):
                last, best = found.setdefault(name, ([], []))
                last.append(metric.last)
                best.append(metric.best)
    return {name: (spread(last), spread(best)) for name, (last, best) in found.items()}


def telling_metric(runs: Iterable[Run]) -> str:
    """The metric by which runs are compared, as Keras's History calls it.

    Of the validation metrics beside the loss the first that most of the runs have, else the validation loss, else a
    metric of the training part, which is all there is without a validation part; ``"loss"`` before anything was
    measured.
    """
    count = Counter(name for run in runs for name in run.metrics if name != "learning_rate")
    validated = [name for name in count if name.startswith("val_")]
    beside = [name for name in validated if name != "val_loss"]
    others = [name for name in count if name != "loss"]
    return max(beside or validated or others or ["loss"], key=count.__getitem__)
