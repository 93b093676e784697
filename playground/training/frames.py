"""The moving picture of a run on points of the plane: its newest frame, in a file that whoever looks at it reads."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import numpy as np

from playground.data import Prepared
from playground.frame import pack
from playground.specs import RunSpec
from playground.specs.plane import features_of, is_plane
from playground.training.plane_picture import PlanePicture

FRAME = "frame.bin"
"""In the run's folder."""
PART = "frame"
"""What a request ``watch`` calls it."""
_MOST = 400


class Frames:
    """A probe that keeps the run's newest picture in a file, with the losses of all pictures before it.

    Args:
        model: the run's.
        spec: what it trains.
        prepared: its data.
        folder: its own folder.
    """

    name = PART
    every_s = 0.1
    share = 0.3
    """A picture takes some milliseconds, and what moves has to move ten times a second."""

    def __init__(self, model: keras.Model, spec: RunSpec, prepared: Prepared, folder: Path) -> None:
        self._picture = PlanePicture(model, spec, prepared)
        self._folder = folder
        self._losses: list[tuple[float, float, float]] = []
        self._every = 1
        self._seen = 0

    def ready(self) -> None:
        """Trace the pass that draws."""
        self._picture.ready()

    def look(self, where: Mapping[str, Any]) -> None:
        """Put the newest picture in place of the one before."""
        arrays = self._picture.arrays()
        self._keep(float(where["epoch"]), *arrays["losses"].tolist())
        said = {name: where[name] for name in ("epoch", "step", "seconds")}
        data = pack(said, {**arrays, "history": np.array(self._losses, np.float32)})
        temporary = self._folder / f"part-{FRAME}"
        temporary.write_bytes(data)
        os.replace(temporary, self._folder / FRAME)

    def _keep(self, epoch: float, train: float, validation: float) -> None:
        """Remember the losses; of a long training every second, fourth, eighth look, and the newest."""
        if self._losses and (self._seen - 1) % self._every:
            self._losses.pop()
        self._losses.append((epoch, train, validation))
        self._seen += 1
        if len(self._losses) > _MOST:
            self._losses = self._losses[::2]
            self._every *= 2


def frames(model: keras.Model, spec: RunSpec, prepared: Prepared, folder: Path) -> tuple[Frames, ...]:
    """The probe for a run on points of the plane; none for any other, such as one on points of a line."""
    is_drawn = is_plane(spec) and prepared.facts.input_shape == (len(features_of(spec.dataset)),)
    return (Frames(model, spec, prepared, folder),) if is_drawn else ()
