"""Rows of a dataset to look at: some of them, drawn at random, as columns, images or a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.data.errors import DataError
from playground.data.options import chosen
from playground.data.prepared import PARTS, opened
from playground.data.sets.known_source import known_source
from playground.data.sets.word_sets import WORD_FILES
from playground.data.source import Loaded, Progress, Source
from playground.data.statistics.asked import Asked
from playground.data.statistics.spelled import spelled
from playground.data.table import Table
from playground.settings import Settings
from playground.specs import DatasetSpec
from playground.specs.facts import is_sequence_shape

if TYPE_CHECKING:
    import pandas as pd

_SEED = 1
"""Of what is drawn to look at: the same rows at every look."""

_MAX_COLUMNS = 200
_ONE_BY_ONE = {"window": 1, "horizon": 1, "stride": 1, "difference": False}


@dataclass(frozen=True, eq=False)
class Sampled:
    """Some rows of a dataset.

    Attributes:
        frame: a column a feature: numbers as float64, categories as such, dates as datetime64, texts as objects. Of a
            series the one column of its values in order; empty for images.
        images: shape (n, height, width) or (n, height, width, channels); ``None`` for anything else.
        y: labels or targets, shape (n,); of several numbers a target the first one.
        classes: class names in label order; empty for regression.
        target: the name of the target, or "target".
        rows: the number of each row in the source, int64 (n,).
        parts: which of training, validation and test part each row is in, 0 to 2, or -1; ``None`` where unknown.
        of: all rows there are.
        note: what was left out, in words.
    """

    frame: "pd.DataFrame"
    images: np.ndarray | None
    y: np.ndarray
    classes: tuple[str, ...]
    target: str
    rows: np.ndarray
    parts: np.ndarray | None
    of: int
    note: str = ""

    def numbers(self) -> list[str]:
        """Names of the columns that hold numbers."""
        return [str(name) for name in self.frame.select_dtypes("number").columns]

    def with_target(self) -> "pd.DataFrame":
        """The columns, and after them a target that is a number."""
        if self.classes or self.images is not None or self.target in self.frame.columns or not len(self.y):
            return self.frame
        return self.frame.assign(**{self.target: np.asarray(self.y, np.float64)})


def source_of(dataset: DatasetSpec, settings: Settings) -> tuple[Source, dict[str, Any]]:
    """The source that ``dataset`` names, described, and all its options; steps and split are not looked at.

    Raises:
        DataError: there is no such source, or it is not here.
    """
    source, options = known_source(dataset, settings), chosen("datasets", dataset.source, dataset.options)
    if source.is_series:  # every value once, whatever windows are cut from them
        options |= {name: value for name, value in _ONE_BY_ONE.items() if name in options}
    return source, options


def sampled(asked: Asked, n: int, settings: Settings, progress: Progress) -> Sampled:
    """At most ``n`` rows of what is asked for, in the order of the source.

    Raises:
        DataError: they cannot be had.
    """
    source, options = source_of(asked.dataset, settings)
    if asked.is_after:
        return _after(asked, source, n, settings)
    progress(0.0, "Loading")
    loaded = source.load(options, asked.seed, settings, lambda fraction, message: progress(0.5 * fraction, message))
    if loaded.last is not None:
        return _line(loaded, source)
    of = len(loaded.y)
    if not of:
        raise DataError("There are no rows to look at.")
    rows = _drawn(of, n)
    x, names = loaded.x[rows], source.features
    if asked.dataset.source in WORD_FILES and isinstance(x, np.ndarray):
        return _texts(spelled(asked.dataset.source, x, options, settings), loaded.y[rows], source, rows, of)
    if isinstance(x, np.ndarray) and asked.dataset.features and names:
        places = [each if isinstance(each, int) else names.index(each) for each in asked.dataset.features]
        x, names = x[:, places], tuple(names[place] for place in places)
    return _made(x, names, loaded.y[rows], source, rows, _parts(asked, rows, settings), of)


def _after(asked: Asked, source: Source, n: int, settings: Settings) -> Sampled:
    prepared = opened(asked.dataset, asked.seed, settings)
    if prepared is None:
        raise DataError("The prepared arrays are not there (any more). Look at the data as it comes.")
    x, y, rows, parts = [], [], [], []
    sizes = [len(prepared.array(f"rows_{part}")) for part in PARTS]
    at = _drawn(sum(sizes), n)
    first = 0
    for number, (part, size) in enumerate(zip(PARTS, sizes, strict=True)):
        here = at[(at >= first) & (at < first + size)] - first
        x.append(prepared.array(f"x_{part}")[here])
        y.append(prepared.array(f"y_{part}")[here])
        rows.append(prepared.array(f"rows_{part}")[here])
        parts.append(np.full(len(here), number))
        first += size
    return _made(
        np.concatenate(x),
        prepared.facts.features,
        np.concatenate(y),
        source,
        np.concatenate(rows),
        np.concatenate(parts),
        sum(sizes),
    )


def _made(
    x: Any,
    names: Sequence[str],
    y: np.ndarray,
    source: Source,
    rows: np.ndarray,
    parts: np.ndarray | None,
    of: int,
) -> Sampled:
    import pandas as pd

    target = source.target or "target"
    if not isinstance(x, Table) and is_sequence_shape(x.shape[1:]):
        names = _step_names(x.shape[1:])
        x = x.reshape(len(x), -1)  # a sequence of a few numbers a step, no image
    if not isinstance(x, Table) and x.ndim > 2:
        return Sampled(pd.DataFrame(index=range(len(x))), x, y, source.classes, target, rows, parts, of)
    columns = _table_columns(x) if isinstance(x, Table) else _columns(x, names)
    note = ""
    if len(columns) > _MAX_COLUMNS:
        note = f"The first {_MAX_COLUMNS} of {len(columns):,} columns."
        columns = dict(list(columns.items())[:_MAX_COLUMNS])
    frame = pd.DataFrame(columns)
    if y.ndim > 1:  # a target of several numbers: a column each
        answers = y.reshape(len(y), -1)
        named = [f"{target} {number}" for number in range(1, answers.shape[1] + 1)]
        frame = pd.concat([frame, pd.DataFrame(_finite(answers), columns=named)], axis=1)
        y, target = answers[:, 0], named[0]
    return Sampled(frame, None, y, source.classes, target, rows, parts, of, note)


def _step_names(shape: tuple[int, ...]) -> list[str]:
    """Names of the values of a sequence: x1, x2 ..., with a letter where there are several a step."""
    steps, numbers = shape
    letters = ("",) if numbers == 1 else "abc"[:numbers]
    return [f"x{step}{letter}" for step in range(1, steps + 1) for letter in letters]


def _texts(texts: list[str], y: np.ndarray, source: Source, rows: np.ndarray, of: int) -> Sampled:
    import pandas as pd

    frame = pd.DataFrame({"text": pd.Series(texts, dtype=object)})
    return Sampled(frame, None, y, source.classes, source.target or "target", rows, None, of)


def _columns(x: np.ndarray, names: Sequence[str]) -> Mapping[str, Any]:
    names = names if len(names) == x.shape[1] else [f"x{number}" for number in range(1, x.shape[1] + 1)]
    return {name: _finite(x[:, at]) for at, name in enumerate(names)}


def _finite(values: np.ndarray) -> np.ndarray:
    """Numbers as float64; what no network can take, being infinite or too large for float32, is missing."""
    found = np.asarray(values, np.float64)
    return np.where(np.abs(found) <= np.finfo(np.float32).max, found, np.nan)


def _table_columns(table: Table) -> Mapping[str, Any]:
    import pandas as pd

    made: dict[str, Any] = {}
    for column, array in zip(table.columns, table.arrays, strict=True):
        if column.values:
            made[column.name] = pd.Categorical.from_codes(
                np.asarray(array, np.int64), categories=pd.Index(column.values)
            )
        elif column.type == "date":
            gaps = np.isnan(array)
            seconds = np.round(np.where(gaps, 0, array) * 86_400).astype("datetime64[s]")
            made[column.name] = pd.Series(seconds).mask(gaps)
        elif array.dtype.kind in "fiub":
            made[column.name] = _finite(array)
        else:
            made[column.name] = pd.Series(array, dtype=object)
    return made


def _line(loaded: Loaded, source: Source) -> Sampled:
    """The series in the order of time, from windows of one value each."""
    import pandas as pd

    values = _finite(np.concatenate([np.asarray(loaded.last), np.asarray(loaded.y)[-1:]]))
    target = source.target or "value"
    rows = np.arange(len(values))
    return Sampled(pd.DataFrame({target: values}), None, values, (), target, rows, None, len(values))


def _drawn(of: int, n: int) -> np.ndarray:
    return np.arange(of) if of <= n else np.sort(np.random.default_rng(_SEED).permutation(of)[:n])


def _parts(asked: Asked, rows: np.ndarray, settings: Settings) -> np.ndarray | None:
    prepared = opened(asked.dataset, asked.seed, settings) if asked.has_parts else None
    if prepared is None:
        return None
    numbers = [prepared.array(f"rows_{part}") for part in PARTS]
    of = np.full(max((int(each.max(initial=-1)) for each in numbers), default=-1) + 1, -1)
    for part, each in enumerate(numbers):
        of[each] = part
    known = rows < len(of)
    return np.where(known, of[np.where(known, rows, 0)] if len(of) else -1, -1)
