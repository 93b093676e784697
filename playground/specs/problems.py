"""What is wrong or unwise about a spec, found without Keras and without the data."""

from playground.settings import Settings
from playground.specs.facts import Facts
from playground.specs.rules.fit import does_not_fit, no_output_layer, unflattened
from playground.specs.rules.graph import double_name, no_layers, unread_layer, wrong_input
from playground.specs.rules.kinds import missing_argument, unknown_argument, unknown_kind, wrong_value
from playground.specs.rules.limits import over_limit
from playground.specs.rules.output import (
    activation_against_task,
    logits_against_activation,
    lone_softmax,
    loss_against_task,
    units_against_targets,
)
from playground.specs.rules.problem import Problem, Rule
from playground.specs.rules.training import (
    accuracy_of_logits,
    metric_against_labels,
    metric_against_task,
    no_training_rows,
    nothing_to_watch,
)
from playground.specs.run_spec import RunSpec
from playground.specs.shapes import Shapes

__all__ = ["RULES", "Problem", "problems"]

RULES: tuple[Rule, ...] = (
    unknown_kind,
    unknown_argument,
    missing_argument,
    wrong_value,
    no_layers,
    double_name,
    wrong_input,
    unread_layer,
    over_limit,
    no_training_rows,
    units_against_targets,
    loss_against_task,
    lone_softmax,
    logits_against_activation,
    activation_against_task,
    metric_against_labels,
    metric_against_task,
    accuracy_of_logits,
    nothing_to_watch,
)
"""All rules, in the order in which their problems are reported."""

SHAPE_RULES = (does_not_fit, unflattened, no_output_layer)
"""Rules that need what Keras says of the layers."""


def problems(
    spec: RunSpec, facts: Facts | None = None, settings: Settings | None = None, shapes: Shapes | None = None
) -> tuple[Problem, ...]:
    """The problems of ``spec``, those that block it first.

    Args:
        spec: what is to be run.
        facts: the learning problem that its dataset poses; rules that compare with it say nothing without.
        settings: the server's limits; not looked at without.
        shapes: what Keras says of the layers; needs ``facts`` too.
    """
    found = [problem for rule in RULES for problem in rule(spec, facts, settings)]
    if facts is not None and shapes is not None:
        fit = [problem for rule in SHAPE_RULES for problem in rule(spec, facts, shapes, settings)]
        # Keras stumbles over wrong arguments too: what has been said of a layer is not said again.
        blocked = [problem.place for problem in found if problem.is_blocking]
        found += [one for one in fit if not any(f"{place}.".startswith(f"{one.place}.") for place in blocked)]
    return tuple(sorted(found, key=lambda problem: not problem.is_blocking))
