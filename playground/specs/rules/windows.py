"""Arguments of convolutions that Keras refuses together."""

import math
from collections.abc import Iterator

from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.rules.mend import with_args
from playground.specs.rules.problem import Problem
from playground.specs.rules.wiring import Wired, Wiring
from playground.specs.rules.words import spelled
from playground.specs.run_spec import RunSpec


def strides_with_dilation(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Steps of more than one together with a window with gaps."""
    for wired in Wiring(spec):
        if wired.entry is None or not (wired.entry.param("groups") or wired.entry.param("output_padding")):
            continue  # depthwise and separable ones take both
        strides, gaps = wired.value("strides"), wired.value("dilation_rate")
        if max(_sizes(strides), default=1) > 1 and max(_sizes(gaps), default=1) > 1:
            place = f"{wired.place}.dilation_rate"
            reason = (
                f"{place}: expected 1 with strides {spelled(strides)}, received {spelled(gaps)}; Keras takes only one"
            )
            yield Problem(
                "strides-with-dilation", place, reason, True, with_args(spec, wired.number, dilation_rate=None)
            )


def groups_against_filters(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Filters that cannot be shared out among the groups."""
    for wired in Wiring(spec):
        groups, filters = wired.value("groups"), wired.value("filters")
        if not isinstance(groups, int) or not isinstance(filters, int) or groups < 1 or not filters % groups:
            continue
        place = f"{wired.place}.groups"
        reason = f"{place}: expected a divisor of {filters:,} filters, received {groups:,}"
        fix = with_value(spec, wired.path("groups"), math.gcd(groups, filters))
        yield Problem("groups-against-filters", place, reason, True, fix)


def output_padding_against_strides(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A border of the output of a transposed convolution that is not smaller than its strides."""
    for wired in Wiring(spec):
        border, strides = _sizes(wired.value("output_padding")), _sizes(wired.value("strides"))
        if not border or not strides:
            continue
        width = max(len(border), len(strides))
        if all(one < two for one, two in zip(_spread(border, width), _spread(strides, width), strict=True)):
            continue
        place = f"{wired.place}.output_padding"
        reason = (
            f"{place}: expected less than the strides {spelled(wired.value('strides'))}, "
            f"received {spelled(wired.value('output_padding'))}"
        )
        fix = with_args(spec, wired.number, output_padding=None)
        yield Problem("output-padding-against-strides", place, reason, True, fix)


def window(wired: Wired) -> tuple[int, ...]:
    """The reach of a layer's window along each axis, gaps included; empty for a layer without window."""
    sizes = _sizes(wired.value("kernel_size") or wired.value("pool_size"))
    gaps = _sizes(wired.value("dilation_rate")) or (1,)
    rank = max(1, max(wired.entry.ranks, default=2) - 1) if wired.entry else 1
    if not sizes or len(sizes) not in (1, rank) or len(gaps) not in (1, rank):
        return ()
    both = zip(_spread(sizes, rank), _spread(gaps, rank), strict=True)
    return tuple((size - 1) * gap + 1 for size, gap in both)


def _spread(sizes: tuple[int, ...], width: int) -> tuple[int, ...]:
    return sizes * width if len(sizes) == 1 else sizes + (sizes[-1],) * (width - len(sizes))


def _sizes(value: object) -> tuple[int, ...]:
    items = value if isinstance(value, tuple) else (value,)
    return tuple(item for item in items if isinstance(item, int)) if value is not None else ()
