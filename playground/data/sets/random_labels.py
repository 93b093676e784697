"""Rows and labels that have nothing to do with each other.

The function needs numpy only and keeps to 88 columns, so that an exported script can carry it as it stands.
"""

import numpy as np

from playground.data.sets.surfaces import valued
from playground.data.source import Source


def random_labels(
    rng: np.random.Generator,
    n_samples: int,
    n_features: int,
    n_classes: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Points anywhere, float32 (n_samples, n_features), and labels that are dice."""
    x = rng.uniform(-1, 1, (n_samples, n_features)).astype("float32")
    return x, rng.integers(0, n_classes, n_samples)


RANDOM_LABELS = Source(valued(random_labels), "multiclass", (2,), None, ("1", "2"), ("x1", "x2"), largest=1.0)
