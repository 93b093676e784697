"""What can be asked of a workbench about augmentation: what the first layers of a model make of a few images."""

import math
from typing import Any

import keras
import numpy as np

from playground import data
from playground.engine.errors import RefusedError
from playground.engine.protocol import Message
from playground.settings import Settings
from playground.specs import ModelSpec, RunSpec
from playground.specs.augmented import augmenting
from playground.training.build import BuildError, build
from playground.training.shapes import LimitError, summarise

_SAMPLES, _TIMES = 4, 6
_MAX_VALUES = 8_000_000
_SIDES = 3


def augmented(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """A few training images of ``args["spec"]``, drawn with ``args["draw"]``, and what augmentation makes of them.

    With them come ``samples``, float32 (k, *input_shape); ``results``, float32 (k, 6, *shape), each as one step of
    training might see it; and ``labels``, the targets of the samples (k,).
    """
    spec, draw = RunSpec.from_dict(args["spec"]), int(args["draw"])
    model = ModelSpec(layers=augmenting(spec.model))
    if not model.layers:
        raise RefusedError("The model does not begin with layers that change images at random.")
    try:
        prepared = data.opened(spec.dataset, spec.seed, settings)
        if prepared is None:
            raise RefusedError("The data is not prepared yet.")
        facts = prepared.facts
        shape = summarise(model, facts.input_shape, facts.input_dtype, settings).layers[-1].output_shape
        sides = [side for side in shape if side]
        if len(sides) != _SIDES:
            raise RefusedError("The layers at the beginning of the model do not give images.")
        x = prepared.array("x_train")
        most = _MAX_VALUES // (_TIMES * math.prod(sides))
        rng = np.random.default_rng([spec.seed, draw])
        at = np.sort(rng.permutation(len(x))[: min(_SAMPLES, most)])
        if not len(at):
            raise RefusedError("The images are too large to be shown several times.")
        keras.utils.set_random_seed(draw)
        network = build(model, facts.input_shape, facts.input_dtype)
        results = np.asarray(network(np.repeat(x[at], _TIMES, axis=0), training=True), np.float32)
    except (BuildError, LimitError, data.DataError) as error:
        raise RefusedError(str(error)) from error
    labels = np.asarray(prepared.array("y_train")[at]) if facts.task != "reconstruction" else np.zeros(len(at))
    results = results.reshape(len(at), _TIMES, *results.shape[1:])
    return {}, {"samples": np.asarray(x[at], np.float32), "results": results, "labels": labels}
