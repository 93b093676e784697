"""The network of a run with the weights that it kept."""

import functools
from pathlib import Path
from typing import Literal

import keras

from playground import data
from playground.settings import Settings
from playground.specs import RunSpec
from playground.training.build import BuildError, build
from playground.training.checkpoints import BEST, LAST
from playground.training.shapes import LimitError, summarise

Which = Literal["best", "last"]
FILES: dict[Which, str] = {"best": BEST, "last": LAST}
"""The file in a run's folder, by which of its weights are meant: those of the best epoch, or of the last."""

_KEPT = 3  # networks at once; each question of a page is about one


class UntrainedError(Exception):
    """There are no such weights, or they do not belong to the layers; the message says so in words."""


def trained(folder: Path, spec: RunSpec, settings: Settings, which: Which = "best") -> keras.Model:
    """The network of ``spec``, not compiled, with the weights in a run's ``folder``; the same one if asked again.

    A checkpoint that has been written anew meanwhile is read anew. Do not train the network: others ask about it too.

    Args:
        folder: the run's own.
        spec: of the run.
        settings: limits on the size of the network.
        which: the weights of the best epoch or of the last.

    Raises:
        UntrainedError: there are none, or they cannot be used.
    """
    file = folder / FILES[which]
    try:
        stamp = file.stat()
    except OSError as error:
        raise UntrainedError(f"This run has kept no weights of its {which} epoch yet.") from error
    return _loaded(file, stamp.st_mtime_ns, stamp.st_size, spec, settings)


@functools.lru_cache(maxsize=_KEPT)
def _loaded(file: Path, _changed: int, _size: int, spec: RunSpec, settings: Settings) -> keras.Model:
    try:
        facts = data.outline(spec.dataset, settings)
        summarise(spec.model, facts.input_shape, facts.input_dtype, settings)
        model = build(spec.model, facts.input_shape, facts.input_dtype, spec.training.precision)
    except (BuildError, LimitError, data.DataError) as error:
        raise UntrainedError(str(error)) from error
    try:
        model.load_weights(file)
    except (OSError, ValueError) as error:
        raise UntrainedError("The weights of this run cannot be read, or do not belong to its layers.") from error
    return model
