"""How long a run would take, from what earlier ones took, or from the multiply-adds that are counted in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from playground.runs.run import Run

_STEP_S = {True: 0.0004, False: 0.0008}  # a step of a tiny network, on a GPU and on a CPU
_PER_S = {True: 5e12, False: 2e10}  # multiply-adds that a step of dense layers and convolutions gets done
_TRACE_S = 0.8  # until the first step
_PASSES = 3  # forward, and twice as much backward
_LEAST_S = 0.3  # of training: in less, most is tracing


@dataclass(frozen=True, slots=True)
class Plan:
    """What decides how long a run takes.

    Attributes:
        device: in words, as runs record it.
        parameters: of the model.
        n_train: training rows.
        batch_size: rows of a step.
        epochs: how many.
        multiply_adds: of a forward pass of one row; ``None`` while they are not counted.
    """

    device: str
    parameters: int
    n_train: int
    batch_size: int
    epochs: int
    multiply_adds: int | None = None

    @property
    def steps(self) -> int:
        """Steps of an epoch."""
        return -(-self.n_train // self.batch_size)


@dataclass(frozen=True, slots=True)
class Estimate:
    """About how long it takes.

    Attributes:
        epoch_s: seconds an epoch.
        seconds: of all epochs.
        is_measured: whether a run like it was measured on this device; otherwise its multiply-adds were counted.
    """

    epoch_s: float
    seconds: float
    is_measured: bool


def estimate(plan: Plan, earlier: Iterable[Run]) -> Estimate | None:
    """About how long ``plan`` takes; ``None`` where nothing like it was measured and nothing is counted.

    A run of as many parameters and rows in as many steps is taken as it was; one of as many parameters by its rows a
    second; else a step counts a constant and its multiply-adds, three times a forward pass's, and the start what
    tracing takes.

    Args:
        plan: what is to run.
        earlier: runs that have ended, the newest first.
    """
    found = [run for run in earlier if _is_like(plan, run)]
    same = (run for run in found if (run.n_train, run.steps_per_epoch) == (plan.n_train, plan.steps))
    if (run := next(same, None)) is not None:
        return _measured(plan, run.seconds / run.step * plan.steps)
    if found:
        run = found[0]
        rows = run.step * (run.n_train or 0) / (run.steps_per_epoch or 1)
        return _measured(plan, plan.n_train * run.seconds / rows)
    if plan.multiply_adds is None:
        return None
    is_gpu = plan.device != "CPU"
    epoch_s = plan.steps * _STEP_S[is_gpu] + _PASSES * plan.multiply_adds * plan.n_train / _PER_S[is_gpu]
    return Estimate(epoch_s, _TRACE_S + epoch_s * plan.epochs, is_measured=False)


def waiting_s(lefts: Iterable[float | None], ahead: Iterable[float | None]) -> float | None:
    """Seconds until a run gets a place at the latest; ``None`` where that cannot be told.

    Args:
        lefts: for every place, the seconds until it is free; ``None`` for one whose run is paused, or says nothing.
        ahead: for every run that waits before it, in order, the seconds that it will take.
    """
    free = [left for left in lefts if left is not None]
    for seconds in ahead:
        if seconds is None or not free:
            return None
        free.sort()
        free[0] += seconds
    return min(free, default=None)


def _is_like(plan: Plan, run: Run) -> bool:
    is_whole = run.seconds >= _LEAST_S and bool(run.step and run.n_train and run.steps_per_epoch)
    is_even = run.speed is None and not run.adjusted
    return is_whole and is_even and (run.device, run.parameters) == (plan.device, plan.parameters)


def _measured(plan: Plan, epoch_s: float) -> Estimate:
    return Estimate(epoch_s, epoch_s * plan.epochs, is_measured=True)
