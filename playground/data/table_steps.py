"""Steps of preparation for tables of mixed columns: scikit-learn fits them, JSON keeps what it found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from playground.data.steps import Fitted
from playground.data.table import CLASSES, Column, Columns, Table

_DATE_PARTS = {"year": "year", "month": "month", "day": "day", "weekday": "day_of_week"}
"""Names of the columns that a date becomes, and what pandas calls them."""

_OTHERS = "others"


@dataclass(frozen=True)
class TableStep:
    """One kind of step.

    Attributes:
        fit: parameters as JSON, from the training rows and the arguments.
        apply: the rows of any part after the step, from those before it and the fitted parameters.
        columns: the columns after the step, from those before it and the arguments.
    """

    fit: Callable[[Table, Mapping[str, Any]], Fitted]
    apply: Callable[[Table, Fitted], Table]
    columns: Callable[[Columns, Mapping[str, Any]], Columns]


def _changed(table: Table, new: Mapping[int, tuple[list[Column], list[np.ndarray]]]) -> Table:
    """``table`` with the columns at some places replaced."""
    columns: list[Column] = []
    arrays: list[np.ndarray] = []
    for at, (column, array) in enumerate(zip(table.columns, table.arrays, strict=True)):
        more_columns, more_arrays = new.get(at, ([column], [array]))
        columns += more_columns
        arrays += more_arrays
    return Table(tuple(columns), tuple(arrays))


def _each(change: Callable[[Column, Mapping[str, Any]], list[Column]]) -> Callable[..., Columns]:
    """The columns after ``change`` of each."""
    return lambda columns, args: tuple(new for column in columns for new in change(column, args))


def _nothing(table: Table, args: Mapping[str, Any]) -> Fitted:
    return {}


# Scaling


def _scaling(fit: Callable[[np.ndarray, Mapping[str, Any]], tuple[Any, Any]]) -> TableStep:
    """A step that takes one number from every number column and divides by another; gaps stay gaps."""

    def fit_table(table: Table, args: Mapping[str, Any]) -> Fitted:
        places = table.of("number")
        if not places:
            return {"shift": [], "scale": []}
        shift, scale = fit(table.numbers(places), args)
        return {"shift": np.asarray(shift, float).tolist(), "scale": np.asarray(scale, float).tolist()}

    def apply(table: Table, fitted: Fitted) -> Table:
        new = {
            at: ([table.columns[at]], [(table.arrays[at] - shift) / scale])
            for at, shift, scale in zip(table.of("number"), fitted["shift"], fitted["scale"], strict=True)
        }
        return _changed(table, new)

    return TableStep(fit_table, apply, lambda columns, args: columns)


def _standard(x: np.ndarray, args: Mapping[str, Any]) -> tuple[Any, Any]:
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(x)
    return scaler.mean_, scaler.scale_


def _min_max(x: np.ndarray, args: Mapping[str, Any]) -> tuple[Any, Any]:
    from sklearn.preprocessing import MinMaxScaler

    scaler = MinMaxScaler().fit(x)
    return scaler.data_min_, 1 / scaler.scale_


def _robust(x: np.ndarray, args: Mapping[str, Any]) -> tuple[Any, Any]:
    from sklearn.preprocessing import RobustScaler

    scaler = RobustScaler().fit(x)
    return scaler.center_, scaler.scale_


def _divide(x: np.ndarray, args: Mapping[str, Any]) -> tuple[Any, Any]:
    return np.zeros(x.shape[1]), np.full(x.shape[1], args["maximum"])


# Gaps


def _fill_columns(column: Column, args: Mapping[str, Any]) -> list[Column]:
    if not column.has_gaps:
        return [column]
    if column.type in CLASSES:
        return [column if args["categories"] == "leave" else replace(column, has_gaps=False)]
    if column.type != "number":
        return [column]
    filled = [replace(column, has_gaps=False)]
    return [*filled, Column(f"{column.name} missing", "ready")] if args["indicator"] else filled


def _fit_fill(table: Table, args: Mapping[str, Any]) -> Fitted:
    from sklearn.impute import SimpleImputer

    how = args["numbers"]
    strategy = {"strategy": "constant", "fill_value": 0.0} if how == "zero" else {"strategy": how}
    numbers = SimpleImputer(**strategy, keep_empty_features=True)
    most = SimpleImputer(strategy="most_frequent", missing_values=-1, keep_empty_features=True)
    fill: list[float | int | None] = []
    for at, column in enumerate(table.columns):
        value = None
        if column.has_gaps and column.type == "number":
            value = float(numbers.fit(table.arrays[at][:, np.newaxis]).statistics_[0])
        elif column.has_gaps and column.type in CLASSES and args["categories"] != "leave":
            value = int(most.fit(table.arrays[at][:, np.newaxis]).statistics_[0])
        fill.append(value)
    return {"fill": fill, "indicator": args["indicator"]}


def _fill(table: Table, fitted: Fitted) -> Table:
    new = {}
    for at, value in enumerate(fitted["fill"]):
        if value is None:
            continue
        column, array = table.columns[at], table.arrays[at]
        gaps = np.isnan(array) if column.type == "number" else array < 0
        arrays = [np.where(gaps, value, array).astype(array.dtype)]
        columns = [replace(column, has_gaps=False)]
        if column.type == "number" and fitted["indicator"]:
            columns.append(Column(f"{column.name} missing", "ready"))
            arrays.append(gaps.astype(np.float32))
        new[at] = columns, arrays
    return _changed(table, new)


# Categories


def _one_hot_columns(column: Column, args: Mapping[str, Any]) -> list[Column]:
    if column.type not in CLASSES:
        return [column]
    n = len(column.values)
    if n == 2 and not column.has_gaps:
        return [Column(column.name, "ready", names=(f"{column.name} = {column.values[1]}",))]
    # Which of them are rare only the training part knows, so that places have numbers where there are too many.
    most = int(args["max_categories"])
    shown = column.values if n <= most else (*map(str, range(1, most)), _OTHERS)
    return [Column(column.name, "ready", names=tuple(f"{column.name} = {value}" for value in shown))]


def _fit_one_hot(table: Table, args: Mapping[str, Any]) -> Fitted:
    from sklearn.preprocessing import OneHotEncoder

    most = int(args["max_categories"])
    kept: list[list[int] | None] = []
    for at, column in enumerate(table.columns):
        if column.type not in CLASSES:
            kept.append(None)
            continue
        places = np.arange(len(column.values))
        known = table.arrays[at][table.arrays[at] >= 0]
        if len(places) > most and len(known):
            encoder = OneHotEncoder(categories=[places], max_categories=most).fit(known[:, np.newaxis])
            rare = encoder.infrequent_categories_[0]
            places = np.setdiff1d(places, [] if rare is None else rare)
        kept.append(places[:most].tolist())
    return {"kept": kept, "max_categories": most}


def _one_hot(table: Table, fitted: Fitted) -> Table:
    new = {}
    for at, kept in enumerate(fitted["kept"]):
        if kept is None:
            continue
        column = table.columns[at]
        (made,) = _one_hot_columns(column, fitted)
        places = table.arrays[at]
        shown = kept[1:] if made.width == 1 else kept
        x = np.zeros((len(places), made.width), np.float32)
        for place, value in enumerate(shown):
            x[:, place] = places == value
        if len(column.values) > made.width > 1:
            x[:, -1] = (places >= 0) & ~np.isin(places, shown)
        new[at] = [made], [x]
    return _changed(table, new)


def _ordinal_columns(column: Column, args: Mapping[str, Any]) -> list[Column]:
    return [Column(column.name, "number", has_gaps=column.has_gaps)] if column.type in CLASSES else [column]


def _ordinal(table: Table, fitted: Fitted) -> Table:
    new = {}
    for at in table.of(*CLASSES):
        places = table.arrays[at]
        new[at] = _ordinal_columns(table.columns[at], {}), [np.where(places < 0, np.nan, places)]
    return _changed(table, new)


# Dates and texts


def _date_columns(column: Column, args: Mapping[str, Any]) -> list[Column]:
    if column.type != "date":
        return [column]
    return [Column(f"{column.name} {part}", "number", has_gaps=column.has_gaps) for part in _DATE_PARTS]


def _date_parts(table: Table, fitted: Fitted) -> Table:
    import pandas as pd

    new = {}
    for at in table.of("date"):
        gaps = np.isnan(table.arrays[at])
        seconds = np.where(gaps, 0, np.round(table.arrays[at] * 86_400)).astype("datetime64[s]")
        found = pd.Series(seconds).mask(gaps).dt
        arrays = [np.asarray(getattr(found, part), np.float64) for part in _DATE_PARTS.values()]
        new[at] = _date_columns(table.columns[at], {}), arrays
    return _changed(table, new)


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
    return _changed(table, new)


TABLE_STEPS: dict[str, TableStep] = {
    "standardise": _scaling(_standard),
    "min_max": _scaling(_min_max),
    "robust": _scaling(_robust),
    "scale": _scaling(_divide),
    "fill": TableStep(_fit_fill, _fill, _each(_fill_columns)),
    "one_hot": TableStep(_fit_one_hot, _one_hot, _each(_one_hot_columns)),
    "ordinal": TableStep(_nothing, _ordinal, _each(_ordinal_columns)),
    "date_parts": TableStep(_nothing, _date_parts, _each(_date_columns)),
    "tfidf": TableStep(_fit_tfidf, _tfidf, _each(_text_columns)),
}
"""Every step that tables of one's own can have, by its id in the catalogue."""
