"""An answer of several steps, against the sequence that it is compared with."""

from collections.abc import Iterator, Sequence

from playground import catalog
from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.rules.chosen import layer_place
from playground.specs.rules.fit import spelled_shape
from playground.specs.rules.head import head
from playground.specs.rules.mend import inserted, with_args
from playground.specs.rules.problem import Problem
from playground.specs.rules.sequences import gives_sequence, with_sequences
from playground.specs.rules.wiring import SHAPELESS, Wiring
from playground.specs.run_spec import RunSpec
from playground.specs.shapes import Shape, Shapes

_UNITS = 64
"""Of an LSTM that a remedy puts in, as in the templates."""

_OF_ROWS = frozenset({"F1Score", "FBetaScore", "R2Score"})
"""Metrics that Keras 3.15 computes of one row of numbers a sample only; all others take sequences too."""


def metric_of_rows(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A metric of one row of numbers a sample, where an answer is a sequence."""
    if facts is None or not facts.is_sequence_answered:
        return
    for number, metric in enumerate(spec.training.metrics):
        entry = catalog.entry("metrics", metric.kind)
        if entry is not None and entry.id in _OF_ROWS:
            place = f"training.metrics.{number}"
            reason = f"{place}: {entry.id} expects one row of numbers a sample, received a sequence; leave it out"
            rest = [each.model_dump() for at, each in enumerate(spec.training.metrics) if at != number]
            yield Problem("metric-of-rows", place, reason, True, with_value(spec, "training.metrics", rest))


def unlike_the_steps(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Sequence[Problem]:
    """An output layer that answers once, or for more or fewer steps than the target has."""
    end, wanted = head(spec), facts.answer_shape
    if end is None or shapes.error or not facts.is_sequence_answered or len(wanted) != 2:
        return ()
    output = shapes.output(spec.model.layers[-1].name)
    if output is None or len(output) > 2 or output[:-1] == wanted[:-1]:
        return ()
    at, steps = int(end.units_path.split(".")[2]), wanted[0]
    received = "one answer a sample" if len(output) == 1 else f"{spelled_shape(output[:1])} of them"
    fix, remedy = _once(spec, at, steps, facts, shapes) if len(output) == 1 else _otherwise(spec, at, steps)
    place = layer_place(spec.model.layers[-1])
    reason = f"{place}: expected an answer at each of {steps:,} steps, received {received}; {remedy}"
    return (Problem("unlike-the-steps", place, reason, True, fix),)


def _once(spec: RunSpec, at: int, steps: int, facts: Facts, shapes: Shapes) -> tuple[RunSpec, str]:
    """A remedy for an output layer at ``at`` that reads one row of numbers, and its words."""
    wiring = Wiring(spec)
    before = wiring.back(wiring.layers[at], SHAPELESS)
    if before is not None and gives_sequence(before) is False:
        name = before.reads[0]
        read: Shape | None = facts.input_shape if name == "input" else shapes.output(name)
        if read is not None and read[:1] == (steps,):
            return with_sequences(spec, before, True), f"turn return_sequences of {before.layer.name} on"
    return _decoded(spec, at, steps), "put RepeatVector and an LSTM before it"


def _otherwise(spec: RunSpec, at: int, steps: int) -> tuple[RunSpec, str]:
    """A remedy for an output layer at ``at`` that reads a sequence of another length, and its words."""
    wiring = Wiring(spec)
    repeats = [wired for wired in wiring.layers[:at] if wired.layer.kind == "RepeatVector"]
    if repeats:
        return with_args(spec, repeats[-1].number, n=steps), f"repeat {steps:,} times in {repeats[-1].layer.name}"
    before = wiring.back(wiring.layers[at], SHAPELESS)
    if before is not None and gives_sequence(before) is True:
        once = with_sequences(spec, before, False)
        return _decoded(once, at, steps), f"turn return_sequences of {before.layer.name} off, and repeat its last state"
    encoded = inserted(spec, at, "LSTM", "encoder", units=_UNITS)
    return _decoded(encoded, at + 1, steps), "put LSTM, RepeatVector and LSTM before it"


def _decoded(spec: RunSpec, at: int, steps: int) -> RunSpec:
    """``spec`` with the row of numbers before the layer at ``at`` repeated at every step, and a layer that reads it."""
    repeated = inserted(spec, at, "RepeatVector", "repeat", n=steps)
    return inserted(repeated, at + 1, "LSTM", "decoder", units=_UNITS, return_sequences=True)
