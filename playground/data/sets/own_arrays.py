"""Arrays of one's own that were taken in, as a source."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from playground.data.errors import DataError
from playground.data.source import Loaded, Progress, Source
from playground.data.uploads.array_profile import ArrayProfile
from playground.data.uploads.kept_arrays import array_of, array_profile_of, limit_values, parts_of, task_of
from playground.settings import Settings
from playground.specs import DatasetSpec
from playground.specs.facts import Task


def described(spec: DatasetSpec, options: Mapping[str, Any], settings: Settings) -> Source:
    """The source that ``spec`` asks for, known from the profile of its arrays.

    Raises:
        DataError: the arrays are not here, or the task does not fit.
    """
    profile = array_profile_of(options["file"], "arrays", settings)
    limit_values(profile, profile.shape, settings, "Take fewer rows.")
    task = task_of(profile, spec, options["task"])
    if task == "regression" and profile.has_names:
        raise DataError(f"{profile.name}: the targets are names of classes, and no numbers. Choose another task.")
    parts = parts_of(profile)
    return Source(
        partial(_load, profile=profile, task=task),
        task,
        profile.shape,
        profile.n_rows,
        () if task == "regression" else profile.classes,
        tuple(f"x{number}" for number in range(1, profile.shape[0] + 1)) if profile.kind == "vectors" else (),
        has_test=parts.test > 0,
        largest=max(abs(profile.lowest), abs(profile.highest)),
        n_validation=parts.validation,
        n_test=parts.test,
    )


def _load(
    options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress, *, profile: ArrayProfile, task: Task
) -> Loaded:
    """All rows as they were brought: x (n, *shape); y labels, or numbers as float64."""
    from playground.data.uploads.array_file import INPUTS, TARGETS

    progress(0.0, "Reading the arrays")
    x, y = (array_of(profile.file, each, settings) for each in (INPUTS, TARGETS))
    if task != "regression" and not profile.has_names:
        # What is reconstructed needs no labels, but a split may keep their mix.
        y = np.unique(y, return_inverse=True)[1] if profile.classes else np.zeros(len(y), np.int32)
    parts = parts_of(profile)
    return Loaded(x, y, parts.test, n_validation=parts.validation)
