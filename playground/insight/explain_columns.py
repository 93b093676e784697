"""Which columns of a table a network goes by, and how its answer moves with one of them."""

import time
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from playground import data
from playground.data.kept_rows import used
from playground.data.new_columns import NewColumn, new_columns
from playground.data.new_rows import in_source_units, inputs_of
from playground.data.plan import Plan, plan
from playground.data.table import CLASSES, Table
from playground.insight.explain_answer import part_of
from playground.insight.predict import predictions, shares
from playground.insight.rows import Progress
from playground.settings import Settings
from playground.specs import RunSpec

_SEED = 0
_ROWS, _REPEATS = 1_000, 10
_FEW_ROWS, _GRID, _LINES, _VALUES = 300, 21, 40, 30
_LOADED = 0.2  # of the progress
_BUDGET = 2_000_000  # of rows that are asked in all: with many columns each is mixed less often

Answer = Callable[[np.ndarray | Table], np.ndarray]
"""From rows as the source has them to answers, as :class:`TableRows` says."""


class TableRows:
    """Rows of a part of a table as their source has them, and the answers of a network to such rows.

    Attributes:
        x: the rows without columns that are not learned from.
        y: labels int64 (n,), or targets in the units of the source, float64 (n, ...).
        columns: what each is.
        facts: of the prepared data.

    Args:
        model: with the weights of a run.
        spec: of that run.
        prepared: its data.
        part: whose rows they are.
        most: so many rows at random at most.
        settings: whose folders hold the data.
        progress: told of the first fifth of the way.

    Raises:
        DataError: its inputs are no columns, or answers are not one class or number.
    """

    def __init__(
        self,
        model: keras.Model,
        spec: RunSpec,
        prepared: data.Prepared,
        part: str,
        most: int,
        settings: Settings,
        progress: Progress,
    ) -> None:
        self._made: Plan = plan(spec.dataset, settings)
        self.columns: tuple[NewColumn, ...] = new_columns(self._made, spec.dataset, settings)
        self.facts = prepared.facts
        if not self.columns or self.facts.is_series:
            raise data.DataError("The inputs of this network are no columns of a table.")
        part_of(np.zeros(model.output_shape[-1]), self.facts)
        loaded = self._made.source.load(
            self._made.options, spec.seed, settings, lambda share, words: progress(_LOADED * share, words)
        )
        numbers = np.asarray(prepared.array(f"rows_{part}"))
        if len(numbers) > most:
            numbers = numbers[np.sort(np.random.default_rng(_SEED).permutation(len(numbers))[:most])]
        self.x: np.ndarray | Table = used(self._made, loaded.x[numbers])
        y = np.asarray(loaded.y[numbers])
        self.y = y.astype(np.int64) if self.facts.classes else y.astype(np.float64).reshape(len(y), -1)
        self._model, self._training = model, spec.training

    def __len__(self) -> int:
        return len(self.y)

    def answers(self, x: np.ndarray | Table) -> np.ndarray:
        """The shares of the classes, float32 (n, classes), or numbers in the units of the source, float64 (n, 1)."""
        given = predictions(self._model, inputs_of(self._made, self.facts, x))
        if self.facts.classes:
            return shares(given, self._training, self.facts).values
        return in_source_units(self._made, self.facts, given)

    def mixed(self, at: np.ndarray) -> np.ndarray | Table:
        """Rows whose column number ``c`` is that of the row ``at[:, c]``; ``at`` is int64 (n, columns)."""
        if isinstance(self.x, Table):
            arrays = tuple(array[at[:, column]] for column, array in enumerate(self.x.arrays))
            return Table(self.x.columns, arrays)
        return np.take_along_axis(self.x, at, axis=0)

    def with_value(self, column: int, value: Any, n: int) -> np.ndarray | Table:
        """The first ``n`` rows with ``value`` in ``column``."""
        if isinstance(self.x, Table):
            arrays = [array[:n] for array in self.x.arrays]
            arrays[column] = np.full(n, value, arrays[column].dtype)
            return Table(self.x.columns, tuple(arrays))
        changed = np.array(self.x[:n], np.float64)
        changed[:, column] = value
        return changed

    def values(self, column: int) -> np.ndarray:
        """What the rows have in ``column``."""
        return np.asarray(self.x.arrays[column] if isinstance(self.x, Table) else self.x[:, column])


def importance(rows: TableRows, progress: Progress) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """How much worse the answers become when the values of one column are mixed among the rows.

    L. Breiman, Random forests, 2001; computed by scikit-learn's ``permutation_importance`` on the rows as the source
    has them, each prepared anew, so that all that is made of a column moves together.

    Returns:
        Values ``columns``, their names; ``measure``, ``accuracy`` or ``mean_absolute_error``; ``score`` of the rows as
        they are, ``n`` rows, ``repeats``. Array ``worse``, float64 (columns, repeats): how much the accuracy falls, or
        the mean absolute error grows.
    """
    from sklearn.base import BaseEstimator
    from sklearn.inspection import permutation_importance

    class Network(BaseEstimator):
        """Takes for the value of a column the number of the row that it comes from."""

        def fit(self, x: np.ndarray, y: np.ndarray) -> Any:
            """What is asked for, and never called."""
            return self

        def predict(self, x: np.ndarray) -> np.ndarray:
            """The answers."""
            return rows.answers(rows.mixed(np.asarray(x, np.int64)))

    count = len(rows.columns)
    repeats = int(np.clip(_BUDGET // (count * max(1, len(rows))), 2, _REPEATS))
    asked, began = 0, time.monotonic()

    def score(network: Network, x: np.ndarray, y: np.ndarray) -> float:
        nonlocal asked
        found = _score(rows, network.predict(x))
        asked += 1
        done = asked / (1 + count * repeats)
        left = (time.monotonic() - began) * (1 - done) / done
        progress(_LOADED + (1 - _LOADED) * done, f"About {left:.0f} s left" if left >= 1 else "Mixing columns")
        return found

    at = np.repeat(np.arange(len(rows))[:, None], count, axis=1)
    found = permutation_importance(Network(), at, rows.y, scoring=score, n_repeats=repeats, random_state=_SEED)
    values = {
        "columns": [each.column.name for each in rows.columns],
        "measure": "accuracy" if rows.facts.classes else "mean_absolute_error",
        "score": abs(_score(rows, rows.answers(rows.x))),
        "n": len(rows),
        "repeats": repeats,
    }
    return values, {"worse": np.asarray(found.importances, np.float64)}


def _score(rows: TableRows, answers: np.ndarray) -> float:
    """The accuracy, or the mean absolute error below zero: more is better."""
    if rows.facts.classes:
        return float(np.mean(answers.argmax(axis=1) == rows.y))
    return -float(np.mean(np.abs(answers.reshape(rows.y.shape) - rows.y)))


def dependence(rows: TableRows, column: int, progress: Progress) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The answer when all rows have the same value in ``column``, by that value.

    J. Friedman, Greedy function approximation, 2001 (the mean: partial dependence); A. Goldstein and others, Peeking
    inside the black box, 2015 (a line a row).

    Returns:
        Values ``column``, its name, ``type``, ``names`` of its values (empty where they are numbers), ``n`` rows.
        Arrays ``grid``, float64 (g,), the values; ``answers``, float64 (g, rows, classes) or (g, rows, 1), of 40 rows
        at most; ``mean``, float64 (g, classes) or (g, 1), of all; ``seen``, float64 (11,), the values between tenths of
        the rows; empty where values are names.

    Raises:
        DataError: there is no such column, or its values cannot be changed so.
    """
    if not 0 <= column < len(rows.columns):
        raise data.DataError(f"Expected a column from 1 to {len(rows.columns)}, received {column + 1}.")
    of = rows.columns[column].column
    n = min(len(rows), _FEW_ROWS)
    grid = _grid(rows, column)
    if not len(grid):
        raise data.DataError(f"The column {of.name} holds texts or nothing: its values cannot be walked through.")
    means, lines = [], []
    for number, value in enumerate(grid):
        answers = np.asarray(rows.answers(rows.with_value(column, value, n)), np.float64).reshape(n, -1)
        means.append(answers.mean(axis=0))
        lines.append(answers[:_LINES])
        progress(_LOADED + (1 - _LOADED) * (number + 1) / len(grid), "Asking the network")
    is_named = of.type in CLASSES
    known = rows.values(column)
    arrays = {"grid": np.asarray(grid, np.float64), "mean": np.stack(means), "answers": np.stack(lines)}
    arrays["seen"] = np.empty(0) if is_named else np.nanquantile(np.asarray(known, np.float64), np.linspace(0, 1, 11))
    names = [of.values[int(at)] for at in grid] if is_named else []
    return {"column": of.name, "type": of.type, "names": names, "n": n}, arrays


def _grid(rows: TableRows, column: int) -> np.ndarray:
    """The values to walk through: the most frequent names, or places between the twentieth parts at both ends."""
    kind, known = rows.columns[column].column.type, rows.values(column)
    if kind in CLASSES:
        places, counts = np.unique(known[known >= 0], return_counts=True)
        return np.asarray(np.sort(places[np.argsort(-counts, kind="stable")[:_VALUES]]))
    if kind not in ("number", "date"):
        return np.empty(0)
    numbers = np.asarray(known, np.float64)
    numbers = np.unique(numbers[np.isfinite(numbers)])
    if len(numbers) <= _GRID:
        return numbers
    low, high = np.nanquantile(np.asarray(known, np.float64), [0.05, 0.95])
    return np.linspace(low, high, _GRID) if high > low else np.asarray(numbers[:: len(numbers) // _GRID])
