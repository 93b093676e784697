"""Weights of a foreign file taken over into one of ours, each looked at before it is read."""

import io
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from playground.runs.weights import keep
from playground.settings import Settings
from playground.specs import ModelSpec
from playground.training.build import build
from playground.training.keras_file import ForeignFileError
from playground.training.weights import MisfitError, arrays, places_of

_MOST_LINKS = 50_000


def taken_over(
    stored: bytes,
    model: ModelSpec,
    places: Mapping[str, str],
    input_shape: Sequence[int],
    input_dtype: str,
    settings: Settings,
    *,
    is_kept: bool,
) -> str | None:
    """The digest of a kept file with the weights of ``stored`` for ``model``, or ``None`` where it is not to be kept.

    Keras writes a file of the model as we build it; every weight in it is then replaced by the one at the same place
    of the foreign file. So nothing decides about shapes and places but our own model.

    Args:
        stored: a foreign HDF5 file.
        model: the layers.
        places: where the weights of each layer lie in the foreign file.
        input_shape, input_dtype: of one sample.
        settings: where to keep it.
        is_kept: whether to keep it; otherwise it is only checked.

    Raises:
        MisfitError: a weight is missing or has another shape.
        ForeignFileError: the file holds what is not taken in.
    """
    with _opened(stored) as source:
        refuse_links(source)
        built = build(model, input_shape, input_dtype)
        mine = {place: name for name, place in places_of(built.layers).items() if name in places}
        with tempfile.TemporaryDirectory(prefix="playground-") as folder:
            file = Path(folder) / "taken.weights.h5"
            built.save_weights(file)
            with h5py.File(file, "r+") as target:
                for weight in list(arrays(target)):
                    at = weight.name.lstrip("/")
                    start = next((place for place in mine if at.startswith(place)), None)
                    if start is not None and weight.dtype.kind == "f":
                        name = mine[start]
                        weight[...] = values_of(source, places[name] + at.removeprefix(start), weight, name)
            built.load_weights(file)
            return keep(file, settings) if is_kept else None


def _opened(stored: bytes) -> h5py.File:
    try:
        return h5py.File(io.BytesIO(stored), "r")
    except OSError as error:
        raise ForeignFileError(
            "model.weights.h5 is no HDF5 file, or a damaged one. Save the model once more."
        ) from error


def refuse_links(source: h5py.File) -> None:
    """Refuse a file with a link that does not lead to something in the file itself.

    Raises:
        ForeignFileError: it has one, or is damaged.
    """
    count = 0

    def wrong(name: str, link: Any) -> str | None:  # h5py stops at the first answer; it takes no exceptions here
        nonlocal count
        count += 1
        if count > _MOST_LINKS:
            return f"The weights file holds more than {_MOST_LINKS:,} parts."
        if not isinstance(link, h5py.HardLink):
            return f"The weights file leads elsewhere at {name[:80]!r}; weights must lie in it."
        return None

    try:
        found = source.visititems_links(wrong)
    except (RuntimeError, OSError, KeyError) as error:
        raise ForeignFileError("The weights file is damaged. Save the model once more.") from error
    if found is not None:
        raise ForeignFileError(found)


def values_of(source: h5py.File, at: str, wanted: Any, name: str) -> np.ndarray:
    """The values at a place of a foreign file, read only once everything about them is known to be right.

    Args:
        source: the file.
        at: the place.
        wanted: has the shape and the dtype that they must have.
        name: the layer that they are for, in words.

    Raises:
        MisfitError: there are none, or of another shape.
        ForeignFileError: they are not taken in.
    """
    try:
        found = source.get(at)
    except (RuntimeError, OSError, KeyError) as error:
        raise ForeignFileError("The weights file is damaged. Save the model once more.") from error
    if not isinstance(found, h5py.Dataset):
        raise MisfitError(f"the file has none for the layer {name}")
    if found.is_virtual or found.external:
        raise ForeignFileError(f"The weights at {at[:100]} lie in another file; they must lie in this one.")
    if found.chunks is not None or found.id.get_create_plist().get_nfilters():
        raise ForeignFileError(f"The weights at {at[:100]} are compressed or in pieces; Keras writes them plainly.")
    if found.dtype.kind != "f":
        raise ForeignFileError(f"The weights at {at[:100]}: expected floating-point numbers, received {found.dtype}.")
    if found.shape != wanted.shape:
        needed, has = (" × ".join(map(str, shape)) for shape in (wanted.shape, found.shape))
        raise MisfitError(f"the layer {name} needs {needed} of them, the file has {has}")
    values = found[()].astype(wanted.dtype)
    bad = int(np.count_nonzero(~np.isfinite(values)))
    if bad:
        raise ForeignFileError(f"The weights at {at[:100]} hold {bad:,} values that are no finite numbers (NaN).")
    return values
