"""Prepares the arrays of a dataset spec: whole or not at all, once."""

import contextlib
import errno
import os
import shutil
import tempfile
from pathlib import Path

import numpy as np

from playground.data.errors import DataError
from playground.data.outline import TARGET_DTYPES, facts
from playground.data.plan import Plan, plan
from playground.data.prepared import PARTS, Prepared, folder_of, opened, stamp_of, write_facts
from playground.data.scratch import PREFIX, sweep
from playground.data.source import Loaded, Progress
from playground.data.split import Sizes, divide
from playground.data.steps import Fitted
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
    made = plan(spec)
    _limit(made.source.rows(made.options), settings)
    found = opened(spec, seed, settings)
    if found is not None:
        return found
    report(0.0, "Loading")
    stamp = stamp_of(spec.source, settings)
    loaded = made.source.load(
        made.options, seed, settings, lambda fraction, message: report(_LOADED * fraction, message)
    )
    _limit(len(loaded.x), settings)
    stamp = stamp or stamp_of(spec.source, settings)  # the file may have been downloaded just now
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


def _limit(rows: int | None, settings: Settings) -> None:
    if rows is not None and rows > settings.max_samples:
        raise DataError(
            f"The dataset has {rows:,} rows, expected at most {settings.max_samples:,} ({setting('max_samples')})."
        )


def _write(folder: Path, made: Plan, loaded: Loaded, seed: int, report: Progress) -> Facts:
    """Write the arrays of all parts into ``folder``; returns their facts."""
    labels = None if made.source.task == "regression" else loaded.y
    rows = divide(made.split, made.split_args, labels, len(loaded.x), loaded.n_test, seed)
    fitted: list[Fitted] = []
    for position, (part, numbers) in enumerate(zip(PARTS, rows, strict=True)):
        report(_LOADED + (1 - _LOADED) * (position + 1) / (len(PARTS) + 1), f"Preparing the {part} part")
        x = loaded.x[numbers] if made.columns is None else loaded.x[numbers][:, made.columns]
        x = x.astype(np.float32)
        for number, (step, args) in enumerate(made.steps):
            if part == "train":  # comes first; each step is fitted on what the one before leaves
                fitted.append(step.fit(x, args))
            with np.errstate(all="ignore"):  # the check says it in words
                x = step.apply(x, fitted[number])
            if not np.isfinite(x).all():
                words = f"Step {number + 1} makes inputs too large for float32"
                raise DataError(f"{words}: its arguments are {args}. Change them or remove it.")
        _save(folder / f"x_{part}.npy", x)
        if made.task != "reconstruction":  # whose targets are the inputs: one file is both
            _save(folder / f"y_{part}.npy", loaded.y[numbers].astype(TARGET_DTYPES[made.task]))
        _save(folder / f"rows_{part}.npy", numbers)
    known = facts(made, Sizes(*(len(part) for part in rows)))
    return known.model_copy(update={"fitted": tuple(fitted)})


def _save(path: Path, array: np.ndarray) -> None:
    """Write ``array`` as ``.npy``. ``np.save`` would not notice a disk that fills up within C's last buffer."""
    array = np.ascontiguousarray(array)
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(array))
        file.write(array.data)


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
