"""What the whole model answers with, as Keras computed it, against what the task needs."""

from collections.abc import Sequence

from playground.settings import Settings
from playground.specs.facts import Facts
from playground.specs.rules.chosen import layer_place
from playground.specs.rules.fit import received_shape, spelled_shape
from playground.specs.rules.head import applied, head, with_usual_head
from playground.specs.rules.mend import inserted, replaced
from playground.specs.rules.problem import Problem
from playground.specs.run_spec import RunSpec
from playground.specs.shapes import Shape, Shapes


def unflattened(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Sequence[Problem]:
    """An output layer that answers at every place of an image or a sequence instead of once a sample."""
    end = head(spec)
    output = _output(spec, shapes)
    if end is None or output is None or len(output) <= len(facts.answer_shape):
        return ()
    place, at = layer_place(spec.model.layers[-1]), int(end.units_path.split(".")[2])
    received = received_shape(spec, at, facts, shapes)
    has_convolutions = any("Conv2D" in layer.kind for layer in spec.model.layers)
    is_image = received is not None and len(received) == 3
    kind = "GlobalAveragePooling2D" if is_image and has_convolutions else "Flatten"
    reason = f"{place}: expected one answer a sample, received {spelled_shape(output)}; put {kind} before it"
    once = replaced(spec, at, applied(spec.model.layers[at]))  # there are no steps any more
    return (Problem("unflattened", place, reason, True, inserted(once, at, kind)),)


def no_output_layer(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Sequence[Problem]:
    """A model whose last layer has no units and answers with more or fewer numbers than the task needs."""
    output = _output(spec, shapes)
    if output is None or head(spec) is not None or facts.task == "reconstruction":
        return ()
    wanted = (*facts.answer_shape[:-1], facts.answer_shape[-1] or 1)
    if output == wanted:
        return ()
    layer = spec.model.layers[-1]
    place = layer_place(layer)
    fix = spec if len(output) <= len(wanted) else inserted(spec, len(spec.model.layers), "Flatten")
    fix = with_usual_head(inserted(fix, len(fix.model.layers), "Dense", "output", units=1), facts) or fix
    unit = "number" if wanted == (1,) else "numbers"
    reason = (
        f"{place}: expected an answer of {spelled_shape(wanted)} {unit} at the end, received {spelled_shape(output)}; "
        "add an output layer"
    )
    return (Problem("no-output-layer", place, reason, True, fix),)


def _output(spec: RunSpec, shapes: Shapes) -> Shape | None:
    """What the whole model answers with; ``None`` where it is empty, does not fit, or Keras was not asked."""
    return shapes.output(spec.model.layers[-1].name) if spec.model.layers and not shapes.error else None
