"""Small changes to the layers that remedies are made of; resting layers keep their places."""

from collections.abc import Sequence

from playground.specs.run_spec import LayerSpec, RunSpec
from playground.specs.stack import Row, free_name, removed, rows, with_rows


def inserted(spec: RunSpec, at: int, kind: str, name: str = "", **args: object) -> RunSpec:
    """``spec`` with a new layer before the one at ``at``, which reads the new one; that reads what was read."""
    stack = rows(spec.model)
    taken = any(row.layer.name == name for row in stack)
    name = free_name(spec, kind) if taken or not name else name
    fresh: dict[str, object] = {"kind": kind, "name": name, "args": args}
    where = _row(spec, stack, at)
    if at < len(spec.model.layers):
        reader = stack[where].layer
        fresh["inputs"] = reader.inputs
        stack[where] = Row(reader.model_copy(update={"inputs": ()}))
    return with_rows(spec, [*stack[:where], Row(LayerSpec.model_validate(fresh)), *stack[where:]])


def projected(spec: RunSpec, at: int, reads: Sequence[str], source: str, kind: str, **args: object) -> RunSpec:
    """``spec`` with a new layer between ``source`` and the layer at ``at``, which reads ``reads``."""
    stack = rows(spec.model)
    name = free_name(spec, kind)
    where = _row(spec, stack, at)
    reader = stack[where].layer
    changed = tuple(name if each == source else each for each in reads)
    stack[where] = Row(reader.model_copy(update={"inputs": changed}))
    fresh = LayerSpec.model_validate({"kind": kind, "name": name, "args": args, "inputs": [source]})
    return with_rows(spec, [*stack[:where], Row(fresh), *stack[where:]])


def moved_to(spec: RunSpec, at: int, to: int) -> RunSpec:
    """``spec`` with the layer at ``at`` moved up to the place of the one at ``to``."""
    stack = rows(spec.model)
    row = stack.pop(_row(spec, stack, at))
    stack.insert(_row(spec, stack, to), row)
    return with_rows(spec, stack)


def replaced(spec: RunSpec, at: int, layer: LayerSpec) -> RunSpec:
    """``spec`` with ``layer`` in the place of the one at ``at``."""
    stack = rows(spec.model)
    stack[_row(spec, stack, at)] = Row(layer)
    return with_rows(spec, stack)


def without(spec: RunSpec, at: int) -> RunSpec:
    """``spec`` without the layer at ``at``."""
    return removed(spec, spec.model.layers[at].name)


def with_args(spec: RunSpec, at: int, **args: object) -> RunSpec:
    """``spec`` with other arguments of the layer at ``at``; ``None`` leaves one out."""
    layer = spec.model.layers[at]
    changed = layer.args
    for name, value in args.items():
        changed = changed.without(name) if value is None else changed.replace(**{name: value})
    return replaced(spec, at, LayerSpec.model_validate({**layer.model_dump(), "args": changed.plain()}))


def _row(spec: RunSpec, stack: Sequence[Row], at: int) -> int:
    """Where in ``stack`` the layer at ``at`` of those that are on stands; its end for the place after the last."""
    name = spec.model.layers[at].name if at < len(spec.model.layers) else None
    return next((number for number, row in enumerate(stack) if row.layer.name == name), len(stack))
