"""What a network can be asked about: the kind of its inputs, the ranges that were observed, and rows to begin with."""

import dataclasses
from typing import Any

import numpy as np

from playground import data
from playground.data.kept_rows import kept, used
from playground.data.new_columns import NewColumn, new_columns
from playground.data.plan import Plan, plan
from playground.data.sets.word_sets import WORD_FILES
from playground.data.source import Loaded, Progress
from playground.data.statistics.spelled import spelled
from playground.data.table import CLASSES, Table
from playground.insight.drawing import frame_of
from playground.insight.forecast import values_needed
from playground.insight.series import values_of
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.facts import is_sequence_shape

_ROWS = 24
_IMAGES = 200
_LETTERS = 5_000
_TAIL = 400
_SEED = 1


def kind_of(made: Plan, source: str) -> str:
    """What an input is: ``symbols``, ``words``, ``series``, ``columns``, ``steps`` or ``image``."""
    if made.source.symbols:
        return "symbols"
    if source in WORD_FILES:
        return "words"
    if made.is_series:
        return "series"
    if made.source.columns is not None or len(made.source.input_shape) == 1:
        return "columns"
    return "steps" if is_sequence_shape(made.source.input_shape) else "image"


def described(spec: RunSpec, settings: Settings, progress: Progress) -> dict[str, Any]:
    """What the page for trying a network needs to know of its inputs, as JSON values.

    ``kind`` as :func:`kind_of` has it; ``shape`` of one row as the source has it; ``rows``, some of the validation part
    or of the training part where that is empty, and ``truths``, their targets. With columns ``columns``: of each its
    ``name``, ``type``, ``values``, whether it ``may_be_empty``, the ``minimum``, ``maximum`` and ``usual`` value of all
    rows. With images ``frame``, how they show ink, and the ``range``
    of their values. With a series ``tail``, its last values.

    Raises:
        DataError: the data cannot be had any more.
    """
    prepared = data.prepare(spec.dataset, spec.seed, settings, lambda share, words: progress(0.4 * share, words))
    made = plan(spec.dataset, settings)
    kind = kind_of(made, spec.dataset.source)
    loaded = made.source.load(
        made.options, spec.seed, settings, lambda share, words: progress(0.4 + 0.5 * share, words)
    )
    progress(0.95, "Looking at the inputs")
    part = "validation" if prepared.facts.n_validation else "train"
    numbers = np.asarray(prepared.array(f"rows_{part}"))
    drawn = np.random.default_rng(_SEED).permutation(len(numbers))[:_ROWS]
    found: dict[str, Any] = {"kind": kind, "shape": list(made.source.input_shape), "part": part, "at": drawn.tolist()}
    found["truths"] = np.asarray(loaded.y[numbers[drawn]], np.float64).tolist()
    found["target"], found["unit"] = made.source.target, made.source.unit
    if kind == "columns":
        columns = new_columns(made, spec.dataset, settings)
        arrays = _arrays(used(made, kept(made, loaded)[0].x))
        found["columns"] = [_column(*each) for each in zip(columns, arrays, strict=True)]
        chosen = _arrays(used(made, loaded.x[numbers[drawn]]))
        cells = [_cells(*each) for each in zip(columns, chosen, strict=True)]
        found["rows"] = [list(row) for row in zip(*cells, strict=True)]
    elif kind == "series":
        found |= {name: made.options[name] for name in ("window", "horizon", "difference")}
        found["tail"] = values_of(made, spec, settings)[-_TAIL - values_needed(made) - 1 :].tolist()
    elif kind == "words":
        texts = spelled(spec.dataset.source, np.asarray(loaded.x[numbers[drawn]]), made.options, settings)
        found["rows"] = [text[:_LETTERS] for text in texts]
    elif kind == "symbols":
        signs = np.asarray(loaded.x[numbers[drawn]])
        found["rows"] = ["".join(made.source.symbols[int(at)] for at in row) for row in signs]
    elif kind == "steps":
        found["rows"] = np.asarray(loaded.x[numbers[drawn]], np.float64).tolist()
    else:
        found |= _of_images(made, loaded)
    return found


def _arrays(x: np.ndarray | Table) -> list[np.ndarray]:
    return list(x.arrays) if isinstance(x, Table) else list(np.asarray(x, np.float64).T)


def _column(wanted: NewColumn, array: np.ndarray) -> dict[str, Any]:
    """What is known of a column, from all rows."""
    column = wanted.column
    found: dict[str, Any] = {"name": column.name, "type": column.type, "values": list(column.values)}
    found |= {"may_be_empty": wanted.may_be_empty, "date_format": wanted.date_format}
    if column.type == "number":
        known = array[np.isfinite(array)]
        if len(known):
            is_whole = bool((known == np.round(known)).all())
            found |= {"minimum": float(known.min()), "maximum": float(known.max()), "is_whole": is_whole}
            found["usual"] = float(np.median(known)) if not is_whole else float(np.round(np.median(known)))
    elif column.type in CLASSES:
        known = array[array >= 0]
        found["usual"] = column.values[int(np.bincount(known).argmax())] if len(known) else None
    return found


def _cells(wanted: NewColumn, array: np.ndarray) -> list[Any]:
    """The values of a column as somebody would type them; ``None`` for a missing one."""
    column = wanted.column
    if column.type in CLASSES:
        return [column.values[int(place)] if place >= 0 else None for place in array]
    if column.type == "date":
        return [None if np.isnan(day) else _date(day, wanted.date_format) for day in array]
    if column.type == "text":
        return [str(text)[:_LETTERS] for text in array]
    return [float(value) if np.isfinite(value) else None for value in array]


def _date(day: float, date_format: str) -> str:
    import pandas as pd

    return str(pd.Timestamp(round(day * 86_400), unit="s").strftime(date_format))


def _of_images(made: Plan, loaded: Loaded) -> dict[str, Any]:
    """How the images show ink, and the range of their values."""
    images = np.asarray(loaded.x)[:_IMAGES]
    grey = images.mean(axis=-1) if images.ndim == 4 else images
    high = float(images.max(initial=0)) if made.source.largest is None else made.source.largest
    return {
        "frame": dataclasses.asdict(frame_of(grey)),
        "range": [min(0.0, float(images.min(initial=0))), high or 1.0],
    }
