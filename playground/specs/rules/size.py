"""How large the model is beside its data."""

from collections.abc import Sequence

from playground.settings import Settings
from playground.specs.facts import Facts
from playground.specs.rules.chosen import chosen
from playground.specs.rules.problem import Problem
from playground.specs.rules.wiring import Wiring
from playground.specs.run_spec import RunSpec
from playground.specs.shapes import Shapes
from playground.specs.stack import added, place

_MANY = 100
_HELD_BACK = ("Regularisation", "Augmentation")


def more_weights_than_rows(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Sequence[Problem]:
    """More than a hundred weights for each training row, and nothing that keeps them from learning rows by heart."""
    if shapes.error or not facts.n_train or shapes.trainable <= _MANY * facts.n_train or _is_held_back(spec):
        return ()
    where = "model.layers"
    reason = (
        f"{where}: expected at most {_MANY} weights a training row or something against learning by heart, received "
        f"{shapes.trainable:,} for {facts.n_train:,} rows; add Dropout, or make the layers smaller"
    )
    fix = added(spec, "Dropout", place(spec, facts))
    return (Problem("more-weights-than-rows", where, reason, False, fix),)


def _is_held_back(spec: RunSpec) -> bool:
    has_penalty = any(each.table == "regularizers" for each in chosen(spec))
    stops = any(callback.kind == "EarlyStopping" for callback in spec.training.callbacks)
    return has_penalty or stops or any(wired.group in _HELD_BACK for wired in Wiring(spec))
