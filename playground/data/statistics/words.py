"""The words of texts: how many, which ones, and which tell the classes apart."""

from typing import Any

import numpy as np

from playground.data.errors import DataError
from playground.data.statistics.asked import Asked
from playground.data.statistics.picture import Picture
from playground.data.statistics.sampled import Sampled
from playground.data.statistics.values import listed

_WORDS = 5_000
_SHOWN = 12
_BINS = 24
_RARE = 3
_SIGNS = 20_000
_FEW_CLASSES = 7


def words(found: Sampled, asked: Asked) -> Picture:
    """The words of one column of texts.

    ``values["columns"]`` are those that can be chosen, ``values["column"]`` the one that was; ``values["groups"]`` the
    classes, or one group of all; ``values["frequent"]`` and ``values["telling"]`` one list a group of word, rows with
    it in the group and share of the group's rows; ``values["lengths"]`` with ``edges`` and ``counts`` a group.
    A telling word is one of those with the highest chi-squared between having it and the class, listed at the class
    in which the largest share of rows has it.
    """
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.feature_selection import chi2

    columns = [str(name) for name in found.frame.columns if found.frame[name].dtype == object]
    if not columns:
        raise DataError("There is no column of texts.")
    column = next((name for name in asked.columns if name in columns), columns[0])
    texts = [str(text)[:_SIGNS] for text in found.frame[column].fillna("")]
    is_by_class = 0 < len(found.classes) <= _FEW_CLASSES
    groups = list(found.classes) if is_by_class else []
    labels = np.asarray(found.y, np.int64) if is_by_class else np.zeros(len(texts), np.int64)
    n = max(1, len(groups))
    vectorizer = CountVectorizer(max_features=_WORDS, binary=True)
    tokens = vectorizer.build_tokenizer()
    lengths = np.array([len(tokens(text)) for text in texts])
    try:
        has = vectorizer.fit_transform(texts)
    except ValueError as error:  # nothing but empty texts and single letters
        raise DataError(f"The column {column!r} has no words to count.") from error
    names = vectorizer.get_feature_names_out()
    by_group = np.stack([np.asarray(has[labels == group].sum(axis=0)).ravel() for group in range(n)])
    sizes = np.maximum(1, np.bincount(labels, minlength=n)[:n])
    shares = by_group / sizes[:, None]
    frequent = [np.argsort(-shares[group], kind="stable")[:_SHOWN] for group in range(n)]
    telling: list[np.ndarray] = []
    if is_by_class and len(np.unique(labels)) > 1:
        scores = np.nan_to_num(np.asarray(chi2(has, labels)[0], np.float64))
        scores[by_group.sum(axis=0) < _RARE] = 0
        home, order = shares.argmax(axis=0), np.argsort(-scores, kind="stable")
        telling = [order[(home[order] == group) & (scores[order] > 0)][:_SHOWN] for group in range(n)]

    def rows(places: np.ndarray, group: int) -> list[dict[str, Any]]:
        return [
            {"word": str(names[at]), "rows": int(by_group[group, at]), "share": round(float(shares[group, at]), 4)}
            for at in places
        ]

    edges = np.histogram_bin_edges(lengths, bins=min(_BINS, max(1, int(lengths.max(initial=0)))))
    counts = [np.histogram(lengths[labels == group], bins=edges)[0].tolist() for group in range(n)]
    values = {
        "columns": columns,
        "column": column,
        "groups": groups,
        "frequent": [rows(places, group) for group, places in enumerate(frequent)],
        "telling": [rows(places, group) for group, places in enumerate(telling)],
        "lengths": {"edges": listed(edges), "counts": counts},
        "median": int(np.median(lengths)),
        "longest": int(lengths.max()),
        "distinct": len(names),
        "is_cut": len(names) == _WORDS,
    }
    order = np.argsort(-by_group.sum(axis=0), kind="stable")
    table: dict[str, list[Any]] = {"word": names[order].tolist()}
    for group in range(n):
        table[groups[group] if groups else "rows"] = by_group[group, order].tolist()
    return Picture(shown=len(texts), of=found.of, values=values, table=table)
