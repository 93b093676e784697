"""Edits of the layers of a model, resting ones among them: functions from spec to spec."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from playground.specs.facts import Facts
from playground.specs.rules.head import head, with_usual_head
from playground.specs.run_spec import LayerSpec, ModelSpec, RestingLayer, RunSpec
from playground.specs.usual import usual_args

_INPUT = "input"


@dataclass(frozen=True, slots=True)
class Row:
    """One layer as the builder lists it; ``is_on`` is false for one that is switched off and takes no part."""

    layer: LayerSpec
    is_on: bool = True


def rows(model: ModelSpec) -> list[Row]:
    """All layers of ``model`` in order, those that are switched off at their places."""
    found = [Row(layer) for layer in model.layers]
    for resting in sorted(model.resting, key=lambda each: each.at):
        found.insert(resting.at, Row(resting.layer, is_on=False))
    return found


def with_rows(spec: RunSpec, stack: Sequence[Row]) -> RunSpec:
    """``spec`` with the layers of ``stack``.

    Raises:
        pydantic.ValidationError: there are more than a model may have.
    """
    layers = [row.layer.model_dump() for row in stack if row.is_on]
    resting = [RestingLayer(at=at, layer=row.layer).model_dump() for at, row in enumerate(stack) if not row.is_on]
    model = ModelSpec.model_validate({"layers": layers, "resting": resting})
    return spec.model_copy(update={"model": model})


def place(spec: RunSpec, facts: Facts | None = None) -> int:
    """Where a layer is added that nobody gave a place: before the output layer, or at the end without one.

    With ``facts`` only a last layer that answers their task is an output layer; one that does not is still on the way.
    """
    stack = rows(spec.model)
    end = head(spec)
    if end is None or not stack:
        return len(stack)
    if facts is not None:
        usual = with_usual_head(spec, facts)
        if usual is not None and usual.model != spec.model:
            return len(stack)
    number = int(end.units_path.split(".")[2])  # the first of the layers that make the output
    name = spec.model.layers[number].name
    return next(at for at, row in enumerate(stack) if row.layer.name == name)


def added(spec: RunSpec, kind: str, at: int | None = None) -> RunSpec:
    """``spec`` with a new layer of ``kind`` and usual arguments, at place ``at`` or where :func:`place` says.

    Raises:
        KeyError: there is no such layer.
    """
    stack = rows(spec.model)
    layer = LayerSpec.model_validate({"kind": kind, "name": free_name(spec, kind), "args": usual_args("layers", kind)})
    at = place(spec) if at is None else max(0, min(at, len(stack)))
    return with_rows(spec, [*stack[:at], Row(layer), *stack[at:]])


def moved(spec: RunSpec, name: str, by: int) -> RunSpec:
    """``spec`` with the layer ``name`` ``by`` places further down (up if negative), at most to an end."""
    stack = rows(spec.model)
    at = _at(stack, name)
    row = stack.pop(at)
    stack.insert(max(0, min(at + by, len(stack))), row)
    return with_rows(spec, stack)


def duplicated(spec: RunSpec, name: str) -> RunSpec:
    """``spec`` with a copy of the layer ``name`` after it, under a name of its own."""
    stack = rows(spec.model)
    at = _at(stack, name)
    row = stack[at]
    copy = row.layer.model_copy(update={"name": free_name(spec, row.layer.kind)})
    return with_rows(spec, [*stack[: at + 1], Row(copy, row.is_on), *stack[at + 1 :]])


def switched(spec: RunSpec, name: str) -> RunSpec:
    """``spec`` with the layer ``name`` off if it was on, and on if it was off."""
    stack = rows(spec.model)
    at = _at(stack, name)
    stack[at] = Row(stack[at].layer, not stack[at].is_on)
    return with_rows(spec, stack)


def removed(spec: RunSpec, name: str) -> RunSpec:
    """``spec`` without the layer ``name``; what read it by its name reads what it read."""
    stack = rows(spec.model)
    gone_at = _at(stack, name)
    before = next((row.layer.name for row in reversed(stack[:gone_at]) if row.is_on), _INPUT)
    gone = stack.pop(gone_at).layer
    for at, row in enumerate(stack):
        if name in row.layer.inputs:
            inputs = [
                one for each in row.layer.inputs for one in (gone.inputs or (before,) if each == name else (each,))
            ]
            stack[at] = Row(row.layer.model_copy(update={"inputs": tuple(dict.fromkeys(inputs))}), row.is_on)
    return with_rows(spec, stack)


def rereading(spec: RunSpec, name: str, inputs: Sequence[str]) -> RunSpec:
    """``spec`` with the layer ``name`` reading ``inputs``; none means the layer before it."""
    stack = rows(spec.model)
    at = _at(stack, name)
    stack[at] = Row(stack[at].layer.model_copy(update={"inputs": tuple(inputs)}), stack[at].is_on)
    return with_rows(spec, stack)


def renamed(spec: RunSpec, name: str, new: str) -> RunSpec:
    """``spec`` with another name for the layer ``name``, also where others read it.

    Raises:
        ValueError: the name is taken.
        pydantic.ValidationError: it is none that Keras takes.
    """
    stack = rows(spec.model)
    if new != name and new in (_INPUT, *(row.layer.name for row in stack)):
        raise ValueError(f"{new}: this name is taken")
    for at, row in enumerate(stack):
        changes = {
            "name": new if row.layer.name == name else row.layer.name,
            "inputs": tuple(new if each == name else each for each in row.layer.inputs),
        }
        stack[at] = Row(LayerSpec.model_validate({**row.layer.model_dump(), **changes}), row.is_on)
    return with_rows(spec, stack)


def free_name(spec: RunSpec, kind: str) -> str:
    """A name for a new layer that no other has, in Keras's manner: ``conv2d``, ``conv2d_1``."""
    taken = {_INPUT, *(row.layer.name for row in rows(spec.model))}
    stem = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "_", kind).lower()[:50]
    return next(name for count in range(len(taken) + 1) if (name := f"{stem}_{count}" if count else stem) not in taken)


def _at(stack: Sequence[Row], name: str) -> int:
    try:
        return next(at for at, row in enumerate(stack) if row.layer.name == name)
    except StopIteration:
        raise KeyError(f"There is no layer {name!r}") from None
