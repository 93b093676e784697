"""Kept weights that training is to start from."""

from collections.abc import Iterator

from playground.settings import Settings
from playground.specs.facts import Facts
from playground.specs.rules.problem import Problem
from playground.specs.run_spec import RunSpec
from playground.specs.shapes import Shapes


def weights_misfit(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Iterator[Problem]:
    """Weights to start from that no longer belong to the layers; the fix starts from fresh ones."""
    if spec.model.weights is None or not shapes.weights_misfit:
        return
    reason = (
        f"model.weights: expected weights for these layers to start from, but {shapes.weights_misfit}; "
        "start from fresh weights, or undo the change"
    )
    yield Problem("weights-misfit", "model.weights", reason, True, with_fresh_weights(spec))


def with_fresh_weights(spec: RunSpec) -> RunSpec:
    """``spec`` starting from fresh random weights."""
    return spec.model_copy(update={"model": spec.model.model_copy(update={"weights": None})})
