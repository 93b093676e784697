"""The run that a draft would be."""

import time

from playground.runs import Draft, Run
from playground.ui import shapes
from playground.ui.reader import View


def view(of: Draft) -> View:
    """The run that the draft would be, as far as it is known before it starts."""
    spec = of.spec
    parameters = None
    if spec.model.layers and shapes.of(spec).is_known and not shapes.of(spec).error:
        parameters = shapes.of(spec).parameters
    run = Run("", spec.name, of.owner, spec.digest, spec.training.epochs, time.time(), parameters=parameters)
    return View(run, spec)
