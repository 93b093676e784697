"""Prepared arrays: a folder of plain ``.npy`` files, complete once ``facts.json``, written last, is in it."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ValidationError

from playground.data.errors import DataError
from playground.data.options import suggestion
from playground.data.sources import OWN_SOURCES, SOURCES
from playground.settings import Settings
from playground.specs import DatasetSpec
from playground.specs.facts import Facts

PARTS = ("train", "validation", "test")
ARRAYS = tuple(f"{what}_{part}" for what in ("x", "y", "rows") for part in PARTS)
_VERSION = 3
"""Of the folder's layout and of how rows are generated, divided and prepared; folders of another one are made anew."""


class _Written(BaseModel):
    """What stands in ``facts.json``."""

    version: int
    stamp: str | None
    facts: Facts


@dataclass(frozen=True)
class Prepared:
    """The arrays of one dataset spec and seed, and their facts."""

    folder: Path
    facts: Facts

    def array(self, name: str) -> np.ndarray:
        """The array called ``name``, read-only, memory-mapped where it has any rows.

        ``x_train``, ``x_validation``, ``x_test``: float32 of (n, *input_shape). ``y_...``: of (n, *target_shape), int32
        labels for multiclass, otherwise float32; for a reconstruction ``x_...`` itself. ``rows_...``: int64 of (n,),
        the row numbers in the source.

        Raises:
            DataError: there is no such array, or its file is gone.
        """
        if name not in ARRAYS:
            raise DataError(f"There is no array {name!r}. {suggestion(name, ARRAYS)}")
        what, _, part = name.partition("_")
        if what == "y" and self.facts.task == "reconstruction":
            what = "x"
        path = self.folder / f"{what}_{part}.npy"
        try:
            if getattr(self.facts, f"n_{part}"):
                mapped: np.ndarray = np.load(path, mmap_mode="r", allow_pickle=False)
                return mapped
            empty: np.ndarray = np.load(path, allow_pickle=False)  # a file of no bytes cannot be mapped
        except (OSError, ValueError) as error:
            raise DataError(f"The prepared array {path} cannot be read ({error}). Prepare the data again.") from error
        empty.flags.writeable = False
        return empty

    def last(self, part: str) -> np.ndarray | None:
        """Of a series, the last value before each target of ``part``, float32 (n,); ``None`` of anything else."""
        if not self.facts.is_series:
            return None
        values: np.ndarray = np.load(self.folder / f"last_{part}.npy", allow_pickle=False)
        return values


def folder_of(spec: DatasetSpec, seed: int, settings: Settings) -> Path:
    """Where the arrays of ``spec`` and ``seed`` lie once they are prepared."""
    return settings.prepared_dir / spec.prepared_key(seed)


def opened(spec: DatasetSpec, seed: int, settings: Settings) -> Prepared | None:
    """The prepared arrays of ``spec`` and ``seed``; ``None`` if they are not there, or come from another file."""
    folder = folder_of(spec, seed, settings)
    try:
        written = _Written.model_validate_json((folder / "facts.json").read_bytes())
    except (OSError, ValidationError):  # damaged is as good as absent
        return None
    if written.version != _VERSION or _is_other(spec, written.stamp, settings):
        return None
    with contextlib.suppress(OSError):  # a home that cannot be written to is not swept either
        os.utime(folder)  # used now
    return Prepared(folder, written.facts)


def write_facts(folder: Path, facts: Facts, stamp: str | None) -> None:
    """Write ``facts.json`` into ``folder``, which makes it complete."""
    written = _Written(version=_VERSION, stamp=stamp, facts=facts)
    (folder / "facts.json").write_text(written.model_dump_json(indent=1), encoding="utf-8")


def stamp_of(spec: DatasetSpec, settings: Settings) -> str | None:
    """What changes with the file that ``spec`` is read from; ``None`` without file."""
    made = SOURCES.get(spec.source)
    if spec.source in OWN_SOURCES:
        file = spec.options.get("file")
        return file if isinstance(file, str) else None
    return made.stamp(settings) if made is not None and made.stamp is not None else None


def prepared_from(file: str, settings: Settings) -> Iterator[Path]:
    """The folders of what was prepared from the file with that SHA-256."""
    for path in settings.prepared_dir.glob("*/facts.json"):
        with contextlib.suppress(OSError, ValidationError):
            if _Written.model_validate_json(path.read_bytes()).stamp == file:
                yield path.parent


def _is_other(spec: DatasetSpec, stamp: str | None, settings: Settings) -> bool:
    """Whether the source's file is there and not the one that was read. Prepared arrays outlive a deleted file."""
    now = stamp_of(spec, settings)
    return now is not None and now != stamp
