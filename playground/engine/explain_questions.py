"""What can be asked of a workbench about what a network has learned: the layers of a run and what one of them does."""

from collections.abc import Callable
from typing import Any

import numpy as np

from playground import data
from playground.engine.predict_asked import asked_of, refusing
from playground.engine.protocol import Message
from playground.insight.explain import PARTS, sample
from playground.insight.explain_cam import seeing_layers
from playground.insight.explain_gradients import reads_words
from playground.insight.explain_layer import activations, filters, layers_of
from playground.settings import Settings


def explain_layers(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """``layers`` of the run's network, those that ``see`` places of an image, and whether it ``reads_words``."""
    with refusing():
        model = asked_of(args, settings).model
        return {"layers": layers_of(model), "see": seeing_layers(model), "reads_words": reads_words(model)}, {}


def explain_layer(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """What ``args["layer"]`` gives for the row ``args["at"]`` of ``args["part"]``, from ``args["first"]`` on."""
    with refusing():
        asked = asked_of(args, settings)
        if args["part"] not in PARTS:
            raise data.DataError(f"Expected a row of {' or '.join(PARTS)}, received {args['part']!r}.")
        x = sample(asked.prepared, args["part"], int(args["at"]))
        return activations(asked.model, x, args["layer"], int(args["first"]))


def explain_filters(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The kernel of ``args["layer"]``, from ``args["first"]`` on, of the input ``args["channel"]``."""
    with refusing():
        model = asked_of(args, settings).model
        return filters(model, args["layer"], int(args["first"]), int(args["channel"]))


EXPLAIN_QUESTIONS: dict[str, Callable[..., Message]] = {
    each.__name__: each for each in (explain_layers, explain_layer, explain_filters)
}
