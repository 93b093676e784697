"""Sequences drawn at random, no two of them alike, with an answer: a number, a kind, or another sequence.

The functions need numpy only and keep to 88 columns, so that an exported script can carry them as they stand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.data.sets.generated import STREAM
from playground.data.source import Loaded, Progress
from playground.settings import Settings

BLANK = " "
"""What fills a text up to its length."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Drawing:
    """How sequences of one kind are drawn.

    Attributes:
        draw: gives inputs and targets for a numpy generator and all options.
        distinct: how many different sequences there are with these options, of a kind all of whose classes are as
            large as its smallest.
        calls: the functions of this file that ``draw`` calls.
    """

    draw: Callable[..., tuple[np.ndarray, np.ndarray]]
    distinct: Callable[[Mapping[str, Any]], int]
    calls: tuple[Callable[..., Any], ...] = ()

    def load(self, options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
        """A source's ``load``: the sequences for the run's seed."""
        return Loaded(*self.draw(np.random.default_rng([seed, STREAM]), **options))


def numbers_of(
    rng: np.random.Generator,
    n_samples: int,
    *sizes: int,
) -> list[np.ndarray]:
    """Whole numbers from 0, one array (n_samples,) below each of ``sizes``.

    No two rows are the same, so that what is tested on is nowhere trained on.
    """
    drawn = rng.choice(int(np.prod(sizes)), n_samples, replace=False)
    return list(np.unravel_index(drawn, sizes))


def growing(
    first: np.ndarray,
    step: np.ndarray,
    growth: np.ndarray,
    length: int,
) -> np.ndarray:
    """Sequences of (n, length) whose differences are ``step`` and then grow."""
    at = np.arange(length)
    slow = first[:, None] + step[:, None] * at
    return slow + growth[:, None] * at * (at - 1) // 2


def next_value(
    rng: np.random.Generator,
    n_samples: int,
    length: int,
    first: int,
    step: int,
    growth: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Sequences such as 3, 5, 8, 12, and the value that comes next, 17.

    x is float32 of shape (n_samples, length, 1), y float32 of shape (n_samples,).
    """
    start, width, more = numbers_of(rng, n_samples, first + 1, step, growth + 1)
    values = growing(start, width + 1, more, length + 1).astype("float32")
    return values[:, :-1, None], values[:, -1]


def trend_of(
    rng: np.random.Generator,
    n_samples: int,
    length: int,
    first: int,
    step: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Sequences that rise (label 0), fall (1), stay (2) or go up and down in turn (3).

    x is float32 of shape (n_samples, length, 1), y int64 of shape (n_samples,).
    """
    x, y = np.empty((n_samples, length)), np.arange(n_samples) % 4
    at = np.arange(length)
    ways = (at, -at, 0 * at, at % 2)
    for label, way in enumerate(ways):
        of = y == label
        widths = 1 if label == 2 else step
        start, width = numbers_of(rng, of.sum(), first + 1, widths)
        x[of] = start[:, None] + (width + 1)[:, None] * way
    return x[:, :, None].astype("float32"), y


def aligned(
    rng: np.random.Generator,
    n_samples: int,
    length: int,
    first: int,
    step: int,
    growth: int,
    apart: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Two sequences side by side, the second as far above the first everywhere.

    The answer is the third, as far above the second: for 3, 5, 8 and 4, 6, 9 it is
    5, 7, 10. x is float32 of shape (n_samples, length, 2), y of (n_samples, length, 1).
    """
    sizes = first + 1, step, growth + 1, apart
    start, width, more, gap = numbers_of(rng, n_samples, *sizes)
    one = growing(start, width + 1, more, length).astype("float32")
    far = (gap[:, None] + 1).astype("float32")
    return np.stack([one, one + far], axis=-1), (one + 2 * far)[:, :, None]


def continuation(
    rng: np.random.Generator,
    n_samples: int,
    length: int,
    ahead: int,
    first: int,
    step: int,
    growth: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Sequences such as 3, 5, 8, 12, 17, and how they go on: 23, 30, 38.

    x is float32 of shape (n_samples, length, 1), y of (n_samples, ahead, 1).
    """
    start, width, more = numbers_of(rng, n_samples, first + 1, step, growth + 1)
    values = growing(start, width + 1, more, length + ahead).astype("float32")
    return values[:, :length, None], values[:, length:, None]


def unfolded(
    rng: np.random.Generator,
    n_samples: int,
    length: int,
    first: int,
    step: int,
    growth: int,
) -> tuple[np.ndarray, np.ndarray]:
    """First value, first difference and growth, and the sequence they make.

    For 3, 2, 1 it is 3, 5, 8, 12. x is float32 of shape (n_samples, 3), y of
    (n_samples, length, 1).
    """
    start, width, more = numbers_of(rng, n_samples, first + 1, step, growth + 1)
    values = growing(start, width + 1, more, length).astype("float32")
    x = np.column_stack([start, width + 1, more]).astype("float32")
    return x, values[:, :, None]


def reversed_text(
    rng: np.random.Generator,
    n_samples: int,
    length: int,
    letters: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Texts of the first ``letters`` of the alphabet, 0 for a, and the same backwards.

    x is int32 of shape (n_samples, length), y int64 of the same shape.
    """
    x = np.column_stack(numbers_of(rng, n_samples, *[letters] * length))
    return x.astype("int32"), x[:, ::-1].copy()


def addition(
    rng: np.random.Generator,
    n_samples: int,
    digits: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Sums such as "12+7 " and "19 ", filled up with blanks.

    A blank is 0, the digits are 1 to 10, a plus is 11. x is int32 of shape
    (n_samples, 2 * digits + 1), y int64 of shape (n_samples, digits + 1).
    """
    place = {symbol: at for at, symbol in enumerate(" 0123456789+")}
    one, two = numbers_of(rng, n_samples, 10**digits, 10**digits)
    asked = [f"{one[i]}+{two[i]}".ljust(2 * digits + 1) for i in range(n_samples)]
    answers = [str(one[i] + two[i]).ljust(digits + 1) for i in range(n_samples)]
    x = np.array([[place[symbol] for symbol in text] for text in asked], "int32")
    return x, np.array([[place[symbol] for symbol in text] for text in answers])
