"""Scores of rows that count more or less than once, as drawing rows anew asks for them."""

import numpy as np

from playground.scores.bootstrap import Statistic
from playground.scores.classes import divided


def area(scores: np.ndarray, is_positive: np.ndarray) -> Statistic:
    """The area under the ROC curve: pairs of a positive and a negative row that are in order, ties counting half.

    Args:
        scores: the higher, the more it looks like the class, (n,).
        is_positive: whether each row is of the class, bool (n,).
    """
    ranks = np.unique(scores, return_inverse=True)[1]
    order = np.argsort(ranks, kind="stable")
    starts = np.flatnonzero(np.diff(ranks[order], prepend=-1))
    positive = is_positive[order]

    def of(weights: np.ndarray) -> np.ndarray:
        ranked = weights[:, order]
        first = np.add.reduceat(ranked * positive, starts, axis=1)
        second = np.add.reduceat(ranked * ~positive, starts, axis=1)
        below = np.cumsum(second, axis=1) - second
        pairs = first.sum(axis=1) * second.sum(axis=1)
        won = np.sum(first * (below + second / 2), axis=1)
        return np.divide(won, pairs, out=np.full(len(weights), np.nan), where=pairs > 0)

    return of


def mean_area(shares: np.ndarray, true: np.ndarray) -> Statistic:
    """The mean area under the ROC curves of each class against the rest; of the classes that occur.

    With equal weights it is exact. With others it is the area's linear part: a row moves it by the share of rows on the
    other side of its class that it is in order with (E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, "Comparing the
    areas under two or more correlated receiver operating characteristic curves", 1988), which takes one product a draw
    where counting all pairs anew would take minutes for many classes.

    Args:
        shares: of the classes, (n, classes).
        true: labels from 0, (n,).
    """
    n = len(true)
    there = [label for label in range(shares.shape[1]) if 0 < np.sum(true == label) < n]
    moved, areas = np.zeros(n), []
    for label in there:
        positive = true == label
        won = _won(shares[:, label], positive)
        areas.append(float(won[positive].mean()))
        of_side = np.where(positive, positive.mean(), 1 - positive.mean())
        moved += (won - areas[-1]) / of_side / len(there)
    mean = float(np.mean(areas)) if areas else float("nan")
    return lambda weights: np.clip(mean + weights @ moved / weights.sum(axis=1), 0, 1)


def calibration_error(confidence: np.ndarray, is_right: np.ndarray, bins: int = 10) -> Statistic:
    """The expected calibration error; see :class:`playground.scores.calibration.Reliability`.

    Args:
        confidence: the share that each answer was given, 0 to 1, (n,).
        is_right: whether it is right, bool (n,).
        bins: how many bins of equal width.
    """
    values = np.asarray(confidence, np.float64)
    at = np.minimum((values * bins).astype(np.int64), bins - 1)
    off = np.eye(bins)[at] * (values - is_right)[:, np.newaxis]
    return lambda weights: np.abs(weights @ off).sum(axis=1) / weights.sum(axis=1)


def _won(scores: np.ndarray, is_positive: np.ndarray) -> np.ndarray:
    """For each row, of the rows on the other side the share that it is in order with, ties counting half; (n,)."""
    ranks = np.unique(scores, return_inverse=True)[1]
    sides = [np.bincount(ranks, weights=side, minlength=ranks.max() + 1) for side in (is_positive, ~is_positive)]
    below = [np.cumsum(side) - side / 2 for side in sides]
    shares = divided(below[1][ranks], sides[1].sum()), 1 - divided(below[0][ranks], sides[0].sum())
    return np.where(is_positive, shares[0], shares[1])
