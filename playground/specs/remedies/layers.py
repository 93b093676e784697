"""The layers that remedies change: what lies between input and output, and a layer put behind another."""

from playground.specs.facts import Facts
from playground.specs.rows import Row, free_name, rewired, rows, where, with_rows
from playground.specs.rules.head import output_at
from playground.specs.rules.start import with_fresh_weights
from playground.specs.rules.wiring import Wired, Wiring
from playground.specs.run_spec import LayerSpec, RunSpec

SIZES = ("units", "filters")
"""The arguments that say how many values a layer gives."""

_BEHIND = frozenset({"Activation", "Normalisation"})


def hidden(spec: RunSpec, facts: Facts | None) -> list[Wired]:
    """The layers that multiply by weights of their own before the output layer, in order."""
    wiring = Wiring(spec)
    end = output(spec, facts)
    return [wired for wired in wiring if wired.has_kernel and end is not None and wired.number < end]


def output(spec: RunSpec, facts: Facts | None) -> int | None:
    """The number of the output layer: the one that answers, else the last that learns; ``None`` without any."""
    found = output_at(spec, facts)
    if found is not None:
        return found
    learning = [wired.number for wired in Wiring(spec) if wired.has_kernel or wired.value("layer") is not None]
    return learning[-1] if learning else None


def size(wired: Wired) -> tuple[str, int] | None:
    """Which argument says how many values a layer gives, and how many it says."""
    for name in SIZES:
        value = wired.value(name)
        if isinstance(value, int):
            return name, value
    return None


def is_resizable(spec: RunSpec, facts: Facts | None) -> bool:
    """Whether hidden layers may have other sizes: nothing after them counts on the ones they have."""
    wiring, end = Wiring(spec), output(spec, facts)
    return not any(
        len(wired.reads) > 1
        or wired.value("groups") not in (None, 1)
        or (end is not None and wired.number < end and wired.value("target_shape") is not None)
        for wired in wiring
    )


def last_of(spec: RunSpec, wired: Wired) -> str:
    """The name of the layer that gives what ``wired`` has computed: behind its activation and normalisation."""
    wiring = Wiring(spec)
    while len(after := wiring.readers(wired)) == 1 and after[0].group in _BEHIND and not wiring.is_last(after[0]):
        wired = after[0]
    return wired.layer.name


def behind(spec: RunSpec, name: str, kind: str, **args: object) -> RunSpec:
    """``spec``, from fresh weights, with a new layer behind the layer ``name``: what read that reads the new one."""
    stack = rows(spec.model)
    at = where(stack, name)
    fresh = LayerSpec.model_validate({"kind": kind, "name": free_name(spec, kind), "args": args})
    stack = [rewired(row, name, (fresh.name,)) for row in stack]
    return with_fresh_weights(with_rows(spec, [*stack[: at + 1], Row(fresh), *stack[at + 1 :]]))
