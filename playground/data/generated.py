"""Points in the plane, drawn at random: small problems whose difficulty can be seen.

Each function takes a numpy generator and gives ``x``, float32 of shape (n_samples, 2), mostly within -1 and 1, and
``y`` of shape (n_samples,): labels 0 and 1 as int64, alternating, or float32 values. ``noise`` is the standard
deviation of the normal noise. The functions need numpy only and keep to 88 columns, so that an exported script can
carry them as they stand.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground.data.source import Loaded, Progress
from playground.settings import Settings

STREAM = 1
"""Second word of the seed: keeps these numbers apart from whatever else is drawn from a run's seed."""


def generated(points: Callable[..., tuple[np.ndarray, np.ndarray]]) -> Callable[..., Loaded]:
    """A source's ``load`` that draws ``points`` with the run's seed."""

    def load(options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
        return Loaded(*points(np.random.default_rng([seed, STREAM]), **options))

    return load


def circles(
    rng: np.random.Generator,
    n_samples: int,
    noise: float,
) -> tuple[np.ndarray, np.ndarray]:
    """A ring with radii 0.7 to 1 (label 0) around a disc of radius 0.5 (label 1)."""
    y = np.arange(n_samples) % 2
    ring, disc = rng.uniform(0.7, 1, n_samples), rng.uniform(0, 0.5, n_samples)
    radius = np.where(y == 0, ring, disc)
    angle = rng.uniform(0, 2 * np.pi, n_samples)
    x = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return (x + rng.normal(0, noise, x.shape)).astype("float32"), y


def moons(
    rng: np.random.Generator,
    n_samples: int,
    noise: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Two half circles that reach into each other, the upper (label 0) and the lower one (label 1)."""
    y = np.arange(n_samples) % 2
    side = np.where(y == 0, 1.0, -1.0)
    angle = rng.uniform(0, np.pi, n_samples)
    across, up = side * (np.cos(angle) - 0.5), side * (np.sin(angle) - 0.25)
    x = 0.65 * np.column_stack([across, up])
    return (x + rng.normal(0, noise, x.shape)).astype("float32"), y


def spirals(
    rng: np.random.Generator,
    n_samples: int,
    noise: float,
    turns: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Two spirals that wind ``turns`` times around each other, from the middle out to radius 1."""
    y = np.arange(n_samples) % 2
    # The root spreads the points evenly along the arms.
    radius = np.sqrt(rng.uniform(0.01, 1, n_samples))
    angle = 2 * np.pi * turns * radius + np.pi * y
    x = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return (x + rng.normal(0, noise, x.shape)).astype("float32"), y


def xor(
    rng: np.random.Generator,
    n_samples: int,
    noise: float,
) -> tuple[np.ndarray, np.ndarray]:
    """A square in which the coordinates have different signs (label 0) or the same one (label 1)."""
    y = np.arange(n_samples) % 2
    x = rng.uniform(0.05, 1, (n_samples, 2))
    x[:, 0] *= rng.choice([-1.0, 1.0], n_samples)
    x[:, 1] *= np.where(y == 1, 1.0, -1.0) * np.sign(x[:, 0])
    return (x + rng.normal(0, noise, x.shape)).astype("float32"), y


def gaussians(
    rng: np.random.Generator,
    n_samples: int,
    noise: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Two round clouds with centres (-0.5, -0.5) and (0.5, 0.5) and the standard deviation ``noise``."""
    y = np.arange(n_samples) % 2
    centre = np.where(y == 1, 0.5, -0.5)[:, None]
    x = rng.normal(centre, noise, (n_samples, 2))
    return x.astype("float32"), y


def plane(
    rng: np.random.Generator,
    n_samples: int,
    noise: float,
    n_features: int,
) -> tuple[np.ndarray, np.ndarray]:
    """A tilted plane, over as many axes as asked for: the mean of all coordinates, with the noise in that value."""
    x = rng.uniform(-1, 1, (n_samples, n_features))
    y = x.mean(axis=1) + rng.normal(0, noise, n_samples)
    return x.astype("float32"), y.astype("float32")
