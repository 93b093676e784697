"""Who races: the same run once with each of several optimizers, rates, schedules, activations or initializers."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from playground import catalog
from playground.catalog.contestants import contestants
from playground.specs.difference import differences
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.hidden_layers import with_activation, with_initializer
from playground.specs.planned_steps import fitting_args, planned_steps
from playground.specs.run_spec import RunSpec
from playground.specs.usual import usual_args

AS_IT_IS = "As it is"
"""What the run itself is called, where it is none of those that are offered."""

_OPTIMIZER = "training.optimizer"
_RATE = f"{_OPTIMIZER}.args.learning_rate"
_RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
_CONSTANT = "Constant"
_USUAL_RATE = 0.001
_USUAL_STEPS = 1000


def offered(aspect: str, spec: RunSpec, facts: Facts | None = None) -> dict[str, RunSpec]:
    """By label, all that can race in one aspect; the run as it is comes first where none of the others is the same.

    Args:
        aspect: one of :data:`ASPECTS`.
        spec: the run.
        facts: of its data, where they are known: schedules are made as long as training, and the output layer keeps
            its activation.
    """
    found = _OFFERED[aspect](spec, facts)
    return found if any(_is_same(spec, each) for each in found.values()) else {AS_IT_IS: spec, **found}


def members(racing: Mapping[str, RunSpec], seeds: Iterable[int]) -> tuple[tuple[str, RunSpec], ...]:
    """The label and the spec of every run of a race, those of one seed together."""
    return tuple((label, spec.model_copy(update={"seed": seed})) for seed in seeds for label, spec in racing.items())


def _is_same(spec: RunSpec, other: RunSpec) -> bool:
    """Whether two specs mean the same; Keras takes ``glorot_uniform`` for ``GlorotUniform``."""
    return all(_spelled(each.before) == _spelled(each.after) for each in differences(spec, other))


def _spelled(value: str) -> str:
    return value.replace("_", "").lower()


def _optimizers(spec: RunSpec, facts: Facts | None) -> dict[str, RunSpec]:
    found = {}
    for each in contestants():
        entry = catalog.entry("optimizers", each.kind)
        rate = entry.param("learning_rate") if entry is not None else None
        known = {} if rate is None or rate.default is None else {"learning_rate": rate.default}
        found[each.id] = with_value(spec, _OPTIMIZER, {"kind": each.kind, "args": {**known, **each.args}})
    return found


def _rates(spec: RunSpec, facts: Facts | None) -> dict[str, RunSpec]:
    return {f"{rate:g}": with_value(spec, _RATE, rate) for rate in _RATES}


def _schedules(spec: RunSpec, facts: Facts | None) -> dict[str, RunSpec]:
    rate, steps = _rate(spec), planned_steps(spec, facts) or _USUAL_STEPS
    found = {_CONSTANT: with_value(spec, _RATE, rate)}
    for entry in catalog.entries("schedules"):
        args = {**usual_args("schedules", entry.id), **fitting_args(entry.id, steps, rate)}
        if entry.param("initial_learning_rate") is not None:
            args["initial_learning_rate"] = rate
        found[entry.id] = with_value(spec, _RATE, {"kind": entry.id, "args": args})
    return found


def _rate(spec: RunSpec) -> float:
    """The learning rate of a run, or the one that its schedule begins with."""
    entry = catalog.entry("optimizers", spec.training.optimizer.kind)
    param = entry.param("learning_rate") if entry is not None else None
    rate: Any = spec.training.optimizer.args.get("learning_rate", param.default if param is not None else None)
    if isinstance(rate, Mapping):
        rate = rate["args"].get("initial_learning_rate")
    return float(rate) if rate is not None else _USUAL_RATE


def _activations(spec: RunSpec, facts: Facts | None) -> dict[str, RunSpec]:
    return {each.id: with_activation(spec, each.id, facts=facts) for each in catalog.entries("activations")}


def _initializers(spec: RunSpec, facts: Facts | None) -> dict[str, RunSpec]:
    return {
        each.id: with_initializer(spec, each.id, usual_args("initializers", each.id), facts)
        for each in catalog.entries("initializers")
    }


_OFFERED: Mapping[str, Callable[[RunSpec, Facts | None], dict[str, RunSpec]]] = {
    "optimizers": _optimizers,
    "rates": _rates,
    "schedules": _schedules,
    "activations": _activations,
    "initializers": _initializers,
}
ASPECTS = tuple(_OFFERED)
"""In what the runs of a race may differ."""
