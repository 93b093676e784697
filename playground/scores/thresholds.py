"""What a score that is compared with a threshold is worth: ROC and precision-recall curves, and their areas."""

from typing import NamedTuple

import numpy as np

from playground.scores.classes import divided


class Steps(NamedTuple):
    """Counts at every threshold that changes something, from none answered positive to all; float64 (m,).

    Attributes:
        thresholds: answered positive is what scores this or more; the first is infinite.
        right: positive rows that are answered positive.
        wrong: negative rows that are.
    """

    thresholds: np.ndarray
    right: np.ndarray
    wrong: np.ndarray

    @property
    def true_positive_rate(self) -> np.ndarray:
        """Of the positive rows, the share that is found; the recall."""
        return divided(self.right, self.right[-1])

    @property
    def false_positive_rate(self) -> np.ndarray:
        """Of the negative rows, the share that is taken for positive."""
        return divided(self.wrong, self.wrong[-1])

    @property
    def precision(self) -> np.ndarray:
        """Of the rows answered positive, the share that is; 1 where none is answered so."""
        found = divided(self.right, self.right + self.wrong)
        found[self.right + self.wrong == 0] = 1.0
        return found


def steps(is_positive: np.ndarray, scores: np.ndarray) -> Steps:
    """The counts of rows by the threshold.

    Args:
        is_positive: whether each row is of the class, bool (n,).
        scores: the higher, the more it looks like it, (n,).
    """
    scores = np.asarray(scores)
    order = np.argsort(-scores, kind="stable")
    ranked, positive = scores[order], np.asarray(is_positive, bool)[order]
    ends = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1) if len(ranked) else np.empty(0, np.int64)
    right = np.cumsum(positive)[ends]
    wrong = ends + 1 - right
    return Steps(
        np.concatenate([[np.inf], ranked[ends].astype(np.float64)]),
        np.concatenate([[0.0], right]),
        np.concatenate([[0.0], wrong]),
    )


def roc_area(found: Steps) -> float:
    """The area under the ROC curve: how often a positive row scores above a negative one; NaN without both."""
    if not found.right[-1] or not found.wrong[-1]:
        return float("nan")
    return float(np.trapezoid(found.true_positive_rate, found.false_positive_rate))


def average_precision(found: Steps) -> float:
    """The precision, averaged over the recalls it is reached at, as scikit-learn has it; NaN without positive rows."""
    if not found.right[-1]:
        return float("nan")
    return float(np.sum(np.diff(found.true_positive_rate) * found.precision[1:]))


class AtThreshold(NamedTuple):
    """Rows at one threshold: found, missed, taken for positive by mistake, and rightly left."""

    found: int
    missed: int
    false_alarms: int
    left: int

    @property
    def n(self) -> int:
        """How many rows there are."""
        return sum(self)

    @property
    def accuracy(self) -> float:
        """The share of rows that are answered right."""
        return (self.found + self.left) / self.n if self.n else float("nan")

    @property
    def precision(self) -> float:
        """Of the rows answered positive, the share that is; 0 where none is."""
        return self.found / max(1, self.found + self.false_alarms)

    @property
    def recall(self) -> float:
        """Of the positive rows, the share that is found; 0 where there are none."""
        return self.found / max(1, self.found + self.missed)

    @property
    def false_positive_rate(self) -> float:
        """Of the negative rows, the share that is taken for positive; 0 where there are none."""
        return self.false_alarms / max(1, self.false_alarms + self.left)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.found / max(1, 2 * self.found + self.false_alarms + self.missed)


def at_threshold(is_positive: np.ndarray, scores: np.ndarray, threshold: float) -> AtThreshold:
    """The counts where a row is answered positive that scores ``threshold`` or more."""
    positive, answered = np.asarray(is_positive, bool), np.asarray(scores) >= threshold
    counts = np.bincount(2 * positive + answered, minlength=4).tolist()
    return AtThreshold(counts[3], counts[2], counts[1], counts[0])
