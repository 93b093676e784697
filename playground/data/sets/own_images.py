"""Images of one's own that were taken in, as a source: all made the same size."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from playground.data.source import Loaded, Progress, Source
from playground.data.uploads.array_profile import ArrayProfile
from playground.data.uploads.kept_arrays import array_of, array_profile_of, limit_values, parts_of, task_of
from playground.settings import Settings
from playground.specs import DatasetSpec

_BRIGHTEST = 255.0


def described(spec: DatasetSpec, options: Mapping[str, Any], settings: Settings) -> Source:
    """The source that ``spec`` asks for, known from the profile of its images.

    Raises:
        DataError: the images are not here, the task does not fit, or they are too large for so many.
    """
    profile = array_profile_of(options["file"], "images", settings)
    shape = shape_of(profile, options)
    limit_values(profile, shape, settings, "Make the images smaller.")
    parts = parts_of(profile)
    return Source(
        partial(_load, profile=profile, shape=shape),
        task_of(profile, spec, None),
        shape,
        profile.n_rows,
        profile.classes,
        has_test=parts.test > 0,
        largest=_BRIGHTEST,
        n_validation=parts.validation,
        n_test=parts.test,
    )


def shape_of(profile: ArrayProfile, options: Mapping[str, Any]) -> tuple[int, ...]:
    """One image with ``options``: of the height and width that are asked for, the profile's without."""
    height, width, *channels = profile.shape
    return (options["height"] or height, options["width"] or width, *channels)


def _load(
    options: Mapping[str, Any],
    seed: int,
    settings: Settings,
    progress: Progress,
    *,
    profile: ArrayProfile,
    shape: tuple[int, ...],
) -> Loaded:
    """All images in the order of the profile's folders: x uint8 (n, *shape), y int32 labels (n,)."""
    from PIL import Image

    from playground.data.uploads.image_archive import PIXELS, PLACES, TARGETS

    pixels, places = (array_of(profile.file, each, settings) for each in (PIXELS, PLACES))
    x = np.empty((len(places), *shape), np.uint8)
    for number, (start, height, width, channels) in enumerate(places.tolist()):
        if number % 100 == 0:
            progress(number / len(places), f"Making image {number + 1:,} of {len(places):,} the same size as all")
        values = pixels[start : start + height * width * channels]
        values = values.reshape((height, width) if channels == 1 else (height, width, channels))
        image = Image.fromarray(values).convert("RGB" if len(shape) == 3 else "L")
        x[number] = np.asarray(image.resize((shape[1], shape[0])))
    parts = parts_of(profile)
    return Loaded(x, array_of(profile.file, TARGETS, settings), parts.test, n_validation=parts.validation)
