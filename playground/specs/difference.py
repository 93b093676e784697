"""What differs between two specs, setting by setting, in the order in which one builds a run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playground import catalog
from playground.specs.args import Args
from playground.specs.rules.words import spelled
from playground.specs.run_spec import (
    LATER,
    CallbackSpec,
    DatasetSpec,
    LayerSpec,
    MetricSpec,
    RunSpec,
    StepSpec,
    TrainSpec,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One setting that is not the same in two specs.

    Attributes:
        path: where it is, dotted, layers by name and other items by kind: ``model.layers.hidden.units``.
        before, after: its values in words; empty where there is no such thing, as of a layer that was added.
    """

    path: str
    before: str
    after: str

    @property
    def name(self) -> str:
        """The end of the path, which says enough in one line: ``hidden.units``, ``learning_rate``."""
        parts = self.path.split(".")
        return ".".join(parts[2:]) if parts[:2] == ["model", "layers"] and len(parts) > 2 else parts[-1]


def differences(before: RunSpec, after: RunSpec) -> tuple[Difference, ...]:
    """What differs between two specs besides their names; empty for runs that mean the same.

    An argument that one of the two leaves out is compared by its default.
    """
    return (
        *_dataset(before.dataset, after.dataset),
        *_layers(before.model.layers, after.model.layers),
        *_value("model.weights", _start(before.model.weights), _start(after.model.weights)),
        *_training(before.training, after.training),
        *_value("seed", before.seed, after.seed),
    )


def _start(weights: str | None) -> str:
    """What training starts from; eight digits tell weights apart where sixty-four would fill the line."""
    return f"kept {weights[:8]}" if weights else "fresh"


def _dataset(before: DatasetSpec, after: DatasetSpec) -> Iterator[Difference]:
    yield from _value("dataset", before.source, after.source)
    if before.source == after.source:
        yield from _args("dataset.options", "datasets", before.source, before.options, after.options)
    yield from _value("dataset.target", before.target, after.target)
    yield from _value("dataset.features", before.features, after.features)
    yield from _items("dataset.steps", "steps", before.steps, after.steps)
    yield from _chosen("dataset.split", "splits", before.split, after.split)


def _layers(before: Sequence[LayerSpec], after: Sequence[LayerSpec]) -> Iterator[Difference]:
    old, new = {layer.name: layer for layer in before}, {layer.name: layer for layer in after}
    for name in [*old, *(name for name in new if name not in old)]:
        path = f"model.layers.{name}"
        if name not in new:
            yield Difference(path, old[name].kind, "")
        elif name not in old:
            yield Difference(path, "", new[name].kind)
        elif old[name].kind != new[name].kind:
            yield Difference(path, old[name].kind, new[name].kind)
        else:
            yield from _args(path, "layers", new[name].kind, old[name].args, new[name].args)
            yield from _value(f"{path}.inputs", old[name].inputs, new[name].inputs)
    kept = [name for name in old if name in new]
    order = [name for name in new if name in old]
    if kept != order:
        yield Difference("model.layers", ", ".join(kept), ", ".join(order))


def _training(before: TrainSpec, after: TrainSpec) -> Iterator[Difference]:
    yield from _chosen("training.loss", "losses", before.loss, after.loss)
    yield from _chosen("training.optimizer", "optimizers", before.optimizer, after.optimizer)
    yield from _items("training.metrics", "metrics", before.metrics, after.metrics)
    yield from _value("training.epochs", before.epochs, after.epochs)
    yield from _value("training.batch_size", before.batch_size, after.batch_size)
    yield from _items("training.callbacks", "callbacks", before.callbacks, after.callbacks)
    for name in LATER:
        yield from _value(f"training.{name}", getattr(before, name), getattr(after, name))


def _items(
    path: str,
    table: str,
    before: Sequence[StepSpec | MetricSpec | CallbackSpec],
    after: Sequence[StepSpec | MetricSpec | CallbackSpec],
) -> Iterator[Difference]:
    """Lists of chosen things: those of a kind that both have are compared, the others are there or not."""
    old, new = {item.kind: item for item in before}, {item.kind: item for item in after}
    for kind in [*old, *(kind for kind in new if kind not in old)]:
        if kind not in new or kind not in old:
            words = _label(table, kind)
            yield Difference(f"{path}.{kind}", words if kind in old else "", words if kind in new else "")
        else:
            yield from _args(f"{path}.{kind}", table, kind, old[kind].args, new[kind].args)


def _chosen(path: str, table: str, before: Any, after: Any) -> Iterator[Difference]:
    """A kind with arguments. Of another kind those arguments are compared that both know."""
    if before.kind != after.kind:
        yield Difference(path, _label(table, before.kind), _label(table, after.kind))
        shared = [name for name in after.args if name in before.args]
        old, new = ({name: args[name] for name in shared} for args in (before.args, after.args))
        yield from _args(path, table, after.kind, old, new)
    else:
        yield from _args(path, table, after.kind, before.args, after.args)


def _args(
    path: str, table: str, kind: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    entry = catalog.entry(table, kind)
    for name in [*before, *(name for name in after if name not in before)]:
        param = entry.param(name) if entry else None
        default = param.default if param else None
        yield from _value(f"{path}.{name}", before.get(name, default), after.get(name, default))


def _value(path: str, before: Any, after: Any) -> Iterator[Difference]:
    if before != after or type(before) is not type(after):
        old, new = _words(before), _words(after)
        if old != new:
            yield Difference(path, old, new)


def _words(value: Any) -> str:
    """A value as one says it: numbers as short as they are exact, an object by its kind."""
    if isinstance(value, bool) or value is None:
        return {True: "on", False: "off", None: "nothing"}[value]
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, str):
        return value
    if isinstance(value, tuple) and all(isinstance(item, str | int) for item in value):
        return ", ".join(map(str, value)) or "nothing"
    if isinstance(value, Mapping) and isinstance(value.get("kind"), str):
        args = value.get("args") or Args()
        inner = ", ".join(f"{name} {_words(args[name])}" for name in args)
        return f"{value['kind']}({inner})" if inner else str(value["kind"])
    return spelled(value)


def _label(table: str, kind: str) -> str:
    entry = catalog.entry(table, kind)
    return entry.label if entry is not None and entry.label else kind
