"""When rows were learned, counted another way."""

import numpy as np
import pytest

from playground.scores.learned import EARLY, FORGOTTEN, GROUPS, LATE, NEVER, learned, margins


def told(answers: str, epochs: list[int]) -> tuple[str, int, int]:
    """Group, since when and lapses of a row, told from its answers as ``x`` for wrong and ``o`` for right."""
    if "o" not in answers:
        return NEVER, 0, 0
    lapses = answers.count("ox")
    if answers[-1] == "x":
        return FORGOTTEN, 0, lapses
    since = epochs[len(answers.rstrip("o"))]
    return (EARLY if since <= max(epochs[0], epochs[-1] // 4) else LATE), since, lapses


@pytest.mark.parametrize("epochs", [[1, 2, 3, 4, 5, 6, 8, 10], [1, 2], [7, 40], [5]])
def test_every_row_is_told_as_one_would(epochs):
    random = np.random.default_rng(len(epochs))
    right = random.random((len(epochs), 300)) < np.linspace(0.1, 0.95, 300)
    found = learned(right, epochs)
    for row in range(right.shape[1]):
        wanted = told("".join("o" if each else "x" for each in right[:, row]), epochs)
        assert (GROUPS[found.group[row]], found.since[row], found.lapses[row]) == wanted


def test_a_margin_is_what_the_label_has_more_than_the_next():
    shares = np.array([[0.7, 0.2, 0.1], [0.7, 0.2, 0.1], [0.3, 0.3, 0.4]])
    np.testing.assert_allclose(margins(shares, np.array([0, 1, 0])), [0.5, -0.5, -0.1])
    assert shares[0].tolist() == [0.7, 0.2, 0.1]
