"""Against learning the training rows by heart: dropout, penalties, fewer weights, varied images, and an earlier end."""

from playground import catalog
from playground.locale.text import _
from playground.specs.augmented import augmenting
from playground.specs.edit import with_value
from playground.specs.remedies.layers import behind, hidden, is_resizable, last_of, output, size
from playground.specs.remedies.remedy import Case, Remedy
from playground.specs.rules.mend import inserted, with_args
from playground.specs.rules.start import with_fresh_weights
from playground.specs.rules.wiring import INPUT, Wiring
from playground.specs.run_spec import CallbackSpec

_RATE = 0.3
_L2 = 0.001
_SHIFT = 0.1
_LEAST_UNITS = 4
_LEAST_EPOCHS = 5
_EARLY = "EarlyStopping"


def dropout(case: Case) -> Remedy | None:
    """Dropout behind every hidden layer of units, or before the output; not where there is some."""
    spec, end = case.spec, output(case.spec, case.facts)
    if end is None or any(wired.group == "Regularisation" and wired.value("rate") for wired in Wiring(spec)):
        return None
    dense = [wired for wired in hidden(spec, case.facts) if isinstance(wired.value("units"), int)]
    changed = spec
    for name in dict.fromkeys(last_of(spec, wired) for wired in dense):
        changed = behind(changed, name, "Dropout", rate=_RATE)
    if changed == spec and end > 0:
        changed = with_fresh_weights(inserted(spec, end, "Dropout", rate=_RATE))
    if changed == spec:
        return None
    why = _(
        "Puts dropout of {rate} behind the hidden layers: no unit can lean on another, which makes each more general."
    )
    return Remedy("dropout", _("Add dropout"), why.format(rate=f"{_RATE:g}"), changed)


def penalty(case: Case) -> Remedy | None:
    """L2 on the weights of hidden layers, where no layer has a penalty yet."""
    spec = case.spec
    if any(wired.value("kernel_regularizer") for wired in Wiring(spec)):
        return None
    for wired in hidden(spec, case.facts):
        if wired.entry is not None and wired.entry.param("kernel_regularizer") is not None:
            spec = with_args(spec, wired.number, kernel_regularizer={"kind": "L2", "args": {"l2": _L2}})
    if spec == case.spec:
        return None
    why = _("Adds {l2} of the sum of squared weights to the loss: large weights, which fit single rows, become costly.")
    return Remedy("penalty", _("Add an L2 penalty"), why.format(l2=f"{_L2:g}"), spec)


def smaller(case: Case) -> Remedy | None:
    """Half the units or filters of every hidden layer."""
    spec = case.spec
    if not is_resizable(spec, case.facts):
        return None
    for wired in hidden(spec, case.facts):
        found = size(wired)
        if found is not None and found[1] >= 2 * _LEAST_UNITS:
            spec = with_args(spec, wired.number, **{found[0]: found[1] // 2})
    if spec == case.spec:
        return None
    why = _("Halves the hidden layers: with fewer weights it can keep less of single rows in mind.")
    return Remedy("smaller", _("Halve the network"), why, with_fresh_weights(spec))


def early_stopping(case: Case) -> Remedy | None:
    """An end once validation no longer improves, back at the best weights."""
    training = case.spec.training
    if training.epochs < _LEAST_EPOCHS:
        return None
    found = next((at for at, each in enumerate(training.callbacks) if each.kind == _EARLY), None)
    why = _(
        "Ends once the validation loss has not fallen for some epochs, and goes back to the weights of the best one."
    )
    label = _("Stop early")
    if found is not None:
        if training.callbacks[found].args.get("restore_best_weights") is True:
            return None
        path = f"training.callbacks.{found}.args.restore_best_weights"
        return Remedy("early-stopping", label, why, with_value(case.spec, path, True))
    patience = max(2, min(10, training.epochs // 10))
    fresh = {"kind": _EARLY, "args": {"patience": patience, "restore_best_weights": True}}
    callbacks = (*training.callbacks, CallbackSpec.model_validate(fresh))
    changed = training.model_copy(update={"callbacks": callbacks})
    return Remedy("early-stopping", label, why, case.spec.model_copy(update={"training": changed}))


def augmentation(case: Case) -> Remedy | None:
    """Images that are shifted a little at random in training."""
    spec, facts = case.spec, case.facts
    entry = catalog.entry("layers", "RandomTranslation")
    wiring = Wiring(spec)
    if facts is None or facts.task == "reconstruction" or entry is None or not spec.model.layers:
        return None
    is_only = sum(INPUT in wired.reads for wired in wiring) == 1
    if entry.refusal(facts.input_shape) or augmenting(spec.model) or not is_only or facts.vocabulary is not None:
        return None
    changed = inserted(spec, 0, entry.id, height_factor=_SHIFT, width_factor=_SHIFT)
    why = _("Shifts every training image a little, anew in each epoch: the same rows become many more.")
    return Remedy("augmentation", _("Shift the images"), why, with_fresh_weights(changed))


def fewer_epochs(case: Case) -> Remedy | None:
    """As many epochs as it took to the best one."""
    best = case.best_epoch
    if best is None or best >= case.spec.training.epochs:
        return None
    why = _("Ends after the epoch in which the validation loss was best; what came after it was learned by heart.")
    label = _("Train {n} epochs").format(n=f"{best:,}") if best > 1 else _("Train one epoch")
    return Remedy("fewer-epochs", label, why, with_value(case.spec, "training.epochs", best))
