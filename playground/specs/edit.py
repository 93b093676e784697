"""One value of a spec changed by its path, and refusals in one line."""

import json
from dataclasses import dataclass
from typing import Any

import pydantic

from playground import catalog
from playground.specs.describe import describe
from playground.specs.rules.words import spelled, suggestion
from playground.specs.run_spec import LATER, RunSpec

__all__ = ["SHORT", "describe", "parse", "with_value"]

SHORT = {
    "batch_size": "training.batch_size",
    "epochs": "training.epochs",
    "learning_rate": "training.optimizer.args.learning_rate",
    "loss": "training.loss",
    "optimizer": "training.optimizer",
}
"""Paths that need not be spelled in full."""

_TABLES = {
    "dataset": "datasets",
    "steps": "steps",
    "split": "splits",
    "layers": "layers",
    "optimizer": "optimizers",
    "loss": "losses",
    "metrics": "metrics",
    "callbacks": "callbacks",
}
"""By the field that holds it, the catalogue table a kind comes from."""


def parse(text: str) -> tuple[str, Any]:
    """The path and the value of ``"path=value"``; the value is read as JSON, and is text where it is none.

    Raises:
        ValueError: there is no path or no equals sign.
    """
    path, equals, value = text.partition("=")
    if not equals or not path.strip():
        raise ValueError(f"{spelled(text)}: expected path=value, such as training.epochs=5")
    try:
        # Args spell NaN and infinities as text, so these words stay what they are.
        return path.strip(), json.loads(value, parse_constant=str)
    except (ValueError, RecursionError):
        return path.strip(), value.strip()


def with_value(spec: RunSpec, path: str, value: Any) -> RunSpec:
    """``spec`` with ``value`` at ``path``.

    A path is dotted: ``seed``, ``training.epochs``, ``dataset.options.noise``. Items are named by position, layers by
    name too, other kinds by kind: ``model.layers.0``, ``model.layers.hidden``, ``dataset.steps.scale``. ``args`` may be
    left out (``model.layers.hidden.units``), and :data:`SHORT` lists names that may stand alone. Text in the place of
    a whole optimizer, loss, ... is its kind. With a new kind the arguments that it does not have are dropped.

    Whether an argument's value is allowed is not looked at here but by :func:`playground.specs.problems.problems`.

    Raises:
        ValueError: there is no such path, with the nearest ones, or the value does not fit; one line.
    """
    first, *others = path.split(".")
    parts = [*SHORT.get(first, first).split("."), *others]
    data = spec.model_dump(mode="json")
    data["training"] |= {name: data["training"].get(name, getattr(spec.training, name)) for name in LATER}
    _put(_Node(data), parts, 0, value)
    try:
        return RunSpec.model_validate(data)
    except pydantic.ValidationError as error:
        raise ValueError(describe(error)) from error


@dataclass(frozen=True, slots=True)
class _Node:
    """A place in a spec: its value, the table that kinds here come from, and the entry whose arguments it holds."""

    value: Any
    table: str | None = None
    entry: catalog.Entry | None = None
    is_args: bool = False

    @property
    def kind_field(self) -> str:
        """Where the kind stands; in a dataset it is called its source."""
        return "source" if self.table == "datasets" else "kind"

    @property
    def args_field(self) -> str:
        """Where the arguments stand; in a dataset they are called options."""
        return "options" if self.table == "datasets" else "args"

    @property
    def is_chosen(self) -> bool:
        """Whether this is a kind with arguments."""
        return bool(self.table) and not self.is_args and isinstance(self.value, dict) and self.kind_field in self.value

    @property
    def chosen(self) -> catalog.Entry | None:
        """What is chosen here, if the catalogue has it."""
        kind = self.value[self.kind_field]
        return catalog.entry(self.table, kind) if self.table and isinstance(kind, str) else None

    @property
    def arguments(self) -> "_Node":
        """The arguments of what is chosen here."""
        return _Node(self.value.setdefault(self.args_field, {}), self.table, self.chosen, is_args=True)

    def child(self, part: str) -> "_Node":
        """The value called ``part`` in this object."""
        if self.is_args:
            param = self.entry.param(part) if self.entry else None
            return _Node(self.value.get(part), param.of if param else None)
        if self.is_chosen and part == self.args_field:
            return self.arguments
        return _Node(self.value[part], _TABLES.get(part))


def _put(node: _Node, parts: list[str], at: int, value: Any) -> None:
    """Put ``value`` into the place that ``parts[at:]`` names under ``node``."""
    part, place, inner = parts[at], ".".join(parts[:at]), node.value
    if not isinstance(inner, dict | list):
        raise ValueError(f"{'.'.join(parts)}: {place} is {spelled(inner)} and has no parts that can be set")
    if node.is_chosen and part not in inner and (node.chosen is None or node.chosen.param(part)):
        # an argument, without saying "args"
        _put(node.arguments, parts, at, value)
        return
    key: Any = part
    if isinstance(inner, list):
        key = _index(inner, part, place)
        child = _Node(inner[key], node.table)
    elif part in inner or (node.is_args and (node.entry is None or node.entry.param(part))):
        child = node.child(part)
    else:
        raise ValueError(_unknown(node, part, place))
    if at + 1 < len(parts):
        _put(child, parts, at + 1, value)
        return
    if isinstance(value, str) and not node.is_args and child.is_chosen:  # "training.optimizer=SGD"
        node, key = child, child.kind_field
    node.value[key] = value
    if node.is_chosen and key == node.kind_field and node.chosen is not None:
        arguments = node.arguments.value
        for name in [name for name in arguments if node.chosen.param(name) is None]:
            del arguments[name]


def _index(items: list[Any], part: str, place: str) -> int:
    if part.isdecimal() and len(part) < 10 and int(part) < len(items):
        return int(part)
    names = [str(item.get("name") or item.get("kind")) if isinstance(item, dict) else str(item) for item in items]
    if part in names:
        return names.index(part)
    count = f"{len(items)} items" if len(items) != 1 else "1 item"
    hint = suggestion(part, names) if items else "nothing can be set here"
    raise ValueError(f"{place}.{part}: there is no such item among {count}; {hint}")


def _unknown(node: _Node, part: str, place: str) -> str:
    entry = node.chosen if node.is_chosen else node.entry
    params = [param.name for param in entry.params] if entry else []
    if node.is_args and entry and not params:
        return f"{place}.{part}: {entry.id} has nothing to set"
    names = params if node.is_args else [*node.value, *params, *(() if place else SHORT)]
    return f"{place}.{part}: there is no such setting; {suggestion(part, names)}".lstrip(".")
