"""How large a step training takes, and of what it is taken: learning rate, clipped gradients, scaled inputs."""

from playground import catalog
from playground.locale.text import _
from playground.specs.edit import with_value
from playground.specs.remedies.remedy import Case, Remedy
from playground.specs.rules.chosen import is_object
from playground.specs.rules.inputs import unscaled_inputs
from playground.specs.run_spec import RunSpec

_PATH = "training.optimizer.args.learning_rate"
_LESS, _MORE = 10.0, 3.0
_FAR = 3.0  # times the usual rate, either way: nearer is a matter of taste
_CLIPS = ("clipnorm", "clipvalue", "global_clipnorm")


def slower(case: Case) -> Remedy | None:
    """A tenth of the learning rate, at most the usual one."""
    found = _rate(case.spec)
    if found is None:
        return None
    path, rate, usual = found
    less = min(_short(rate / _LESS), usual)
    why = _("Takes smaller steps: with large ones the loss jumps over the valley and climbs.")
    return _at(case, path, less, "slower", why) if less < rate else None


def faster(case: Case) -> Remedy | None:
    """Three times the learning rate."""
    found = _rate(case.spec)
    if found is None:
        return None
    path, rate, _usual = found
    why = _("Takes larger steps: with small ones it is still on its way when the epochs are over.")
    return _at(case, path, _short(rate * _MORE), "faster", why)


def usual_rate(case: Case) -> Remedy | None:
    """The optimizer's usual learning rate, where it is far from it."""
    found = _rate(case.spec)
    if found is None or found[2] / _FAR <= found[1] <= found[2] * _FAR:
        return None
    path, _rate_now, usual = found
    why = _(
        "Takes the step that is usual for this optimizer: too large a one never settles, too small a one never arrives."
    )
    return _at(case, path, usual, "usual-rate", why)


def clipped(case: Case) -> Remedy | None:
    """Gradients that are never longer than 1."""
    optimizer = case.spec.training.optimizer
    entry = catalog.entry("optimizers", optimizer.kind)
    if entry is None or entry.param("clipnorm") is None or any(optimizer.args.get(name) for name in _CLIPS):
        return None
    why = _("Shortens every gradient to a length of 1 at most: one steep place no longer throws the weights far away.")
    return Remedy("clipped", _("Clip the gradients"), why, with_value(case.spec, "training.optimizer.clipnorm", 1.0))


def scaled(case: Case) -> Remedy | None:
    """The usual steps that bring the inputs into the range that weights start out for."""
    fix = next((each.fix for each in unscaled_inputs(case.spec, case.facts, None) if each.fix is not None), None)
    if fix is None:
        return None
    why = _("Brings the inputs to about -1 to 1: large ones make the first steps much too large.")
    return Remedy("scaled", _("Scale the inputs"), why, fix)


def _at(case: Case, path: str, rate: float, name: str, why: str) -> Remedy:
    label = _("Learning rate {rate}").format(rate=f"{rate:g}")
    return Remedy(name, label, why, with_value(case.spec, path, rate))


def _rate(spec: RunSpec) -> tuple[str, float, float] | None:
    """Where the learning rate is set, or the one that a schedule begins with, what it is, and what is usual."""
    entry = catalog.entry("optimizers", spec.training.optimizer.kind)
    param = entry.param("learning_rate") if entry else None
    if param is None or not isinstance(param.default, float):
        return None
    value, path = spec.training.optimizer.args.get("learning_rate", param.default), _PATH
    if is_object(value):
        value, path = value.get("args", {}).get("initial_learning_rate"), f"{_PATH}.args.initial_learning_rate"
    return (path, value, param.default) if isinstance(value, float) and value > 0 else None


def _short(rate: float) -> float:
    """``rate`` with two digits, as one writes it."""
    return float(f"{rate:.2g}")
