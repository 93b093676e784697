"""Edits of the layers of a model, resting ones among them: functions from spec to spec."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from playground import catalog
from playground.specs.branches import twins
from playground.specs.facts import Facts
from playground.specs.rows import (
    INPUT,
    Row,
    before,
    bypassed,
    free_name,
    main_input,
    rewired,
    rows,
    stood_in,
    where,
    with_rows,
)
from playground.specs.rules.head import output_at
from playground.specs.run_spec import LayerSpec, RunSpec
from playground.specs.shapes import Shape
from playground.specs.usual import usual_args

__all__ = [
    "Row",
    "added",
    "duplicated",
    "free_name",
    "moved",
    "place",
    "removed",
    "renamed",
    "rereading",
    "rows",
    "switched",
    "with_rows",
]


def place(spec: RunSpec, facts: Facts | None = None) -> int:
    """Where a layer is added that nobody gave a place: before the output layer, or at the end without one.

    With ``facts`` only a last layer that answers their task is an output layer; one that does not is still on the way.
    """
    stack = rows(spec.model)
    number = output_at(spec, facts)
    if number is None:
        return len(stack)
    name = spec.model.layers[number].name
    return next(at for at, row in enumerate(stack) if row.layer.name == name)


def added(spec: RunSpec, kind: str, at: int | None = None, known: Mapping[str, Shape | None] | None = None) -> RunSpec:
    """``spec`` with a new layer of ``kind`` and usual arguments, at place ``at`` or where :func:`place` says.

    A layer that joins others reads the one before it and, where the shapes that layers give are ``known`` by their
    names, the nearest earlier one of the same shape.

    Raises:
        KeyError: there is no such layer.
    """
    stack = rows(spec.model)
    layer = LayerSpec.model_validate({"kind": kind, "name": free_name(spec, kind), "args": usual_args("layers", kind)})
    at = place(spec) if at is None else max(0, min(at, len(stack)))
    entry = catalog.entry("layers", kind)
    if entry is not None and entry.reading.least > 1 and known is not None:
        inputs = twins([INPUT, *(row.layer.name for row in stack[:at] if row.is_on)], known)
        layer = layer.model_copy(update={"inputs": inputs})
    return with_rows(spec, [*stack[:at], Row(layer), *stack[at:]])


def moved(spec: RunSpec, name: str, by: int) -> RunSpec:
    """``spec`` with the layer ``name`` ``by`` places further down (up if negative), at most to an end."""
    stack = rows(spec.model)
    at = where(stack, name)
    row = stack.pop(at)
    stack.insert(max(0, min(at + by, len(stack))), row)
    return with_rows(spec, stack)


def duplicated(spec: RunSpec, name: str) -> RunSpec:
    """``spec`` with a copy of the layer ``name`` after it, under a name of its own.

    The copy reads the layer in place of what that reads, and is read by all that read it.
    """
    stack = rows(spec.model)
    at = where(stack, name)
    row = stack[at]
    fresh = free_name(spec, row.layer.kind)
    inputs = row.layer.inputs
    if len(inputs) > 1:
        main = main_input(row.layer)
        inputs = tuple(name if number == main else each for number, each in enumerate(inputs))
    else:
        inputs = ()
    copy = Row(row.layer.model_copy(update={"name": fresh, "inputs": inputs}), row.is_on)
    if row.is_on:
        stack = [rewired(each, name, (fresh,)) for each in stack]
    return with_rows(spec, [*stack[: at + 1], copy, *stack[at + 1 :]])


def switched(spec: RunSpec, name: str) -> RunSpec:
    """``spec`` with the layer ``name`` off if it was on, and on if it was off.

    What read it reads what it read while it is off, and reads it again once it is on.
    """
    stack = rows(spec.model)
    at = where(stack, name)
    row = stack[at]
    if row.is_on:
        around = bypassed(stack, at)
        changed = tuple(
            (old.layer.name, old.layer.inputs)
            for old, new in zip(stack, around, strict=True)
            if old.layer.inputs != new.layer.inputs
        )
        # What rests keeps what its readers read as it was, so that switching back gives the same.
        around = [replace(new, readers=old.readers) for old, new in zip(stack, around, strict=True)]
        around[at] = Row(row.layer, is_on=False, readers=changed)
        return with_rows(spec, around)
    stack[at] = Row(row.layer)
    for reader, inputs in row.readers:
        number = next((number for number, each in enumerate(stack) if each.layer.name == reader), None)
        if number is None:
            continue
        restored = [*stack[:number], stack[number].reading(stood_in(stack, inputs)), *stack[number + 1 :]]
        if bypassed(restored, at)[number].layer.inputs == stack[number].layer.inputs:  # nobody changed it meanwhile
            stack = restored
    return with_rows(spec, stack)


def removed(spec: RunSpec, name: str) -> RunSpec:
    """``spec`` without the layer ``name``; what read it reads what it read."""
    stack = rows(spec.model)
    at = where(stack, name)
    if stack[at].is_on:
        stack = bypassed(stack, at)
    else:
        instead = stack[at].layer.inputs or (before(stack, at),)
        stack = [rewired(row, name, instead) for row in stack]
    del stack[at]
    return with_rows(spec, stack)


def rereading(spec: RunSpec, name: str, inputs: Sequence[str]) -> RunSpec:
    """``spec`` with the layer ``name`` reading ``inputs``; none means the layer before it."""
    stack = rows(spec.model)
    at = where(stack, name)
    stack[at] = stack[at].reading(inputs)
    return with_rows(spec, stack)


def renamed(spec: RunSpec, name: str, new: str) -> RunSpec:
    """``spec`` with another name for the layer ``name``, also where others read it.

    Raises:
        ValueError: the name is taken.
        pydantic.ValidationError: it is none that Keras takes.
    """
    stack = rows(spec.model)
    if new != name and new in (INPUT, *(row.layer.name for row in stack)):
        raise ValueError(f"{new}: this name is taken")

    def called(each: str) -> str:
        return new if each == name else each

    for at, row in enumerate(stack):
        changes = {"name": called(row.layer.name), "inputs": tuple(map(called, row.layer.inputs))}
        layer = LayerSpec.model_validate({**row.layer.model_dump(), **changes})
        readers = tuple((called(reader), tuple(map(called, inputs))) for reader, inputs in row.readers)
        stack[at] = Row(layer, row.is_on, readers)
    return with_rows(spec, stack)
