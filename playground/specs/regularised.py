"""A network that learns few points by heart, and the same with one of the ways against it."""

from collections.abc import Callable, Mapping

from playground import catalog
from playground.catalog.regularisations import Problem
from playground.specs.facts import Facts
from playground.specs.remedies.layers import behind, hidden, last_of, output, size
from playground.specs.rules.mend import inserted, with_args
from playground.specs.rules.start import with_fresh_weights
from playground.specs.run_spec import CallbackSpec, RunSpec

POINTS, TRAIN = 400, 40
"""How many points a problem has, and on how many of them a network is trained; the others validate."""
UNITS, EPOCHS = 64, 600
_EARLY = "EarlyStopping"
_HEADS = {"regression": ("linear", "MeanSquaredError"), "binary": ("sigmoid", "BinaryCrossentropy")}


def overfitting(of: Problem, seed: int = 0, epochs: int = EPOCHS) -> RunSpec:
    """A run that learns the few training points of ``of`` by heart: two hidden layers of 64 units.

    Its loss is among its metrics too, so that it can be compared without what a penalty adds.

    Args:
        of: the problem.
        seed: of the points, the first weights and the order.
        epochs: how long it trains.
    """
    activation, loss = _HEADS[of.task]
    units = {"units": UNITS, "activation": "relu"}
    metrics = [{"kind": loss}] + ([{"kind": "accuracy"}] if of.task == "binary" else [])
    return RunSpec.model_validate(
        {
            "name": of.label,
            "seed": seed,
            "dataset": {
                "source": of.source,
                "options": {"n_samples": POINTS, **of.options},
                "split": {"args": {"validation": 1 - TRAIN / POINTS, "test": 0.0, "stratify": of.task == "binary"}},
            },
            "model": {
                "layers": [
                    *({"kind": "Dense", "name": f"hidden_{number}", "args": units} for number in (1, 2)),
                    {"kind": "Dense", "name": "output", "args": {"units": 1, "activation": activation}},
                ]
            },
            "training": {
                "optimizer": {"kind": "Adam", "args": {"learning_rate": of.rate}},
                "loss": {"kind": loss},
                "metrics": metrics,
                "epochs": epochs,
                "batch_size": TRAIN,
            },
        }
    )


def regularised(spec: RunSpec, way: str, amount: float, facts: Facts | None = None) -> RunSpec:
    """``spec`` with one of the ways of the catalogue; unchanged where the network has no place for it.

    What the network already has of the same way is replaced.

    Args:
        spec: any run.
        way: the way's id.
        amount: how much of it: the strength of a penalty, the share that is dropped, and so on.
        facts: of the data, where they are known; they say which layer is the output.

    Raises:
        LookupError: there is no such way.
    """
    if way not in _CHANGES:
        raise LookupError(f"There is no way {way!r}: expected one of {', '.join(_CHANGES)}.")
    return _CHANGES[way](spec, amount, facts)


def _penalised(kind: str, argument: str) -> Callable[[RunSpec, float, Facts | None], RunSpec]:
    def changed(spec: RunSpec, amount: float, facts: Facts | None) -> RunSpec:
        for wired in hidden(spec, facts):
            if wired.entry is not None and wired.entry.param("kernel_regularizer") is not None:
                value = {"kind": kind, "args": {argument: float(f"{amount:.6g}")}}
                spec = with_args(spec, wired.number, kernel_regularizer=value)
        return spec

    return changed


def _dropped(spec: RunSpec, amount: float, facts: Facts | None) -> RunSpec:
    there = [at for at, layer in enumerate(spec.model.layers) if layer.kind == "Dropout"]
    for at in there:
        spec = with_args(spec, at, rate=amount)
    return spec if there else _behind_hidden(spec, facts, "Dropout", rate=amount)


def _normalised(spec: RunSpec, amount: float, facts: Facts | None) -> RunSpec:
    if any(layer.kind == "BatchNormalization" for layer in spec.model.layers):
        return spec
    return _behind_hidden(spec, facts, "BatchNormalization")


def _behind_hidden(spec: RunSpec, facts: Facts | None, kind: str, **args: object) -> RunSpec:
    for name in dict.fromkeys(last_of(spec, wired) for wired in hidden(spec, facts)):
        spec = behind(spec, name, kind, **args)
    return spec


def _early(spec: RunSpec, amount: float, facts: Facts | None) -> RunSpec:
    args = {"monitor": "val_loss", "patience": int(amount), "restore_best_weights": True}
    fresh = CallbackSpec.model_validate({"kind": _EARLY, "args": args})
    others = tuple(each for each in spec.training.callbacks if each.kind != _EARLY)
    training = spec.training.model_copy(update={"callbacks": (*others, fresh)})
    return spec.model_copy(update={"training": training})


def _smaller(spec: RunSpec, amount: float, facts: Facts | None) -> RunSpec:
    for wired in hidden(spec, facts):
        found = size(wired)
        if found is not None and found[1] > amount:
            spec = with_args(spec, wired.number, **{found[0]: int(amount)})
    return with_fresh_weights(spec)


def _more(spec: RunSpec, amount: float, facts: Facts | None) -> RunSpec:
    split = spec.dataset.split
    total = spec.dataset.options.get("n_samples")
    if not isinstance(total, int):
        return spec
    changed = split.model_copy(update={"args": split.args.replace(validation=round(1 - amount / total, 6))})
    return spec.model_copy(update={"dataset": spec.dataset.model_copy(update={"split": changed})})


def _noisy(spec: RunSpec, amount: float, facts: Facts | None) -> RunSpec:
    entry = catalog.entry("layers", "GaussianNoise")
    if entry is None or output(spec, facts) is None or (facts is not None and facts.vocabulary is not None):
        return spec
    if spec.model.layers[0].kind == entry.id:
        return with_args(spec, 0, stddev=amount)
    return with_fresh_weights(inserted(spec, 0, entry.id, stddev=amount))


_CHANGES: Mapping[str, Callable[[RunSpec, float, Facts | None], RunSpec]] = {
    "nothing": lambda spec, amount, facts: spec,
    "l1": _penalised("L1", "l1"),
    "l2": _penalised("L2", "l2"),
    "dropout": _dropped,
    "early": _early,
    "smaller": _smaller,
    "more": _more,
    "noise": _noisy,
    "batchnorm": _normalised,
}
