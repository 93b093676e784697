"""Whether a network that says 80 % is right in 80 of 100 cases."""

from typing import NamedTuple

import numpy as np

from playground.scores.classes import divided


class Reliability(NamedTuple):
    """Rows by how sure the network is, in bins of equal width from 0 to 1; (bins,), NaN where a bin has no rows.

    Attributes:
        confidence: the mean share that was given to the answer.
        right: the share of answers that are right.
        rows: how many rows are in the bin, int64.
    """

    confidence: np.ndarray
    right: np.ndarray
    rows: np.ndarray

    @property
    def error(self) -> float:
        """The expected calibration error: the mean distance of both, every row counting once.

        M. P. Naeini, G. F. Cooper, M. Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning"
        (2015); C. Guo et al., "On calibration of modern neural networks" (2017).
        """
        there = self.rows > 0
        distance = np.abs(self.confidence[there] - self.right[there])
        return float(np.sum(distance * self.rows[there]) / max(1, self.rows.sum()))


def reliability(confidence: np.ndarray, is_right: np.ndarray, bins: int = 10) -> Reliability:
    """Confidence beside how often it is justified.

    Args:
        confidence: the share that each answer was given, 0 to 1, (n,).
        is_right: whether it is right, bool (n,).
        bins: how many bins; one that ends at a value does not hold it, but for the last.
    """
    values = np.asarray(confidence, np.float64)
    at = np.minimum((values * bins).astype(np.int64), bins - 1)
    rows = np.bincount(at, minlength=bins)
    sums = (np.bincount(at, each, bins) for each in (values, np.asarray(is_right, np.float64)))
    means = [np.where(rows > 0, divided(total, rows), np.nan) for total in sums]
    return Reliability(means[0], means[1], rows)
