"""The end of the network and the loss against the labels.

What fails and what trains to a number without meaning was tried with Keras 3.15 for every loss.
"""

from collections.abc import Iterator

from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.labels import LABEL_LOSSES
from playground.specs.rules.head import (
    PROBABILITIES,
    SHARES,
    TASK_WORDS,
    head,
    loss_entry,
    wanted_units,
    with_usual_head,
)
from playground.specs.rules.problem import Problem
from playground.specs.run_spec import RunSpec

_LOSS = "training.loss"
_NOT_NEGATIVE = {
    "MeanSquaredLogarithmicError": "below zero it is cut off and gives no gradient",
    "Poisson": "below zero it is not a number",
}

NOT_NEGATIVE_ACTIVATIONS = frozenset({"exponential", "relu", "relu6", "softplus"}) | PROBABILITIES
"""Activations whose values are never below zero."""


def loss_against_task(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A loss that is meant for another task."""
    loss = loss_entry(spec)
    if facts is None or loss is None or not loss.tasks or facts.task in loss.tasks:
        return
    if loss.id in LABEL_LOSSES and facts.task == "binary":
        return  # two classes are several: right with a unit each, which another rule looks after
    meant = " or ".join(TASK_WORDS[task] for task in loss.tasks)
    reason = f"{_LOSS}: expected a loss for {TASK_WORDS[facts.task]}, received {loss.id}, which is meant for {meant}"
    # With several classes the targets are rows of 0 and 1, which every loss can compare with an output unit by unit.
    is_blocking = facts.task != "multiclass" and "regression" not in loss.tasks
    is_number = facts.task in ("regression", "reconstruction")
    if is_blocking:
        reason += "; its value would say nothing about the errors"
    elif is_number:
        reason += "; it can be minimised, but weighs the errors otherwise than by their size"
    elif "binary" in loss.tasks:
        reason += "; it asks about each class by itself, and most of those answers are an easy no"
    else:
        reason += "; it can be minimised, but probabilities are better judged by a cross entropy"
    yield Problem("loss-against-task", _LOSS, reason, is_blocking, with_usual_head(spec, facts))


def units_against_targets(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """More or fewer output units than the loss can compare with the targets."""
    loss, end = loss_entry(spec), head(spec)
    if facts is None or loss is None or end is None or facts.task == "reconstruction":
        return
    reads_labels = loss.id in LABEL_LOSSES and facts.task != "regression"
    by_class = reads_labels or facts.task == "multiclass"
    wanted = wanted_units(spec, facts)
    if end.units == wanted or not wanted:
        return
    place, unit = end.units_place, "unit" if wanted == 1 else "units"
    why = (
        "one for each class" if by_class else "one for the two classes" if facts.task == "binary" else "for the target"
    )
    why += " at every step" if facts.is_sequence_answered else ""
    reason = f"{place}: expected {wanted:,} {unit}, {why}, with {loss.id}, received {end.in_words}"
    is_spare = reads_labels and end.units > wanted
    if is_spare:
        reason += "; the spare ones are never right"
    yield Problem("units-against-targets", place, reason, not is_spare, with_usual_head(spec, facts))


def lone_softmax(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A softmax of one unit, which is 1 whatever the network does."""
    end = head(spec)
    if end is not None and end.units == 1 and end.activation in SHARES:
        reason = f"{end.units_place}: the {end.activation} of one unit is always 1; expected sigmoid, or more units"
        fix = with_value(spec, end.activation_path, "sigmoid")
        yield Problem("lone-softmax", end.units_place, reason, True, fix)


def logits_against_activation(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """``from_logits`` where there are probabilities, or the other way round."""
    loss, end = loss_entry(spec), head(spec)
    if loss is None or end is None or loss.param("from_logits") is None:
        return
    place, is_logits = f"{_LOSS}.from_logits", spec.training.loss.args.get("from_logits", False)
    has_probabilities = end.activation in PROBABILITIES
    if is_logits and has_probabilities:
        reason = f"{place}: expected false after {end.activation}, received true; the activation is applied twice"
        yield Problem("logits-against-activation", place, reason, False, with_value(spec, place, False))
    elif is_logits is False and not has_probabilities:
        what = "no activation" if end.activation == "linear" else end.activation
        usual = "sigmoid" if "Binary" in loss.id else "softmax"
        reason = f"{place}: expected true, or {usual} at the end, received false after {what}; "
        fix = with_value(spec, place, True)
        if end.activation != "linear":
            fix = with_value(spec, end.activation_path, usual)
        yield Problem(
            "logits-against-activation", place, f"{reason}the loss takes the output for probabilities", False, fix
        )


def activation_against_task(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """An activation that the targets do not go with: sigmoids for classes that exclude each other, a bounded number."""
    end = head(spec)
    if facts is None or end is None:
        return
    if facts.task == "regression" and (end.activation in PROBABILITIES or end.activation in ("tanh", "hard_tanh")):
        reason = f"expected no activation for numbers, received {end.activation}; no prediction can leave its range"
        fix = with_value(spec, end.activation_path, "linear")
    elif facts.task == "multiclass" and end.units > 1 and end.activation in PROBABILITIES - SHARES:
        reason = f"expected softmax for one class of several, received {end.activation}; its values do not add up to 1"
        fix = with_value(spec, end.activation_path, "softmax")
    else:
        return
    place = end.activation_place
    yield Problem("activation-against-task", place, f"{place}: {reason}", False, fix)


def loss_domain(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A loss for counts and sizes with an output that can fall below zero, where it has no value or no slope."""
    loss, end = loss_entry(spec), head(spec)
    if loss is None or end is None or loss.id not in _NOT_NEGATIVE or end.activation in NOT_NEGATIVE_ACTIVATIONS:
        return
    place = end.activation_place
    what = "no activation" if end.activation == "linear" else end.activation
    reason = f"{place}: expected softplus or relu with {loss.id}, received {what}; {_NOT_NEGATIVE[loss.id]}"
    yield Problem("loss-domain", place, reason, False, with_value(spec, end.activation_path, "softplus"))


def margin_out_of_reach(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A hinge loss, which asks for -1 or 1, with an output from 0 to 1."""
    loss, end = loss_entry(spec), head(spec)
    if loss is None or end is None or loss.group != "Margins" or "binary" not in loss.tasks:
        return
    if end.activation in PROBABILITIES:
        place = end.activation_place
        reason = (
            f"{place}: expected tanh or no activation with {loss.id}, received {end.activation}; its values never come "
            "near the -1 that the loss asks of one class"
        )
        yield Problem("margin-out-of-reach", place, reason, False, with_value(spec, end.activation_path, "tanh"))
