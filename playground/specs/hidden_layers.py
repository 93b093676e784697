"""Another activation, or another way to draw the first weights, for all hidden layers of a network at once."""

from collections.abc import Mapping
from typing import Any

from playground import catalog
from playground.specs.facts import Facts
from playground.specs.rows import Row, free_name, rewired, rows, with_rows
from playground.specs.rules.head import activation_of, output_at
from playground.specs.run_spec import LayerSpec, RunSpec

_PLAIN = "linear"


def bent_layers(spec: RunSpec, facts: Facts | None = None) -> tuple[str, ...]:
    """The names of the hidden layers that bend values: those with an activation, or that are nothing but one.

    Where none does, those that could. The output is none of them; nor are recurrent layers, whose activations belong to
    their gates and states.
    """
    bent = [
        layer for layer in _hidden(spec, facts) if _is_activation(layer) or activation_of(layer) not in (None, _PLAIN)
    ]
    return tuple(layer.name for layer in bent or _hidden(spec, facts))


def with_activation(
    spec: RunSpec, kind: str, args: Mapping[str, Any] | None = None, facts: Facts | None = None
) -> RunSpec:
    """``spec`` with the activation ``kind`` in all layers of :func:`bent_layers`.

    An activation that is a layer comes after each of them, in the place of its own activation; one that is a function
    goes by its name, with Keras's own arguments; a formula takes its text along.

    Args:
        spec: a network.
        kind: an activation of the catalogue, or one of its layers that are an activation.
        args: arguments of a layer, or of a formula.
        facts: of the data, where they are known; they say what the output is.

    Raises:
        KeyError: there is no such activation.
    """
    entry = catalog.entry("layers", kind) if catalog.entry("activations", kind) is None else None
    if entry is None and catalog.entry("activations", kind) is None:
        raise KeyError(f"There is no activation {kind!r}")
    for name in bent_layers(spec, facts):
        spec = _changed(spec, name, kind, dict(args or {}), is_layer=entry is not None)
    return spec


def with_initializer(
    spec: RunSpec, kind: str, args: Mapping[str, Any] | None = None, facts: Facts | None = None
) -> RunSpec:
    """``spec`` with the weights of all hidden layers that have a kernel drawn by the initializer ``kind``."""
    names = {layer.name for layer in _hidden(spec, facts, needs="kernel_initializer")}
    value = {"kind": kind, "args": dict(args or {})} if args else kind
    stack = [
        _with_args(row, {**row.layer.args.plain(), "kernel_initializer": value}) if row.layer.name in names else row
        for row in rows(spec.model)
    ]
    return with_rows(spec, stack)


def _hidden(spec: RunSpec, facts: Facts | None, needs: str = "activation") -> list[LayerSpec]:
    """The layers before the output that have the argument ``needs``, or are an activation where that is asked for."""
    layers = spec.model.layers
    end = output_at(spec, facts)
    hidden = layers[: len(layers) - 1 if end is None else end]
    found = []
    for layer in hidden:
        entry = catalog.entry("layers", layer.kind)
        if entry is None or entry.group == "Recurrent":
            continue
        if entry.param(needs) is not None or (needs == "activation" and _is_activation(layer)):
            found.append(layer)
    return found


def _is_activation(layer: LayerSpec) -> bool:
    entry = catalog.entry("layers", layer.kind)
    return entry is not None and entry.group == "Activation"


def _changed(spec: RunSpec, name: str, kind: str, args: dict[str, Any], *, is_layer: bool) -> RunSpec:
    stack = rows(spec.model)
    at = next(number for number, row in enumerate(stack) if row.layer.name == name)
    row = stack[at]
    value = {"kind": kind, "args": args} if args else kind
    if _is_activation(row.layer):
        values = {"kind": kind, "args": args} if is_layer else {"kind": "Activation", "args": {"activation": value}}
        stack[at] = Row(LayerSpec.model_validate({**row.layer.model_dump(), **values}), row.is_on, row.readers)
        return with_rows(spec, stack)
    stack[at] = _with_args(row, {**row.layer.args.plain(), "activation": _PLAIN if is_layer else value})
    if not is_layer:
        return with_rows(spec, stack)
    fresh = free_name(spec, kind)
    after = Row(LayerSpec.model_validate({"kind": kind, "name": fresh, "args": args, "inputs": ()}))
    stack = [rewired(each, name, (fresh,)) for each in stack]
    return with_rows(spec, [*stack[: at + 1], after, *stack[at + 1 :]])


def _with_args(row: Row, args: dict[str, Any]) -> Row:
    return Row(LayerSpec.model_validate({**row.layer.model_dump(), "args": args}), row.is_on, row.readers)
