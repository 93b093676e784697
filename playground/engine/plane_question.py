"""What can be asked of a workbench about points of the plane: what they are, and what an untrained network makes."""

from typing import Any

import keras
import numpy as np

from playground import data
from playground.data.plan import plan
from playground.engine.errors import RefusedError
from playground.engine.protocol import Message
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.plane import is_plane
from playground.training.build import BuildError, build
from playground.training.plane_picture import REACH, PlanePicture, feature_heat
from playground.training.shapes import LimitError, summarise

_FULL = 127


def plane(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The network of ``args["spec"]`` before its first step, as :meth:`PlanePicture.arrays` has it, and its points.

    Beside these, ``points`` is int8 (n, 4): both coordinates, 127 for the edge of the picture; the label, or the target
    from -127 for -1 to 127 for 1; and 1 for a point that is not trained on. ``features`` is uint8 (features, 10, 10).
    The data is prepared where it is not yet, so that a run can begin at once.
    """
    spec = RunSpec.from_dict(args["spec"])
    if not is_plane(spec):
        raise RefusedError("This is no network on points of the plane.")
    try:
        prepared = data.prepare(spec.dataset, spec.seed, settings)
        facts = prepared.facts
        summarise(spec.model, facts.input_shape, facts.input_dtype, settings)
        keras.utils.set_random_seed(spec.seed)
        model = build(spec.model, facts.input_shape, facts.input_dtype)
        found = PlanePicture(model, spec, prepared).arrays()
    except (BuildError, LimitError, data.DataError) as error:
        raise RefusedError(str(error)) from error
    found["history"] = np.array([[0.0, *found["losses"].tolist()]], np.float32)
    points = _points(prepared, spec, settings)
    return {"epoch": 0, "step": 0, "seconds": 0.0}, {**found, "points": points, "features": feature_heat()}


def _points(prepared: data.Prepared, spec: RunSpec, settings: Settings) -> np.ndarray:
    """The points of both parts in their own coordinates, whatever features are made of them."""
    made = plan(spec.dataset, settings)
    loaded = made.source.load(made.options, spec.seed, settings, lambda fraction, message: None)
    y = np.asarray(loaded.y, np.float64)
    y = np.round(_FULL * np.clip(y, -1, 1)) if prepared.facts.task == "regression" else y
    found = []
    for is_aside, part in enumerate(("train", "validation")):
        rows = prepared.array(f"rows_{part}")
        at = np.round(_FULL * np.clip(np.asarray(loaded.x)[rows] / REACH, -1, 1))
        found.append(np.column_stack([at, y[rows], np.full(len(rows), is_aside)]))
    return np.concatenate(found).astype(np.int8)


PLANE_QUESTIONS = {"plane": plane}
