"""Where the layers bend values, and where they do not."""

from collections.abc import Iterator

from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.rules.head import SHARES
from playground.specs.rules.mend import with_args, without
from playground.specs.rules.problem import Problem
from playground.specs.rules.wiring import Wired, Wiring
from playground.specs.run_spec import RunSpec

_FLAT_ENDS = frozenset({"sigmoid", "hard_sigmoid"})
_DEEP = 4


def no_nonlinearity(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Two dense layers with no activation between them, which together can do no more than one."""
    wiring = Wiring(spec)
    for wired in wiring:
        before = wiring.back(wired, frozenset({"Regularisation"})) if _is_dense(wired) else None
        if before is None or not _is_dense(before) or before.activation != "linear" or wiring.readers(before) == []:
            continue
        narrow, wide = before.value("units"), wired.value("units")
        if not isinstance(narrow, int) or not isinstance(wide, int) or narrow < wide:
            continue  # a bottleneck on purpose
        place = f"{before.place}.activation"
        reason = (
            f"{place}: expected an activation such as relu, received none; without one, {before.layer.name} and "
            f"{wired.layer.name} together are one weighted sum"
        )
        yield Problem("no-nonlinearity", place, reason, False, with_value(spec, before.path("activation"), "relu"))


def double_activation(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """An activation right after an activation."""
    wiring = Wiring(spec)
    for wired in wiring:
        before = wiring.read_by(wired)
        if wired.group != "Activation" or before is None or wired.activation in (None, "linear"):
            continue
        if before.activation in (None, "linear") or before.group == "Recurrent":
            continue
        reason = (
            f"{wired.place}: expected values without activation, received those of {before.activation} in "
            f"{before.layer.name}; values are bent twice"
        )
        fix = without(spec, wired.number)
        if wiring.is_last(wired):  # what the network answers with is right, what comes before it is not
            is_layer = before.group == "Activation"
            fix = without(spec, before.number) if is_layer else with_value(spec, before.path("activation"), "linear")
        yield Problem("double-activation", wired.place, reason, False, fix)


def hidden_softmax(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A softmax between dense layers, where the units compete and little gets through."""
    wiring = Wiring(spec)
    for wired in wiring:
        before = wiring.back(wired, frozenset({"Regularisation", "Normalisation"})) if _is_dense(wired) else None
        if before is None or not _is_dense(before) or before.activation not in SHARES:
            continue
        place = f"{before.place}.activation"
        reason = (
            f"{place}: expected an activation for a hidden layer such as relu, received {before.activation}; all "
            "units together give on a sum of 1"
        )
        yield Problem("hidden-softmax", place, reason, False, with_value(spec, before.path("activation"), "relu"))


def saturating_stack(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Four or more layers in a row with a sigmoid, whose slope of at most 1/4 lets the gradient fade.

    Glorot and Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html.
    """
    wiring = Wiring(spec)
    run: list[Wired] = []
    for wired in wiring:
        if wired.group in ("Normalisation", "Merge"):
            run = []
        elif not wiring.is_last(wired) and wired.group != "Recurrent" and wired.activation in _FLAT_ENDS:
            run.append(wired)
    if len(run) >= _DEEP:
        place = f"{run[0].place}.activation"
        reason = (
            f"{place}: expected at most {_DEEP - 1} layers of {run[0].activation} in a row, received {len(run)}; each "
            "passes on at most a quarter of the gradient, so the first ones hardly learn"
        )
        fix = spec
        for wired in run:
            is_named = wired.entry is not None and wired.entry.param("activation") is not None
            fix = with_args(fix, wired.number, activation="relu") if is_named else fix
        yield Problem("saturating-stack", place, reason, False, fix)


def _is_dense(wired: Wired) -> bool:
    """Whether every unit of it reads everything, without a state."""
    return wired.value("units") is not None and wired.has_kernel and wired.group != "Recurrent"
