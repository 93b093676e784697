"""Against learning too little: more units, another layer, more epochs, less that holds it back."""

from playground.locale.text import _
from playground.specs.edit import with_value
from playground.specs.remedies.layers import hidden, is_resizable, output, size
from playground.specs.remedies.remedy import Case, Remedy
from playground.specs.rules.mend import inserted, with_args, without
from playground.specs.rules.start import with_fresh_weights
from playground.specs.rules.wiring import Wiring

_UNITS = 16
_MOST_UNITS = 1024
_FEW_EPOCHS = 5


def bigger(case: Case) -> Remedy | None:
    """Twice the units or filters of every hidden layer."""
    spec = case.spec
    if case.has_learned or not is_resizable(spec, case.facts):
        return None
    for wired in hidden(spec, case.facts):
        found = size(wired)
        if found is not None and 2 * found[1] <= _MOST_UNITS:
            spec = with_args(spec, wired.number, **{found[0]: 2 * found[1]})
    if spec == case.spec:
        return None
    why = _("Doubles the hidden layers: with more units it can draw a finer line.")
    return Remedy("bigger", _("Double the units"), why, with_fresh_weights(spec))


def deeper(case: Case) -> Remedy | None:
    """One more hidden layer before the output layer, of the size of the last one."""
    spec, end = case.spec, output(case.spec, case.facts)
    if end is None or case.has_learned:
        return None
    before = hidden(spec, case.facts)
    sizes = [wired.value("units") for wired in before if isinstance(wired.value("units"), int)]
    units = sizes[-1] if sizes else _UNITS
    activation = next((each.activation for each in reversed(before) if each.activation in ("relu", "tanh")), "relu")
    changed = with_fresh_weights(inserted(spec, end, "Dense", units=units, activation=activation))
    if before:
        why = _("Puts one more layer before the output: it combines what the others have found.")
        return Remedy("deeper", _("Add a layer"), why, changed)
    why = _("Puts a hidden layer before the output: without one the network can only draw a straight line.")
    return Remedy("deeper", _("Add a hidden layer"), why, changed)


def longer(case: Case) -> Remedy | None:
    """Twice the epochs, of a few five times as many."""
    epochs = case.spec.training.epochs
    more = epochs * (2 if epochs >= _FEW_EPOCHS else 5)
    why = _("Trains for longer: what it has learned so far may not be all.")
    label = _("Train {n} epochs").format(n=f"{more:,}")
    return Remedy("longer", label, why, with_value(case.spec, "training.epochs", more))


def unbound(case: Case) -> Remedy | None:
    """Without dropout, noise and penalties on weights."""
    spec = case.spec
    for wired in reversed(Wiring(spec).layers):
        if wired.group == "Regularisation":
            spec = without(spec, wired.number)
        elif wired.layer.args.get("kernel_regularizer"):
            spec = with_args(spec, wired.number, kernel_regularizer=None)
    if spec == case.spec:
        return None
    why = _(
        "Takes dropout and penalties away: they keep a network from learning by heart, and this one learns too little."
    )
    return Remedy("unbound", _("Less regularisation"), why, with_fresh_weights(spec))
