"""How much of a plan a chart over epochs shows while it is being trained."""

import itertools

_SHORT, _AHEAD = 50, 1.25  # epochs that are always shown whole; how much room a line has before it


def end(reached: int, planned: int) -> int:
    """Where the x axis ends, in epochs, ``planned`` at most.

    A short plan is shown whole; of a long one what is near, in steps of 50, 100, 200, 500 epochs and so on: the first
    hundred of 10,000 would be a hair at the left.
    """
    least = max(_SHORT, _AHEAD * reached)
    steps = (first * 10**power for power in itertools.count(1) for first in (1, 2, 5))
    return min(planned, next(step for step in steps if step >= least))
