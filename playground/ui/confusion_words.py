"""A confusion matrix in words."""

import numpy as np

from playground.locale.text import ngettext


def most_confused(counts: np.ndarray, names: tuple[str, ...]) -> str:
    """Which class is most often taken for which other, as a sentence behind another; empty where none is.

    Args:
        counts: rows by true and answered class, shape ``(n, n)``.
        names: of the classes.
    """
    wrong = counts - np.diag(np.diag(counts))
    if not wrong.any():
        return ""
    true, answered = np.unravel_index(int(wrong.argmax()), wrong.shape)
    n = int(wrong.max())
    most = ngettext(
        "Most often {true} is taken for {answered}: once.", "Most often {true} is taken for {answered}: {n} times.", n
    )
    return " " + most.format(true=names[true], answered=names[answered], n=n)
