"""Prepares the arrays of a dataset spec: whole or not at all, once."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from playground.data.errors import DataError
from playground.data.kept_rows import kept, repeats, used
from playground.data.npy import save
from playground.data.outline import TARGET_DTYPES, facts
from playground.data.part import AnyStep, Part
from playground.data.plan import Plan, plan
from playground.data.prepared import PARTS, Prepared, folder_of, opened, stamp_of, write_facts
from playground.data.scratch import PREFIX, sweep
from playground.data.source import Loaded, Progress
from playground.data.split import Sizes, divide
from playground.data.steps import Fitted
from playground.data.transforms.target_steps import TargetStep
from playground.data.transforms.vocabulary import unknown_words
from playground.settings import Settings, setting
from playground.specs import DatasetSpec
from playground.specs.facts import Facts

_LOADED = 0.6
"""Share of the progress that belongs to loading, which may be a download."""


def prepare(spec: DatasetSpec, seed: int, settings: Settings, progress: Progress | None = None) -> Prepared:
    """The prepared arrays of ``spec`` and ``seed``, made now unless they are there.

    The folder appears under its name when it is complete. Of two processes that prepare the same at once, one
    discards its work.

    Args:
        progress: told how far it is; whatever it raises ends the preparation and leaves nothing behind.

    Raises:
        DataError: the spec is wrong, the data cannot be had, or the arrays cannot be written.
    """
    report = progress or (lambda fraction, message: None)
    made = plan(spec, settings)
    _limit_values(made, settings)
    _limit(made.source.rows(made.options), settings)
    found = opened(spec, seed, settings)
    if found is not None:
        return found
    report(0.0, "Loading")
    stamp = stamp_of(spec, settings)
    loaded = made.source.load(
        made.options, seed, settings, lambda fraction, message: report(_LOADED * fraction, message)
    )
    _limit(len(loaded.x), settings)
    stamp = stamp or stamp_of(spec, settings)  # the file may have been downloaded just now
    folder = folder_of(spec, seed, settings)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        sweep(folder.parent)
        temporary = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{folder.name[:16]}-", dir=folder.parent))
        try:
            write_facts(temporary, _write(temporary, made, loaded, seed, report), stamp)
            prepared = _publish(temporary, spec, seed, settings)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise DataError(_words(error, folder.parent)) from error
    report(1.0, "Prepared")
    return prepared


def _limit_values(made: Plan, settings: Settings) -> None:
    """Refuse a table whose matrix would take more than a quarter of the memory that a job may use."""
    n = made.source.rows(made.options)
    if made.source.columns is not None and n is not None:
        size = 4 * n * made.input_shape[0]
        if size > settings.max_job_memory_mb * 10**6 / 4:
            limit = f"{settings.max_job_memory_mb // 4:,} MB (a quarter of {setting('max_job_memory_mb')})"
            words = f"The steps make {made.input_shape[0]:,} columns of {n:,} rows, {size / 1e6:,.0f} MB"
            raise DataError(f"{words}; expected at most {limit}. Use fewer columns, categories or words.")


def _limit(rows: int | None, settings: Settings) -> None:
    if rows is not None and rows > settings.max_samples:
        raise DataError(
            f"The dataset has {rows:,} rows, expected at most {settings.max_samples:,} ({setting('max_samples')})."
        )


def _write(folder: Path, made: Plan, loaded: Loaded, seed: int, report: Progress) -> Facts:
    """Write the arrays of all parts into ``folder``; returns their facts."""
    loaded, numbers_of = kept(made, loaded)
    labels = None if made.source.task == "regression" or loaded.y.ndim > 1 else loaded.y
    by = loaded.by if made.split_args.get("column") else None
    rows = divide(made.split, made.split_args, labels, len(loaded.x), loaded.n_test, seed, loaded.n_validation, by)
    if not len(rows.train):
        raise DataError("No row is left to train on. Choose another split.")
    fitted: list[Fitted] = []
    unknown: float | None = None
    for position, (part, numbers) in enumerate(zip(PARTS, rows, strict=True)):
        report(_LOADED + (1 - _LOADED) * (position + 1) / (len(PARTS) + 1), f"Preparing the {part} part")
        taken = _taken(made, loaded, numbers)
        if part == "validation":
            unknown = unknown_words(made.source, taken, [step for step, _ in made.steps], fitted)
        for number, (step, args) in enumerate(made.steps):
            if part == "train":  # comes first; each step is fitted on what the one before leaves
                fitted.append(taken.fitted(step, args))
            with np.errstate(all="ignore"):  # the check says it in words
                taken = taken.after(step, fitted[number])
            if not taken.is_finite:
                raise DataError(_not_finite(number, step, args))
        with np.errstate(over="ignore"):
            x = taken.matrix()
        if not np.isfinite(x).all():  # a table's numbers are float64 up to here
            raise DataError("A column has numbers too large for float32. Add a step that scales, or leave it out.")
        save(folder / f"x_{part}.npy", x.astype(made.input_dtype, copy=False))
        if made.task != "reconstruction":  # whose targets are the inputs: one file is both
            save(folder / f"y_{part}.npy", taken.y.astype(TARGET_DTYPES[made.task]))
        if taken.last is not None:
            save(folder / f"last_{part}.npy", taken.last.astype(np.float32))
        save(folder / f"rows_{part}.npy", numbers_of[numbers])
    known = facts(made, Sizes(*(len(part) for part in rows)))
    twice = repeats(made, loaded, rows)
    return known.model_copy(update={"fitted": tuple(fitted), "unknown_words": unknown, "repeated": twice})


def _taken(made: Plan, loaded: Loaded, numbers: np.ndarray) -> Part:
    """The rows called ``numbers``, with the columns that are used."""
    x = used(made, loaded.x[numbers])
    if isinstance(x, np.ndarray):
        x = x.astype(made.input_dtype if made.source.columns is None else np.float32, copy=False)
    return Part(x, loaded.y[numbers], None if loaded.last is None else loaded.last[numbers])


def _not_finite(number: int, step: AnyStep, args: Mapping[str, Any]) -> str:
    what = "targets" if isinstance(step, TargetStep) else "inputs"
    return f"Step {number + 1} makes {what} too large for float32: its arguments are {args}. Change them or remove it."


def _publish(temporary: Path, spec: DatasetSpec, seed: int, settings: Settings) -> Prepared:
    """Give the complete folder its name, unless another process was first."""
    folder = folder_of(spec, seed, settings)
    temporary.chmod(0o755)  # mkdtemp's own is for one user only
    with contextlib.suppress(OSError):
        os.rename(temporary, folder)
    if (found := opened(spec, seed, settings)) is not None:
        return found
    # What lies there is of another version or file, or damaged: a folder never gets its name before it is complete.
    shutil.rmtree(folder, ignore_errors=True)
    os.rename(temporary, folder)
    found = opened(spec, seed, settings)
    if found is None:
        raise DataError(f"The prepared arrays in {folder} changed while they were written. Try again.")
    return found


def _words(error: OSError, folder: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"The disk is full: the prepared arrays could not be written to {folder}. Free some space and try again."
    return f"The prepared arrays could not be written to {folder} ({error.strerror}). Mend that and try again."
