"""What is wrong or unwise about a spec, found without Keras and without the data."""

from itertools import islice

from playground.settings import Settings
from playground.specs.facts import Facts
from playground.specs.rules.activations import (
    double_activation,
    hidden_softmax,
    no_nonlinearity,
    saturating_stack,
)
from playground.specs.rules.answer import no_output_layer, unflattened
from playground.specs.rules.backbones import (
    frozen_at_random,
    grey_for_colour,
    images_too_small,
    scaled_pixels,
    weights_elsewhere,
)
from playground.specs.rules.fit import does_not_fit, reads_too_few, shrunk_to_nothing, unlike_shapes
from playground.specs.rules.formulas import formula_without_value, unreadable_formula
from playground.specs.rules.graph import (
    double_name,
    no_layers,
    reads_resting,
    reads_too_many,
    unread_layer,
    wrong_input,
)
from playground.specs.rules.inputs import (
    embedding_of_fractions,
    embedding_too_small,
    late_augmentation,
    unscaled_inputs,
)
from playground.specs.rules.kinds import missing_argument, unknown_argument, unknown_kind, wrong_value
from playground.specs.rules.limits import over_limit
from playground.specs.rules.memory import too_little_memory
from playground.specs.rules.optimizer import (
    accumulates_too_long,
    average_without_average,
    boundaries_against_values,
    rate_set_twice,
    several_clips,
    warmup_without_target,
)
from playground.specs.rules.output import (
    activation_against_task,
    logits_against_activation,
    lone_softmax,
    loss_against_task,
    loss_domain,
    margin_out_of_reach,
    units_against_targets,
)
from playground.specs.rules.pace import (
    batch_against_rows,
    lone_batch,
    never_measured,
    patience_against_epochs,
    rate_outside_usual,
    schedule_against_steps,
)
from playground.specs.rules.precision import precision_without_gain, rounded_numbers
from playground.specs.rules.problem import Problem, Rule, ShapeRule
from playground.specs.rules.reconstruction import unlike_the_input
from playground.specs.rules.regularisation import high_rate, normalised_answer, repeated_layer, silenced_answer
from playground.specs.rules.row_weights import (
    class_weight_against_task,
    class_weight_for_each,
    learned_weight,
    sample_weight_of_table,
    weighted_without_weights,
)
from playground.specs.rules.sequences import dropped_sequence, kept_sequence, lost_mask, narrow_heads, wrong_wrapped
from playground.specs.rules.size import more_weights_than_rows
from playground.specs.rules.start import weights_misfit
from playground.specs.rules.steps import metric_of_rows, unlike_the_steps
from playground.specs.rules.training import (
    accuracy_of_logits,
    metric_against_labels,
    metric_against_task,
    no_training_rows,
    nothing_to_watch,
    tested_on_training_rows,
)
from playground.specs.rules.weights import identical_units, identity_kernel, selu_start, strong_penalty
from playground.specs.rules.windows import (
    groups_against_filters,
    output_padding_against_strides,
    strides_with_dilation,
)
from playground.specs.run_spec import RunSpec
from playground.specs.shapes import Shapes

__all__ = ["RULES", "Problem", "problems"]

RULES: tuple[Rule, ...] = (
    unknown_kind,
    unknown_argument,
    missing_argument,
    wrong_value,
    unreadable_formula,
    formula_without_value,
    no_layers,
    double_name,
    wrong_input,
    reads_resting,
    reads_too_many,
    unread_layer,
    over_limit,
    strides_with_dilation,
    groups_against_filters,
    output_padding_against_strides,
    identity_kernel,
    wrong_wrapped,
    dropped_sequence,
    kept_sequence,
    embedding_too_small,
    no_training_rows,
    tested_on_training_rows,
    units_against_targets,
    loss_against_task,
    lone_softmax,
    logits_against_activation,
    activation_against_task,
    metric_against_labels,
    metric_against_task,
    metric_of_rows,
    accuracy_of_logits,
    nothing_to_watch,
    never_measured,
    patience_against_epochs,
    loss_domain,
    margin_out_of_reach,
    unscaled_inputs,
    scaled_pixels,
    frozen_at_random,
    embedding_of_fractions,
    late_augmentation,
    rounded_numbers,
    no_nonlinearity,
    double_activation,
    hidden_softmax,
    saturating_stack,
    identical_units,
    selu_start,
    strong_penalty,
    high_rate,
    silenced_answer,
    normalised_answer,
    repeated_layer,
    narrow_heads,
    lost_mask,
    rate_outside_usual,
    schedule_against_steps,
    warmup_without_target,
    boundaries_against_values,
    several_clips,
    rate_set_twice,
    average_without_average,
    accumulates_too_long,
    class_weight_against_task,
    class_weight_for_each,
    sample_weight_of_table,
    learned_weight,
    weighted_without_weights,
    batch_against_rows,
    lone_batch,
    weights_elsewhere,
)
"""All rules, in the order in which their problems are reported."""

SHAPE_RULES: tuple[ShapeRule, ...] = (
    reads_too_few,
    shrunk_to_nothing,
    unlike_shapes,
    images_too_small,
    grey_for_colour,
    does_not_fit,
    unflattened,
    no_output_layer,
    unlike_the_input,
    unlike_the_steps,
    weights_misfit,
    too_little_memory,
    precision_without_gain,
    more_weights_than_rows,
)
"""Rules that need what Keras says of the layers."""


_MOST = 20  # of one rule: each remedy is a whole spec, and who has more of them than this mends these first


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
    found = [problem for rule in RULES for problem in islice(rule(spec, facts, settings), _MOST)]
    if facts is not None and shapes is not None:
        fit = [problem for rule in SHAPE_RULES for problem in islice(rule(spec, facts, shapes, settings), _MOST)]
        # Keras stumbles over wrong arguments too: what has been said of a layer is not said again.
        blocked = [problem.place for problem in found if problem.is_blocking]
        found += [one for one in fit if not any(f"{place}.".startswith(f"{one.place}.") for place in blocked)]
    return tuple(sorted(found, key=lambda problem: not problem.is_blocking))
