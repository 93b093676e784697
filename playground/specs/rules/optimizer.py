"""Arguments of the optimizer, its schedule and callbacks that Keras refuses together, or that do nothing."""

from collections.abc import Iterator

from playground import catalog
from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.planned_steps import planned_steps
from playground.specs.rules.chosen import is_object
from playground.specs.rules.problem import Problem
from playground.specs.run_spec import RunSpec

_OPTIMIZER = "training.optimizer"
_ARGS = f"{_OPTIMIZER}.args"
_RATE = f"{_OPTIMIZER}.learning_rate"
_SCHEDULE = f"{_ARGS}.learning_rate.args"
_CLIPS = ("clipnorm", "clipvalue", "global_clipnorm")
_ACCUMULATED = "gradient_accumulation_steps"
RATE_CHANGING = ("ReduceLROnPlateau",)
"""Callbacks that set the learning rate while training goes on."""
AVERAGING = ("SwapEMAWeights",)
"""Callbacks that need the moving average of the weights."""


def several_clips(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Gradients that are to be clipped in two ways, of which Keras takes one."""
    args = spec.training.optimizer.args
    given = [name for name in _CLIPS if args.get(name) is not None]
    if len(given) > 1:
        place = f"{_OPTIMIZER}.{given[1]}"
        reason = f"{place}: expected one of {', '.join(_CLIPS)}, received {' and '.join(given)}"
        kept = args.without(*given[1:])
        yield Problem("several-clips", place, reason, True, with_value(spec, _ARGS, kept.plain()))


def rate_set_twice(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A callback that sets the learning rate beside a schedule that says it at every step."""
    schedule = spec.training.optimizer.args.get("learning_rate")
    if not is_object(schedule):
        return
    for number, callback in enumerate(spec.training.callbacks):
        if callback.kind in RATE_CHANGING:
            place = f"training.callbacks.{number}"
            reason = (
                f"{place}: expected a learning rate that is a number, received {schedule['kind']}; Keras lets "
                f"{callback.kind} set no rate that a schedule says"
            )
            yield Problem("rate-set-twice", place, reason, True, _without_callback(spec, number))


def average_without_average(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A callback that exchanges the weights for their moving average, which the optimizer does not keep."""
    if spec.training.optimizer.args.get("use_ema") is True:
        return
    for number, callback in enumerate(spec.training.callbacks):
        if callback.kind in AVERAGING:
            place = f"training.callbacks.{number}"
            reason = f"{place}: expected an optimizer with use_ema, received one that keeps no average of the weights"
            fix = with_value(spec, f"{_ARGS}.use_ema", True)
            yield Problem("average-without-average", place, reason, True, fix)


def warmup_without_target(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Steps of warm-up without the rate that they lead to: Keras leaves the warm-up out."""
    schedule = spec.training.optimizer.args.get("learning_rate")
    if not is_object(schedule):
        return
    entry, args = catalog.entry("schedules", schedule["kind"]), schedule.get("args", {})
    if entry is None or entry.param("warmup_target") is None:
        return
    steps, first = args.get("warmup_steps"), args.get("initial_learning_rate")
    if not isinstance(steps, int) or steps < 1 or args.get("warmup_target") is not None:
        return
    if not isinstance(first, float) or first <= 0:
        return
    place = f"{_RATE}.warmup_steps"
    reason = (
        f"{place}: expected a warmup_target, the rate that {steps:,} steps of warm-up lead to, received none; without "
        "it there is no warm-up"
    )
    fix = with_value(spec, f"{_SCHEDULE}.warmup_target", first)
    yield Problem(
        "warmup-without-target", place, reason, False, with_value(fix, f"{_SCHEDULE}.initial_learning_rate", 0.0)
    )


def boundaries_against_values(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A schedule of constant pieces that has not one value more than boundaries, or boundaries out of order."""
    schedule = spec.training.optimizer.args.get("learning_rate")
    if not is_object(schedule):
        return
    args = schedule.get("args", {})
    borders, values = args.get("boundaries"), args.get("values")
    if not isinstance(borders, tuple) or not isinstance(values, tuple) or not values:
        return
    if sorted(set(borders)) != list(borders):
        place = f"{_RATE}.boundaries"
        reason = f"{place}: expected steps that grow, received {', '.join(f'{each:g}' for each in borders)}"
        fix = with_value(spec, f"{_SCHEDULE}.boundaries", sorted(set(borders)))
        yield Problem("boundaries-against-values", place, reason, True, fix)
    elif len(values) != len(borders) + 1:
        place = f"{_RATE}.values"
        reason = (
            f"{place}: expected {len(borders) + 1} rates, one more than boundaries, received {len(values)}; the first "
            "counts up to the first boundary, the last after the last"
        )
        more = [values[-1] / 10 ** (at + 1) for at in range(len(borders) + 1 - len(values))]
        fix = with_value(spec, f"{_SCHEDULE}.values", [*values[: len(borders) + 1], *more])
        yield Problem("boundaries-against-values", place, reason, True, fix)


def accumulates_too_long(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Gradients of more batches than there are go into one change of the weights: they never change."""
    batches = spec.training.optimizer.args.get(_ACCUMULATED)
    if not isinstance(batches, int) or batches < 1:
        return
    total = planned_steps(spec, facts)
    if total is not None and batches > total:
        place = f"{_OPTIMIZER}.{_ACCUMULATED}"
        reason = (
            f"{place}: expected at most as many batches as training has, received {batches:,}; the weights would never "
            "change"
        )
        yield Problem("accumulates-too-long", place, reason, False, with_value(spec, f"{_ARGS}.{_ACCUMULATED}", None))


def _without_callback(spec: RunSpec, number: int) -> RunSpec:
    callbacks = [each.model_dump() for each in spec.training.callbacks]
    return with_value(spec, "training.callbacks", callbacks[:number] + callbacks[number + 1 :])
