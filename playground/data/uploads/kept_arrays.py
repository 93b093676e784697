"""Arrays and images that were taken in, and what a spec may ask of them."""

import math

import numpy as np

from playground.data.errors import DataError
from playground.data.uploads.array_profile import ArrayProfile, Parts
from playground.data.uploads.upload import GONE, brought, folder_of
from playground.settings import Settings, setting
from playground.specs import DatasetSpec
from playground.specs.facts import Task
from playground.specs.run_spec import RECONSTRUCTED

_SHARE = 8
"""Prepared inputs may take one part in so many of a job's memory: a step needs room for itself before and after."""


def array_profile_of(file: str, source: str, settings: Settings) -> ArrayProfile:
    """What is known of the file with that SHA-256, from which ``source`` reads.

    Raises:
        DataError: it is not here, or holds something else.
    """
    profile = brought(file, settings)
    if not isinstance(profile, ArrayProfile) or profile.source != source:
        raise DataError(f"{profile.name} holds no {source}. Choose another file, or the source that fits it.")
    return profile


def array_of(file: str, name: str, settings: Settings) -> np.ndarray:
    """The kept array called ``name`` of the file with that SHA-256, memory-mapped, read-only.

    Raises:
        DataError: it is not here, or damaged.
    """
    try:
        array: np.ndarray = np.load(folder_of(file, settings) / name, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise DataError(GONE) from error
    return array


def limit_values(profile: ArrayProfile, shape: tuple[int, ...], settings: Settings, remedy: str) -> None:
    """Refuse inputs of ``shape`` that would take too much memory once they are numbers.

    Raises:
        DataError: they would; the message ends in ``remedy``.
    """
    size = 4 * profile.n_rows * math.prod(shape)
    most = settings.max_job_memory_mb / _SHARE
    if size > most * 10**6:
        limit = f"{most:,.0f} MB (an eighth of {setting('max_job_memory_mb')})"
        words = f"{profile.n_rows:,} inputs of shape {shape} take {size / 1e6:,.0f} MB as numbers"
        raise DataError(f"{profile.name}: {words}; expected at most {limit}. {remedy}")


def task_of(profile: ArrayProfile, spec: DatasetSpec, wanted: str | None) -> Task:
    """What is to be learned: what ``wanted`` says, or the profile.

    Raises:
        DataError: the targets do not fit it, or the spec names other columns than there are.
    """
    if spec.features:
        raise DataError(f"{profile.name} holds {profile.kind} without named columns: expected no features.")
    if spec.target == RECONSTRUCTED:
        return "reconstruction"
    if spec.target is not None:
        expected = f"expected none, or {RECONSTRUCTED!r} for the inputs themselves"
        raise DataError(f"The target of {profile.name} is fixed: {expected}, received {spec.target!r}.")
    task = wanted or profile.task
    n = len(profile.classes)
    if task == "regression":
        return "regression"
    if n < 2:
        raise DataError(f"{profile.name} has too many different targets for classes. Choose regression.")
    if task == "binary" and n != 2:
        raise DataError(f"{profile.name} has {n:,} classes: expected two for a binary task. Choose multiclass.")
    return "binary" if n == 2 else "multiclass"


def parts_of(profile: ArrayProfile) -> Parts:
    """How many rows are of each part; all of them of training where the file does not divide them."""
    return profile.parts or Parts(train=profile.n_rows)
