"""Steps that make numbers of dates and texts."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.data.steps import Fitted
from playground.data.table import Column, Table
from playground.data.transforms.table_step import TableStep, changed, each, nothing
from playground.data.transforms.word_steps import WORD_STEPS

DATE_PARTS = {"year": "year", "month": "month", "day": "day", "weekday": "day_of_week"}
"""Names of the columns that a date becomes, and what pandas calls them."""


def _date_columns(column: Column, args: Mapping[str, Any]) -> list[Column]:
    if column.type != "date":
        return [column]
    return [Column(f"{column.name} {part}", "number", has_gaps=column.has_gaps) for part in DATE_PARTS]


def _date_parts(table: Table, fitted: Fitted) -> Table:
    import pandas as pd

    new = {}
    for at in table.of("date"):
        gaps = np.isnan(table.arrays[at])
        seconds = np.where(gaps, 0, np.round(table.arrays[at] * 86_400)).astype("datetime64[s]")
        found = pd.Series(seconds).mask(gaps).dt
        arrays = [np.asarray(getattr(found, part), np.float64) for part in DATE_PARTS.values()]
        new[at] = _date_columns(table.columns[at], {}), arrays
    return changed(table, new)


def _text_columns(column: Column, args: Mapping[str, Any]) -> list[Column]:
    if column.type != "text":
        return [column]
    # Which words they are only the training part knows.
    names = tuple(f"{column.name} word {number}" for number in range(1, args["max_words"] + 1))
    return [Column(column.name, "ready", names=names)]


def _fit_tfidf(table: Table, args: Mapping[str, Any]) -> Fitted:
    from sklearn.feature_extraction.text import TfidfVectorizer

    found: list[dict[str, Any]] = []
    for at in table.of("text"):
        vectorizer = TfidfVectorizer(max_features=args["max_words"], sublinear_tf=True)
        try:
            vectorizer.fit(table.arrays[at])
        except ValueError:  # nothing but empty texts and single letters
            found.append({"words": [], "idf": []})
            continue
        found.append({"words": vectorizer.get_feature_names_out().tolist(), "idf": vectorizer.idf_.tolist()})
    return {"texts": found, "max_words": args["max_words"]}


def _tfidf(table: Table, fitted: Fitted) -> Table:
    from sklearn.feature_extraction.text import TfidfVectorizer

    new = {}
    for at, found in zip(table.of("text"), fitted["texts"], strict=True):
        (made,) = _text_columns(table.columns[at], fitted)
        x = np.zeros((len(table), made.width), np.float32)
        if found["words"] and len(table):
            vectorizer = TfidfVectorizer(vocabulary=found["words"], sublinear_tf=True, dtype=np.float32)
            vectorizer.idf_ = np.asarray(found["idf"], np.float32)
            x[:, : len(found["words"])] = vectorizer.transform(table.arrays[at]).toarray()
        new[at] = [made], [x]
    return changed(table, new)


def _unknown(table: Table, fitted: Fitted) -> tuple[int, int]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    words_of = TfidfVectorizer().build_analyzer()
    unknown = whole = 0
    for at, found in zip(table.of("text"), fitted["texts"], strict=True):
        known = set(found["words"])
        words = [word for text in table.arrays[at] for word in words_of(text)]
        unknown, whole = unknown + sum(word not in known for word in words), whole + len(words)
    return unknown, whole


TEXT_STEPS: dict[str, TableStep] = {
    "date_parts": TableStep(nothing, _date_parts, each(_date_columns)),
    "tfidf": TableStep(_fit_tfidf, _tfidf, each(_text_columns), _unknown),
    **WORD_STEPS,
}
"""By their ids in the catalogue."""
