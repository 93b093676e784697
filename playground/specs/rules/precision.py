"""Numbers of 16 bits."""

from collections.abc import Iterator

from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.rules.inputs import looks_up
from playground.specs.rules.problem import Problem
from playground.specs.rules.wiring import INPUT, Wiring
from playground.specs.run_spec import FULL, RunSpec
from playground.specs.shapes import Shapes

_PLACE = "training.precision"
_WHOLE = {"mixed_bfloat16": 2**8, "mixed_float16": 2**11}
"""Up to where every whole number has a number of 16 bits of its own: 8 and 11 bits are left for its digits."""


def precision_without_gain(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Iterator[Problem]:
    """Mixed precision on a device that computes no faster with it."""
    chosen, device = spec.training.precision, shapes.device
    if device is None or chosen in device.precisions:
        return
    reason = (
        f"{_PLACE}: expected {' or '.join(device.precisions)} on {device.name}, received {chosen}; it computes no "
        "faster with that, and rounds more"
    )
    yield Problem("precision-without-gain", _PLACE, reason, False, with_value(spec, _PLACE, FULL))


def rounded_numbers(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Numbers of words that layers before an embedding round to 16 bits, so that others are looked up."""
    whole = _WHOLE.get(spec.training.precision)
    if whole is None:
        return
    for wired in Wiring(spec):
        rows = wired.value("input_dim")
        if not looks_up(wired) or wired.reads == (INPUT,) or not isinstance(rows, int) or rows <= whole:
            continue
        reason = (
            f"{wired.place}: with {spec.training.precision}, {wired.reads[0]} gives on whole numbers up to {whole:,} "
            f"only, and {wired.layer.kind} looks up {rows:,}; larger ones are rounded to others"
        )
        yield Problem("rounded-numbers", wired.place, reason, False, with_value(spec, _PLACE, FULL))
