"""Functions of one or more numbers with noise in their values: small regressions whose answer can be seen.

Each function takes a numpy generator and gives ``x``, float32 of shape (n_samples, n_features) within -1 and 1, and
``y``, float32 of shape (n_samples,). ``noise`` is the standard deviation of the normal noise in ``y``. The functions
need numpy only and keep to 88 columns, so that an exported script can carry them as they stand.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground.data.sets.generated import STREAM
from playground.data.source import Loaded, Progress
from playground.settings import Settings


def valued(surface: Callable[..., tuple[np.ndarray, np.ndarray]]) -> Callable[..., Loaded]:
    """A source's ``load`` that draws points of ``surface`` with the run's seed."""

    def load(options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
        return Loaded(*surface(np.random.default_rng([seed, STREAM]), **options))

    return load


def plane(
    rng: np.random.Generator,
    n_samples: int,
    noise: float,
    n_features: int,
) -> tuple[np.ndarray, np.ndarray]:
    """A tilted plane, over as many axes as asked for: the mean of all coordinates."""
    x = rng.uniform(-1, 1, (n_samples, n_features))
    y = x.mean(axis=1) + rng.normal(0, noise, n_samples)
    return x.astype("float32"), y.astype("float32")


def multi_gaussian(
    rng: np.random.Generator,
    n_samples: int,
    noise: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Six Gaussian hills and hollows in two rows of three, up and down in turn."""
    x = rng.uniform(-1, 1, (n_samples, 2))
    y = np.zeros(n_samples)
    for column, across in enumerate((-0.65, 0.0, 0.65)):
        for row, up in enumerate((-0.4, 0.4)):
            far = (x[:, 0] - across) ** 2 + (x[:, 1] - up) ** 2
            y += (-1) ** (column + row) * np.exp(-far / (2 * 0.2**2))
    y += rng.normal(0, noise, n_samples)
    return x.astype("float32"), y.astype("float32")


def ripple(
    rng: np.random.Generator,
    n_samples: int,
    noise: float,
    waves: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Waves around the middle, lower further out; ``waves`` of them up to the distance 1."""
    x = rng.uniform(-1, 1, (n_samples, 2))
    radius = np.hypot(x[:, 0], x[:, 1])
    y = np.cos(2 * np.pi * waves * radius) * np.exp(-radius)
    y += rng.normal(0, noise, n_samples)
    return x.astype("float32"), y.astype("float32")


def curve(
    rng: np.random.Generator,
    n_samples: int,
    noise: float,
    function: str,
) -> tuple[np.ndarray, np.ndarray]:
    """A ``function`` of one number between -1 and 1, with values between -1 and 1."""
    x = rng.uniform(-1, 1, n_samples)
    y = {
        "line": x,
        "parabola": 2 * x**2 - 1,
        "cubic": 4 * x**3 - 3 * x,
        "sine": np.sin(2 * np.pi * x),
        "step": np.sign(x),
        "absolute": 2 * np.abs(x) - 1,
        "bump": 2 * np.exp(-8 * x**2) - 1,
    }[function]
    y = y + rng.normal(0, noise, n_samples)
    return x[:, None].astype("float32"), y.astype("float32")
