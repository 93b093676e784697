"""Two classifiers on the same rows: whether one is right more often by more than chance."""

import math


def mcnemar(only_first: int, only_second: int) -> float:
    """The two-sided p value of McNemar's exact test (Q. McNemar, 1947): rows that only one gets right fall either way.

    Args:
        only_first: rows that the first alone gets right.
        only_second: rows that the second alone gets right.
    """
    n, least = only_first + only_second, min(only_first, only_second)
    if not n:
        return 1.0
    logs = [
        math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) - n * math.log(2) for k in range(least + 1)
    ]
    top = max(logs)
    return min(1.0, 2 * math.exp(top) * sum(math.exp(each - top) for each in logs))
