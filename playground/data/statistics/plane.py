"""Rows of many features as points of a plane: PCA and t-SNE."""

import contextlib
import io
import re
from typing import Any

import numpy as np

from playground.data.errors import DataError
from playground.data.source import Progress
from playground.data.statistics.asked import Asked
from playground.data.statistics.picture import Picture
from playground.data.statistics.sampled import Sampled
from playground.data.statistics.values import listed, number

_COMPONENTS = 30
_ITERATIONS = 500
_MAX_FEATURES = 2_000
_WORDS = 2_000
_CATEGORIES = 20
_ITERATION = re.compile(r"Iteration (\d+)")


def plane(found: Sampled, asked: Asked, progress: Progress) -> Picture:
    """``values["x"]``, ``values["y"]``, ``values["rows"]`` and ``values["labels"]`` (or targets), one a point.

    ``values["explained"]`` are the shares of the variance along the two axes, of PCA; ``values["divergence"]`` is how
    badly t-SNE's plane keeps neighbours together, the Kullback-Leibler divergence that it makes small.
    van der Maaten and Hinton, Visualizing Data using t-SNE, 2008, https://jmlr.org/papers/v9/vandermaaten08a.html

    Raises:
        DataError: there are too few rows or features.
    """
    import threadpoolctl

    progress(0.5, "Making numbers of the features")
    with threadpoolctl.threadpool_limits(1):  # threads cost more than they bring here, much more beside a run
        x, n_features = _matrix(found)
        if len(x) < 4 or n_features < 2:
            raise DataError(
                f"A map needs four rows and two features: there are {len(x):,} rows and {n_features:,} features."
            )
        if asked.method == "tsne":
            points, said = tsne(x, asked.perplexity, progress)
        else:
            points, said = pca(x)
    labels = [int(label) for label in found.y] if found.classes else listed(found.y)
    rows = [int(row) for row in found.rows]
    values = {
        "x": listed(points[:, 0]),
        "y": listed(points[:, 1]),
        "rows": rows,
        "labels": labels,
        "classes": list(found.classes),
        "features": n_features,
        **said,
    }
    named = [found.classes[label] for label in labels] if found.classes else labels  # type: ignore[index]
    table: dict[str, list[Any]] = {"row": rows, "x": values["x"], "y": values["y"], found.target: named}
    return Picture(shown=len(points), of=found.of, values=values, table=table, note=found.note)


def pca(x: np.ndarray) -> tuple[np.ndarray, dict[str, Any]]:
    """The rows of ``x``, (n, d), on their two main components, (n, 2), and ``explained``, as :func:`plane` has it."""
    from sklearn.decomposition import PCA

    made = PCA(2, svd_solver="auto", random_state=0)
    points = made.fit_transform(x)
    return points, {"explained": listed(np.nan_to_num(made.explained_variance_ratio_))}


def tsne(x: np.ndarray, perplexity: float, progress: Progress) -> tuple[np.ndarray, dict[str, Any]]:
    """The rows of ``x``, (n, d), by t-SNE, (n, 2), and ``divergence`` and ``perplexity``, as :func:`plane` has them.

    ``progress`` is told of the second half of the way.
    """
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE

    n = min(_COMPONENTS, *x.shape)
    start = PCA(n, random_state=0).fit_transform(x)
    perplexity = min(perplexity, (len(x) - 1) / 3)
    made = TSNE(2, perplexity=perplexity, init="pca", max_iter=_ITERATIONS, verbose=2, random_state=0, n_jobs=1)
    with contextlib.redirect_stdout(_Listener(progress)):
        points = made.fit_transform(start.astype(np.float32))
    return np.asarray(points), {"divergence": number(made.kl_divergence_), "perplexity": number(perplexity)}


class _Listener(io.TextIOBase):
    """Reads how far t-SNE is from what it prints; progress that raises ends it."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def write(self, text: str) -> int:
        if found := _ITERATION.search(text):
            done = int(found[1])
            self._progress(0.5 + 0.5 * min(1.0, done / _ITERATIONS), f"Iteration {done} of {_ITERATIONS}")
        return len(text)


def _matrix(found: Sampled) -> tuple[np.ndarray, int]:
    """Numbers (n, d): of a table each of the same weight, of images as they are; and how many features they were."""
    if found.images is not None:
        x = np.asarray(found.images, np.float64).reshape(len(found.images), -1)
        step = -(-x.shape[1] // _MAX_FEATURES)
        return x[:, ::step], x.shape[1]
    if not len(found.frame.columns) or not len(found.frame):
        return np.empty((len(found.frame), 0)), 0
    from sklearn.compose import make_column_transformer
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    frame = found.frame.loc[:, found.frame.nunique() > 1].copy()
    for name in frame.select_dtypes("datetime"):
        frame[name] = frame[name].astype("datetime64[s]").astype("int64").astype(float).where(frame[name].notna())
    kinds = {"number": [], "category": [], "text": []}  # type: dict[str, list[str]]
    for name in frame.columns:
        kind = {"f": "number", "O": "text" if frame[name].dtype == object else "category"}[frame[name].dtype.kind]
        kinds[kind].append(name)
    ways: list[Any] = []
    if kinds["number"]:
        ways.append((make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), kinds["number"]))
    if kinds["category"]:
        encoder = OneHotEncoder(max_categories=_CATEGORIES, handle_unknown="ignore", sparse_output=False)
        ways.append((encoder, kinds["category"]))
    blocks = []
    if ways:
        blocks.append(np.asarray(make_column_transformer(*ways).fit_transform(frame), np.float64))
    n_features = len(kinds["number"]) + len(kinds["category"])
    for name in kinds["text"]:
        try:
            has = TfidfVectorizer(max_features=_WORDS, sublinear_tf=True).fit_transform(frame[name].fillna(""))
        except ValueError:  # nothing but empty texts and single letters
            continue
        n_features += has.shape[1]
        if min(has.shape) > _COMPONENTS:
            blocks.append(TruncatedSVD(_COMPONENTS, random_state=0).fit_transform(has))
        else:
            blocks.append(has.toarray())
    return (np.column_stack(blocks) if blocks else np.empty((len(frame), 0))), n_features
