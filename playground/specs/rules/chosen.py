"""Everything in a spec that is a kind with arguments, also inside arguments, with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from playground import catalog
from playground.specs.args import Args
from playground.specs.run_spec import LayerSpec, RunSpec


@dataclass(frozen=True, slots=True)
class Chosen:
    """A kind with its arguments.

    Attributes:
        place: its dotted path as users know it, layers by name.
        path: its path for :func:`playground.specs.edit.with_value`, layers by position, since names may be double.
        table: the catalogue table that it comes from.
        kind: its id there, if it is one.
        args: its arguments.
        kind_field: where in it the kind stands: ``kind``, ``source``, or empty if it is given by its name alone.
        args_field: where the arguments stand: ``args`` or ``options``.
    """

    place: str
    path: str
    table: str
    kind: str
    args: Args
    kind_field: str = "kind"
    args_field: str = "args"

    @property
    def entry(self) -> catalog.Entry | None:
        """Its entry in the catalogue, or ``None`` if there is no such kind."""
        return catalog.entry(self.table, self.kind)

    def at(self, field: str, *, is_path: bool = False) -> str:
        """The place (or path) of ``field`` in it; its own for the empty field."""
        start = self.path if is_path else self.place
        return f"{start}.{field}" if field else start


def chosen(spec: RunSpec) -> Iterator[Chosen]:
    """Every kind with arguments in ``spec``, from the dataset to the callbacks, each before those inside it."""
    for each in _fields(spec):
        yield each
        yield from _inside(each)


def is_object(value: object) -> TypeGuard[Args]:
    """Whether ``value`` has the form ``{"kind": ..., "args": {...}}``."""
    return (
        isinstance(value, Args)
        and isinstance(value.get("kind"), str)
        and isinstance(value.get("args", Args()), Args)
        and set(value) <= {"kind", "args"}
    )


def layer_place(layer: LayerSpec) -> str:
    """The place of a layer as users know it."""
    return f"model.layers.{layer.name}"


def _fields(spec: RunSpec) -> Iterator[Chosen]:
    data, training = spec.dataset, spec.training
    yield Chosen("dataset", "dataset", "datasets", data.source, data.options, "source", "options")
    for number, step in enumerate(data.steps):
        yield Chosen(f"dataset.steps.{number}", f"dataset.steps.{number}", "steps", step.kind, step.args)
    yield Chosen("dataset.split", "dataset.split", "splits", data.split.kind, data.split.args)
    for number, layer in enumerate(spec.model.layers):
        yield Chosen(layer_place(layer), f"model.layers.{number}", "layers", layer.kind, layer.args)
    one = "training.optimizer"
    yield Chosen(one, one, "optimizers", training.optimizer.kind, training.optimizer.args)
    yield Chosen("training.loss", "training.loss", "losses", training.loss.kind, training.loss.args)
    for number, metric in enumerate(training.metrics):
        one = f"training.metrics.{number}"
        yield Chosen(one, one, "metrics", metric.kind, metric.args)
    for number, callback in enumerate(training.callbacks):
        one = f"training.callbacks.{number}"
        yield Chosen(one, one, "callbacks", callback.kind, callback.args)


def _inside(outer: Chosen) -> Iterator[Chosen]:
    """What is chosen in the arguments of ``outer``: initializers, schedules, wrapped layers ..."""
    if outer.entry is None:
        return
    for name, value in outer.args.items():
        param = outer.entry.param(name)
        if param is None or param.of is None:
            continue
        place, path = outer.at(name), f"{outer.path}.{outer.args_field}.{name}"
        if isinstance(value, str) and param.kind == "object":
            yield Chosen(place, path, param.of, value, Args(), kind_field="")
        elif is_object(value):
            inner = Chosen(place, path, param.of, value["kind"], value.get("args", Args()))
            yield inner
            yield from _inside(inner)
