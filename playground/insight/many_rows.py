"""The answers of a network to all rows of a table that somebody brings, as a table."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from playground import data
from playground.data.harmless import harmless
from playground.data.new_columns import new_columns, new_rows
from playground.data.new_rows import in_source_units, inputs_of
from playground.data.plan import plan
from playground.data.source import Progress
from playground.data.table import Table
from playground.data.uploads.table_file import read_cells
from playground.insight.predict import predictions, shares
from playground.insight.trained import Which, trained
from playground.settings import Settings
from playground.specs import RunSpec

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 200
_BATCH = 512
_FAULTS = 20
FAULT = "not answered because"
"""The column that says why a row has no answer."""


def answered_rows(
    spec: RunSpec, folder: Path, which: Which, path: Path, name: str, to: Path, settings: Settings, progress: Progress
) -> dict[str, Any]:
    """Answer all rows of the table at ``path``, called ``name``, and write the table with the answers to ``to``.

    Args:
        spec: of the run.
        folder: the run's own, with its weights.
        which: the weights of the best epoch or of the last.
        path, name: the table.
        to: the CSV file that comes of it: its columns, then the answer's, in the order of the rows.
        settings: whose limits hold.
        progress: told how far it is; may raise to cancel, and leaves no file behind.

    Returns:
        ``rows`` and how many were ``answered``, the first of the table as ``columns`` of ``cells``, and the first
        ``faults`` with their rows, counted from 1 below the names.

    Raises:
        DataError: the table cannot be read, or no row of it can be answered.
        UntrainedError: there are no such weights.
    """
    progress(0.0, "Reading the table")
    prepared = data.prepare(spec.dataset, spec.seed, settings)
    made = plan(spec.dataset, settings)
    columns = new_columns(made, spec.dataset, settings)
    frame, has_header = read_cells(path, name, settings)
    found = new_rows(made, columns, frame, is_in_order=not has_header)
    wrong = [(row, fault) for row, fault in enumerate(found.faults, 1) if fault]
    n = len(frame)
    if len(wrong) == n:
        row, fault = wrong[0]
        raise data.DataError(f"No row of {name} can be answered. Row {row}: {fault}")
    progress(0.1, f"Answering {n - len(wrong):,} rows")
    model = trained(folder, spec, settings, which)
    parts = []
    for at in range(0, n - len(wrong), _BATCH):
        some = found.x[np.arange(at, min(at + _BATCH, n - len(wrong)))]
        x = inputs_of(made, prepared.facts, some if isinstance(some, Table) else np.asarray(some))
        parts.append(predictions(model, x, _BATCH))
        progress(0.1 + 0.8 * at / (n - len(wrong)), f"Answering {n - len(wrong):,} rows")
    answers = np.concatenate(parts)
    if prepared.facts.classes:
        answers = shares(answers, spec.training, prepared.facts).values
    else:
        answers = in_source_units(made, prepared.facts, answers)
    table = _with(frame, found.is_good, answers, prepared.facts.classes, made.source.target or "target")
    if wrong:
        table[FAULT] = found.faults
    progress(0.95, "Writing the table")
    _write(table, to)
    head = table.head(_SHOWN)
    return {
        "rows": n,
        "answered": n - len(wrong),
        "columns": [str(column) for column in head.columns],
        "cells": [[_cell(value) for value in row] for row in head.itertuples(index=False)],
        "faults": [[row, fault] for row, fault in wrong[:_FAULTS]],
    }


def _with(
    frame: "pd.DataFrame", is_good: np.ndarray, answers: np.ndarray, classes: tuple[str, ...], target: str
) -> "pd.DataFrame":
    """``frame`` and the answers beside it, under names that it does not have yet."""
    import pandas as pd

    new: dict[str, Any] = {}
    flat = answers.reshape(len(answers), -1)
    if classes:
        new[f"predicted {target}"] = [classes[at] for at in flat.argmax(axis=1)]
        new |= {f"share of {name}": flat[:, at] for at, name in enumerate(classes)}
    elif flat.shape[1] == 1:
        new[f"predicted {target}"] = flat[:, 0]
    else:
        new |= {f"predicted {target} {at + 1}": flat[:, at] for at in range(flat.shape[1])}
    made = pd.DataFrame(new, index=np.flatnonzero(is_good)).reindex(range(len(frame)))
    made.columns = [_free(name, frame.columns) for name in new]
    return pd.concat([frame.reset_index(drop=True), made], axis="columns")


def _free(name: str, taken: Any) -> str:
    while name in taken:
        name += " (2)"
    return name


def _write(table: "pd.DataFrame", to: Path) -> None:
    part = to.with_name(f"part-{to.name}")
    to.parent.mkdir(parents=True, exist_ok=True)
    for name in table.select_dtypes(exclude="number"):
        table[name] = table[name].map(harmless)
    try:
        table.to_csv(part, index=False, float_format="%.6g")
        part.replace(to)
    except OSError as error:
        raise data.DataError(
            f"The answers could not be written ({error.strerror}). Free some space and try again."
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _cell(value: Any) -> Any:
    """One cell as JSON has it."""
    if value is None or (isinstance(value, float) and not np.isfinite(value)):
        return None
    return (
        value.item()
        if isinstance(value, np.generic)
        else value
        if isinstance(value, int | float | bool)
        else str(value)
    )
