"""Layers that read sequences, and rows of learned numbers."""

from collections.abc import Iterator

from playground import catalog
from playground.settings import Settings
from playground.specs.args import Args
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.rules.chosen import is_object
from playground.specs.rules.problem import Problem
from playground.specs.rules.wiring import SHAPELESS, Wired, Wiring
from playground.specs.run_spec import RunSpec

_NARROW = 4
_SEQUENCES = "return_sequences"


def dropped_sequence(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A layer for sequences after a recurrent layer that gives on its last state only."""
    wiring = Wiring(spec)
    for wired in wiring:
        before = wiring.back(wired, SHAPELESS)
        if wired.entry is None or wired.entry.ranks != (2,) or before is None or _gives_sequence(before) is not False:
            continue
        reason = (
            f"{wired.place}: {wired.layer.kind} expects a sequence, received the last state of {before.layer.name}; "
            "turn its return_sequences on"
        )
        yield Problem("dropped-sequence", wired.place, reason, True, _with_sequences(spec, before, True))


def kept_sequence(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A recurrent layer that gives on every step to the output layer, where one answer a sample is wanted."""
    wiring = Wiring(spec)
    if facts is None or facts.target_shape or not wiring.layers:
        return
    wired = wiring.layers[-1]
    before = wiring.back(wired, SHAPELESS)
    if (
        wired.value("units") is None
        or wired.group == "Recurrent"
        or before is None
        or _gives_sequence(before) is not True
    ):
        return
    reason = (
        f"{wired.place}: expected one answer a sample, received one for each step of {before.layer.name}; turn its "
        "return_sequences off"
    )
    yield Problem("kept-sequence", wired.place, reason, True, _with_sequences(spec, before, False))


def wrong_wrapped(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A wrapper around a layer that it cannot wrap."""
    for wired in Wiring(spec):
        inner = wired.value("layer")
        entry = catalog.entry("layers", inner["kind"]) if is_object(inner) and isinstance(inner, Args) else None
        if entry is None or wired.entry is None or not isinstance(inner, Args):
            continue
        reads_both_ways = wired.entry.param("merge_mode") is not None
        place = f"{wired.place}.layer"
        if reads_both_ways and (entry.param(_SEQUENCES) is None or entry.param("layer") is not None):
            units = inner.get("args", Args()).get("units", 16)
            fix = with_value(spec, wired.path("layer"), {"kind": "LSTM", "args": {"units": units}})
            reason = f"{place}: expected a recurrent layer such as LSTM, received {entry.id}"
        elif not reads_both_ways and entry.reading.least > 1:
            fix = with_value(spec, wired.path("layer"), {"kind": "Dense", "args": {"units": 16}})
            reason = f"{place}: expected a layer that reads one layer, received {entry.id}, which reads several"
        else:
            continue
        yield Problem("wrong-wrapped", place, reason, True, fix)


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


def _gives_sequence(wired: Wired) -> bool | None:
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


def _with_sequences(spec: RunSpec, wired: Wired, value: bool) -> RunSpec:
    inner = ".layer.args" if wired.entry is not None and wired.entry.param("merge_mode") is not None else ""
    return with_value(spec, f"model.layers.{wired.number}.args{inner}.{_SEQUENCES}", value)
