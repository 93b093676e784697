"""Rows as points of a plane, by what a layer of a network makes of them."""

from typing import Any

import keras
import numpy as np
import threadpoolctl

from playground.data import DataError, Prepared
from playground.data.statistics.plane import pca, tsne
from playground.insight.explain_answer import named
from playground.insight.predict import predictions
from playground.insight.rows import Progress
from playground.specs.facts import Facts

METHODS = ("pca", "tsne")
_ROWS = {"pca": 2_000, "tsne": 1_000}
_NUMBERS = 2_000
_PERPLEXITY = 30.0


def layer_map(
    model: keras.Model, prepared: Prepared, part: str, name: str, method: str, progress: Progress
) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Rows of ``part`` in the plane by what the layer ``name`` gives for them, as values and arrays.

    Maps of a convolution and steps of a sequence count by their mean where there are more than 2,000 numbers.

    Args:
        model: the network.
        prepared: its data.
        part: whose rows are drawn, 2,000 at random at most, or 1,000 with t-SNE.
        name: of the layer.
        method: ``pca`` or ``tsne``.
        progress: told how far it is; may raise to cancel.

    Returns:
        Values ``of``, how many rows there are, ``features``, numbers of the layer's output, ``is_mean``, and as
        :func:`playground.data.statistics.plane.plane` has them ``explained`` or ``divergence``. Arrays ``points``,
        float32 (n, 2), ``at``, positions in the part, int64 (n,), ``rows``, numbers in the source, int64 (n,),
        ``labels``, int32 (n,), or the targets, float32 (n,); ``answered``, as ``labels``, what the network answers.

    Raises:
        DataError: there is no such layer or way, or too little to draw.
    """
    if method not in METHODS:
        raise DataError(f"Expected {' or '.join(METHODS)}, received {method!r}.")
    layer = named(model, name)
    x = prepared.array(f"x_{part}")
    most = _ROWS[method]
    at = np.arange(len(x)) if len(x) <= most else np.sort(np.random.default_rng(0).permutation(len(x))[:most])
    some = np.asarray(x[at])
    output, is_mean = _few(layer.output)
    tap = keras.Model(model.inputs[0], output)
    made = predictions(tap, some, progress=lambda share: progress(0.4 * share, "Asking the network"))
    given = predictions(model, some)
    made = made.reshape(len(made), -1).astype(np.float64)
    if len(made) < 4 or made.shape[1] < 2 or not np.isfinite(made).all():
        raise DataError(
            f"A map needs four rows and two finite numbers: {len(made):,} rows and {made.shape[1]:,} numbers."
        )
    made = made[:, :: -(-made.shape[1] // _NUMBERS)]
    progress(0.5, "Looking for a plane")
    with threadpoolctl.threadpool_limits(1):  # threads cost more than they bring here, much more beside a run
        points, said = tsne(made, _PERPLEXITY, progress) if method == "tsne" else pca(made)
    arrays: dict[str, np.ndarray] = {
        "points": points.astype(np.float32),
        "at": at,
        "rows": np.asarray(prepared.array(f"rows_{part}"))[at].astype(np.int64),
        **_answers(prepared.facts, np.asarray(prepared.array(f"y_{part}")[at]), given),
    }
    return {"of": len(x), "features": made.shape[1], "is_mean": is_mean, **said}, arrays


def _few(output: Any) -> tuple[Any, bool]:
    """``output`` or, where it has very many numbers, their means over places or steps; and whether it is these."""
    sizes = [size or 1 for size in output.shape[1:]]
    if len(sizes) < 2 or int(np.prod(sizes)) <= _NUMBERS:
        return output, False
    return keras.ops.mean(output, axis=tuple(range(1, len(sizes)))), True


def _answers(facts: Facts, y: np.ndarray, given: np.ndarray) -> dict[str, np.ndarray]:
    """What is true and what was answered, one number a row; nothing where there is more than one."""
    if facts.is_sequence_answered or facts.task == "reconstruction" or y.ndim > 1:
        return {}
    if not facts.classes:
        return {"labels": y.astype(np.float32), "answered": given.reshape(len(given), -1)[:, 0]}
    flat = given.reshape(len(given), -1)
    answered = flat[:, : len(facts.classes)].argmax(axis=1) if flat.shape[1] > 1 else flat[:, 0] > 0.5
    return {"labels": y.astype(np.int32), "answered": answered.astype(np.int32)}
