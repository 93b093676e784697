"""How fast, how long and in what portions the network learns."""

import re
from collections.abc import Iterator

from playground import catalog
from playground.catalog.tables import facts as keras_facts
from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.planned_steps import planned_steps
from playground.specs.rules.chosen import is_object
from playground.specs.rules.problem import Problem
from playground.specs.rules.wiring import Wiring
from playground.specs.run_spec import RunSpec

_HIGHEST = {"SGD": 1.0, "Adagrad": 1.0, "Adadelta": 2.0, "Ftrl": 1.0}
_OVER, _UNDER = 100, 1000  # how far from Keras's default other optimizers are still used
_RATE = "training.optimizer.learning_rate"
_PATH = "training.optimizer.args.learning_rate"


def rate_outside_usual(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A learning rate far outside the range in which the optimizer is used."""
    chosen = spec.training.optimizer
    entry = catalog.entry("optimizers", chosen.kind)
    param = entry.param("learning_rate") if entry else None
    if entry is None or param is None or not isinstance(param.default, float):
        return
    value, place, path = chosen.args.get("learning_rate", param.default), _RATE, _PATH
    if is_object(value):
        value, place, path = (
            value.get("args", {}).get("initial_learning_rate"),
            f"{_RATE}.initial_learning_rate",
            f"{_PATH}.args.initial_learning_rate",
        )
    if not isinstance(value, float) or value <= 0:
        return
    low, high = param.default / _UNDER, _HIGHEST.get(entry.id, param.default * _OVER)
    if low <= value <= high:
        return
    why = "the weights would jump about" if value > high else "the weights would hardly move"
    reason = f"{place}: expected {low:g} to {high:g} for {entry.id}, received {value:g}; {why}"
    yield Problem("rate-outside-usual", place, reason, False, with_value(spec, path, param.default))


def schedule_against_steps(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A schedule that ends long before training does, or not until after it."""
    schedule = spec.training.optimizer.args.get("learning_rate")
    total = planned_steps(spec, facts)
    if not total or not is_object(schedule):
        return
    entry = catalog.entry("schedules", schedule["kind"])
    args = schedule.get("args", {})
    if entry is None or entry.param("decay_steps") is None or entry.param("decay_rate") or args.get("cycle") is True:
        return  # the others go on falling for as long as training lasts
    steps, warmup = args.get("decay_steps"), args.get("warmup_steps", 0)
    if not isinstance(steps, int) or not isinstance(warmup, int) or total / 2 <= steps + warmup <= total * 1.1:
        return
    place = f"{_RATE}.decay_steps"
    why = "it never comes to its end" if steps + warmup > total else "after that the rate stays at its end"
    reason = f"{place}: expected about {total:,}, the steps of this training, received {steps + warmup:,}; {why}"
    fix = with_value(spec, f"{_PATH}.args.decay_steps", max(1, total - warmup)) if warmup < total else None
    yield Problem("schedule-against-steps", place, reason, False, fix)


def patience_against_epochs(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A callback that waits for more epochs than there are."""
    for number, callback in enumerate(spec.training.callbacks):
        entry = catalog.entry("callbacks", callback.kind)
        param = entry.param("patience") if entry else None
        patience = callback.args.get("patience", param.default) if param else None
        if not isinstance(patience, int) or patience < spec.training.epochs:
            continue
        place = f"training.callbacks.{number}.patience"
        reason = (
            f"{place}: expected fewer than {spec.training.epochs:,} epochs, received {patience:,}; {callback.kind} "
            "would never act"
        )
        yield Problem(
            "patience-against-epochs", place, reason, False, with_value(spec, place, spec.training.epochs // 4)
        )


def never_measured(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A callback that watches a value that is not measured: it would never act."""
    names = measured(spec)
    for number, callback in enumerate(spec.training.callbacks):
        entry = catalog.entry("callbacks", callback.kind)
        param = entry.param("monitor") if entry else None
        monitor = callback.args.get("monitor", param.default) if param else None
        if not isinstance(monitor, str) or monitor.removeprefix("val_") in names:
            continue
        place = f"training.callbacks.{number}.monitor"
        known = ", ".join(f"val_{name}" for name in names)
        reason = f"{place}: expected one of {known}, received {monitor}, which is not measured"
        yield Problem("never-measured", place, reason, False, with_value(spec, place, "val_loss"))


def measured(spec: RunSpec) -> list[str]:
    """What Keras's History calls the loss and the metrics of ``spec``, the loss first; of validation with ``val_``."""
    metrics = (_history_name(metric.kind, metric.args.get("name")) for metric in spec.training.metrics)
    return list(dict.fromkeys(["loss", *metrics]))


def batch_against_rows(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A batch larger than the training part: one step an epoch."""
    if facts is None or not facts.n_train or spec.training.batch_size <= facts.n_train:
        return
    place = "training.batch_size"
    reason = (
        f"{place}: expected at most the {facts.n_train:,} rows to train with, received {spec.training.batch_size:,}; "
        "every epoch would be a single step"
    )
    yield Problem("batch-against-rows", place, reason, False, with_value(spec, place, min(32, facts.n_train)))


def lone_batch(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Batches of one row where a layer takes its statistics from the batch."""
    if spec.training.batch_size != 1:
        return
    for wired in Wiring(spec):
        if wired.entry is not None and wired.entry.param("moving_mean_initializer") is not None:
            place = "training.batch_size"
            reason = (
                f"{place}: expected several rows for {wired.layer.name}, received 1; {wired.layer.kind} compares the "
                "rows of a batch, and one row has nothing to be compared with"
            )
            yield Problem("lone-batch", place, reason, False, with_value(spec, place, 32))
            return


def _history_name(kind: str, name: object) -> str:
    """What Keras calls a metric in its History: the name it has by default, or its class in snake case."""
    if isinstance(name, str):
        return name
    entry = catalog.entry("metrics", kind)
    described = keras_facts()["tables"]["metrics"].get(entry.id if entry else kind, {})
    given = next((each.get("default") for each in described.get("arguments", ()) if each["name"] == "name"), None)
    # keras.src.utils.naming.to_snake_case
    parted = re.sub(r"([a-z])([A-Z])", r"\1_\2", re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", kind))
    return given if isinstance(given, str) else parted.lower()
