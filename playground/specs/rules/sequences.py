"""Layers that read sequences, and rows of learned numbers."""

from collections.abc import Iterator

from playground import catalog
from playground.settings import Settings
from playground.specs.args import Args
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.rules.chosen import chosen, is_object
from playground.specs.rules.head import applied
from playground.specs.rules.mend import replaced, with_args, without
from playground.specs.rules.problem import Problem
from playground.specs.rules.wiring import SHAPELESS, Wired, Wiring
from playground.specs.run_spec import RunSpec
from playground.specs.usual import usual_args

_NARROW = 4
_SEQUENCES = "return_sequences"
_SKIPS_STEPS = frozenset({"Recurrent", "Attention"})
DROPS_MASK = frozenset({"Shape", "Convolution", "Pooling", "Augmentation"})
"""Groups of layers behind which nobody knows any more which steps were to be skipped."""
AVERAGES_MASKED = "GlobalAveragePooling1D"
"""The one layer of these groups that leaves the steps out itself."""


def dropped_sequence(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A layer for sequences after a recurrent layer that gives on its last state only."""
    wiring = Wiring(spec)
    for wired in wiring:
        before = wiring.back(wired, SHAPELESS)
        if (
            wired.entry is None
            or not _reads_steps(wired.entry)
            or before is None
            or gives_sequence(before) is not False
        ):
            continue
        reason = (
            f"{wired.place}: {wired.layer.kind} expects a sequence, received the last state of {before.layer.name}; "
            "turn its return_sequences on"
        )
        yield Problem("dropped-sequence", wired.place, reason, True, with_sequences(spec, before, True))


def kept_sequence(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A recurrent layer that gives on every step to the output layer, where one answer a sample is wanted."""
    wiring = Wiring(spec)
    if facts is None or facts.task == "reconstruction" or facts.is_sequence_answered or not wiring.layers:
        return
    wired = wiring.layers[-1]
    before, own = wiring.back(wired, SHAPELESS), applied(wired.layer)
    if (
        own.args.get("units") is None
        or (wired.group == "Recurrent" and own is wired.layer)
        or before is None
        or gives_sequence(before) is not True
    ):
        return
    reason = (
        f"{wired.place}: expected one answer a sample, received one for each step of {before.layer.name}; turn its "
        "return_sequences off"
    )
    once = replaced(spec, wired.number, own)
    yield Problem("kept-sequence", wired.place, reason, True, with_sequences(once, before, False))


def lost_mask(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Steps that are marked to be skipped, and no layer behind that skips them."""
    wiring = Wiring(spec)
    for wired in wiring:
        marks = wired.entry is not None and wired.entry.param("mask_value") is not None
        if not marks and wired.value("mask_zero") is not True:
            continue
        loses = _loses(wiring, wired)
        if loses is None:
            continue
        fix = without(spec, wired.number) if marks else with_args(spec, wired.number, mask_zero=None)
        reason = (
            f"{wired.place}: expected a recurrent or an attention layer to skip the steps that it marks, received "
            f"{loses.layer.kind}, behind which they are as any other; " + ("leave it out" if marks else "mark none")
        )
        yield Problem("lost-mask", wired.place, reason, False, fix)


def wrong_wrapped(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A wrapper around a layer that it cannot wrap."""
    for outer in chosen(spec):
        for param in outer.entry.params if outer.entry else ():
            inner = outer.args.get(param.name)
            entry = catalog.entry(str(param.of), inner["kind"]) if param.among and is_object(inner) else None
            if outer.entry is None or entry is None or entry.id in param.among or not is_object(inner):
                continue
            usual = usual_args(outer.table, outer.kind)[param.name]
            units = inner.get("args", Args()).get("units")
            if entry.param("units") and isinstance(units, int):
                usual = {**usual, "args": {**usual["args"], "units": units}}
            place = outer.at(param.name)
            reason = (
                f"{place}: expected a layer that {outer.kind} can be put around, such as {usual['kind']}, "
                f"received {entry.id}"
            )
            path = f"{outer.path}.{outer.args_field}.{param.name}"
            yield Problem("wrong-wrapped", place, reason, True, with_value(spec, path, usual))


def narrow_heads(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Attention whose heads compare by fewer than four numbers."""
    for wired in Wiring(spec):
        for name in ("key_dim", "head_dim"):
            size = wired.value(name)
            if isinstance(size, int) and 0 < size < _NARROW:
                place = f"{wired.place}.{name}"
                reason = (
                    f"{place}: expected at least {_NARROW}, received {size}; a head with so few numbers can hardly "
                    "tell steps apart"
                )
                yield Problem("narrow-heads", place, reason, False, with_value(spec, wired.path(name), 16))


def _reads_steps(entry: catalog.Entry) -> bool:
    """Whether it reads sequences and no single row of numbers."""
    return 2 in entry.ranks and 1 not in entry.ranks


def _loses(wiring: Wiring, wired: Wired) -> Wired | None:
    """The first layer that drops the mask of ``wired``; ``None`` where any layer uses it, or it reaches the loss."""
    loses, waiting, seen = None, [wired], {wired.number}
    while waiting:
        one = waiting.pop(0)
        if wiring.is_last(one):
            return None
        for reader in wiring.readers(one):
            if reader.group in _SKIPS_STEPS or reader.layer.kind == AVERAGES_MASKED:
                return None
            if reader.group in DROPS_MASK:
                loses = loses or reader
            elif reader.number not in seen:
                seen.add(reader.number)
                waiting.append(reader)
    return loses


def gives_sequence(wired: Wired) -> bool | None:
    """Whether a recurrent layer gives on every step; ``None`` for any other layer."""
    inner = wired.value("layer")
    if wired.entry is not None and wired.entry.param("merge_mode") is not None and isinstance(inner, Args):
        entry = catalog.entry("layers", str(inner.get("kind")))
        args = inner.get("args", Args())
    else:
        entry, args = wired.entry, wired.layer.args
    if entry is None or entry.param(_SEQUENCES) is None or entry.ranks != (2,):
        return None
    return bool(args.get(_SEQUENCES, False))


def with_sequences(spec: RunSpec, wired: Wired, value: bool) -> RunSpec:
    """``spec`` with the recurrent layer ``wired`` giving on every step, or its last state only."""
    inner = ".layer.args" if wired.entry is not None and wired.entry.param("merge_mode") is not None else ""
    return with_value(spec, f"model.layers.{wired.number}.args{inner}.{_SEQUENCES}", value)
