"""Layers against the shape that reaches them, as Keras computed it."""

import math
from collections.abc import Sequence

from playground import catalog
from playground.settings import Settings
from playground.specs.facts import Facts
from playground.specs.rules.chosen import layer_place
from playground.specs.rules.head import head, n_classes, with_usual_head
from playground.specs.rules.problem import Problem
from playground.specs.run_spec import LayerSpec, RunSpec, StepSpec
from playground.specs.shapes import Shape, Shapes
from playground.specs.stack import Row, free_name, removed, rows, with_rows

_SHAPELESS = ("Activation", "Regularisation", "Normalisation", "Preparation")
_RANK_WORDS = {1: "one row of numbers a sample", 2: "a sequence", 3: "an image with channels"}


def does_not_fit(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Sequence[Problem]:
    """The layer that Keras could not build, in our words, with what would fit; none where all fit."""
    if not shapes.error:
        return ()
    names = [layer.name for layer in spec.model.layers]
    if shapes.wrong_layer not in names:
        return (Problem("does-not-fit", "model.layers", shapes.error, True),)
    at = names.index(shapes.wrong_layer)
    layer = spec.model.layers[at]
    place = layer_place(layer)
    received = _received(spec, at, facts, shapes)
    entry = catalog.entry("layers", layer.kind)
    if received is not None and entry is not None and entry.ranks and len(received) not in entry.ranks:
        fix, remedy = _reranked(spec, at, received, entry.ranks, facts, shapes)
        wanted = rank_words(entry.ranks)
        reason = f"{place}: {layer.kind} expects {wanted}, received {spelled_shape(received)}; {remedy}"
        return (Problem("does-not-fit", place, reason, True, fix),)
    if entry is not None and entry.group == "Merge" and len(layer.inputs) < 2:
        reason = f"{place}: {layer.kind} expects two or more layers to read, received {len(layer.inputs) or 1}; "
        joined = _joined(spec, at, facts, shapes)
        remedy = "join it with an earlier layer of the same shape" if joined else "choose them, or leave it out"
        return (Problem("does-not-fit", place, reason + remedy, True, joined or _without(spec, at)),)
    padding = entry.param("padding") if entry is not None else None
    if padding is not None and "same" in padding.choices and layer.args.get("padding", padding.default) != "same":
        fix = _replaced(spec, at, layer.model_copy(update={"args": layer.args.replace(padding="same")}))
        reason = f"{shapes.error} With padding same its window may reach over the border."
        return (Problem("does-not-fit", place, reason, True, fix),)
    return (Problem("does-not-fit", place, shapes.error, True, _without(spec, at)),)


def unflattened(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Sequence[Problem]:
    """An output layer that answers at every place of an image or a sequence instead of once a sample."""
    end = head(spec)
    output = _output(spec, shapes)
    if end is None or output is None or len(output) <= max(1, len(facts.target_shape)):
        return ()
    place, at = layer_place(spec.model.layers[-1]), int(end.units_path.split(".")[2])
    received = _received(spec, at, facts, shapes)
    has_convolutions = any("Conv2D" in layer.kind for layer in spec.model.layers)
    is_image = received is not None and len(received) == 3
    kind = "GlobalAveragePooling2D" if is_image and has_convolutions else "Flatten"
    reason = f"{place}: expected one answer a sample, received {spelled_shape(output)}; put {kind} before it"
    return (Problem("unflattened", place, reason, True, _inserted(spec, at, kind)),)


def no_output_layer(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Sequence[Problem]:
    """A model whose last layer has no units and answers with more or fewer numbers than the task needs."""
    output = _output(spec, shapes)
    if output is None or head(spec) is not None:
        return ()
    n = n_classes(facts)
    wanted = (n,) if facts.task == "multiclass" and n else (math.prod(facts.target_shape),)
    if output == wanted:
        return ()
    layer = spec.model.layers[-1]
    place = layer_place(layer)
    fix = spec if len(output) == 1 else _inserted(spec, len(spec.model.layers), "Flatten")
    fix = with_usual_head(_inserted(fix, len(fix.model.layers), "Dense", "output", units=1), facts) or fix
    unit = "number" if wanted == (1,) else "numbers"
    reason = (
        f"{place}: expected an answer of {wanted[0]:,} {unit} at the end, received {spelled_shape(output)}; "
        "add an output layer"
    )
    return (Problem("no-output-layer", place, reason, True, fix),)


def spelled_shape(shape: Shape) -> str:
    """``8 × 8 × 32``; ``?`` where a size varies; ``1`` for a scalar."""
    return " × ".join("?" if size is None else f"{size:,}" for size in shape) if shape else "1"


def rank_words(ranks: Sequence[int]) -> str:
    """What a layer for inputs of ``ranks`` reads: "a sequence or an image with channels"."""
    return " or ".join(_RANK_WORDS.get(rank, f"{rank} axes") for rank in ranks)


def _output(spec: RunSpec, shapes: Shapes) -> Shape | None:
    """What the whole model answers with; ``None`` where it is empty, does not fit, or Keras was not asked."""
    return shapes.output(spec.model.layers[-1].name) if spec.model.layers and not shapes.error else None


def _received(spec: RunSpec, at: int, facts: Facts, shapes: Shapes) -> Shape | None:
    """The shape that the layer at ``at`` reads; ``None`` where it reads several or it is not known."""
    layer = spec.model.layers[at]
    if len(layer.inputs) > 1:
        return None
    name = layer.inputs[0] if layer.inputs else spec.model.layers[at - 1].name if at else "input"
    return facts.input_shape if name == "input" else shapes.output(name)


def _reranked(
    spec: RunSpec, at: int, received: Shape, ranks: Sequence[int], facts: Facts, shapes: Shapes
) -> tuple[RunSpec, str]:
    """A fix that brings the layer at ``at`` an input of one of ``ranks``, and its words."""
    if max(ranks) < len(received):
        if ranks == (1,):
            return _inserted(spec, at, "Flatten"), "put Flatten before it"
        sequence = [-1, *received[len(received) - max(ranks) + 1 :]]
        return _inserted(spec, at, "Reshape", target_shape=sequence), "put Reshape before it"
    flat = next((n for n, layer in enumerate(spec.model.layers[:at]) if layer.kind == "Flatten"), None)
    if flat is not None and not spec.model.layers[at].inputs:
        there = _received(spec, flat, facts, shapes)
        if there is not None and len(there) in ranks:
            return _moved(spec, at, flat), "move it before Flatten"
        if there is not None and 3 in ranks and len(there) == 2 and _is_untouched(spec, flat):
            return _channelled(_moved(spec, at, flat)), "move it before Flatten, and give the images a channel axis"
    if 3 in ranks and len(received) == 2 and _is_untouched(spec, at):
        return _channelled(spec), "give the images a channel axis"
    if 3 in ranks and len(received) == 2 and None not in received:
        return _inserted(spec, at, "Reshape", target_shape=[*received, 1]), "put Reshape before it, for a channel axis"
    if 2 in ranks and len(received) == 1:
        return _inserted(spec, at, "Reshape", target_shape=[-1, 1]), "put Reshape before it, for a sequence of numbers"
    return _without(spec, at), "leave it out"


def _is_untouched(spec: RunSpec, at: int) -> bool:
    """Whether nothing before ``at`` changed the shape of the images, so that the data can bring the missing axis."""
    entries = [catalog.entry("layers", layer.kind) for layer in spec.model.layers[:at]]
    return all(entry is not None and entry.group in _SHAPELESS for entry in entries) and not any(
        step.kind == "add_channel" for step in spec.dataset.steps
    )


def _channelled(spec: RunSpec) -> RunSpec:
    steps = (*spec.dataset.steps, StepSpec(kind="add_channel"))
    return spec.model_copy(update={"dataset": spec.dataset.model_copy(update={"steps": steps})})


def _joined(spec: RunSpec, at: int, facts: Facts, shapes: Shapes) -> RunSpec | None:
    """The layer at ``at`` reading the one before it and the nearest earlier one of its shape; ``None`` without one."""
    before = ["input", *(layer.name for layer in spec.model.layers[:at])]
    own = spec.model.layers[at].inputs
    name = own[0] if own else before[-1]
    shape = facts.input_shape if name == "input" else shapes.output(name)
    for other in reversed(before):
        if other != name and (facts.input_shape if other == "input" else shapes.output(other)) == shape:
            return _replaced(spec, at, spec.model.layers[at].model_copy(update={"inputs": (other, name)}))
    return None


def _moved(spec: RunSpec, at: int, to: int) -> RunSpec:
    """The layer at ``at`` moved up to the place of the one at ``to``; resting ones keep theirs."""
    stack = rows(spec.model)
    row = stack.pop(_row(spec, stack, at))
    stack.insert(_row(spec, stack, to), row)
    return with_rows(spec, stack)


def _inserted(spec: RunSpec, at: int, kind: str, name: str = "", **args: object) -> RunSpec:
    """``spec`` with a new layer before the one at ``at``, and read by it."""
    stack = rows(spec.model)
    taken = any(row.layer.name == name for row in stack)
    name = free_name(spec, kind) if taken or not name else name
    fresh: dict[str, object] = {"kind": kind, "name": name, "args": args}
    where = _row(spec, stack, at)
    if at < len(spec.model.layers):
        reader = stack[where].layer
        fresh["inputs"] = reader.inputs  # of the only one that it has, if any
        stack[where] = Row(reader.model_copy(update={"inputs": ()}))
    return with_rows(spec, [*stack[:where], Row(LayerSpec.model_validate(fresh)), *stack[where:]])


def _without(spec: RunSpec, at: int) -> RunSpec:
    return removed(spec, spec.model.layers[at].name)


def _replaced(spec: RunSpec, at: int, layer: LayerSpec) -> RunSpec:
    stack = rows(spec.model)
    stack[_row(spec, stack, at)] = Row(layer)
    return with_rows(spec, stack)


def _row(spec: RunSpec, stack: Sequence[Row], at: int) -> int:
    """Where in ``stack`` the layer at ``at`` of those that are on stands; its end for the place after the last."""
    name = spec.model.layers[at].name if at < len(spec.model.layers) else None
    return next((number for number, row in enumerate(stack) if row.layer.name == name), len(stack))
