"""Layers against the shape that reaches them, as Keras computed it."""

from collections.abc import Sequence

import pydantic

from playground import catalog
from playground.settings import Settings
from playground.specs.facts import Facts
from playground.specs.rules.chosen import layer_place
from playground.specs.rules.problem import Problem
from playground.specs.run_spec import LayerSpec, ModelSpec, RunSpec, StepSpec
from playground.specs.shapes import Shape, Shapes

_SHAPELESS = ("Activation", "Regularisation", "Normalisation")
_RANK_WORDS = {1: "one row of numbers a sample", 2: "a sequence or a grey image", 3: "an image with channels"}


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
        fix, remedy = _reranked(spec, at, received, entry.ranks)
        wanted = " or ".join(_RANK_WORDS[rank] for rank in entry.ranks if rank in _RANK_WORDS)
        reason = f"{place}: {layer.kind} expects {wanted}, received {spelled_shape(received)}{remedy}"
        return (Problem("does-not-fit", place, reason, True, fix),)
    return (Problem("does-not-fit", place, shapes.error, True, _without(spec, at) if at + 1 < len(names) else None),)


def unflattened(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Sequence[Problem]:
    """An output layer that answers at every place of an image or a sequence instead of once a sample."""
    if shapes.error or not spec.model.layers:
        return ()
    last = spec.model.layers[-1]
    output = shapes.output(last.name)
    wanted = max(1, len(facts.target_shape))
    if output is None or len(output) <= wanted:
        return ()
    place, at = layer_place(last), len(spec.model.layers) - 1
    received = _received(spec, at, facts, shapes)
    rank = len(received) if received is not None else len(output)
    kind = {3: "GlobalAveragePooling2D", 2: "Flatten"}.get(rank, "Flatten")
    before = any("Conv2D" in layer.kind for layer in spec.model.layers)
    fix = _inserted(spec, at, "Flatten" if not before else kind)
    reason = (
        f"{place}: expected one answer a sample, received {spelled_shape(output)}; "
        f"put {fix.model.layers[at].kind if fix else 'Flatten'} before it"
    )
    return (Problem("unflattened", place, reason, True, fix),)


def spelled_shape(shape: Shape) -> str:
    """``8 × 8 × 32``; ``?`` where a size varies; ``1 number`` for a scalar."""
    return " × ".join("?" if size is None else f"{size:,}" for size in shape) if shape else "1"


def _received(spec: RunSpec, at: int, facts: Facts, shapes: Shapes) -> Shape | None:
    """The shape that the layer at ``at`` reads; ``None`` where it reads several or it is not known."""
    layer = spec.model.layers[at]
    if len(layer.inputs) > 1:
        return None
    name = layer.inputs[0] if layer.inputs else spec.model.layers[at - 1].name if at else "input"
    return facts.input_shape if name == "input" else shapes.output(name)


def _reranked(spec: RunSpec, at: int, received: Shape, ranks: Sequence[int]) -> tuple[RunSpec | None, str]:
    """A fix that brings ``received`` to one of ``ranks``, and its words."""
    rank = len(received)
    if 3 in ranks and rank == 2 and _is_first_of_image(spec, at):
        steps = (*spec.dataset.steps, StepSpec(kind="add_channel"))
        dataset = spec.dataset.model_copy(update={"steps": steps})
        return spec.model_copy(update={"dataset": dataset}), "; add a channel axis to the images"
    if min(ranks) > rank:
        moved = _before_flatten(spec, at)
        if moved is not None:
            return moved, "; move it before Flatten"
        return _without(spec, at), "; leave it out"
    return _inserted(spec, at, "Flatten"), "; put Flatten before it"


def _is_first_of_image(spec: RunSpec, at: int) -> bool:
    """Whether nothing before ``at`` changed the shape of an image, so that the data can bring the missing axis."""
    entries = (catalog.entry("layers", layer.kind) for layer in spec.model.layers[:at])
    return all(
        entry is not None and entry.group in ("Activation", "Regularisation", "Normalisation") for entry in entries
    )


def _before_flatten(spec: RunSpec, at: int) -> RunSpec | None:
    layers = list(spec.model.layers)
    flattens = [number for number, layer in enumerate(layers[:at]) if layer.kind == "Flatten"]
    if not flattens:
        return None
    layers.insert(flattens[0], layers.pop(at))
    return _with_layers(spec, layers)


def _inserted(spec: RunSpec, at: int, kind: str) -> RunSpec:
    from playground.specs.stack import free_name

    layers = list(spec.model.layers)
    layers.insert(at, LayerSpec.model_validate({"kind": kind, "name": free_name(spec, kind)}))
    return _with_layers(spec, layers)


def _without(spec: RunSpec, at: int) -> RunSpec | None:
    layers = [layer for number, layer in enumerate(spec.model.layers) if number != at]
    try:
        return _with_layers(spec, layers) if layers else None
    except pydantic.ValidationError:
        return None


def _with_layers(spec: RunSpec, layers: Sequence[LayerSpec]) -> RunSpec:
    model = ModelSpec(layers=tuple(layers), resting=spec.model.resting)
    return spec.model_copy(update={"model": model})
