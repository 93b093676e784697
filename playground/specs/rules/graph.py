"""How the layers hang together."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from playground import catalog
from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.rows import rows, stood_in
from playground.specs.rules.chosen import layer_place
from playground.specs.rules.mend import inserted
from playground.specs.rules.problem import Problem
from playground.specs.rules.wiring import INPUT, Wiring
from playground.specs.rules.words import spelled, suggestion
from playground.specs.run_spec import LayerSpec, RunSpec
from playground.specs.stack import removed, rereading


def no_layers(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A model without layers."""
    if not spec.model.layers:
        yield Problem("no-layers", "model.layers", "model.layers: expected at least one layer, received none", True)


def double_name(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Two layers of one name, or one that is called as the network's input."""
    taken = Counter(layer.name for layer in spec.model.layers)
    seen = {INPUT}
    for number, layer in enumerate(spec.model.layers):
        if layer.name not in seen:
            seen.add(layer.name)
            continue
        place = f"{layer_place(layer)}.name"
        whose = "the network's input" if layer.name == INPUT else "an earlier layer"
        free = next(name for count in range(2, 1000) if (name := f"{layer.name[:55]}_{count}") not in taken)
        taken[free] += 1
        reason = (
            f"{place}: expected a name of its own, received {spelled(layer.name)}, the name of {whose}; {free} is free"
        )
        yield Problem("double-name", place, reason, True, with_value(spec, f"model.layers.{number}.name", free))


def wrong_input(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A layer that reads one that does not exist or comes later."""
    earlier = [INPUT]
    names = {layer.name for layer in spec.model.layers}
    resting = {each.layer.name for each in spec.model.resting}
    for number, layer in enumerate(spec.model.layers):
        place = f"{layer_place(layer)}.inputs"
        for name in layer.inputs:
            if name in earlier or name in resting:
                continue
            what = "itself" if name == layer.name else "a later layer" if name in names else "no layer"
            reason = f"{place}: expected earlier layers, received {spelled(name)}, which is {what}; "
            fix = with_value(spec, f"model.layers.{number}.inputs", [each for each in layer.inputs if each in earlier])
            yield Problem("wrong-input", place, reason + suggestion(name, earlier), True, fix)
        earlier.append(layer.name)


def reads_resting(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A layer that reads one that is switched off."""
    resting = {each.layer.name: each for each in spec.model.resting} if spec.model.resting else {}
    on = {layer.name for layer in spec.model.layers}
    for layer in spec.model.layers:
        for name in layer.inputs:
            if name not in resting or name in on:
                continue
            place = f"{layer_place(layer)}.inputs"
            fix = rereading(spec, layer.name, stood_in(rows(spec.model), layer.inputs))
            reason = (
                f"{place}: expected layers that are on, received {name}, which is switched off; read what it read, or "
                "switch it on"
            )
            yield Problem("reads-resting", place, reason, True, fix)


def reads_too_many(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A layer that reads more layers than it can."""
    for wired in Wiring(spec):
        if wired.entry is None or len(wired.reads) <= wired.entry.reading.most:
            continue
        place = f"{wired.place}.inputs"
        reason = f"{place}: {wired.layer.kind} reads {wired.entry.reading.in_words()}, received {len(wired.reads)}"
        fix = rereading(spec, wired.layer.name, wired.reads[: wired.entry.reading.most])
        if wired.entry.reading.most == 1:
            reason += "; join them first"
            fix = inserted(spec, wired.number, "Concatenate")
        yield Problem("reads-too-many", place, reason, True, fix)


def unread_layer(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A layer whose output goes nowhere: it is no part of the network."""
    layers = spec.model.layers
    read = {name for layer in layers for name in layer.inputs}
    for number, (layer, after) in enumerate(pairwise(layers)):
        if after.inputs and layer.name not in read:
            place = layer_place(layer)
            joins = next((each for each in layers[number + 1 :] if _has_room(each)), None)
            if joins is not None:
                remedy, fix = f"have {joins.name} join it", rereading(spec, joins.name, (*joins.inputs, layer.name))
            else:
                remedy, fix = "remove it, or name it among another's inputs", removed(spec, layer.name)
            reason = f"{place}: no layer reads it, so it is no part of the network; {remedy}"
            yield Problem("unread-layer", place, reason, False, fix)


def _has_room(layer: LayerSpec) -> bool:
    """Whether it joins layers, and can join one more."""
    entry = catalog.entry("layers", layer.kind)
    return entry is not None and entry.reading.least > 1 and 0 < len(layer.inputs) < entry.reading.most
