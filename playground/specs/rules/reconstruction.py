"""The end of a network that predicts its own input."""

import math
from collections.abc import Sequence

from playground.settings import Settings
from playground.specs.facts import Facts
from playground.specs.rules.chosen import layer_place
from playground.specs.rules.fit import spelled_shape
from playground.specs.rules.head import head, with_usual_head
from playground.specs.rules.mend import inserted, without
from playground.specs.rules.problem import Problem
from playground.specs.run_spec import RunSpec
from playground.specs.shapes import Shapes


def unlike_the_input(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Sequence[Problem]:
    """An answer of another shape than the input that it is compared with."""
    if facts.task != "reconstruction" or not spec.model.layers or shapes.error:
        return ()
    output = shapes.output(spec.model.layers[-1].name)
    if output is None or output == facts.target_shape:
        return ()
    place, wanted = layer_place(spec.model.layers[-1]), spelled_shape(facts.target_shape)
    reason = f"{place}: expected an answer of the input's shape, {wanted}, received {spelled_shape(output)}"
    if None not in output and math.prod(size or 1 for size in output) == math.prod(facts.target_shape):
        fix, remedy = _reshaped(spec, facts), "put Reshape after it"
    elif len(output) == 1 and (rebuilt := with_rebuilt_input(spec, facts)):
        fix, remedy = rebuilt, f"give it {math.prod(facts.target_shape):,} units"
    else:
        flat = spec if len(output) == 1 else inserted(spec, len(spec.model.layers), "Flatten")
        answered = inserted(flat, len(flat.model.layers), "Dense", "output", units=math.prod(facts.target_shape))
        fix, remedy = _reshaped(answered, facts), "add an output layer"
    return (Problem("unlike-the-input", place, f"{reason}; {remedy}", True, fix),)


def with_rebuilt_input(spec: RunSpec, facts: Facts) -> RunSpec | None:
    """``spec`` with a unit for each number of the input at its end, in the input's shape; ``None`` without a head.

    Where the task is another one and the model ends in such a shape, the end is taken back and fitted to the task.
    """
    if facts.task == "reconstruction":
        fixed = with_usual_head(spec, facts)
        return _reshaped(fixed, facts) if fixed is not None else None
    layers = spec.model.layers
    if not layers or layers[-1].kind != "Reshape":
        return None
    before = without(spec, len(layers) - 1)
    return with_usual_head(before, facts) if head(before) else None


def _reshaped(spec: RunSpec, facts: Facts) -> RunSpec:
    if len(facts.target_shape) == 1 and head(spec) is not None:
        return spec
    return inserted(spec, len(spec.model.layers), "Reshape", "rebuilt", target_shape=list(facts.target_shape))
