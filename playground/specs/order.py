"""The only shuffle: which row a run sees when."""

import numpy as np


def order(seed: int, epoch: int, n: int) -> np.ndarray:
    """The order of ``n`` rows in ``epoch`` (from 0): int64 of shape (n,), a pure function of its arguments.

    Exported scripts repeat these two lines, so that app and script see the same batches.
    """
    rng = np.random.Generator(np.random.Philox(key=[seed, epoch]))
    return rng.permutation(n)
