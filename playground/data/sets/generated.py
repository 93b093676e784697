"""Classes of points in the plane, drawn at random: small problems whose difficulty can be seen.

Each function takes a numpy generator and ``y``, the label of every point from 0 on, and gives ``x``, float32 of shape
(len(y), 2), mostly within -1 and 1. ``noise`` is the standard deviation of the normal noise. The functions need numpy
only and keep to 88 columns, so that an exported script can carry them as they stand.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground.data.source import Loaded, Progress
from playground.settings import Settings

STREAM = 1
"""Second word of the seed: keeps these numbers apart from whatever else is drawn from a run's seed."""

OF_LABELS = ("n_samples", "balance", "flipped", "n_classes")
"""Options that decide the labels; all others go to the function that draws the points."""


def classified(points: Callable[..., np.ndarray], n_classes: int = 2) -> Callable[..., Loaded]:
    """A source's ``load`` that draws ``points`` of ``n_classes`` classes, or as many as an option says."""

    def load(options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
        rng = np.random.default_rng([seed, STREAM])
        n = options.get("n_classes", n_classes)
        y = labels(options["n_samples"], n, options["balance"])
        x = points(rng, y, **{name: value for name, value in options.items() if name not in OF_LABELS})
        return Loaded(x, flipped(rng, y, n, options["flipped"]))

    return load


def labels(n_samples: int, n_classes: int, balance: float) -> np.ndarray:
    """Labels in turn, int64 (n_samples,), each class ``balance`` times the one before.

    The classes are mixed evenly, and each has at least one row.
    """
    shares = balance ** np.arange(n_classes)
    wanted = np.floor(shares / shares.sum() * n_samples + 1e-9).astype(int)
    counts = np.maximum(1, wanted)
    counts[: max(0, n_samples - counts.sum())] += 1
    counts[0] += n_samples - counts.sum()
    y = np.repeat(np.arange(n_classes), counts)
    turn = np.concatenate([(np.arange(n) + 0.5) / n for n in counts])
    return y[np.argsort(turn, kind="stable")]


def flipped(
    rng: np.random.Generator,
    y: np.ndarray,
    n_classes: int,
    share: float,
) -> np.ndarray:
    """The labels ``y``, a ``share`` of them drawn at random and replaced by others."""
    wrong = rng.permutation(len(y))[: round(share * len(y))]
    y = y.copy()
    y[wrong] = (y[wrong] + rng.integers(1, n_classes, len(wrong))) % n_classes
    return y


def circles(
    rng: np.random.Generator,
    y: np.ndarray,
    noise: float,
) -> np.ndarray:
    """A ring with radii 0.7 to 1 (label 0) around a disc of radius 0.5 (label 1)."""
    ring, disc = rng.uniform(0.7, 1, len(y)), rng.uniform(0, 0.5, len(y))
    radius = np.where(y == 0, ring, disc)
    angle = rng.uniform(0, 2 * np.pi, len(y))
    x = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return (x + rng.normal(0, noise, x.shape)).astype("float32")


def moons(
    rng: np.random.Generator,
    y: np.ndarray,
    noise: float,
) -> np.ndarray:
    """Two half circles that reach into each other, the upper (label 0) and the lower one (label 1)."""
    side = np.where(y == 0, 1.0, -1.0)
    angle = rng.uniform(0, np.pi, len(y))
    across, up = side * (np.cos(angle) - 0.5), side * (np.sin(angle) - 0.25)
    x = 0.65 * np.column_stack([across, up])
    return (x + rng.normal(0, noise, x.shape)).astype("float32")


def spirals(
    rng: np.random.Generator,
    y: np.ndarray,
    noise: float,
    turns: float,
) -> np.ndarray:
    """Spirals, one a class, that wind ``turns`` times around each other, from the middle out to radius 1."""
    # The root spreads the points evenly along the arms.
    radius = np.sqrt(rng.uniform(0.01, 1, len(y)))
    angle = 2 * np.pi * turns * radius + 2 * np.pi * y / (y.max() + 1)
    x = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return (x + rng.normal(0, noise, x.shape)).astype("float32")


def xor(
    rng: np.random.Generator,
    y: np.ndarray,
    noise: float,
) -> np.ndarray:
    """A square in which the coordinates have different signs (label 0) or the same one (label 1)."""
    x = rng.uniform(0.05, 1, (len(y), 2))
    x[:, 0] *= rng.choice([-1.0, 1.0], len(y))
    x[:, 1] *= np.where(y == 1, 1.0, -1.0) * np.sign(x[:, 0])
    return (x + rng.normal(0, noise, x.shape)).astype("float32")


def gaussians(
    rng: np.random.Generator,
    y: np.ndarray,
    noise: float,
) -> np.ndarray:
    """Two round clouds with centres (-0.5, -0.5) and (0.5, 0.5) and the standard deviation ``noise``."""
    centre = np.where(y == 1, 0.5, -0.5)[:, None]
    return rng.normal(centre, noise, (len(y), 2)).astype("float32")


def blobs(
    rng: np.random.Generator,
    y: np.ndarray,
    noise: float,
) -> np.ndarray:
    """Round clouds, one a class, evenly on a circle of radius 0.7, with the standard deviation ``noise``."""
    angle = 2 * np.pi * y / (y.max() + 1)
    centre = 0.7 * np.column_stack([np.cos(angle), np.sin(angle)])
    return rng.normal(centre, noise).astype("float32")


def checkerboard(
    rng: np.random.Generator,
    y: np.ndarray,
    noise: float,
    cells: int,
) -> np.ndarray:
    """A board of ``cells`` by ``cells`` squares: the light (label 0) and the dark ones (label 1)."""
    at = np.column_stack(np.divmod(np.arange(cells**2), cells))
    light, dark = (at[at.sum(axis=1) % 2 == colour] for colour in (0, 1))
    draw = rng.uniform(0, 1, len(y))
    of_light = light[(draw * len(light)).astype(int)]
    of_dark = dark[(draw * len(dark)).astype(int)]
    corner = np.where(y[:, None] == 0, of_light, of_dark)
    x = 2 * (corner + rng.uniform(0, 1, corner.shape)) / cells - 1
    return (x + rng.normal(0, noise, x.shape)).astype("float32")
