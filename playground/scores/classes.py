"""Scores of answers that are classes, from which class was taken for which."""

from typing import NamedTuple

import numpy as np


class PerClass(NamedTuple):
    """Scores of each class; float64 (classes,), 0 where there is nothing to divide.

    Attributes:
        precision: of the rows that were answered with the class, the share that are of it.
        recall: of the rows that are of the class, the share that were answered with it.
        f1: the harmonic mean of both.
        support: how many rows are of the class.
    """

    precision: np.ndarray
    recall: np.ndarray
    f1: np.ndarray
    support: np.ndarray


def confusion(true: np.ndarray, answered: np.ndarray, classes: int) -> np.ndarray:
    """How many rows of each class, a row of the matrix, were answered with which, a column; int64 (classes, classes).

    Args:
        true, answered: labels from 0, (n,).
        classes: how many there are.
    """
    cells = np.asarray(true, np.int64) * classes + np.asarray(answered, np.int64)
    return np.bincount(cells, minlength=classes * classes).reshape(classes, classes)


def accuracy(counts: np.ndarray) -> float:
    """The share of rows that were answered right; NaN of none."""
    return float(np.trace(counts) / counts.sum()) if counts.sum() else float("nan")


def per_class(counts: np.ndarray) -> PerClass:
    """The scores of each class of a confusion matrix (classes, classes)."""
    right = np.diagonal(counts).astype(np.float64)
    answered, true = counts.sum(axis=0), counts.sum(axis=1)
    return PerClass(divided(right, answered), divided(right, true), divided(2 * right, answered + true), true)


def balanced_accuracy(counts: np.ndarray) -> float:
    """The mean recall of the classes that occur; NaN where none does."""
    found = per_class(counts)
    there = found.support > 0
    return float(found.recall[there].mean()) if there.any() else float("nan")


def macro_f1(counts: np.ndarray) -> float:
    """The mean F1 of the classes that occur or were answered; NaN where none was."""
    met = counts.sum(axis=0) + counts.sum(axis=1) > 0
    return float(per_class(counts).f1[met].mean()) if met.any() else float("nan")


def log_losses(shares: np.ndarray, true: np.ndarray) -> np.ndarray:
    """The cross entropy of every row, float64 (n,): minus the logarithm of the share that its class was given.

    Shares are kept 2.2e-16 away from 0, as scikit-learn does, so that a row without any is no infinity.
    """
    given = np.asarray(shares, np.float64)[np.arange(len(true)), np.asarray(true, np.int64)]
    return -np.log(np.clip(given, np.finfo(np.float64).eps, 1))


def divided(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """``part / whole``, float64, and 0 where there is nothing to divide by."""
    part, whole = np.broadcast_arrays(np.asarray(part, np.float64), np.asarray(whole, np.float64))
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)
