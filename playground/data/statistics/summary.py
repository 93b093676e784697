"""Statistics of every column, of all rows and of each part."""

from typing import TYPE_CHECKING, Any

from playground.data.errors import DataError
from playground.data.prepared import PARTS
from playground.data.statistics.asked import Asked
from playground.data.statistics.picture import Picture
from playground.data.statistics.sampled import Sampled
from playground.data.statistics.values import number

if TYPE_CHECKING:
    import pandas as pd

NUMBERS = ("mean", "std", "min", "25%", "50%", "75%", "max")
"""What is said of a column of numbers, as pandas calls it."""

_TEXT_SIGNS = 40


def summary(found: Sampled, asked: Asked) -> Picture:
    """``values["rows"]``: a dict a column and part, ``part`` being "all" or a part's name; ``values["shifts"]``.

    A shift is how far the mean of a part lies from that of the training part, in the latter's standard deviations.
    """
    frame = found.with_target()
    if not len(frame.columns) or not len(frame):
        raise DataError("There are no columns to count: look at the images instead.")
    rows = _described(frame, "all")
    if found.parts is not None:
        for part, name in enumerate(PARTS):
            here = frame[found.parts == part]
            if len(here):
                rows += _described(here, name)
    table: dict[str, list[Any]] = {key: [row[key] for row in rows] for key in rows[0]}
    return Picture(
        shown=len(frame), of=found.of, values={"rows": rows, "shifts": _shifts(rows)}, table=table, note=found.note
    )


def _described(frame: "pd.DataFrame", part: str) -> list[dict[str, Any]]:
    return [_column(str(name), frame[name], part) for name in frame.columns]


def _column(name: str, column: "pd.Series", part: str) -> dict[str, Any]:
    known = int(column.count())
    row: dict[str, Any] = {
        "column": name,
        "part": part,
        "type": _type(column),
        "count": known,
        "missing": len(column) - known,
        "distinct": int(column.nunique()),
        **dict.fromkeys(NUMBERS),
        "most frequent": None,
        "times": None,
    }
    if column.dtype.kind in "fiu":
        if known:
            found = column.describe()
            row |= {key: number(found[key]) for key in NUMBERS}
        return row
    counts = column.value_counts()
    if known and int(counts.iloc[0]):
        row |= {"most frequent": str(counts.index[0])[:_TEXT_SIGNS], "times": int(counts.iloc[0])}
    if column.dtype.kind == "M" and known:
        row |= {"min": str(column.min())[:10], "50%": str(column.median())[:10], "max": str(column.max())[:10]}
    return row


def _type(column: "pd.Series") -> str:
    if column.dtype == "category":
        return "category"
    return {"M": "date", "O": "text"}.get(column.dtype.kind, "number")


def _shifts(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Columns of numbers by how far the mean of a later part lies from that of the training part, farthest first."""
    train = {row["column"]: row for row in rows if row["part"] == PARTS[0] and row["type"] == "number"}
    shifts = []
    for row in rows:
        base = train.get(row["column"])
        if row["part"] not in PARTS[1:] or base is None or row["mean"] is None or not base["std"]:
            continue
        shift = number((row["mean"] - base["mean"]) / base["std"])
        shifts.append({"column": row["column"], "part": row["part"], "shift": shift})
    return sorted(shifts, key=lambda each: -abs(each["shift"] or 0))
