"""Against layers that pass nothing on: activations that keep their slope, usual starts, normalised values."""

from playground.locale.text import _
from playground.specs.remedies.layers import behind, hidden, last_of
from playground.specs.remedies.remedy import Case, Remedy
from playground.specs.rules.mend import with_args
from playground.specs.rules.start import with_fresh_weights
from playground.specs.rules.wiring import Wired, Wiring
from playground.specs.run_spec import RunSpec

_FLAT_ENDS = frozenset({"sigmoid", "hard_sigmoid", "tanh", "hard_tanh", "softsign"})
_FLAT_BELOW = frozenset({"relu", "relu6"})
_STARTS = ("kernel_initializer", "bias_initializer")


def unsaturated(case: Case) -> Remedy | None:
    """relu in place of hidden activations with flat ends."""
    changed = _bent(case, _FLAT_ENDS, "relu")
    why = _(
        "Takes relu in the hidden layers: its slope is 1 wherever it passes something on, so gradients do not fade."
    )
    return None if changed is None else Remedy("relu", _("Use relu"), why, changed)


def leaky(case: Case) -> Remedy | None:
    """leaky_relu in place of hidden relu."""
    changed = _bent(case, _FLAT_BELOW, "leaky_relu")
    why = _("Takes leaky_relu in the hidden layers: below zero it keeps a small slope, so no unit dies for good.")
    return None if changed is None else Remedy("leaky", _("Use leaky relu"), why, changed)


def usual_start(case: Case) -> Remedy | None:
    """Keras's own initializers where others were chosen for hidden layers."""
    spec = case.spec
    for wired in hidden(spec, case.facts):
        chosen = {name: None for name in _STARTS if wired.layer.args.get(name) is not None}
        if chosen:
            spec = with_args(spec, wired.number, **chosen)
    if spec == case.spec:
        return None
    why = _("Starts the hidden layers from the weights that are usual for them: about as much comes out as goes in.")
    return Remedy("usual-start", _("Usual initial weights"), why, with_fresh_weights(spec))


def normalised(case: Case) -> Remedy | None:
    """Batch normalisation behind every hidden layer, where the network has no normalisation."""
    spec = case.spec
    if any(wired.group == "Normalisation" for wired in Wiring(spec)):
        return None
    changed = spec
    for name in dict.fromkeys(last_of(spec, wired) for wired in hidden(spec, case.facts) if _is_bent(wired)):
        changed = behind(changed, name, "BatchNormalization")
    if changed == spec:
        return None
    why = _("Puts batch normalisation behind the hidden layers: each passes on values of a usual size.")
    return Remedy("normalised", _("Normalise between layers"), why, changed)


def _is_bent(wired: Wired) -> bool:
    return isinstance(wired.value("units") or wired.value("filters"), int) and wired.group != "Recurrent"


def _bent(case: Case, among: frozenset[str], activation: str) -> RunSpec | None:
    """The spec with ``activation`` in hidden layers that have one ``among`` others; ``None`` where none has."""
    spec, ends = case.spec, {wired.number for wired in hidden(case.spec, case.facts)}
    last = max(ends, default=-1)
    for wired in Wiring(case.spec):
        is_hidden = wired.number in ends or (wired.group == "Activation" and wired.number < last)
        if wired.group == "Recurrent" or not is_hidden or wired.activation not in among:
            continue
        if wired.entry is not None and wired.entry.param("activation") is not None:
            spec = with_args(spec, wired.number, activation=activation)
    return None if spec == case.spec else with_fresh_weights(spec)
