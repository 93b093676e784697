"""Branches, skip connections and joins: functions from spec to spec."""

from collections.abc import Mapping, Sequence

from playground import catalog
from playground.specs.rows import INPUT, Row, free_name, rewired, rows, where, with_rows
from playground.specs.run_spec import LayerSpec, RunSpec
from playground.specs.shapes import Shape
from playground.specs.usual import usual_args

_SAME_SHAPE = "Add"


def joined(spec: RunSpec, name: str, other: str, kind: str = "Add") -> RunSpec:
    """``spec`` with a layer of ``kind`` after the layer ``name`` that joins it with the earlier ``other``.

    What read ``name`` reads the new one: with ``Add``, a skip connection around all between the two.

    Raises:
        KeyError: there is no such layer, or ``other`` is not before ``name``.
    """
    stack = rows(spec.model)
    at = where(stack, name)
    if other not in (INPUT, *(row.layer.name for row in stack[:at])):
        raise KeyError(f"{other!r} is not before {name!r}")
    merge = _fresh(spec, kind, (other, name))
    stack = [rewired(row, name, (merge.name,)) for row in stack]
    return with_rows(spec, [*stack[: at + 1], Row(merge), *stack[at + 1 :]])


def branched(spec: RunSpec, name: str, kind: str = "Concatenate") -> RunSpec:
    """``spec`` with one more branch from the layer ``name``, joined with the first by a layer of ``kind``.

    The branch is a copy of the layer that reads ``name``; where that is the output or joins others already, two new
    layers of the kind of ``name`` are the branches. A branch beside branches goes into the layer of ``kind`` that joins
    those. Beside what another layer joins, such as a skip connection's, it gets a join of its own: one that keeps the
    shape, since that layer counts on it.

    Raises:
        KeyError: there is no such layer.
    """
    stack = rows(spec.model)
    at = where(stack, name)
    reader = _reader(stack, at)
    if reader is None:
        twin = _fresh(spec, stack[at].layer.kind, (), stack[at].layer)
        spec = with_rows(
            spec,
            [
                *(rewired(row, name, (twin.name,)) for row in stack[: at + 1]),
                Row(twin),
                *(rewired(row, name, (twin.name,)) for row in stack[at + 1 :]),
            ],
        )
        stack = rows(spec.model)
        reader = at + 1
    beside = stack[reader].layer
    branch = _fresh(spec, beside.kind, (name,), beside)
    joins = [
        number
        for number, row in enumerate(stack)
        if row.is_on and beside.name in row.layer.inputs and _is_merge(row.layer)
    ]
    for number in joins:
        row = stack[number]
        if row.layer.kind == kind:
            stack[number] = row.reading((*row.layer.inputs, branch.name))
            return with_rows(spec, [*stack[:number], Row(branch), *stack[number:]])
    joined_up = joined(spec, beside.name, name, _SAME_SHAPE if joins else kind)
    branch = _fresh(joined_up, beside.kind, (name,), beside)  # the join may have taken its name
    stack = rows(joined_up.model)
    merge = reader + 1
    stack[merge] = stack[merge].reading((beside.name, branch.name))
    return with_rows(spec, [*stack[:merge], Row(branch), *stack[merge:]])


def twins(before: Sequence[str], known: Mapping[str, Shape | None]) -> tuple[str, ...]:
    """The last of the layers ``before`` and the nearest earlier one of its shape, that first; none without one."""
    shape = known.get(before[-1])
    other = next((name for name in reversed(before[:-1]) if shape is not None and known.get(name) == shape), None)
    return (other, before[-1]) if other is not None else ()


def _is_merge(layer: LayerSpec) -> bool:
    entry = catalog.entry("layers", layer.kind)
    return entry is not None and entry.reading.least > 1


def _reader(stack: Sequence[Row], at: int) -> int | None:
    """The row after ``at`` that reads only it, on the way to the output; ``None`` where that joins or is the output."""
    after = next((number for number in range(at + 1, len(stack)) if stack[number].is_on), None)
    if after is None or not any(row.is_on for row in stack[after + 1 :]):
        return None
    layer = stack[after].layer
    return after if layer.inputs in ((), (stack[at].layer.name,)) and not _is_merge(layer) else None


def _fresh(spec: RunSpec, kind: str, inputs: Sequence[str], like: LayerSpec | None = None) -> LayerSpec:
    """A layer under a name of its own, with the arguments of ``like`` or the usual ones."""
    args = like.args.plain() if like is not None else usual_args("layers", kind)
    given = {"kind": kind, "name": free_name(spec, kind), "args": args, "inputs": tuple(inputs)}
    return LayerSpec.model_validate(given)
