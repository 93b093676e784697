"""The layers of a model as rows of the builder, resting ones at their places, and how they are wired anew."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from playground import catalog
from playground.specs.run_spec import LayerSpec, ModelSpec, RestingLayer, RunSpec

INPUT = "input"
"""What layers call the network's input."""


@dataclass(frozen=True, slots=True)
class Row:
    """One layer as the builder lists it; ``is_on`` is false for one that is switched off and takes no part.

    ``readers`` of one that is off are the layers that read it when it was on, each with all that it read.
    """

    layer: LayerSpec
    is_on: bool = True
    readers: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def reading(self, inputs: Sequence[str]) -> "Row":
        """The same with ``inputs`` to read."""
        return replace(self, layer=self.layer.model_copy(update={"inputs": tuple(inputs)}))


def rows(model: ModelSpec) -> list[Row]:
    """All layers of ``model`` in order, those that are switched off at their places."""
    found = [Row(layer) for layer in model.layers]
    for resting in sorted(model.resting, key=lambda each: each.at):
        found.insert(resting.at, Row(resting.layer, is_on=False, readers=resting.readers))
    return found


def with_rows(spec: RunSpec, stack: Sequence[Row]) -> RunSpec:
    """``spec`` with the layers of ``stack``.

    Raises:
        pydantic.ValidationError: there are more than a model may have.
    """
    layers = [row.layer.model_dump() for row in stack if row.is_on]
    resting = [
        RestingLayer(at=at, layer=row.layer, readers=row.readers).model_dump()
        for at, row in enumerate(stack)
        if not row.is_on
    ]
    model = ModelSpec.model_validate({"layers": layers, "resting": resting, "weights": spec.model.weights})
    return spec.model_copy(update={"model": model})


def free_name(spec: RunSpec, kind: str) -> str:
    """A name for a new layer that no other has, in Keras's manner: ``conv2d``, ``conv2d_1``."""
    taken = {INPUT, *(row.layer.name for row in rows(spec.model))}
    stem = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "_", kind).lower()[:50]
    return next(name for count in range(len(taken) + 1) if (name := f"{stem}_{count}" if count else stem) not in taken)


def where(stack: Sequence[Row], name: str) -> int:
    """The place of the layer ``name`` in ``stack``.

    Raises:
        KeyError: there is none.
    """
    try:
        return next(at for at, row in enumerate(stack) if row.layer.name == name)
    except StopIteration:
        raise KeyError(f"There is no layer {name!r}") from None


def before(stack: Sequence[Row], at: int) -> str:
    """What a layer at ``at`` reads that says nothing else."""
    return next((row.layer.name for row in reversed(stack[:at]) if row.is_on), INPUT)


def bypassed(stack: Sequence[Row], at: int) -> list[Row]:
    """``stack`` with all that reads the layer at ``at`` reading what it reads."""
    gone = stack[at].layer
    above = before(stack, at)
    changed = [rewired(row, gone.name, gone.inputs or (above,)) for row in stack]
    after = next((number for number in range(at + 1, len(stack)) if stack[number].is_on), None)
    if after is not None and gone.inputs and not stack[after].layer.inputs:
        read = _as_many(stack[after].layer, gone.inputs, main_input(gone))
        changed[after] = stack[after].reading(() if read == (above,) else read)
    return changed


def rewired(row: Row, name: str, instead: Sequence[str]) -> Row:
    """``row`` reading ``instead`` where it reads ``name``, and so the rows that are kept for later."""
    if name not in row.layer.inputs and not row.readers:
        return row

    def read(inputs: Sequence[str], layer: LayerSpec | None) -> tuple[str, ...]:
        if name not in inputs:
            return tuple(inputs)
        fits = _as_many(layer, instead, -1) if layer is not None else tuple(instead)
        return tuple(dict.fromkeys(one for each in inputs for one in (fits if each == name else (each,))))

    readers = tuple((reader, read(inputs, None)) for reader, inputs in row.readers)
    return replace(row.reading(read(row.layer.inputs, row.layer)), readers=readers)


def _as_many(layer: LayerSpec, inputs: Sequence[str], main: int) -> tuple[str, ...]:
    """``inputs``, or only the main one of them for a layer that reads one."""
    entry = catalog.entry("layers", layer.kind)
    return (inputs[main],) if entry is not None and entry.reading.most == 1 else tuple(inputs)


def stood_in(stack: Sequence[Row], inputs: Sequence[str]) -> tuple[str, ...]:
    """``inputs`` with what layers that are off read in their place."""
    off = {row.layer.name: at for at, row in enumerate(stack) if not row.is_on}
    found: list[str] = []
    for name in inputs:
        seen: set[str] = set()
        while name in off and name not in seen:
            seen.add(name)
            layer = stack[off[name]].layer
            name = layer.inputs[main_input(layer)] if layer.inputs else before(stack, off[name])
        found.append(name)
    return tuple(dict.fromkeys(found))


def main_input(layer: LayerSpec) -> int:
    """Which of several inputs goes on through ``layer``: the query of attention, else the last."""
    entry = catalog.entry("layers", layer.kind)
    return 0 if entry is not None and entry.reading.roles else -1
