"""An estimator of scikit-learn fitted on the arrays that a network learns from, and its scores."""

import contextlib
import signal
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from playground import catalog
from playground.data import DataError, Prepared
from playground.data.options import chosen
from playground.data.prepared import PARTS
from playground.specs.beside import beside_refusal
from playground.specs.facts import Facts

MAX_ROWS = 20_000
"""Training rows at most; of more, so many are drawn."""

MAX_VALUES = 40_000_000
"""Values of one part at most: scikit-learn makes a copy in 64 bits."""

MAX_S = 120.0
_LOOK_S = 0.2


def fitted_beside(
    prepared: Prepared,
    estimator: str,
    args: Mapping[str, Any],
    seed: int,
    progress: Callable[[float, str], None] = lambda *_: None,
) -> dict[str, Any]:
    """What an estimator scores on the parts of ``prepared`` after it was fitted on the training part.

    Args:
        prepared: the arrays; samples of several axes are written out as one row each.
        estimator: an id of the catalogue's table ``estimators``.
        args: its arguments; defaults for those left out.
        seed: of whatever it draws at random.
        progress: told how far it is; may raise to cancel.

    Returns:
        ``scores``: by part that has rows, ``accuracy``, or for regression ``mean_absolute_error``,
        ``root_mean_squared_error`` and ``r2_score``; ``n_train``: rows it was fitted on, of ``of``; ``seconds`` of
        fitting; ``note``: a warning of scikit-learn's, or empty.

    Raises:
        DataError: there is no such estimator or argument, it does not fit the data, or it takes too long.
    """
    entry = catalog.entry("estimators", estimator)
    values = chosen("estimators", estimator, args)
    facts = prepared.facts
    if why := beside_refusal(facts, estimator):
        raise DataError(why)
    made = _made(estimator, values, facts, seed)
    rows = _drawn(len(prepared.array("x_train")), seed)
    label = entry.label if entry is not None else estimator
    # One thread: several of them wait for one another longer than they work where others use the machine too.
    with _bounded(progress, f"Fitting {label}"), threadpool_limits(1), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        x, y = _rows(prepared, "train")
        began = time.perf_counter()
        made.fit(x[rows], y[rows])
        seconds = time.perf_counter() - began
        scores = {}
        for part in PARTS:
            x, y = _rows(prepared, part)
            if len(y):
                scores[part] = _scores(facts, y, made.predict(x))
    note = next((" ".join(str(each.message).split())[:300] for each in warned if _is_said(each.category)), "")
    return {"scores": scores, "n_train": len(rows), "of": facts.n_train, "seconds": seconds, "note": note}


def _made(estimator: str, values: Mapping[str, Any], facts: Facts, seed: int) -> Any:
    from sklearn import dummy, ensemble, linear_model, neighbors

    classes: dict[str, Any] = {
        "Dummy": (dummy.DummyClassifier, dummy.DummyRegressor),
        "LogisticRegression": (linear_model.LogisticRegression, None),
        "LinearRegression": (None, linear_model.LinearRegression),
        "Ridge": (None, linear_model.Ridge),
        "KNeighbors": (neighbors.KNeighborsClassifier, neighbors.KNeighborsRegressor),
        "RandomForest": (ensemble.RandomForestClassifier, ensemble.RandomForestRegressor),
        "GradientBoosting": (ensemble.GradientBoostingClassifier, ensemble.GradientBoostingRegressor),
    }
    made = classes[estimator][facts.task == "regression"](**values)
    return made.set_params(random_state=seed) if "random_state" in made.get_params() else made


def _rows(prepared: Prepared, part: str) -> tuple[np.ndarray, np.ndarray]:
    """Inputs (n, values) and targets (n,) of a part."""
    x, y = prepared.array(f"x_{part}"), prepared.array(f"y_{part}")
    if x.size > MAX_VALUES:
        n = max(1, MAX_VALUES // max(1, x[0].size))
        x, y = x[:n], y[:n]
    return x.reshape(len(x), -1), y


def _drawn(n: int, seed: int) -> np.ndarray:
    """The training rows to fit on, in order: all, or as many as are allowed."""
    if n <= MAX_ROWS:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).permutation(n)[:MAX_ROWS])


def _scores(facts: Facts, y: np.ndarray, answered: np.ndarray) -> dict[str, float]:
    from sklearn import metrics

    if facts.task != "regression":
        return {"accuracy": float(metrics.accuracy_score(y, answered))}
    scores = {
        "mean_absolute_error": float(metrics.mean_absolute_error(y, answered)),
        "root_mean_squared_error": float(metrics.root_mean_squared_error(y, answered)),
    }
    return scores | ({"r2_score": float(metrics.r2_score(y, answered))} if len(y) > 1 else {})


def _is_said(category: type[Warning]) -> bool:
    from sklearn.exceptions import ConvergenceWarning

    return issubclass(category, ConvergenceWarning)


@contextlib.contextmanager
def _bounded(progress: Callable[[float, str], None], message: str) -> Iterator[None]:
    """Inside, ``progress`` is told again and again, and what takes too long is ended.

    By a timer's signal: an estimator cannot be asked to look, but it comes back to Python between trees and iterations.
    """
    began = time.monotonic()

    def look(*_: object) -> None:
        passed = time.monotonic() - began
        if passed > MAX_S:
            raise DataError(f"It was not fitted within {MAX_S:.0f} s. Choose fewer rows or a smaller estimator.")
        progress(passed / MAX_S, message)

    progress(0.0, message)
    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _LOOK_S, _LOOK_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
